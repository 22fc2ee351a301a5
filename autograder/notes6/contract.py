"""The fifteen functions that students write: the one list that everything else follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Returns = Literal["array", "arrays", "arrays and numbers"]


@dataclass(frozen=True)
class Function:
    """One function of the assignment.

    Attributes
    ----------
    name : str
        The function's name, unique over all files.
    question : str
        The exercise, which is also the file's name without ``.py``.
    parameters : tuple of str
        The names of its parameters, in order; empty for an answer worked by hand.
    returns : {"array", "arrays", "arrays and numbers"}
        What it returns: one array, a sequence of arrays, or the pair of ``train``.
    section : str
        The section of the notes that it comes from.
    """

    name: str
    question: str
    parameters: tuple[str, ...]
    returns: Returns
    section: str

    @property
    def file(self) -> str:
        return f"{self.question}.py"


QUESTIONS = ("practice_6_1", "practice_6_2", "practice_6_3", "backprop")
FILES = tuple(f"{question}.py" for question in QUESTIONS)

FUNCTIONS: dict[str, Function] = {
    f.name: f
    for f in (
        Function("threshold", "practice_6_1", ("x",), "array", "6.2"),
        Function("threshold_jacobian", "practice_6_1", ("x",), "array", "6.2"),
        Function("softmax", "practice_6_1", ("x",), "array", "6.2"),
        Function("softmax_jacobian", "practice_6_1", ("x",), "array", "6.2"),
        Function("practice_6_1", "practice_6_1", (), "array", "6.2"),
        Function("propagate_error", "practice_6_2", ("error", "jacobian"), "array", "6.3"),
        Function("practice_6_2", "practice_6_2", (), "array", "6.3"),
        Function("propagate_chain", "practice_6_3", ("error", "jacobians"), "arrays", "6.3"),
        Function("practice_6_3", "practice_6_3", (), "arrays", "6.3"),
        Function("forward", "backprop", ("weights", "x"), "arrays", "6.4"),
        Function("backward", "backprop", ("weights", "activations", "target"), "arrays", "6.4"),
        Function("weight_gradients", "backprop", ("errors", "activations"), "arrays", "6.4"),
        Function(
            "update_weights", "backprop", ("weights", "gradients", "learning_rate"), "arrays", "6.4"
        ),
        Function(
            "train",
            "backprop",
            ("weights", "inputs", "targets", "learning_rate", "epochs"),
            "arrays and numbers",
            "6.4",
        ),
        Function("error_norms", "backprop", ("error", "jacobians"), "array", "6.5"),
    )
}
