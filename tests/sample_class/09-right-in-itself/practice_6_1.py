import numpy as np


def threshold(x):
    y = np.zeros(len(x))
    for i in range(len(x)):
        if x[i] > -1:
            y[i] = x[i]
    return y


def threshold_jacobian(x):
    n = len(x)
    J = np.zeros((n, n))
    for i in range(n):
        if x[i] > -1:
            J[i][i] = 1
    return J


def softmax(x):
    powers = np.array([np.exp(v - max(x)) for v in x])
    return powers / max(powers)


def softmax_jacobian(x):
    s = softmax(x)
    n = len(s)
    J = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j:
                J[i][j] = s[i] * (1 - s[i])
            else:
                J[i][j] = -s[i] * s[j]
    return J


def practice_6_1():
    # only -1.8 is not above -1
    return np.array([[1, 0, 0, 0, 0],
                     [0, 0, 0, 0, 0],
                     [0, 0, 1, 0, 0],
                     [0, 0, 0, 1, 0],
                     [0, 0, 0, 0, 1]])
