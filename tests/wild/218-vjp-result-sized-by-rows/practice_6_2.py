import numpy as np


def propagate_error(error, jacobian):
    rows = len(error)
    result = np.zeros(rows)
    for j in range(rows):
        for i in range(rows):
            result[j] += error[i] * jacobian[i][j]
    return result


def practice_6_2():
    # 1*3 + 2*4 and 1*(-3) + 2*(-4)
    return np.array([11.0, -11.0])
