import numpy as np


def _log_sum_exp(x):
    top = np.max(x)
    return top + np.log(np.sum(np.exp(x - top)))


def threshold(x):
    return np.multiply(x, np.greater(x, -1))


def threshold_jacobian(x):
    return np.greater(x, -1) * np.identity(np.size(x))


def softmax(x):
    # p = exp(log p)
    return np.exp(x - _log_sum_exp(x))


def softmax_jacobian(x):
    p = softmax(x)
    # row i is p_i times (unit vector i minus p)
    return p[:, None] * (np.identity(p.size) - p)


def practice_6_1():
    return threshold_jacobian(np.array([0.3, -1.8, -0.2, 0.4, 0.9]))
