import numpy as np


def propagate_error(error, jacobian):
    return np.dot(error, jacobian)


def practice_6_2():
    return np.array([11, -11])
