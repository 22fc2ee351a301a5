from numpy import *


def threshold(x):
    return where(asarray(x) > -1, x, 0)


def threshold_jacobian(x):
    return diag(asarray(x) > -1) * 1


def softmax(x):
    y = exp(asarray(x) - amax(x))
    return y / sum(y)


def softmax_jacobian(x):
    s = softmax(x)
    return diag(s) - outer(s, s)


def practice_6_1():
    return threshold_jacobian([0.3, -1.8, -0.2, 0.4, 0.9])
