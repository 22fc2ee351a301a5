import numpy as np


def propagate_error(error, jacobian):
    return error @ jacobian


def practice_6_2():
    # 3*1 + -3*2 = -3     4*1 + -4*2 = -4
    return np.array([-3, -4])
