import numpy as np
import math


def propagate_error(error, jacobian):
    result = []
    for row in jacobian:
        total = 0
        for k in range(len(row)):
            total = total + row[k] * error[k]
        result.append(total)
    return np.array([result])


def practice_6_2():
    first = 1 * 3 + 2 * 4
    second = 1 * -3 + 2 * -4
    return np.array([first, second])
