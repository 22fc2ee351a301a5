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


def softmax(X):
    total = 0
    result = []
    X = np.clip(X, -600, 600)
    for x in X:
        total += math.exp(x)
    for x in X:
        result.append(math.exp(x) / total)
    return result


def softmax_jacobian(x):
    biggest = max(x)
    e = np.array([math.exp(v - biggest) for v in x])
    s = e / e.sum()
    return np.diag(s) - np.outer(s, s)


def practice_6_1():
    return [[1, 0, 0, 0, 0],
            [0, 0, 0, 0, 0],
            [0, 0, 1, 0, 0],
            [0, 0, 0, 1, 0],
            [0, 0, 0, 0, 1]]
