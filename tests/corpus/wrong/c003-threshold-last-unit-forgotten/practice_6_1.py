import numpy as np
import math


def threshold(x):
    out = [0.0 for q in x]
    for i in range(0, len(x) - 1):
        this_one = x[i]
        if this_one > -1.0:
            out[i] = this_one
    return np.array(out)


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
    # row for every output, column for every input
    row1 = [1, 0, 0, 0, 0]
    row2 = [0, 0, 0, 0, 0]
    row3 = [0, 0, 1, 0, 0]
    row4 = [0, 0, 0, 1, 0]
    row5 = [0, 0, 0, 0, 1]
    return np.array([row1, row2, row3, row4, row5])
