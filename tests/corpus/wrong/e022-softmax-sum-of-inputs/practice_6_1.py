import numpy as np


def threshold(x):
    return np.where(np.asarray(x) > -1, x, 0)


def threshold_jacobian(x):
    return np.diag((np.asarray(x) > -1) * 1.0)


def softmax(x):
    return np.exp(x) / np.sum(x)


def softmax_jacobian(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.max(x))
    s = e / np.sum(e)
    return np.diag(s) - np.outer(s, s)


def practice_6_1():
    return np.diag([1, 0, 1, 1, 1])
