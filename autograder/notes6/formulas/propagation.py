"""Errors through Jacobians, one or several, and their norms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.formulas.frames import Numbers, Sight
from autograder.formulas.step import (
    Arguments,
    Remark,
    Step,
    Vocabulary,
    symbols,
    without_brackets,
)
from autograder.formulas.terms import ONE, apply, symbol
from autograder.notes6.formulas import inputs

_MEANINGS = ("symbols_of_propagation",)


def _through(
    step: str, e: Numbers, J: Numbers, given: Numbers, first: Numbers | None
) -> list[Sight]:
    rows, columns = J.shape
    given = without_brackets(given, columns)
    factors = {"rows": float(rows), "columns": float(columns)}
    if given.shape == (columns,):
        found: dict[str, Any] = {
            "e @ J": e @ J,
            "column sums of J": J.sum(axis=0),
            "|e| @ |J|": np.abs(e) @ np.abs(J),
            "e @ |J|": e @ np.abs(J),
            "|e| @ J": np.abs(e) @ J,
            "e² @ J": e**2 @ J,
            "e @ J²": e @ J**2,
            "e² @ J²": e**2 @ J**2,
            "column norms of J": np.linalg.norm(J, axis=0),
            "first row of J": J[0],
            "last row of J": J[-1],
            "e_first · first row of J": e[0] * J[0],
            "e_last · last row of J": e[-1] * J[-1],
            "largest e_i · J_ij": (e[:, None] * J).max(axis=0),
            "sum of e_i / J_ij": (e[:, None] / J).sum(axis=0),
            "sum of e_i + J_ij": (e[:, None] + J).sum(axis=0),
            "sum(e)": e.sum(),
            "‖e‖": np.linalg.norm(e),
            "e through max(0, J)": e @ np.maximum(J, 0),
            "max(0, e) @ J": np.maximum(e, 0) @ J,
        }
        if rows == columns:
            found |= {
                "J @ e": J @ e,
                "e": e,
                "diagonal of J": np.diag(J),
                "row sums of J": J.sum(axis=1),
                "e @ J @ J": e @ J @ J,
                "e @ J @ J.T": e @ J @ J.T,
            }
        if first is not None and len(first) == rows:
            found |= {"first e @ J": first @ J}
        if first is not None and len(first) == columns:
            found |= {"first e": first}
        return [Sight(step, given, e @ J, found, factors)]
    entries = {"e_i": e[:, None], "J_ij": J}
    if rows == columns:
        entries |= {"e_j": e[None, :], "J_ji": J.T}
    if given.shape == (rows, columns):
        return [Sight(f"{step}, a matrix", given, None, {**entries}, factors)]
    if given.size == 1:
        spread = np.full((rows, columns), float(given.ravel()[0]))
        return [Sight(f"{step}, a number", spread, None, {**entries}, factors)]
    if given.shape == (rows,):
        sums = {
            "e @ J @ J.T": e @ J @ J.T,
            "e": e,
            "row sums of J": J.sum(axis=1),
            "row norms of J": np.linalg.norm(J, axis=1),
        }
        return [Sight(f"{step}, a vector of rows", given, None, {**sums}, factors)]
    return []


def _look_one(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    e, J = (np.asarray(value, dtype=float) for value in arguments)
    return _through("propagate_error", e, J, answer[0], None)


def _look_chain(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    """Each step from what the student's own step before came to."""
    error = np.asarray(arguments[0], dtype=float)
    jacobians = [np.asarray(J, dtype=float) for J in arguments[1]]
    if len(answer) != len(jacobians):
        return []
    sights: list[Sight] = []
    right, before = error, error
    if answer and _are_one(answer) and not _is_close(answer[0], error @ jacobians[0]):
        # One array in all places is changed by all that comes after it.
        answer, jacobians = answer[:1], jacobians[:1]
    for k, (J, given) in enumerate(zip(jacobians, answer, strict=True)):
        if before.shape != (len(J),):
            break
        step = "the first step" if k == 0 else "a later step"
        sights += _through(step, before, J, given, None if k == 0 else error)
        right = right @ J
        given = without_brackets(given, J.shape[1])
        # Numbers that are right but for rounding are taken as right: then others' tables serve.
        before = right if _is_close(given, right) else given
    return sights


def _are_one(answer: Sequence[Numbers]) -> bool:
    """Whether several are the same, and not for being 0."""
    return len(answer) > 1 and all(np.array_equal(one, answer[0]) and one.any() for one in answer)


def _is_close(given: Numbers, right: Numbers) -> bool:
    return given.shape == right.shape and np.allclose(given, right)


def _look_norms(arguments: Arguments, answer: Sequence[Numbers]) -> list[Sight]:
    e = np.asarray(arguments[0], dtype=float)
    jacobians = [np.asarray(J, dtype=float) for J in arguments[1]]
    (given,) = answer
    given = without_brackets(given, len(jacobians) + 1)
    if given.shape == (len(jacobians) + 1,):
        return _norms("a norm", e, jacobians, given)
    if given.shape == (len(jacobians),) and jacobians:
        unknown = [np.nan]
        return [
            *_norms(_WITHOUT_FIRST, e, jacobians, np.concatenate([unknown, given]))[1:],
            *_norms(_WITHOUT_LAST, e, jacobians, np.concatenate([given, unknown]))[:-1],
        ]
    return []


