import numpy as np


def propagate_chain(error, jacobians):
    errors = []
    e = np.array(error)
    while jacobians:
        e = e @ jacobians.pop()
        errors.append(e)
    return errors


def practice_6_3():
    return [np.array([11, -11]), np.array([11, -11])]
