import math

import numpy as np


def propagate_chain(error, jacobians):
    list_of_errors = []
    current = np.array(error)
    for k in range(len(jacobians)):
        J = np.array(jacobians[k])
        next_error = np.zeros(J.shape[1])
        for j in range(J.shape[1]):
            for i in range(J.shape[0]):
                next_error[j] = next_error[j] + current[i] * J[i][j]
        list_of_errors.append(next_error)
        current = next_error
    return list_of_errors


def practice_6_3():
    e1_first = 1 * 3 + 2 * 4
    e1_second = 1 * -3 + 2 * -4
    e2_first = e1_first * 1 + e1_second * 0
    e2_second = e1_first * 0 + e1_second * 1
    step1 = np.array([e1_first, e1_second])
    step2 = np.array([e2_first, e2_second])
    return [step1, step2]
