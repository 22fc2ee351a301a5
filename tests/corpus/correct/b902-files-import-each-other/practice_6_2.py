from numpy import *


def propagate_error(error, jacobian):
    return tensordot(error, jacobian, axes=1)


def practice_6_2():
    return propagate_error([1, 2], [[3, -3], [4, -4]])
