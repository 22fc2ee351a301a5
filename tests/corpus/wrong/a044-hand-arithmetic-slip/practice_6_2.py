import numpy as np


def propagate_error(error, jacobian):
    rows = len(jacobian)
    columns = len(jacobian[0])
    result = np.zeros(columns)
    for j in range(columns):
        for i in range(rows):
            result[j] += error[i] * jacobian[i][j]
    return result


def practice_6_2():
    first = 1 * 3 + 2 * 4
    second = 1 * 3 + 2 * -4     # -5
    return [first, second]
