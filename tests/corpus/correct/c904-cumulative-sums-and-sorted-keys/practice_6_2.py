import numpy as np


def propagate_error(error, jacobian):
    products = {}
    for i, row in enumerate(jacobian):
        for j, slope in enumerate(row):
            products[(j, i)] = error[i] * slope
    result = {}
    for (j, i) in sorted(products):
        result[j] = result.get(j, 0) + products[(j, i)]
    return [result[j] for j in sorted(result)]


def practice_6_2():
    return (3 + 8, -(3 + 8))
