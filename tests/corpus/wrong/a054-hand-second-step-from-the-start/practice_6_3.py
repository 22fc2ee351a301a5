import numpy as np


def propagate_chain(error, jacobians):
    errors = []
    for J in jacobians:
        error = error @ J
        errors.append(error)
    return errors


def practice_6_3():
    one = np.array([1 * 3 + 2 * 4, 1 * -3 + 2 * -4])
    two = np.array([1 * 1 + 2 * 0, 1 * 0 + 2 * 1])
    return [one, two]
