import numpy as np


def threshold(x):
    result = np.zeros(len(x))
    for i in range(len(x)):
        if x[i] > -1:
            result[i] = x[i]
        else:
            result[i] = 0
        return result


def threshold_jacobian(x):
    jac = np.zeros((len(x), len(x)))
    for i in range(len(x)):
        if x[i] > -1:
            jac[i, i] = 1
    return jac


def softmax(x):
    biggest = max(x)
    powers = [np.exp(float(v) - biggest) for v in x]
    total = sum(powers)
    return np.array([p / total for p in powers])


def softmax_jacobian(x):
    probs = softmax(x)
    n = len(probs)
    jac = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j:
                jac[i, j] = probs[i] * (1 - probs[i])
            else:
                jac[i, j] = -probs[i] * probs[j]
    return jac


def practice_6_1():
    return np.array([[1, 0, 0, 0, 0],
                     [0, 0, 0, 0, 0],
                     [0, 0, 1, 0, 0],
                     [0, 0, 0, 1, 0],
                     [0, 0, 0, 0, 1]])
