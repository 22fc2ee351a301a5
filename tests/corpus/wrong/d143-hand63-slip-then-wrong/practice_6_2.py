import numpy as np


def propagate_error(error, jacobian):
    return error @ jacobian


def practice_6_2():
    return np.array([11.0, -11.0])
