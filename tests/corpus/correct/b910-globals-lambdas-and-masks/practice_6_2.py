import numpy as np

propagate_error = lambda error, jacobian: np.add.reduce(np.asarray(error) * np.transpose(jacobian), axis=1)


def practice_6_2(e=(1, 2), J=((3, -3), (4, -4))):
    return [e[0] * J[0][j] + e[1] * J[1][j] for j in (0, 1)]
