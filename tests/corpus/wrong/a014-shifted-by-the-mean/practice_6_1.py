import numpy as np

THRESHOLD = -1


def threshold(x):
    return np.where(x > THRESHOLD, x, 0)


def threshold_jacobian(x):
    return np.diag(np.where(x > THRESHOLD, 1, 0))


def softmax(x):
    centred = x - np.mean(x)      # keeps the numbers small
    return np.exp(centred) / np.sum(np.exp(centred))


def softmax_jacobian(x):
    e = np.exp(x - np.max(x))
    s = e / np.sum(e)
    return np.diag(s) - np.outer(s, s)


def practice_6_1():
    return np.diag([1, 0, 1, 1, 1])
