import numpy as np


def threshold(x):
    return np.where(np.asarray(x) > -1, x, 0)


def threshold_jacobian(x):
    return np.array([[1.0] if v > -1 else [0.0] for v in x])


def softmax(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - x.max())
    return e / e.sum()


def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s) - np.outer(s, s)


def practice_6_1():
    return np.diag([1, 0, 1, 1, 1])
