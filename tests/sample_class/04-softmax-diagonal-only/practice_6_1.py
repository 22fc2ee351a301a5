import numpy as np

THETA = -1


def on(x):
    """Boolean mask of the units that are above threshold."""
    return np.asarray(x, dtype=float) > THETA


def threshold(x):
    return np.asarray(x, dtype=float) * on(x)


def threshold_jacobian(x):
    return np.eye(len(x)) * on(x)


def softmax(x):
    x = np.array(x, dtype=float)
    x -= x.max()
    return np.exp(x) / np.sum(np.exp(x))


def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(1 - s ** 2)


def practice_6_1():
    J = np.eye(5)
    J[1, 1] = 0
    return J
