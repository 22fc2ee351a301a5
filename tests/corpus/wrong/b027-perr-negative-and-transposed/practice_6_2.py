# error goes back through one Jacobian
import numpy as np


def propagate_error(error: np.ndarray, jacobian: np.ndarray) -> np.ndarray:
    # going backward, so the sign flips
    return np.array([-np.dot(row, error) for row in np.array(jacobian)])


def practice_6_2() -> np.ndarray:
    return np.array([3 + 8, -3 - 8], dtype=float)
