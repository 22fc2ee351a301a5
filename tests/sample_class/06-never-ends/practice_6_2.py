import numpy as np


def propagate_error(error, jacobian):
    rows, columns = np.shape(jacobian)
    result = np.zeros(columns)
    j = 0
    while j < columns:
        for i in range(rows):
            result[j] += error[i] * jacobian[i][j]
        # j = j + 1 has been forgotten here
    return result


def practice_6_2():
    return [1 * 3 + 2 * 4, 1 * -3 + 2 * -4]
