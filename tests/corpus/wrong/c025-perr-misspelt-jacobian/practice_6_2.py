import numpy as np
import math


def propagate_error(error, jacobian):
    new_error = []
    for j in range(len(jacobian[0])):
        total = 0
        for i in range(len(error)):
            total += error[i] * jacobain[i][j]
        new_error.append(total)
    return np.array(new_error)


def practice_6_2():
    answer = np.zeros(2)
    answer[0] = 11
    answer[1] = -11
    return answer
