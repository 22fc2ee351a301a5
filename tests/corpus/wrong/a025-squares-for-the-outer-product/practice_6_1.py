import numpy as np

THRESHOLD = -1


def threshold(x):
    return np.where(x > THRESHOLD, x, 0)


def threshold_jacobian(x):
    return np.diag(np.where(x > THRESHOLD, 1, 0))


def softmax(x):
    e = np.exp(x - np.max(x))
    return e / np.sum(e)


def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s) - s * s


def practice_6_1():
    return np.diag([1, 0, 1, 1, 1])
