import numpy as np


def propagate_chain(error, jacobians):
    e = np.dot(error, jacobians[0])
    if len(jacobians) == 1:
        return [e]
    return [e] + propagate_chain(e, jacobians[1:])


def practice_6_3():
    return np.array([[11, -11],
                     [11, -11]])