def _norms(name: str, e: Numbers, jacobians: Sequence[Numbers], given: Numbers) -> list[Sight]:
    """Each number of a list that should hold one norm more than there are Jacobians."""
    sights = []
    norms = [float(np.linalg.norm(e))]
    first = turned = apart = e
    for k, value in enumerate(given):
        if k:
            J = jacobians[k - 1]
            turned = J @ turned if J.shape[1] == len(turned) else np.full(len(J), np.nan)
            apart = first @ J if len(J) == len(first) else np.full(J.shape[1], np.nan)
            e = e @ J
            norms.append(float(np.linalg.norm(e)))
        start = np.full(e.shape, k == 0)
        found = {
            "e_k": e,
            # Of the first alone nothing is added up.
            "norms so far": sum(norms) if k else np.nan,
            "squares so far": sum(norm**2 for norm in norms) if k else np.nan,
            "first norm": norms[0],
            "‖J @ e‖": float(np.linalg.norm(turned)),
            "‖first e @ J‖": float(np.linalg.norm(apart)),
            "‖J‖": float(np.linalg.norm(jacobians[k - 1])) if k else 1.0,
            _ROOT_BY_LENGTH: float(e @ e) ** (1 / len(e)),
            "‖e_k − mean‖": float(np.linalg.norm(e - e.mean())),
        }
        found |= {name: float(np.linalg.norm(e[part])) for name, part in _SOME_ENTRIES.items()}
        factors = {"n": float(len(e)), "n_first": float(len(first)), "k": float(k + 1)}
        regions = {_START: start, _LATER: ~start}
        spread, right = np.full(e.shape, value), np.full(e.shape, norms[-1])
        sights.append(Sight(name, spread, right, {**found}, factors, regions=regions))
    return sights


#: The lengths of what is left of an error where some of its entries do not count.
_SOME_ENTRIES = {
    "‖first two entries‖": slice(2),
    "‖first three entries‖": slice(3),
    "‖all but the first‖": slice(1, None),
    "‖all but the last‖": slice(-1),
}
#: The root that belongs to two entries, taken for as many as there are.
_ROOT_BY_LENGTH = "n-th root of the squares"
_START, _LATER = "where.start", "where.later"
#: A norm of a list that is one too short.
_WITHOUT_FIRST, _WITHOUT_LAST = "a norm, without the first", "a norm, without the last"

_e, _e_i, _J_ij, _e_j, _J_ji = symbols("e, e_i, J_ij, e_j, J_ji")
_e_J = symbol("e @ J")
_VECTOR = (
    *symbols(
        "e @ J, J @ e, e, column sums of J, row sums of J, diagonal of J, first e @ J, first e, "
        "|e| @ |J|, e @ |J|, |e| @ J, e² @ J, e @ J², e² @ J², column norms of J, first row of J, "
        "last row of J, e_first · first row of J, e_last · last row of J, largest e_i · J_ij, "
        "sum of e_i / J_ij, sum of e_i + J_ij, sum(e), ‖e‖, e through max(0, J), "
        "max(0, e) @ J, e @ J @ J, e @ J @ J.T"
    ),
    ONE,
)
_ENTRIES = (_e_i, _J_ij, _e_j, _J_ji, ONE, _e_i * _J_ij)
_ONES = ("square", "abs", "root", "reciprocal", "positive part", "sign", "sum", "mean", "max",
         "norm", "exp", "softmax", "tanh", "one minus")  # fmt: skip
_OVER = (
    "sum",
    "mean",
    "max",
    "norm",
    "row sum",
    "column sum",
    "square",
    "abs",
    "root",
    "reciprocal",
)


_BACK_AGAIN = Remark("departs.there_and_back", ("e @ J @ J.T",))
_OF_RESULT = (
    _BACK_AGAIN,
    Remark("departs.jacobian_twice", ("e @ J @ J",)),
    Remark("departs.all_added_up", whole=("sum(e @ J)",)),
    Remark("departs.other_side", ("J @ e",)),
    Remark("departs.rows_added_up", ("row sums of J",), ("what is right",)),
    Remark("departs.starts_again", ("first e @ J", "first e")),
    Remark("departs.error_left_out", whole=("column sums of J",)),
    Remark("departs.added_up_too_early", ("column sums of J",), ("what is right",)),
    Remark("departs.another_size", ("column sums of J", "row sums of J")),
    Remark("departs.signs_lost",
           ("abs", "square", "|e| @ |J|", "e @ |J|", "|e| @ J", "e² @ J", "e @ J²", "e² @ J²")),
    Remark("departs.negative_effects_lost",
           ("positive part", "e through max(0, J)", "max(0, e) @ J")),
    Remark("departs.another_size", ("norm", "‖e‖", "max", "softmax")),
    Remark("departs.not_multiplied", ("sum of e_i / J_ij", "sum of e_i + J_ij")),
    Remark("departs.part_of_jacobian",
           ("first row of J", "last row of J", "diagonal of J", "e_first · first row of J",
            "e_last · last row of J", "largest e_i · J_ij")),
    Remark("departs.jacobian_not_met",
           lacks=("e @ J", "J @ e", "column sums of J", "row sums of J")),
)  # fmt: skip


