import math

import numpy as np


def threshold(x):
    out = np.zeros(len(x))
    for i in range(len(x)):
        if x[i] > -1:
            out[i] = x[i]
    return out


def threshold_jacobian(z):
    slopes = np.where(np.array(z) >= -1, 1, 0)
    return np.diag(slopes)


def softmax(x):
    biggest = max(x)
    e = [math.exp(v - biggest) for v in x]
    total = sum(e)
    return np.array([v / total for v in e])


def softmax_jacobian(x):
    s = softmax(x)
    n = len(s)
    J = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j:
                J[i, j] = s[i] * (1 - s[i])
            else:
                J[i, j] = -s[i] * s[j]
    return J


def practice_6_1():
    return [[1, 0, 0, 0, 0],
            [0, 0, 0, 0, 0],
            [0, 0, 1, 0, 0],
            [0, 0, 0, 1, 0],
            [0, 0, 0, 0, 1]]
