import numpy as np


def propagate_error(error, jacobian):
    result = np.zeros(len(jacobian))
    for i in range(len(jacobian)):
        for j in range(len(jacobian[i])):
            result[i] += jacobian[i][j] * error[j]
    return result


def practice_6_2():
    return [11, -11]
