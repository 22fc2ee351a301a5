import numpy as np


def practice_6_2():
    return np.array([11.0, -11.0])


def propagate_error(error, jacobian):
    I, J = jacobian.shape
    new = np.zeros(J)
    for i in range(I):
        for j in range(J):
            new[j] = error[i] * jacobian[i, j]
    return new
