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
    # slope = change of the output / change of the input
    x = np.asarray(x, dtype=float)
    h = 0.5
    J = np.zeros((len(x), len(x)))
    for j in range(len(x)):
        up, down = x.copy(), x.copy()
        up[j] += h
        down[j] -= h
        J[:, j] = (threshold(up) - threshold(down)) / (2 * h)
    return J


def softmax(x):
    return _probabilities(x)


def softmax_jacobian(x):
    p = _probabilities(x)
    return np.eye(len(p)) * p - np.einsum('i,j->ij', p, p)


def practice_6_1():
    slopes = [1, 0, 1, 1, 1]
    matrix = np.zeros((5, 5))
    np.fill_diagonal(matrix, slopes)
    return matrix
