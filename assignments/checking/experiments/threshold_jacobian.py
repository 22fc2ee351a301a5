import numpy as np

from checking.saying import say
from checking.why import jacobian


def ask_threshold(said, done, j):
    if np.delete(said, j).any():
        return say("threshold_jacobian.ask_other_outputs")
    if not said[j]:
        return say("threshold_jacobian.ask_above")
    if not done[j]:
        return say("threshold_jacobian.ask_blocked")
    return say("threshold_jacobian.ask_how_far")


EXPERIMENT = jacobian("threshold_jacobian", "threshold", np.array([2.0, -0.5, -1.5]), ask_threshold)
