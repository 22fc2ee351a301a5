import numpy as np


def threshold(x):
    x = np.asarray(x, dtype=float)
    return np.where(x > -1, x, 0.0)


def threshold_jacobian(x):
    x = np.asarray(x, dtype=float)
    return np.diag(np.where(x > -1, 1.0, 0.0))


def softmax(x):
    x = np.asarray(x)
    m = np.max(x)
    result = np.zeros_like(x)
    S = np.sum(np.exp(x - m))
    for n in range(len(x)):
        result[n] = np.exp(x[n] - m) / S
    return result


def softmax_jacobian(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - x.max())
    p = (e / e.sum()).reshape(-1, 1)
    return np.diagflat(p) - p @ p.T


def practice_6_1():
    return np.diag([1.0, 0.0, 1.0, 1.0, 1.0])
