import numpy as np


def practice_6_2():
    return np.array([11.0, -11.0])


def propagate_error(error, jacobian):
    weighted = error[:, None] * jacobian
    return weighted.sum(axis=1)
