import numpy as np


def propagate_chain(error, jacobians):
    return [error @ J for J in jacobians]


def practice_6_3():
    return [np.array([11, -11]), np.array([11, -11])]
