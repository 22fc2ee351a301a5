import numpy as np


def propagate_chain(error, jacobians):
    products = []
    for J in jacobians:
        if products:
            products.append(products[-1] @ J)
        else:
            products.append(np.array(J))
    return products


def practice_6_3():
    return [np.array([11, -11]), np.array([11, -11])]
