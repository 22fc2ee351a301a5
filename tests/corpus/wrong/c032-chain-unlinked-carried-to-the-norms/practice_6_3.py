import numpy as np
import math


def propagate_chain(error, jacobians):
    errors = []
    for J in jacobians:
        total = np.zeros(len(J[0]))
        rows = min(len(error), len(J))
        for i in range(rows):
            total = total + error[i] * np.array(J[i])
        errors.append(total)
    return errors


def practice_6_3():
    e1_first = 1 * 3 + 2 * 4
    e1_second = 1 * -3 + 2 * -4
    e2_first = e1_first * 1 + e1_second * 0
    e2_second = e1_first * 0 + e1_second * 1
    step1 = np.array([e1_first, e1_second])
    step2 = np.array([e2_first, e2_second])
    return [step1, step2]
