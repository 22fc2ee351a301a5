import numpy as np


def threshold(x):
    nearest = np.rint(x)
    return np.where(nearest > -1, x, 0)


def threshold_jacobian(x):
    return np.diag(np.where(np.asarray(x) > -1, 1, 0))


def softmax(x):
    z = np.exp(x - np.max(x))
    return z / z.sum()


def softmax_jacobian(x):
    p = softmax(x)
    return np.diag(p) - np.outer(p, p)


def practice_6_1():
    return np.diag([1, 0, 1, 1, 1])
