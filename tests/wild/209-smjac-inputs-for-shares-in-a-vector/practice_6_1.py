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
    value = softmax(x)
    gradient = np.zeros(len(x))
    for i in range(len(value)):
        for j in range(len(x)):
            if i == j:
                gradient[i] = value[i] * (1 - x[i])
            else:
                gradient[i] = -value[i] * x[j]
    return gradient


def practice_6_1():
    return [[1, 0, 0, 0, 0],
            [0, 0, 0, 0, 0],
            [0, 0, 1, 0, 0],
            [0, 0, 0, 1, 0],
            [0, 0, 0, 0, 1]]
