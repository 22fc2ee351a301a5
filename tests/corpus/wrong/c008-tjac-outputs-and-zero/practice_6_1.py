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
    values = []
    for v in x:
        if v > 0:
            values.append(v)
        else:
            values.append(0)
    J = []
    for i in range(len(values)):
        line = []
        for j in range(len(values)):
            if i == j:
                line.append(values[i])
            else:
                line.append(0)
        J.append(line)
    return np.array(J)


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
