"""Threshold functions and their Jacobians: terms of the input x and of the shares s."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from autograder.formulas.frames import Frame, Numbers, Sight
from autograder.formulas.step import (
    ON,
    Arguments,
    Remark,
    Step,
    Vocabulary,
    adds_up_to_something_else,
    is_no_share,
    symbols,
    without_brackets,
)
from autograder.formulas.terms import ONE, Term, apply, number, symbol
from autograder.notes6.formulas import inputs, spelling
from autograder.notes6.formulas.shares import softmax

#: Stands for the right entry, which is never shown.
RIGHT = "what is right"
OFF = "where.off_the_diagonal"
_ABOVE, _BELOW = "where.x_above_minus_1", "where.x_minus_1_or_below"
_POSITIVE, _BETWEEN = "where.x_above_0", "where.x_between_minus_1_and_0"
_UPPER, _LOWER = "where.above_the_diagonal", "where.below_the_diagonal"
_ON_POSITIVE, _ON_BETWEEN = f"{ON}_x_above_0", f"{ON}_x_between_minus_1_and_0"
_ON_ABOVE, _ON_BELOW = f"{ON}_x_above_minus_1", f"{ON}_x_minus_1_or_below"

_ELEMENTWISE = ("square", "one minus", "reciprocal", "abs", "exp", "root", "log")
_OVER = ("sum", "mean", "max", "min", "norm")
_SQUASHING = ("positive part", "is positive", "logistic", "tanh", "sign")

_MEANINGS = ("symbols_of_thresholds",)
#: What a whole answer is off by, where the inputs were shifted in one place alone, or not divided.
_OF_LARGEST, _OF_SUM = "exp(max(x))", "sum(exp(x))"
#: The same of inputs that are lowered by the largest.
_OF_SHIFTED = "sum(exp(x − max))"
#: What people compare with: of an entry right there it may be the one, or the other.
_EDGES = (-1.0, 0.0)


def _sights(
    function: str,
    given: Numbers,
    right: Numbers,
    vectors: dict[str, Numbers],
    regions: dict[str, Numbers],
    factors: dict[str, float] | None = None,
) -> list[Sight]:
    """One sight of a result, whatever its shape: a vector, a matrix or one number."""
    (n,) = vectors["x"].shape
    factors = {"n": float(n), **(factors or {})}
    given = without_brackets(given, n)
    flat = {name: values for name, values in regions.items() if np.ndim(values) == 1}
    square = {name: values for name, values in regions.items() if np.ndim(values) == 2}
    if given.shape == (n,):
        wrong_shape = right.ndim == 2
        name = f"{function}, a vector" if wrong_shape else function
        return [
            Sight(name, given, None if wrong_shape else right, {**vectors}, factors, regions=flat)
        ]
    if given.shape == (n, n):
        wrong_shape = right.ndim == 1
        name = f"{function}, a matrix" if wrong_shape else function
        both: dict[str, Numbers | float] = {}
        for symbol_name, values in vectors.items():
            both[_indexed(symbol_name, "i")] = values[:, None]
            both[_indexed(symbol_name, "j")] = values[None, :]
        if "s" in vectors:
            both["sum(s²)"] = float(vectors["s"] @ vectors["s"])
        eye = np.eye(n, dtype=bool)
        above = np.triu(np.ones((n, n), dtype=bool), 1)
        own = {ON: eye, OFF: ~eye, _UPPER: above, _LOWER: above.T, **square}
        if not wrong_shape:
            both[RIGHT] = right
        return [Sight(name, given, None if wrong_shape else right, both, factors, regions=own)]
    if given.size == 1:
        spread = np.full(n, float(given.ravel()[0]))
        ends = {"x_first": vectors["x"][0], "x_last": vectors["x"][-1]}
        if "s" in vectors:
            ends |= {"s_first": vectors["s"][0], "s_last": vectors["s"][-1]}
        return [Sight(f"{function}, a number", spread, None, {**vectors, **ends}, factors)]
    return []


def _indexed(name: str, index: str) -> str:
    return name.replace("x", f"x_{index}") if "x >" in name else f"{name}_{index}"


def _look_threshold(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    x = np.asarray(arguments[0], dtype=float)
    on = (x > -1).astype(float)
    regions = {
        _ABOVE: x > -1,
        _BELOW: x <= -1,
        _POSITIVE: x > 0,
        _BETWEEN: (x > -1) & (x <= 0),
    }
    vectors = {
        "x": x,
        "[x > −1]": on,
        "[x > 0]": (x > 0).astype(float),
        "[x > 1]": (x > 1).astype(float),
    }
    return _sights("threshold", answer[0], x * on, vectors, regions)


def _look_threshold_jacobian(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    x = np.asarray(arguments[0], dtype=float)
    on = (x > -1).astype(float)
    eye = np.eye(len(x), dtype=bool)
    regions = {
        _ON_ABOVE: eye & (x > -1),
        _ON_BELOW: eye & (x <= -1),
        _ON_POSITIVE: eye & (x > 0),
        _ON_BETWEEN: eye & (x > -1) & (x <= 0),
        _ABOVE: x > -1,
        _BELOW: x <= -1,
        _POSITIVE: x > 0,
        _BETWEEN: (x > -1) & (x <= 0),
    }
    vectors = {"x": x, "[x > −1]": on, "[x > 0]": (x > 0).astype(float)}
    return _sights("threshold_jacobian", answer[0], np.diag(on), vectors, regions)


def _look_softmax(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    x = np.asarray(arguments[0], dtype=float)
    s = softmax(x)
    vectors = {
        "x": x,
        "s": s,
        "softmax(s)": softmax(s),
        "softmax(−x)": softmax(-x),
        "softmax(threshold(x))": softmax(np.where(x > -1, x, 0)),
        "2^x": 2**x,
        "std(x)": np.full(len(x), x.std()),
        "√n": np.full(len(x), len(x) ** 0.5),
    }
    factors = {_OF_LARGEST: float(np.exp(x.max())), _OF_SUM: float(np.exp(x).sum())}
    return _sights("softmax", answer[0], s, vectors, {}, factors)


def _look_softmax_jacobian(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    x = np.asarray(arguments[0], dtype=float)
    s = softmax(x)
    vectors = {
        "x": x,
        "s": s,
        "softmax(s)": softmax(s),
        "softmax(−x)": softmax(-x),
        "sigmoid(x)": 1 / (1 + np.exp(-x)),
        "exp(x − max)": np.exp(x - x.max()),
        "b": x - x.max(),
        "d": s - s.max(),
        "m": (x == x.max()).astype(float),
    }
    right = np.diag(s) - np.outer(s, s)
    factors = {_OF_SHIFTED: float(np.exp(x - x.max()).sum())}
    return _sights("softmax_jacobian", answer[0], right, vectors, {}, factors)


_x, _s, _on, _n = symbols("x, s, [x > −1], n")
_x_i, _x_j, _s_i, _s_j, _on_i, _on_j = symbols("x_i, x_j, s_i, s_j, [x_i > −1], [x_j > −1]")
_b_i, _d_i, _d_j, _m_i = symbols("b_i, d_i, d_j, m_i")
_exp = apply("exp", _x)
_relu = apply("positive part", _x)


def _one_minus(term: Term) -> Term:
    return apply("one minus", term)


#: Exponentials from which something is subtracted that was meant for the inputs.
_LOWERED = (_exp - apply("max", _x), _exp - apply("max", _exp))
_LOWERED_EXP = apply("exp", _x - apply("max", _x))
#: The same numbers, as who shifts the inputs writes them.
_OVER_LARGEST = _exp / apply("max", _exp)
#: What is left of x after it went through the Jacobian of its shares.
_GONE_THROUGH = _s * (_x - apply("sum", _s * _x))

_SHARES_GONE_THROUGH = _s * (_s - apply("sum", _s * _s))

_A_VECTOR = "shapes.vector_for_matrix"
_A_MATRIX = "shapes.matrix_for_vector"
_A_NUMBER = "shapes.number"


def _as(
    what: str,
    name: str,
    shape: str,
    finished: tuple[Term, ...],
    *ops: str,
    remarks: tuple[Remark, ...] = (),
) -> Step:
    regions = ((_ABOVE, _BELOW), (_POSITIVE, _BETWEEN, _BELOW))
    of_each = regions if name == "threshold_jacobian, a vector" else ()
    return Step(name, what, None, finished, ops, of_each, _MEANINGS, shape, True, remarks=remarks)


_OF_X = (_x, ONE, _on, *symbols("[x > 0], [x > 1]"), _x * _on, apply("positive part", _x), _n)
_OF_S = (
    _s,
    _x,
    ONE,
    _exp,
    _s * _one_minus(_s),
    apply("softmax", apply("softmax", _x)),
    symbol("softmax(s)"),
    _n,
)
_OF_S_AND_J = (*_OF_S, _GONE_THROUGH, _SHARES_GONE_THROUGH, symbol("m"))
_X_NUMBER = (*_OF_X, *symbols("x_first, x_last"))
_S_NUMBER = (*_OF_S, *symbols("s_first, s_last"))
_S_ENTRIES = (
    _s_i,
    _s_j,
    ONE,
    _s_i * _s_j,
    _s_i * _one_minus(_s_i),
    _s_i * _one_minus(_s_j),
    _s_j * _one_minus(_s_j),
    _s_j * _one_minus(_s_i),
    _x_i,
    _x_j,
    apply("exp", _x_i),
    apply("exp", _x_j),
    *symbols("softmax(s)_i, softmax(s)_j, sum(s²), n, softmax(−x)_i, softmax(−x)_j"),
    *symbols("sigmoid(x)_i, sigmoid(x)_j, exp(x − max)_i, exp(x − max)_j"),
    _m_i,
    _b_i,
    symbol("b_j"),
    _b_i * _s_i,
    _d_i,
    _d_j,
    _d_i * _d_j,
    _d_i * _one_minus(_d_i),
    # Nobody divides by a sigmoid to get these.
    *(ONE + apply("exp", number(-1) * one) for one in (_x_i, _x_j)),
)
#: The same of code that divides nothing: it has no shares.
_EXP_ENTRIES = (
    _x_i,
    _x_j,
    ONE,
    *(apply("exp", one) for one in (_x_i, _x_j, number(-1) * _x_i, number(-1) * _x_j)),
    *(apply("exp", one) for one in (_x_j - _x_i, _x_i - _x_j)),
    *symbols("n, exp(x − max)_i, exp(x − max)_j"),
    *(_m_i, _b_i, symbol("b_j")),
)
_X_ENTRIES = (
    _x_i,
    _x_j,
    ONE,
    _on_i,
    _on_j,
    *symbols("[x_i > 0], [x_j > 0]"),
    _on_i * _on_j,
    _x_i * _on_i,
    _x_j * _on_j,
    _n,
)

_EXPONENTIALS = ("exp(x − max)_i", "exp(x − max)_j")
_INPUTS, _POWERS = {"x_i", "x_j", "b_i", "b_j"}, ("exp(x_i)", "exp(x_j)")


def _outside_exp(term: Term) -> frozenset[str]:
    """The names of the symbols that stand in no exponential."""
    if term.op == "exp":
        return frozenset()
    return frozenset().union([term.name] if term.name else [], *map(_outside_exp, term.parts))


def _is_over_lowered_sum(whole: Term) -> bool:
    """Whether exponentials of the inputs stand over the sum of those of lowered inputs."""
    over = [
        {str(part) for part in one.parts[0].parts_within()}
        for one in whole.parts_within()
        if one.op == "/" and str(one.parts[1]) == _OF_SHIFTED
    ]
    return any(map({*_POWERS}.intersection, over)) and not _INPUTS & _outside_exp(whole)


def _is_of_powers_alone(whole: Term) -> bool:
    return _outside_exp(whole) <= {*_EXPONENTIALS}


def _is_of_powers_and_shares(whole: Term) -> bool:
    names = _outside_exp(whole)
    return bool(names & {"s_i", "s_j"}) and not names & _INPUTS


_OF_SHARES = (
    Remark("departs.divided_once_too_seldom", (_OF_SHIFTED,), of_factor=True),
    Remark("departs.lowered_in_the_sum_alone", _POWERS, of_form=_is_over_lowered_sum),
    Remark(
        "departs.lowered_in_one_place",
        ("max(exp(x_i))", "max(exp(x_j))"),
        of_form=_is_of_powers_and_shares,
    ),
    Remark("departs.shares_not_divided", _POWERS, ("log",), of_form=_is_of_powers_alone),
    Remark(
        "departs.exponential_beside_shares", _POWERS, ("log",), of_form=_is_of_powers_and_shares
    ),
    Remark("departs.inputs_for_shares", ("x_i", "x_j", "b_i", "b_j")),
    Remark("departs.shares_not_divided", _EXPONENTIALS, ("log", "s_i", "s_j")),
    Remark("departs.exponential_beside_shares", _EXPONENTIALS, ("log",)),
    Remark("departs.largest_apart", ("m_i",)),
    Remark("departs.shares_below_largest", ("d_i", "d_j")),
    Remark("departs.sigmoids_for_shares", ("sigmoid(x)_i", "sigmoid(x)_j")),
    Remark("departs.input_signs_turned", ("softmax(−x)_i", "softmax(−x)_j")),
    Remark("departs.softmax_twice", ("softmax(s)_i", "softmax(s)_j", "softmax(s)")),
    Remark("departs.one_number_for_shares", ("sum(s²)",)),
    Remark("departs.nothing_off_the_diagonal", whole=("0",), where=OFF),
)
_OF_ONE_ENTRY = tuple(
    Remark("departs.one_effect", whole=(f"(1 − {s}) · {s}", f"{s} · (1 − {s})"))
    for s in ("s_first", "s_last")
)
_OF_SLOPES = (
    Remark("departs.something_off_the_diagonal", where=OFF),
    Remark("departs.sign_for_slope", ("sign",)),
    Remark(
        "departs.output_for_slope",
        whole=("x_i · [x_i > −1]", "x_j · [x_j > −1]", "x · [x > −1]"),
    ),
    Remark("departs.value_for_slope", whole=("x_i", "x_j")),
    Remark("departs.compared_with_0", ("[x_i > 0]", "[x_j > 0]", "[x > 0]")),
)


def _is_of_nearly_e(frame: Frame) -> bool:
    """Whether the shares are those of powers of a number near e."""
    logs, x = np.log(frame.given), frame.symbols["x"]
    means = frame.operations["mean"]
    logs, x = logs - means(logs[None])[0], x - means(x[None])[0]
    return bool(0.95 < float(x @ logs / (x @ x)) < 1.05)


_RIGHT_SUMS = ("sum(exp(x))", "sum(exp(x − max(x)))", "what is right")
_OF_SOFTMAX = (
    Remark("departs.shifted_in_one_place", (_OF_LARGEST,), of_factor=True),
    Remark("departs.powers_of_nearly_e", ("softmax",), holds=_is_of_nearly_e),
    Remark("departs.power_before_minus", ("exp(x) − max(x)",)),
    Remark("departs.taken_off_exponentials", ("exp(x) − max(exp(x))",)),
    Remark("departs.softmax_twice", ("softmax(s)",)),
    Remark("departs.logarithm_of_sum", ("log(sum(exp(x − max(x))))",)),
    Remark("departs.logarithm_of_shares", ("log",), ("softmax",)),
    Remark("departs.inputs_changed", ("softmax",)),
    Remark("departs.no_shares", lacks=("exp",), holds=is_no_share),
    Remark("departs.each_input_alone", ("logistic",)),
    Remark("departs.smallest_gets_most", ("softmax(−x)",)),
    Remark("departs.threshold_before_softmax", ("softmax(threshold(x))",)),
    Remark("departs.another_base", ("2^x",)),
    Remark("departs.inputs_added_up", ("sum(x)",), _RIGHT_SUMS),
    Remark("departs.lowered_inputs_added_up", ("sum(x − max(x))",), _RIGHT_SUMS),
    Remark("departs.no_sum_of_1", holds=adds_up_to_something_else),
    Remark("departs.no_exponential", lacks=("exp", "softmax", "2^x", "logistic", "what is right")),
)
_OF_THRESHOLD = (
    Remark("departs.another_threshold", ("logistic", "tanh", "softmax", "exp")),
    Remark("departs.compared_with_0", ("[x > 0]",)),
    Remark("departs.compared_with_0", whole=("max(0, x)",)),
    Remark("departs.compared_with_1", ("[x > 1]",), lacks=("[x > −1]",)),
    Remark("departs.not_passed_as_it_is", where=_ABOVE),
    Remark("departs.between_is_above", where=_BETWEEN),
)

_SOFTMAX = Step(
    "softmax",
    "computed.output",
    _s,
    (
        *_OF_S,
        *symbols("softmax(−x), softmax(threshold(x)), 2^x"),
        _OVER_LARGEST,
        *(_x / apply(over, _x) for over in ("max", "sum", "norm")),
        _x / apply("max", apply("abs", _x)),
        *(_x / symbol("√n"), (_x - apply("mean", _x)) / symbol("std(x)")),
        *(_x - apply("max", _x), _x - apply("min", _x)),
        (_x - apply("min", _x)) / (apply("max", _x) - apply("min", _x)),
        _LOWERED_EXP / apply("log", apply("sum", _LOWERED_EXP)),
        *_LOWERED,
        *(lowered / apply("sum", lowered) for lowered in _LOWERED),
        _relu / apply("sum", _relu),
        apply("exp", _x - apply("mean", _x)),
    ),
    (*_ELEMENTWISE, *_OVER, "softmax", *_SQUASHING),
    (),
    _MEANINGS,
    remarks=_OF_SOFTMAX,
)
_SHIFTED = tuple(_LOWERED_EXP if one == _OVER_LARGEST else one for one in _SOFTMAX.finished)
_SOFTMAX_JACOBIAN = Step(
    "softmax_jacobian",
    "computed.entry",
    symbol(RIGHT),
    _S_ENTRIES,
    (*_ELEMENTWISE, *_OVER, "row sum", "column sum", "logistic"),
    ((ON, OFF), (ON, _UPPER, _LOWER)),
    _MEANINGS,
    remarks=_OF_SHARES,
)
_WITHOUT_SHARES = replace(
    _SOFTMAX_JACOBIAN,
    finished=_EXP_ENTRIES,
    remarks=(
        Remark("departs.softmax_never_computed", ("exp",), _EXPONENTIALS),
        *_SOFTMAX_JACOBIAN.remarks,
    ),
)

VOCABULARIES = {
    "threshold": Vocabulary(
        (
            Step(
                "threshold",
                "computed.output",
                _x * _on,
                _OF_X,
                (*_ELEMENTWISE, *_SQUASHING, *_OVER),
                ((_ABOVE, _BELOW), (_POSITIVE, _BETWEEN, _BELOW)),
                _MEANINGS,
                remarks=_OF_THRESHOLD,
            ),
            _as("computed.output", "threshold, a number", _A_NUMBER,
                _X_NUMBER, *_ELEMENTWISE, *_OVER),
            _as("computed.output", "threshold, a matrix", _A_MATRIX,
                _X_ENTRIES, *_ELEMENTWISE, *_OVER),
        ),
        _look_threshold, inputs.vectors, edges=_EDGES, near_edges=inputs.near_minus_1),
    "threshold_jacobian": Vocabulary(
        (
            Step(
                "threshold_jacobian",
                "computed.entry",
                symbol(RIGHT),
                _X_ENTRIES,
                (*_ELEMENTWISE, *_SQUASHING, *_OVER),
                (
                    (ON, OFF),
                    (_ON_ABOVE, _ON_BELOW, OFF),
                    (_ON_POSITIVE, _ON_BETWEEN, _ON_BELOW, OFF),
                ),
                _MEANINGS,
                remarks=_OF_SLOPES,
            ),
            _as("computed.result", "threshold_jacobian, a vector", _A_VECTOR,
                _OF_X, *_ELEMENTWISE, *_SQUASHING, *_OVER),
            _as("computed.result", "threshold_jacobian, a number", _A_NUMBER,
                _X_NUMBER, *_ELEMENTWISE, *_OVER),
        ),
        _look_threshold_jacobian, inputs.vectors, edges=_EDGES, near_edges=inputs.near_minus_1),
    "softmax": Vocabulary(
        (
            _SOFTMAX,
            _as("computed.result", "softmax, a number", _A_NUMBER,
                _S_NUMBER, *_OVER, *_ELEMENTWISE),
            _as("computed.result", "softmax, a matrix", _A_MATRIX,
                _S_ENTRIES, *_ELEMENTWISE, *_OVER),
        ),
        _look_softmax, inputs.vectors,
        otherwise=((spelling.subtracts, replace(_SOFTMAX, finished=_SHIFTED)),)),
    "softmax_jacobian": Vocabulary(
        (
            _SOFTMAX_JACOBIAN,
            _as("computed.result", "softmax_jacobian, a vector", _A_VECTOR,
                _OF_S_AND_J, *_ELEMENTWISE, *_OVER, "logistic",
                remarks=(
                    Remark("departs.through_the_jacobian", (str(_GONE_THROUGH),)),
                    Remark("departs.shares_through_the_jacobian", (str(_SHARES_GONE_THROUGH),)),
                )),
            _as("computed.result", "softmax_jacobian, a number", _A_NUMBER,
                _S_NUMBER, *_OVER, *_ELEMENTWISE, remarks=_OF_ONE_ENTRY),
        ),
        _look_softmax_jacobian, inputs.vectors,
        otherwise=((spelling.has_exponentials_alone, _WITHOUT_SHARES),)),
}  # fmt: skip
