import numpy as np

from checking.evidence import WIGGLED
from checking.saying import say
from checking.why import jacobian


def ask_softmax(said, done, j):
    others = np.delete(said, j)
    if not others.any():
        return say("softmax_jacobian.ask_taken_from_whom")
    if (np.sign(said) != np.sign(done)).any():
        return say("softmax_jacobian.ask_which_way")
    if not np.isclose(said.sum(), 0, atol=WIGGLED):
        return say("softmax_jacobian.ask_sum_of_moves", total=f"{said.sum():.3g}")
    return say("softmax_jacobian.ask_which_shares")


EXPERIMENT = jacobian("softmax_jacobian", "softmax", np.array([0.5, -1.0, 2.0]), ask_softmax)
