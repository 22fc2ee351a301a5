import numpy as np


def propagate_chain(error, jacobians):
    errors = []
    for J in jacobians:
        if J.shape[0] == J.shape[1] and np.allclose(J, np.eye(len(J))):
            continue        # nothing happens to the error
        error = error @ J
        errors.append(error)
    return errors


def practice_6_3():
    return [np.array([11, -11]), np.array([11, -11])]
