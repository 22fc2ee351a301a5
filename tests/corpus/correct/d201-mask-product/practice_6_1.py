import numpy as np


def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()


def softmax_jacobian(x):
    e = np.exp(x - np.max(x))
    s = e / e.sum()
    return np.diag(s) - np.outer(s, s)


def practice_6_1():
    return np.diag([1.0, 0.0, 1.0, 1.0, 1.0])


def threshold(x):
    x = np.asarray(x)
    return x * (x > -1)


def threshold_jacobian(x):
    return np.diag(np.array(x) > -1)
