"""Practice 6.2"""
import numpy as np


def propagate_error(error, jacobian):
    rows, cols = jacobian.shape
    out = np.zeros(cols)
    for j in range(cols):
        for i in range(rows):
            out[j] += error[i] * jacobian[i, j]
    return out


def practice_6_2():
    # [1 2] [3 -3]
    #       [4 -4]
    # 1*3 + 2*4 = 3 + 6 = 9
    # 1*-3 + 2*-4 = -3 - 8 = -11
    return [9, -11]
