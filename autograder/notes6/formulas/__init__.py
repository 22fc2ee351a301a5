"""What each function of the notes may be made of, step by step, and the terms to tell it in."""

from autograder.formulas.step import Vocabulary
from autograder.notes6.formulas import networks, propagation, thresholds, training

VOCABULARIES: dict[str, Vocabulary] = {
    **thresholds.VOCABULARIES,
    **propagation.VOCABULARIES,
    **networks.VOCABULARIES,
    **training.VOCABULARIES,
}
