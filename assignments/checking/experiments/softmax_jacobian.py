import numpy as np

from checking.evidence import WIGGLED
from checking.why import jacobian


def ask_softmax(said, done, j):
    others = np.delete(said, j)
    if not others.any():
        return "Question: this output's share grew, and all add up to 1. Whom was it taken from?"
    if (np.sign(said) != np.sign(done)).any():
        return "Question: when one share grows, which way do the others go?"
    if not np.isclose(said.sum(), 0, atol=WIGGLED):
        return (
            f"Question: your column adds up to {said.sum():.3g}. The outputs always add up to 1, "
            "so what must their moves add up to?"
        )
    return "Question: which shares do your entries multiply, and which two belong to this place?"


EXPERIMENT = jacobian("softmax_jacobian", "softmax", np.array([0.5, -1.0, 2.0]), ask_softmax)
