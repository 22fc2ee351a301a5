import numpy as np


def threshold(x):
    return np.where(np.asarray(x) > -1, x, 0)


def threshold_jacobian(x):
    return np.diag(np.where(np.asarray(x) > -1, 1, 0))


def softmax(x):
    z = np.exp(x - np.max(x))
    return z / z.sum()


def softmax_jacobian(x):
    # quotient rule: (f'g - f g') / g^2 with f = e^{x_i}, g = sum
    f = np.exp(np.asarray(x, dtype=float))
    g = f.sum()
    return (np.diag(f) * g - np.outer(f, f)) / g ** 2


def practice_6_1():
    return np.diag([1, 0, 1, 1, 1])
