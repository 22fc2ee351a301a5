import numpy as np


def threshold(x):
    return np.array([v if v > -1 else 0 for v in x])


def threshold_jacobian(x):
    # one-sided outputs at a sign-safe place: the slope is the same anywhere on a piece
    up = [v + 1 if v > -1 else v - 1 for v in x]
    rise = threshold(up) - threshold(x)
    return np.diag(np.abs(rise))


def softmax(x):
    e = np.exp(np.array(x) - np.max(x))
    return e / e.sum()


def softmax_jacobian(x):
    x = np.array(x, dtype=float)
    x = x - x.max()
    n = len(x)
    h = 1e-30
    J = np.zeros((n, n))
    for j in range(n):
        z = x.astype(complex)
        z[j] += 1j * h
        e = np.exp(z)
        J[:, j] = (e / e.sum()).imag / h
    return J


def practice_6_1():
    J = np.identity(5)
    J[1][1] -= 1
    return J
