"""The numbers of the exercises that are worked by hand."""

from __future__ import annotations

import numpy as np

#: Practice 6.1: the inputs of the threshold. The notes' own example too.
X = np.array([0.3, -1.8, -0.2, 0.4, 0.9])
#: Practice 6.2 and 6.3: the error, and the Jacobians that it goes through.
ERROR = np.array([1, 2])
JACOBIAN = np.array([[3, -3], [4, -4]])
SECOND_JACOBIAN = np.array([[1, 0], [0, 1]])
