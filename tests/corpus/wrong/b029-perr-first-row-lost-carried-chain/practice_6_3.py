from functools import reduce

import numpy as np
from practice_6_2 import propagate_error


def propagate_chain(error, jacobians):
    """The error after each Jacobian."""
    errors = reduce(lambda done, J: done + [propagate_error(done[-1], J)], jacobians, [error])
    return errors[1:]


def practice_6_3():
    return np.array([[11, -11], [11, -11]])
