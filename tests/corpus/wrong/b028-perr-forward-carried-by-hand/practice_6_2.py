import numpy as np


def propagate_error(error, jacobian):
    """effect of the error on the layer"""
    error = np.asarray(error)
    jacobian = np.asarray(jacobian)
    return jacobian.dot(error)


def practice_6_2():
    e = np.array([1, 2])
    J = np.array([[3, -3],
                  [4, -4]])
    return propagate_error(e, J)
