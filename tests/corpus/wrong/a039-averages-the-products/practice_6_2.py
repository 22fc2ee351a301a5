import numpy as np


def propagate_error(error, jacobian):
    weighted = np.reshape(error, (-1, 1)) * jacobian
    return weighted.mean(axis=0)


def practice_6_2():
    a = 3 + 8
    b = -3 - 8
    return np.array([a, b])
