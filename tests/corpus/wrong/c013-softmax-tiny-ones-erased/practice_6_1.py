import math

import numpy as np


def threshold(x):
    x = np.array(x)
    mask = (x > -1) * 1
    y = mask * x
    return y


def threshold_jacobian(x):
    J = np.eye(len(x))
    for k in range(len(x)):
        if x[k] <= -1:
            J[k, k] = 0
    return J


def softmax(x):
    m = max(x)
    e = []
    for v in x:
        e.append(math.exp(v - m))
    s = sum(e)
    p = []
    for v in e:
        share = v / s
        if share < 0.01:
            # practically nothing
            share = 0.0
        p.append(share)
    return np.array(p)


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
