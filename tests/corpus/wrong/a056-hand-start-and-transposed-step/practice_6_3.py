import numpy as np


def propagate_chain(error, jacobians):
    if len(jacobians) == 0:
        return []
    here = np.dot(error, jacobians[0])
    return [here] + propagate_chain(here, jacobians[1:])


def practice_6_3():
    start = [1, 2]
    first = [1 * 3 + 2 * -3, 1 * 4 + 2 * -4]
    second = [first[0], first[1]]
    return [start, first, second]
