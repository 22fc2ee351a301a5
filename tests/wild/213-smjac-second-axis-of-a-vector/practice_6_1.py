import math

import numpy as np


def threshold(x):
    out = np.zeros(len(x))
    for i in range(len(x)):
        if x[i] > -1:
            out[i] = x[i]
    return out


def threshold_jacobian(x):
    n = len(x)
    J = np.zeros((n, n))
    for i in range(n):
        if x[i] > -1:
            J[i][i] = 1
    return J


def softmax(x):
    biggest = max(x)
    e = [math.exp(v - biggest) for v in x]
    total = sum(e)
    return np.array([v / total for v in e])


def softmax_jacobian(x):
    s = softmax(x)
    g = np.zeros((s.shape[0], s.shape[1]))
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            if i == j:
                g[i, j] = s[i] * (1 - s[i])
            else:
                g[i, j] = -s[i] * s[j]
    return g


def practice_6_1():
    return [[1, 0, 0, 0, 0],
            [0, 0, 0, 0, 0],
            [0, 0, 1, 0, 0],
            [0, 0, 0, 1, 0],
            [0, 0, 0, 0, 1]]
