import numpy as np


def propagate_error(error, jacobian):
    return np.einsum('i,ij->j', error, jacobian)


def practice_6_2():
    a = 3 + 8
    b = -3 - 8
    return np.array([a, b])
