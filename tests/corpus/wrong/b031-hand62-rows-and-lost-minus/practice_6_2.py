# error goes back through one Jacobian
import numpy as np


def propagate_error(error: np.ndarray, jacobian: np.ndarray) -> np.ndarray:
    return np.array([np.dot(error, column) for column in np.transpose(jacobian)])


def practice_6_2() -> np.ndarray:
    top = 1 * 3 + 2 * 3
    bottom = 1 * 4 + 2 * 4
    return np.array([top, bottom])
