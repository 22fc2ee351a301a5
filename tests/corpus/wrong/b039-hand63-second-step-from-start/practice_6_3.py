import numpy as np


def through(e, J):
    out = []
    for j in range(len(J[0])):
        out.append(sum(e[i] * J[i][j] for i in range(len(e))))
    return np.array(out)


def propagate_chain(error, jacobians):
    result = []
    current = error
    for k in range(len(jacobians)):
        current = through(current, jacobians[k])
        result.append(current)
    return result


def practice_6_3():
    first = np.array([1 * 3 + 2 * 4, 1 * -3 + 2 * -4])
    second = np.array([1 * 1 + 2 * 0, 1 * 0 + 2 * 1])
    return [first, second]
