import numpy as np


def threshold(x):
    x = np.array(x, dtype=float)        # a copy, the argument stays as it is
    x[x <= -1] = 0
    return x


def threshold_jacobian(x):
    n = len(x)
    J = np.zeros((n, n), dtype=bool)
    J[np.arange(n), np.arange(n)] = np.asarray(x) > -1
    return J


def softmax(x):
    # 1 / sum of exp(x_k - x_i), clipped where the share is nothing anyway
    x = np.asarray(x, dtype=float)
    differences = np.minimum(x[None, :] - x[:, None], 700)
    return 1 / np.exp(differences).sum(axis=1)


def softmax_jacobian(x):
    s = softmax(x)
    J = np.empty((len(s), len(s)))
    for j in range(len(s)):
        J[:, j] = -s * s[j]         # column j: the effect of input j
        J[j, j] += s[j]
    return J


def practice_6_1():
    return np.diag([True, False, True, True, True])
