import numpy as np
import math


# ------------------------------

def threshold(x):
    y = list(x)
    for i in range(len(y)):
        too_high = False
        if y[i] > -1:
            too_high = True
        if too_high == True:
            y[i] = 0
        if too_high == False:
            y[i] = x[i]
    return np.array(y)


def threshold_jacobian(x):
    rows = []
    for i in range(len(x)):
        row = [0.0] * len(x)
        if x[i] > -1:
            row[i] = 1.0
        rows.append(row)
    return np.array(rows)


def softmax(x):
    biggest = x[0]
    for v in x:
        if v > biggest:
            biggest = v
    exps = []
    for v in x:
        exps.append(math.exp(v - biggest))
    total = 0
    for e in exps:
        total = total + e
    answer = []
    for e in exps:
        answer.append(e / total)
    return np.array(answer)


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
