# Homework 6
import numpy
import math


# ------------------------------

def threshold(x):
    n = len(x)
    out = numpy.zeros(n)
    i = 0
    while i < n:
        if not (x[i] <= -1):
            out[i] = out[i] + x[i]
        i = i + 1
    return out


def threshold_jacobian(x):
    h = 0.000001
    n = len(x)

    def f(v):
        if v > -1:
            return v
        return 0.0

    J = numpy.zeros((n, n))
    for i in range(n):
        if x[i] > -1:
            lower = f(x[i])
            upper = f(x[i] + h)
            J[i, i] = (upper - lower) / (2 * h)
    return J


def softmax(x):
    s = numpy.zeros(len(x))
    for i in range(len(x)):
        s[i] = numpy.exp(float(x[i]) - float(max(x)))
    tot = sum(s)
    for i in range(len(x)):
        s[i] = s[i] / tot
    return s


def softmax_jacobian(x):
    x = numpy.array(x, dtype=float)
    z = x - max(x)
    s = numpy.exp(z) / sum(numpy.exp(z))
    n = len(s)
    J = numpy.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j:
                J[i, j] = s[i] * (1 - s[i])
            else:
                J[i, j] = -1 * s[i] * s[j]
    return J


def practice_6_1():
    # row for every output, column for every input
    row1 = [1, 0, 0, 0, 0]
    row2 = [0, 0, 0, 0, 0]
    row3 = [0, 0, 1, 0, 0]
    row4 = [0, 0, 0, 1, 0]
    row5 = [0, 0, 0, 0, 1]
    return numpy.array([row1, row2, row3, row4, row5])
