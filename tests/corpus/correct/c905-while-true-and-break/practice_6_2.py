import numpy as np


def propagate_error(error, jacobian):
    j = 0
    done = False
    answer = np.array([])
    while done == False:
        answer = np.append(answer, sum([error[i] * jacobian[i][j] for i in range(len(error))]))
        j = j + 1
        if j == len(jacobian[0]):
            done = True
    return answer


def practice_6_2():
    return propagate_error([1, 2], [[3, -3], [4, -4]])
