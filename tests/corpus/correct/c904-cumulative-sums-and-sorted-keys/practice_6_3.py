import numpy as np


def propagate_chain(error, jacobians):
    by_number = {0: np.array(error)}
    for k, J in enumerate(jacobians, 1):
        by_number[k] = np.tensordot(by_number[k - 1], J, 1)
    del by_number[0]
    return [by_number[k] for k in sorted(by_number)]


def practice_6_3():
    return ((11, -11), (11, -11))
