import numpy as np


def propagate_chain(error, jacobians):
    # e J1, e (J1 J2), e (J1 J2 J3) ...
    result = []
    product = np.eye(len(error))
    for J in jacobians:
        product = product @ J
        result.append(error @ product)
    return result


def practice_6_3():
    J1 = np.array([[3, -3], [4, -4]])
    return np.stack([np.array([1, 2]) @ J1] * 2)
