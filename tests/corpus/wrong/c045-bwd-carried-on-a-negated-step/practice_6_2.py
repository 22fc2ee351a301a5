import numpy as np
import math


def propagate_error(error, jacobian):
    out = []
    for j in range(len(jacobian[0])):
        s = 0
        for i in range(len(jacobian)):
            s = s - error[i] * jacobian[i][j]
        out.append(s)
    return np.array(out)


def practice_6_2():
    first = 1 * 3 + 2 * 4
    second = 1 * -3 + 2 * -4
    return np.array([first, second])
