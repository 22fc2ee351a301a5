"""The numbers of the exercises that are worked by hand, as the notes have them."""

from __future__ import annotations

import numpy as np

#: The notes' own example for the threshold functions.
X = np.array([0.3, -1.8, -0.2, 0.4, 0.9])
#: By what they are called in ``grading.yaml``.
NUMBERS = {
    # Practice 6.1: the inputs of the threshold.
    "x": X,
    # Practice 6.2 and 6.3: the error, and the Jacobians that it goes through.
    "error": np.array([1, 2]),
    "jacobian": np.array([[3, -3], [4, -4]]),
    "second_jacobian": np.array([[1, 0], [0, 1]]),
}
