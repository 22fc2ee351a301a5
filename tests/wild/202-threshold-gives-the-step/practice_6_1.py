import math

import numpy as np


def prime(z):
    return 1 if z > -1 else 0


def threshold(x):
    outputs = []
    for value in x:
        outputs.append(prime(value))
    return outputs


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
