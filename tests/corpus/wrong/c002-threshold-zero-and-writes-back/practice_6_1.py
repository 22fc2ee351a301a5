# Homework 6
import numpy
import math


# ------------------------------

def threshold(x):
    for position in range(len(x)):
        if x[position] < 0:
            x[position] = 0
        else:
            x[position] = x[position]
    return x


def threshold_jacobian(x):
    n = len(x)
    J = numpy.zeros((n, n))
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
    s = numpy.zeros(len(x))
    for i in range(len(x)):
        s[i] = numpy.exp(float(x[i]) - float(max(x)))
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
    return numpy.array(J)


def practice_6_1():
    J = numpy.zeros((5, 5))
    J[0, 0] = 1   # 0.3
    J[1, 1] = 0   # -1.8
    J[2, 2] = 1   # -0.2
    J[3, 3] = 1   # 0.4
    J[4, 4] = 1   # 0.9
    return J
