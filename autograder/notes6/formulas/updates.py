"""Updates: the weights after one step down their gradients."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.formulas.frames import Numbers, Sight
from autograder.formulas.simplify import summands
from autograder.formulas.step import Arguments, Remark, Step, Vocabulary, symbols
from autograder.formulas.terms import ONE, Term, apply, symbol
from autograder.notes6.formulas import inputs
from autograder.notes6.formulas.layers import (
    FIRST,
    LATER,
    MEANINGS,
    NOT_TOP,
    TOP,
    by_layer,
    floats,
    length,
)


def _look(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    weights, gradients, rate = floats(arguments[0]), floats(arguments[1]), float(arguments[2])
    if len(answer) != len(weights):
        return []
    sights = []
    largest = float(max(np.abs(G).max() for G in gradients))
    of_all = float(np.sqrt(sum((G**2).sum() for G in gradients)))
    for l, (W, G, given) in enumerate(zip(weights, gradients, answer, strict=True), start=1):
        if given.shape != W.shape:
            return []
        factors = {
            "η": rate,
            "n": float(len(W)),
            "n_below": float(W.shape[1]),
            "layers": float(len(weights)),
            "size": float(W.size),
            "largest gradient": largest,
            "‖all gradients‖": of_all,
            "‖what is right‖": length(W - rate * G),
            "largest of what is right": float(np.abs(W - rate * G).max()) or np.nan,
        }
        found = {"W_ij": W, "G_ij": G, "G_i0": G[:, :1], "G_0j": G[:1]}
        found |= {"W_i0": W[:, :1], "W_0j": W[:1]}
        regions = by_layer(l, len(weights), (TOP, NOT_TOP), W.shape)
        for name, own, right in (
            ("a step", W - given, rate * G),
            ("an update", given, W - rate * G),
        ):
            sights.append(Sight(name, own, right, found, factors, regions=regions))
    return sights


_W_ij, _G_ij, _rate = symbols("W_ij, G_ij, η")
_step = _rate * _G_ij
#: The rate divided by the gradient, and 1 in the place of the rate.
_BY_GRADIENT = tuple(f"{sign}{one} / G_ij" for one in "η1" for sign in ("", "−"))


def _is_beside_a_number(update: Term) -> bool:
    """Whether a number of its own stands beside what is made of the gradients."""
    return ONE in summands(update) and len(summands(update)) > 1


def _is_one_product(update: Term) -> bool:
    return len(summands(update)) == 1


_STEPS = (
    Step(
        "a step",
        "computed.step",
        _step,
        (
            *(_step, _rate * apply("sign", _G_ij), apply("sign", _G_ij)),
            _rate * apply("positive part", _G_ij),
            _rate * apply("is positive", _G_ij),
            *(_rate * symbol("G_i0"), _rate * symbol("G_0j")),
            *(_rate / _G_ij, ONE / _G_ij),
        ),
        ("row mean", "column mean", "row sum", "column sum"),
        meanings=MEANINGS,
        remarks=(
            Remark("departs.divided_by_gradient", whole=_BY_GRADIENT),
            Remark("departs.negative_gradients_left_out", ("max(0, G_ij)",)),
            Remark("departs.rate_where_gradient_positive", whole=("η · [G_ij > 0]",)),
            Remark("departs.sign_of_gradient", ("sign",), ("what is right",)),
            Remark("departs.one_gradient_for_many", ("G_i0", "G_0j")),
            Remark(
                "departs.gradients_of_a_line_together",
                ("row mean", "column mean", "row sum", "column sum"),
            ),
        ),
    ),
    Step(
        "an update",
        "computed.new_weight",
        _W_ij - _step,
        (
            _W_ij,
            _G_ij,
            _step,
            _W_ij - _step,
            symbol("W_i0") - _step,
            symbol("W_0j") - _step,
            ONE,
            _rate,
            _rate * _W_ij,
            _rate * apply("sign", _G_ij),
            _rate * apply("sign", _W_ij),
            _rate * apply("positive part", _G_ij),
            _G_ij / apply("norm", _G_ij),
            _step / apply("norm", _G_ij),
            _W_ij * _step,
            apply("square", _G_ij),
            _step / symbol("n"),
            _step / symbol("n_below"),
            _step / symbol("layers"),
            _step / symbol("size"),
            _G_ij / _rate,
            (_W_ij - _rate) * _G_ij,
            apply("square", _rate) * _G_ij,
            _rate * apply("sum", _G_ij),
            _rate * apply("mean", _G_ij),
            _rate * apply("abs", _G_ij),
        ),
        ("square", "abs", "sign", "norm", "sum", "mean", "max", "one minus", "row sum",
         "column sum", "positive part", "reciprocal", "root", "tanh", "row norm", "column norm"),
        ((FIRST, LATER), (TOP, NOT_TOP)),
        meanings=MEANINGS,
        unless=("a step",),
        remarks=(
            Remark("departs.sign_of_gradient", ("sign(G_ij)",)),
            Remark(
                "departs.gradients_put_together",
                ("sum", "mean", "max", "row sum", "column sum"),
                ("what is right",),
            ),
            Remark(
                "departs.weights_of_one_size", ("sum", "mean", "max", "row sum", "column sum")
            ),
            Remark("departs.one_weight_for_many", ("W_i0", "W_0j")),
            Remark(
                "departs.weights_of_one_size",
                ("‖what is right‖", "largest of what is right"),
                of_factor=True,
            ),
            Remark("departs.size_taken_out", ("norm",), ("what is right",)),
            Remark("departs.weights_of_one_length", ("norm", "row norm", "column norm")),
            Remark("departs.negative_gradients_left_out", ("positive part",), ("what is right",)),
            Remark("departs.sign_of_gradient_lost", ("|G_ij|", "G_ij²")),
            Remark("departs.step_added", ("W_ij + η · G_ij", "W_ij + G_ij")),
            Remark("departs.rate_off_the_weight", ("(W_ij − η) · G_ij",)),
            Remark("departs.rate_twice", ("η²",)),
            Remark("departs.divided_by_rate", ("G_ij / η", "1 / η")),
            Remark("departs.step_times_weight", ("W_ij · η · G_ij", "W_ij · G_ij")),
            Remark("departs.old_weights_smaller",
                   ("what is right − η · W_ij", "η · W_ij", "0.99 · W_ij", "0.9 · W_ij",
                    "η · sign(W_ij)")),
            Remark("departs.weight_stays", whole=("W_ij",)),
            Remark("departs.number_for_weight", ("G_ij",), ("W_ij",),
                   of_form=_is_beside_a_number, of_a_part=True),
            Remark("departs.no_rate_no_size", lacks=("η",), of_a_part=True),
            Remark("departs.step_alone", lacks=("W_ij",), of_form=_is_one_product),
            Remark("departs.weights_not_used", lacks=("W_ij",)),
            Remark("departs.gradients_not_used", lacks=("G_ij",)),
        ),
    ),
)  # fmt: skip

VOCABULARY = Vocabulary(_STEPS, _look, inputs.updates)
