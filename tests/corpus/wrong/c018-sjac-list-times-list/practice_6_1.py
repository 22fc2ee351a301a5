import math

import numpy as np


# ------------------------------

def threshold(x):
    n = len(x)
    out = np.zeros(n)
    i = 0
    while i < n:
        if not (x[i] <= -1):
            out[i] = out[i] + x[i]
        i = i + 1
    return out


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
    m = max(x)
    s = [math.exp(v - m) for v in x]
    t = sum(s)
    for i in range(len(s)):
        s[i] = s[i] / t
    J = np.diag(s)
    outer = s * s
    return J - outer


def practice_6_1():
    J = np.zeros((5, 5))
    J[0, 0] = 1   # 0.3
    J[1, 1] = 0   # -1.8
    J[2, 2] = 1   # -0.2
    J[3, 3] = 1   # 0.4
    J[4, 4] = 1   # 0.9
    return J
