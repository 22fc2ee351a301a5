"""My solutions"""
import math
import numpy as np


def propagate_chain(error, jacobians):
    e = np.array(error)
    for k in range(len(jacobians)):
        J = np.array(jacobians[k])
        new = np.zeros(len(J))
        for i in range(len(J)):
            for j in range(len(J[i])):
                new[i] += J[i][j] * e[j]
        e = new
    return e


def practice_6_3():
    e1_first = 1 * 3 + 2 * 4
    e1_second = 1 * -3 + 2 * -4
    e2_first = e1_first * 1 + e1_second * 0
    e2_second = e1_first * 0 + e1_second * 1
    step1 = np.array([e1_first, e1_second])
    step2 = np.array([e2_first, e2_second])
    return [step1, step2]
