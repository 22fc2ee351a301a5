"""What Notes 6 asks for: a module for each function that students write, its words beside it.

Each module tells all that the engine knows of one function; ``NAME.yaml`` holds the words for its
misconceptions. What several share stands in ``vectors``, ``products``, ``chains`` and ``networks``
(words in ``shared.yaml``), the numbers of the exercises by hand in ``hand``, how hidden numbers are
drawn in ``draws``. ``grading.yaml`` is what an instructor sets.
"""

from pathlib import Path

from autograder.assignment.exercise import Exercise, Numbers
from autograder.notes6 import (
    backward,
    error_norms,
    forward,
    hand,
    practice_6_1,
    practice_6_2,
    practice_6_3,
    propagate_chain,
    propagate_error,
    softmax,
    softmax_jacobian,
    threshold,
    threshold_jacobian,
    train,
    update_weights,
    weight_gradients,
)

#: The numbers of the exercises by hand, as the notes have them.
NUMBERS = hand.NUMBERS


def exercises(numbers: Numbers) -> tuple[Exercise, ...]:
    """The functions in the order of the notes; each may lean on those before it."""
    return (
        threshold.exercise,
        threshold_jacobian.exercise,
        softmax.exercise,
        softmax_jacobian.exercise,
        practice_6_1.exercise(numbers),
        propagate_error.exercise,
        practice_6_2.exercise(numbers),
        propagate_chain.exercise,
        practice_6_3.exercise(numbers),
        forward.exercise,
        backward.exercise,
        weight_gradients.exercise,
        update_weights.exercise,
        train.exercise,
        error_norms.exercise,
    )


EXERCISES = exercises(NUMBERS)

#: Students may import it, and the grader has it.
IMPORTABLE = ("wiggle.py",)


def _folder(name: str) -> Path:
    """An installed package carries the folder inside; a checkout has it beside the package."""
    package = Path(__file__).parents[1]
    inside = package / f"_{name}"
    return inside if inside.is_dir() else package.parent / name


STUBS, SOLUTIONS = _folder("assignments"), _folder("solutions")
