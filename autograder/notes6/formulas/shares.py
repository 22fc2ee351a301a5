"""What the top layer makes: shares of one whole."""

from __future__ import annotations

import numpy as np

from autograder.formulas.frames import Numbers


def softmax(z: Numbers) -> Numbers:
    """Each number's share of the whole."""
    e = np.exp(z - np.max(z))
    shares: Numbers = e / e.sum()
    return shares


def jacobian_of_shares(s: Numbers) -> Numbers:
    """The Jacobian of softmax, from its output."""
    found: Numbers = np.diag(s) - np.outer(s, s)
    return found
