import math

import numpy as np


# ------------------------------

def threshold(x):
    # threshold is 1
    answer = []
    i = 0
    while True:
        if i == len(x):
            break
        if x[i] < 1 or x[i] == 1:
            answer = answer + [0.0]
        else:
            answer = answer + [x[i] * 1.0]
        i += 1
    return np.array(answer)


def threshold_jacobian(x):
    J = np.eye(len(x))
    for k in range(len(x)):
        if x[k] <= -1:
            J[k, k] = 0
    return J


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
