"""What Notes 6 asks for: a module for each function that students write, its words beside it.

Each module tells all that the engine knows of one function; ``NAME.yaml`` holds the words for its
misconceptions. What several share stands in ``vectors``, ``products``, ``chains`` and ``networks``
(words in ``shared.yaml``), the numbers of the exercises by hand in ``hand``, how hidden numbers are
drawn in ``draws``. ``grading.yaml`` is what an instructor sets.
"""

from pathlib import Path

from autograder.notes6 import (
    backward,
    error_norms,
    forward,
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

#: The functions in the order of the notes; each may lean on those before it.
EXERCISES = tuple(
    module.exercise
    for module in (
        threshold,
        threshold_jacobian,
        softmax,
        softmax_jacobian,
        practice_6_1,
        propagate_error,
        practice_6_2,
        propagate_chain,
        practice_6_3,
        forward,
        backward,
        weight_gradients,
        update_weights,
        train,
        error_norms,
    )
)

#: Students may import it, and the grader has it.
IMPORTABLE = ("wiggle.py",)


def _folder(name: str) -> Path:
    """An installed package carries the folder inside; a checkout has it beside the package."""
    package = Path(__file__).parents[1]
    inside = package / f"_{name}"
    return inside if inside.is_dir() else package.parent / name


STUBS, SOLUTIONS = _folder("assignments"), _folder("solutions")
