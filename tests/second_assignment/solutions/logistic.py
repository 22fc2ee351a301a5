"""The logistic sigmoid, its Jacobian, and the error of the cross-entropy."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


def sigmoid_jacobian(x):
    s = sigmoid(x)
    return np.diag(s * (1 - s))


def cross_entropy_error(activation, target):
    return -np.asarray(target) / np.asarray(activation)
