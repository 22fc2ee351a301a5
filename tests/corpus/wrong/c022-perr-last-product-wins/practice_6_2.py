import numpy as np
import math


def propagate_error(error, jacobian):
    rows = len(jacobian)
    cols = len(jacobian[0])
    answer = np.zeros(cols)
    for i in range(rows):
        for j in range(cols):
            answer[j] = error[i] * jacobian[i][j]
    return answer


def practice_6_2():
    answer = np.zeros(2)
    answer[0] = 11
    answer[1] = -11
    return answer
