import numpy as np


def threshold(x):
    x = np.asarray(x, dtype=float)
    return np.where(x > -1, x, 0.0)


def threshold_jacobian(x):
    x = np.asarray(x, dtype=float)
    return np.diag(np.where(x > -1, 1.0, 0.0))


def softmax(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - np.max(x))
    return e / e.sum()


def softmax_jacobian(x):
    y = softmax(x)
    return y - np.sum(np.square(y))


def practice_6_1():
    return np.diag([1.0, 0.0, 1.0, 1.0, 1.0])