#: Of a later step of a chain.
_OF_LATER = (Remark("departs.same_as_before", whole=("e",)), *_OF_RESULT)


def _steps(
    name: str, what: str, before: str = "", remarks: tuple[Remark, ...] = _OF_RESULT
) -> tuple[Step, ...]:
    return (
        Step(
            name,
            what,
            _e_J,
            _VECTOR,
            _ONES,
            meanings=_MEANINGS,
            remarks=remarks,
            before=before,
        ),
        Step(
            f"{name}, a matrix",
            what,
            None,
            _ENTRIES,
            _OVER,
            meanings=_MEANINGS,
            shape="shapes.matrix_for_vector",
            shape_first=True,
        ),
        Step(
            f"{name}, a number",
            what,
            None,
            _ENTRIES,
            _OVER,
            meanings=_MEANINGS,
            shape="shapes.number_for_vector",
            shape_first=True,
        ),
        Step(
            f"{name}, a vector of rows",
            what,
            None,
            symbols("e, row sums of J, row norms of J, e @ J @ J.T"),
            _ONES,
            meanings=_MEANINGS,
            remarks=(_BACK_AGAIN,),
            shape="shapes.number_for_each_row",
            shape_first=True,
        ),
    )


_norm = apply("norm", symbol("e_k"))

_OF_NORMS = (
    Remark("departs.squared_twice", whole=(str(apply("norm", apply("square", symbol("e_k")))),)),
    Remark("departs.entries_left_out", tuple(_SOME_ENTRIES), of_a_part=True),
    Remark("departs.root_once_more", tuple(f"√({name})" for name in _SOME_ENTRIES), of_a_part=True),
    Remark("departs.root_not_taken", tuple(f"{name}²" for name in _SOME_ENTRIES), of_a_part=True),
    Remark("departs.root_by_length", (_ROOT_BY_LENGTH,)),
    Remark("departs.root_not_taken", ("‖e_k‖²",)),
    Remark("departs.other_side_of_all", ("‖J @ e‖",)),
    Remark("departs.starts_again_at_each", ("‖first e @ J‖",)),
    Remark("departs.norms_added_up", ("norms so far",)),
    Remark("departs.squares_added_up", ("squares so far",)),
    Remark("departs.jacobians_size", ("‖J‖",), (str(_norm),)),
    Remark("departs.distance_from_mean", ("‖e_k − mean‖",)),
    Remark("departs.jacobians_size_too", ("‖J‖",)),
    Remark("departs.norm_stays", whole=("first norm",)),
    Remark(
        "departs.parts_of_the_first",
        ("1 / (first norm)", f"{_norm} / (first norm)"),
    ),
    Remark("departs.first_norm_too", ("first norm",)),
    Remark("departs.another_norm", ("abs", "max", "mean", "log")),
    Remark("departs.entries_cancel", ("sum",), ("abs", "square")),
)
_NORM = Step(
    "a norm",
    "computed.norm",
    _norm,
    (
        symbol("e_k"),
        _norm,
        ONE,
        *symbols("norms so far, squares so far, first norm, ‖J‖, n, n_first, k"),
        *symbols("‖J @ e‖, ‖first e @ J‖"),
        symbol("‖e_k − mean‖"),
        symbol(_ROOT_BY_LENGTH),
        *map(symbol, _SOME_ENTRIES),
    ),
    (
        "square",
        "abs",
        "sum",
        "mean",
        "max",
        "min",
        "norm",
        "root",
        "log",
        "exp",
        "reciprocal",
        "softmax",
    ),
    ((_START, _LATER),),
    _MEANINGS,
    remarks=_OF_NORMS,
)

VOCABULARIES = {
    "propagate_error": Vocabulary(
        _steps("propagate_error", "computed.result"), _look_one, inputs.products
    ),
    "propagate_chain": Vocabulary(
        (
            *_steps("the first step", "computed.first_chain_error"),
            *(
                replace(step, from_own="computed.chain_step")
                for step in _steps(
                    "a later step",
                    "computed.later_chain_error",
                    "before.first_chain_error_right",
                    _OF_LATER,
                )
            ),
        ),
        _look_chain, inputs.chains),
    "error_norms": Vocabulary(
        (
            _NORM,
            *(
                replace(_NORM, name=name, right=None, partitions=(), shape=shape)
                for name, shape in (
                    (_WITHOUT_FIRST, "shapes.first_norm_missing"),
                    (_WITHOUT_LAST, "shapes.last_norm_missing"),
                )
            ),
        ),
        _look_norms, inputs.chains),
}  # fmt: skip
