import math

import numpy as np


def propagate_error(error, jacobian):
    answer = np.zeros(len(jacobian[0]))
    for i in range(len(error)):
        if error[i] > 0:
            for j in range(len(jacobian[0])):
                answer[j] = answer[j] + error[i] * jacobian[i][j]
    return answer


def practice_6_2():
    first = 1 * 3 + 2 * 4
    second = 1 * -3 + 2 * -4
    return np.array([first, second])
