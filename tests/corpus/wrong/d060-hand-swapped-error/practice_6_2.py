import numpy as np


def propagate_error(error, jacobian):
    return error @ jacobian


def practice_6_2():
    return np.array([2 * 3 + 1 * 4, 2 * -3 + 1 * -4])
