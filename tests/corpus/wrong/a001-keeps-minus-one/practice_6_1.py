import numpy as np


def threshold(x):
    y = np.zeros(len(x))
    for i in range(len(x)):
        if x[i] >= -1:
            y[i] = x[i]
        else:
            y[i] = 0
    return y


def threshold_jacobian(x):
    n = len(x)
    J = np.zeros((n, n))
    for i in range(n):
        if x[i] > -1:
            J[i][i] = 1
    return J


def softmax(x):
    biggest = max(x)
    total = 0
    for v in x:
        total = total + np.exp(v - biggest)
    return np.array([np.exp(v - biggest) / total for v in x])


def softmax_jacobian(x):
    biggest = max(x)
    e = np.array([np.exp(v - biggest) for v in x])
    s = e / sum(e)
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
