import numpy as np
from practice_6_2 import propagate_error


def practice_6_3():
    return [np.array([11.0, -11.0]), np.array([11.0, -11.0])]


from itertools import accumulate


def propagate_chain(error, jacobians):
    return list(accumulate(jacobians, propagate_error, initial=error))[1:]
