import numpy as np


def times(row, matrix):
    matrix = np.asarray(matrix)
    return np.array([np.sum(row * matrix[:, c]) for c in range(matrix.shape[1])])


def propagate_chain(error, jacobians):
    e = np.array(error)
    out = []
    for matrix in jacobians:
        if np.sum(e ** 2) ** 0.5 < 0.5:
            break       # vanished, see 6.5
        e = times(e, matrix)
        out.append(e)
    return out


def practice_6_3():
    return np.array([[11, -11], [11, -11]])
