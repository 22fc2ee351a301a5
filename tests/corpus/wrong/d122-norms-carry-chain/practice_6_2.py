import numpy as np


def practice_6_2():
    return np.array([11.0, -11.0])


def propagate_error(error, jacobian):
    total = []
    for j in range(jacobian.shape[0]):
        total.append(sum(error[k % len(error)] * jacobian[j, k] for k in range(jacobian.shape[1])))
    return np.array(total)
