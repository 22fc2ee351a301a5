import numpy as np
from practice_6_2 import propagate_error


def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = propagate_error(error, J)
        out.append(error)
    return out


def practice_6_3():
    first = [11, -11]
    second = [11 * 1 + -11 * 1, 11 * 1 + -11 * 1]
    return [first, second]
