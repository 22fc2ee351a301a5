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
    n = len(x)
    J = np.zeros(n, n)
    for i in range(n):
        J[i, i] = 1 if x[i] > -1 else 0
    return J


def softmax(x):
    biggest = max(x)
    exps = [math.exp(v - biggest) for v in x]
    total = sum(exps)
    return np.array([e / total for e in exps])


def softmax_jacobian(x):
    biggest = max(x)
    exps = [math.exp(v - biggest) for v in x]
    total = sum(exps)
    s = [e / total for e in exps]
    J = np.zeros((len(s), len(s)))
    for i in range(len(s)):
        for j in range(len(s)):
            if i == j:
                J[i][j] = s[i] * (1 - s[i])
            else:
                J[i][j] = -s[i] * s[j]
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
