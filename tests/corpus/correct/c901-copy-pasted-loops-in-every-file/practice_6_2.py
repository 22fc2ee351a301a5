import math

import numpy as np


def propagate_error(error, jacobian):
    n_out = len(jacobian)
    n_in = len(jacobian[0])
    new_error = []
    for j in range(n_in):
        total = 0
        for i in range(n_out):
            total = total + error[i] * jacobian[i][j]
        new_error.append(total)
    return np.array(new_error)


def practice_6_2():
    first = 1 * 3 + 2 * 4
    second = 1 * -3 + 2 * -4
    return np.array([first, second])
