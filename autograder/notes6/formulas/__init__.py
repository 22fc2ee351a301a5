"""What each function of the notes may be made of, step by step, and the terms to tell it in."""

from autograder.formulas.step import Vocabulary
from autograder.notes6.formulas import (
    backward,
    forward,
    gradients,
    propagation,
    thresholds,
    training,
    updates,
)

VOCABULARIES: dict[str, Vocabulary] = {
    **thresholds.VOCABULARIES,
    **propagation.VOCABULARIES,
    "forward": forward.VOCABULARY,
    "backward": backward.VOCABULARY,
    "weight_gradients": gradients.VOCABULARY,
    "update_weights": updates.VOCABULARY,
    "train": training.VOCABULARY,
}
