import numpy as np
import math


def threshold(x):
    n = len(x)
    out = np.zeros(n)
    i = 0
    while i < n:
        if not (x[i] <= -1):
            out[i] = out[i] + x[i]
        i = i + 1
    return out


def threshold_jacobian(x):
    J = np.zeros((len(x), len(x)))
    for i in range(5):
        if x[i] > -1:
            J[i][i] = 1
    return J


def softmax(x):
    x = np.array(x, dtype=float)
    m = np.max(x)
    top = np.exp(x - m)
    bottom = np.sum(np.exp(x - m))
    return top / bottom


def softmax_jacobian(x):
    x = np.array(x, dtype=float)
    z = x - max(x)
    s = np.exp(z) / sum(np.exp(z))
    n = len(s)
    J = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j:
                J[i, j] = s[i] * (1 - s[i])
            else:
                J[i, j] = -1 * s[i] * s[j]
    return J


def practice_6_1():
    J = np.zeros((5, 5))
    J[0, 0] = 1   # 0.3
    J[1, 1] = 0   # -1.8
    J[2, 2] = 1   # -0.2
    J[3, 3] = 1   # 0.4
    J[4, 4] = 1   # 0.9
    return J
