"""The recipes of Practice 6.1: thresholds, softmax, and their Jacobians."""

from autograder.notes6.misconceptions.practice_6_1_softmax import softmax, softmax_jacobian
from autograder.notes6.misconceptions.practice_6_1_thresholds import (
    practice_6_1,
    threshold,
    threshold_jacobian,
)

__all__ = ["practice_6_1", "softmax", "softmax_jacobian", "threshold", "threshold_jacobian"]
