import numpy as np

f4 = np.float32


def threshold(x):
    x = np.asarray(x, dtype=float)
    return x * np.heaviside(x + 1, 0)


def threshold_jacobian(x):
    return np.diag(np.heaviside(np.asarray(x, dtype=float) + 1, 0)).astype(bool)


def softmax(x):
    shifted = np.asarray(x, dtype=float) - np.max(x)
    e = np.exp(shifted.astype(f4))
    return e / e.sum(dtype=f4)


def softmax_jacobian(x):
    s = softmax(x)
    J = np.multiply.outer(-s, s)
    for i in range(len(s)):
        J[i, i] = s[i] * (s[:i].sum() + s[i + 1:].sum())      # 1 - s_i is the sum of the others
    return J


def practice_6_1():
    return np.array([1, 0, 1, 1, 1]) * np.identity(5, dtype=int)
