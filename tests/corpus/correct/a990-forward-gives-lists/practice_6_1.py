import numpy as np


def threshold(x):
    return np.where(np.asarray(x) > -1, x, 0.0)


def threshold_jacobian(x):
    return np.diag(np.where(np.asarray(x) > -1, 1.0, 0.0))


def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()


def softmax_jacobian(x):
    e = np.exp(x - np.max(x))
    s = e / e.sum()
    return np.diag(s) - np.outer(s, s)


def practice_6_1():
    return np.diag([1.0, 0.0, 1.0, 1.0, 1.0])
