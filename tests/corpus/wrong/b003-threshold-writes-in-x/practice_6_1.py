# Practice 6.1
import numpy as np


def threshold(x: np.ndarray) -> np.ndarray:
    for i in range(len(x)):
        if not x[i] > -1:
            x[i] = 0
    return x


def threshold_jacobian(x: np.ndarray) -> np.ndarray:
    J = np.zeros((len(x), len(x)))
    np.fill_diagonal(J, np.array(x) > -1)
    return J


def softmax(x: np.ndarray) -> np.ndarray:
    shifted = np.asarray(x, dtype=float) - np.amax(x)
    return np.exp(shifted) / np.exp(shifted).sum()


def softmax_jacobian(x: np.ndarray) -> np.ndarray:
    shifted = np.asarray(x, dtype=float) - np.amax(x)
    s = np.exp(shifted) / np.exp(shifted).sum()
    J = -np.outer(s, s)
    J[np.diag_indices(len(s))] += s
    return J


def practice_6_1() -> np.ndarray:
    return np.array([[1., 0, 0, 0, 0],
                     [0., 0, 0, 0, 0],
                     [0., 0, 1, 0, 0],
                     [0., 0, 0, 1, 0],
                     [0., 0, 0, 0, 1]])
