"""My solutions"""
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
    J = []
    J.append([0, 0, 0, 0, 0])
    J.append([0, 1, 0, 0, 0])
    J.append([0, 0, 0, 0, 0])
    J.append([0, 0, 0, 0, 0])
    J.append([0, 0, 0, 0, 0])
    return np.array(J)
