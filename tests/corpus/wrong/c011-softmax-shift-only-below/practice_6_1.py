import numpy as np
import math


# ------------------------------

def threshold(x):
    result = []
    for i in range(0, len(x)):
        value = x[i]
        if value > -1:
            result.append(float(value))
        else:
            result.append(0.0)
    return np.array(result)


def threshold_jacobian(x):
    n = len(x)
    J = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j:
                if x[i] > -1:
                    J[i][j] = 1
                else:
                    J[i][j] = 0
            else:
                J[i][j] = 0
    return J


def softmax(x):
    biggest = max(x)
    below = 0
    for k in range(len(x)):
        below = below + np.exp(x[k] - biggest)
    result = np.zeros(len(x))
    for i in range(len(x)):
        above = np.exp(x[i])
        result[i] = above / below
    return result


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
