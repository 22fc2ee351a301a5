from itertools import accumulate

import numpy as np


def propagate_chain(error, jacobians):
    steps = accumulate(jacobians, lambda e, J: J @ e, initial=error)
    return list(steps)


def practice_6_3():
    # the second Jacobian is the identity, so nothing changes
    return [[11, -11]] * 2
