import numpy as np


def through(e, J):
    out = []
    for j in range(len(J[0])):
        out.append(sum(e[i] * J[i][j] for i in range(len(e))))
    return np.array(out)


def propagate_chain(error, jacobians):
    result = []
    current = np.array(error, dtype=float)
    for k in range(len(jacobians)):
        current[:] = through(current, jacobians[k])
        result.append(current)
    return result


def practice_6_3():
    first = np.array([11, -11])
    second = first.copy()
    return [first, second]
