import numpy as np


def times(row, matrix):
    matrix = np.asarray(matrix)
    return np.array([np.sum(row * matrix[:, c]) for c in range(matrix.shape[1])])


def propagate_chain(error, jacobians):
    e = np.array(error)
    for matrix in jacobians:
        e = times(e, matrix)
    return e


def practice_6_3():
    return np.array([[11, -11], [11, -11]])
