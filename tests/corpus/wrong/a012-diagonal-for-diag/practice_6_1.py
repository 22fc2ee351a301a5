import numpy as np

THRESHOLD = -1


def threshold(x):
    return np.where(x > THRESHOLD, x, 0)


def threshold_jacobian(x):
    slopes = np.where(x > THRESHOLD, 1, 0)
    return np.diagonal(slopes)


def softmax(x):
    e = np.exp(x - np.max(x))
    return e / np.sum(e)


def softmax_jacobian(x):
    e = np.exp(x - np.max(x))
    s = e / np.sum(e)
    return np.diag(s) - np.outer(s, s)


def practice_6_1():
    return np.diag([1, 0, 1, 1, 1])
