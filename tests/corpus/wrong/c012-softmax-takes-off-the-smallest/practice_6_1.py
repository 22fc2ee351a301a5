# Homework 6
import numpy
import math


def threshold(x):
    x = numpy.array(x)
    mask = (x > -1) * 1
    y = mask * x
    return y


def threshold_jacobian(x):
    rows = []
    for i in range(len(x)):
        row = [0.0] * len(x)
        if x[i] > -1:
            row[i] = 1.0
        rows.append(row)
    return numpy.array(rows)


def softmax(x):
    smallest = x[0]
    for k in range(1, len(x)):
        if x[k] < smallest:
            smallest = x[k]
    ex = []
    for k in range(len(x)):
        ex.append(numpy.exp(x[k] - smallest))
    total = numpy.sum(ex)
    for k in range(len(x)):
        ex[k] = ex[k] / total
    return numpy.array(ex)


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
    return numpy.array(J)


def practice_6_1():
    J = numpy.zeros((5, 5))
    J[0, 0] = 1   # 0.3
    J[1, 1] = 0   # -1.8
    J[2, 2] = 1   # -0.2
    J[3, 3] = 1   # 0.4
    J[4, 4] = 1   # 0.9
    return J
