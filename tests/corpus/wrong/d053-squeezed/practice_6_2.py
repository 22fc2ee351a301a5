import numpy as np


def practice_6_2():
    return np.array([11.0, -11.0])


def propagate_error(error, jacobian):
    e = error.reshape(1, -1)
    return (e @ jacobian).squeeze()
