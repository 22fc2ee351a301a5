import numpy as np


def _passes(x):
    """True for the neurons that are above the threshold."""
    return np.asarray(x) > -1


def _probabilities(x):
    x = np.asarray(x, dtype=float)
    powers = np.exp(x - x.max())
    return powers / powers.sum()


def threshold(x):
    return np.asarray(x) * _passes(x)


def threshold_jacobian(x):
    return np.eye(len(x)) * _passes(x)


def softmax(x):
    return _probabilities(x)


def softmax_jacobian(x):
    p = _probabilities(x)
    other = -np.outer(p, 1 - p)
    own = p * (1 - p)
    return np.where(np.eye(len(p)) == 1, own, other)


def practice_6_1():
    slopes = [1, 0, 1, 1, 1]
    matrix = np.zeros((5, 5))
    np.fill_diagonal(matrix, slopes)
    return matrix
