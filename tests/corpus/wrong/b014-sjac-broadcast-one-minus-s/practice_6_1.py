# Practice 6.1
import numpy as np


def threshold(x: np.ndarray) -> np.ndarray:
    y = np.array(x, dtype=float)
    y[y <= -1] = 0
    return y


def threshold_jacobian(x: np.ndarray) -> np.ndarray:
    J = np.zeros((len(x), len(x)))
    np.fill_diagonal(J, np.array(x) > -1)
    return J


def softmax(x: np.ndarray) -> np.ndarray:
    shifted = np.asarray(x, dtype=float) - np.amax(x)
    return np.exp(shifted) / np.exp(shifted).sum()


def softmax_jacobian(x: np.ndarray) -> np.ndarray:
    s = softmax(x).reshape(-1, 1)
    return s * (1 - s.T)


def practice_6_1() -> np.ndarray:
    return np.array([[1., 0, 0, 0, 0],
                     [0., 0, 0, 0, 0],
                     [0., 0, 1, 0, 0],
                     [0., 0, 0, 1, 0],
                     [0., 0, 0, 0, 1]])
