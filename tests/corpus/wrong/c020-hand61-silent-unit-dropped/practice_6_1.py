import math

import numpy as np


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
    J = np.eye(len(x))
    for k in range(len(x)):
        if x[k] <= -1:
            J[k, k] = 0
    return J


def softmax(x):
    s = np.zeros(len(x))
    for i in range(len(x)):
        s[i] = np.exp(float(x[i]) - float(max(x)))
    tot = sum(s)
    for i in range(len(x)):
        s[i] = s[i] / tot
    return s


def softmax_jacobian(x):
    m = max(x)
    e = [math.exp(v - m) for v in x]
    t = sum(e)
    J = []
    for i in range(len(x)):
        J.append([])
        for j in range(len(x)):
            si = e[i] / t
            sj = e[j] / t
            delta = 0
            if i == j:
                delta = 1
            J[i].append(si * (delta - sj))
    return np.array(J)


def practice_6_1():
    # -1.8 does not take part
    return np.array([[1, 0, 0, 0],
                     [0, 1, 0, 0],
                     [0, 0, 1, 0],
                     [0, 0, 0, 1]])
