import numpy as np


def threshold(x):
    return np.maximum(x, -1)


def threshold(x):  # second try
    y = np.array(x, dtype=float)
    y[y <= -1] = 0
    return y


def threshold_jacobian(x):
    return np.eye(len(x))


def threshold_jacobian(x):
    J = np.eye(len(x))
    for i in range(len(x)):
        J[i] = J[i] * (1 if x[i] > -1 else 0)
    return J


def softmax(x):
    return np.exp(x) / np.sum(np.exp(x))


old_softmax = softmax


def softmax(x):
    x = np.asarray(x, dtype=float)
    return old_softmax(x - x.max())


def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s)


def softmax_jacobian(x):
    s = softmax(x)
    J = np.diag(s)
    for i in range(len(s)):
        for j in range(len(s)):
            J[i, j] -= s[i] * s[j]
    return J


def practice_6_1():
    return threshold_jacobian([0.3, -1.8, -0.2, 0.4, 0.9])
