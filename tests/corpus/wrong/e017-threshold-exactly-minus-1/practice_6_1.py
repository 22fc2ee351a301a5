import numpy as np


def threshold(x):
    x[x < -1] = 0
    return x


def threshold_jacobian(x):
    return np.diag((np.asarray(x) > -1) * 1.0)


def softmax(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - x.max())
    return e / e.sum()


def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s) - np.outer(s, s)


def practice_6_1():
    return np.diag([1, 0, 1, 1, 1])
