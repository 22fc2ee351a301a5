"""Practice 6.1: Jacobians of threshold functions."""
import math

import numpy as np


def threshold(x):
    out = []
    for v in x:
        if v > -1:
            out.append(v)
        else:
            out.append(0.0)
    return np.array(out)


def threshold_jacobian(x):
    size = len(x)
    J = np.zeros((size, size))
    for i in range(size):
        if x[i] > -1:
            J[i][i] = 1
    return J


def softmax(x):
    biggest = max(x)
    exps = [math.exp(v - biggest) for v in x]
    total = sum(exps)
    return np.array([e / total for e in exps])


def softmax_jacobian(x):
    s = softmax(x)
    n = len(s)
    J = np.empty((n, n))
    for i in range(n):
        for j in range(n):
            J[i, j] = s[i] * (1 - s[i]) if i == j else s[i] * s[j]
    return J


def practice_6_1():
    # 0.3  -> passes, slope 1
    # -1.8 -> below -1, slope 0
    # -0.2, 0.4, 0.9 -> slope 1
    return np.array([
        [1, 0, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0, 0, 1, 0, 0],
        [0, 0, 0, 1, 0],
        [0, 0, 0, 0, 1],
    ])
