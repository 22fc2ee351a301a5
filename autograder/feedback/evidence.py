"""What a page can draw of one function: the student's own numbers, and which are questionable.

Everything here is plain JSON. The inputs are public ones. Right values are left out below level
``reveal``; the wiggle tells which outputs move, which way and how far by eye, and for a
hand-worked answer not even that: only what the student's own matrix says.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.assignment.config import Level
from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import Floats, close
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.example import Example
from autograder.diagnosis.lines import source_lines, unread_span
from autograder.feedback.figures import questionable
from autograder.feedback.own_numbers import RESIDUE
from autograder.feedback.record import Evidence
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Died, Outcome, Raised, Returned, TimedOut, harmless
from autograder.source.phrases import Phrases, Said

#: What is larger would be no picture any more, and may come from a hostile file.
MOST_ITEMS, MOST_COLUMNS = 8, 12
#: Characters of a function's code; solutions have a few hundred.
MOST_CODE = 6000
#: A movement below this, for a nudge of 1, is none that an experiment shows.
STILL = 1e-6
#: How far outputs move is drawn in so many steps: a difference is seen, and no number is read off.
STEPS = 20


def evidence(diagnosis: Diagnosis, marking: Marking, level: Level, say: Phrases) -> Evidence:
    """Give what can be drawn of one function, and what an instructor should know of it.

    Parameters
    ----------
    diagnosis : Diagnosis
    marking : Marking
    level : {"locate", "explain", "reveal"}
    say : Phrases
    """
    found: Evidence = {}
    example = diagnosis.example
    is_right = diagnosis.status in ("right", "right in itself")
    if diagnosis.status == "right" and (shown := marking.expected.shown(diagnosis.function)):
        found["shown"] = in_words(shown, say)
    if example is not None and (drawn := picture(example, marking, level)):
        found["picture"] = drawn
    if diagnosis.failure is not None and (failure := _failure(diagnosis.failure)):
        found["failure"] = failure
    if not is_right and (code := _code(marking, diagnosis.exercise)):
        found["code"] = code
    if diagnosis.status == "right" and (form := _unusual_form(marking, diagnosis.exercise)):
        found["unusual"] = say(f"unusual.{form}")
    return found


def in_words(shown: Any, say: Phrases) -> Any:
    """A picture with what is to be said in it put into words."""
    if isinstance(shown, Said):
        return say.fill(shown)
    if isinstance(shown, dict):
        return {key: in_words(value, say) for key, value in shown.items()}
    if isinstance(shown, list | tuple):
        return [in_words(value, say) for value in shown]
    return shown


def _code(marking: Marking, exercise: Exercise) -> str:
    """The student's own lines of a function, as far as a person would read them."""
    source = marking.session.submission.files.get(exercise.file)
    if source is None:
        return ""
    facts, lines = marking.session.worker.facts(exercise.file), source_lines(source)
    span = facts.lines.get(exercise.name)
    if span is None and exercise.name in facts.lost:
        span = unread_span(lines, exercise.name)
    if span is None:
        return ""
    return harmless("\n".join(lines[max(span[0] - 1, 0) : span[1]])[:MOST_CODE])


def picture(example: Example, marking: Marking, level: Level) -> dict[str, Any] | None:
    """Describe one answer as data for a drawing; None where no numbers came back.

    Returns
    -------
    dict or None
        ``kind``; ``letter`` of its matrices; ``inputs`` by parameter; ``items``, an entry for each
        array of the answer with its ``shape``, the ``asked`` shape, ``values`` and ``wrong`` (both
        nested lists, None where they cannot be drawn or compared) and at level reveal ``right``;
        ``by_row``, where a whole row is marked for what is wrong in it; ``length``
        (given, asked), of a pair that of its arrays; ``first_wrong``, the item where the error
        first shows in the order of the computation; ``wiggle`` for Jacobians.
    """
    exercise, given = example.exercise, example.given
    if given is None:
        return None
    right = [np.asarray(r) for r in example.right]
    kind = exercise.picture
    # The list of numbers of a pair stands behind its arrays, however many these are.
    last = [(given[-1], right[-1])] if exercise.parts and given else []
    arrays, asked = (side[: len(side) - len(last)] for side in (given, right))
    beside = [*asked, *[None] * max(len(arrays) - len(asked), 0)]
    pairs = [*list(zip(arrays, beside, strict=False))[: MOST_ITEMS - len(last)], *last]
    items = [_item(g, r, level) for g, r in pairs]
    tells = kind == "jacobian" and not exercise.parameters and level != "reveal"
    if tells and items[0]["wrong"] is not None:
        # Its entries are 0 or 1: to ring a wrong one of these would be to tell the answer.
        wrong = np.array(items[0]["wrong"])
        tells_answer = wrong & np.isin(given[0], (0, 1))
        items[0]["wrong"] = (wrong | np.any(tells_answer, 1, keepdims=True)).tolist()
        items[0]["by_row"] = bool(tells_answer.any())
    for case in exercise.follows:
        (probe,) = marking.session.probes.cases(exercise.name)[case]
        if (
            probe.part is not None
            and len(items) == len(right)
            and marking.case(exercise.name, case).right
        ):
            items[probe.part]["wrong"] = np.zeros(given[probe.part].shape, dtype=bool).tolist()
    return {
        "kind": kind,
        "inputs": _inputs(example),
        "items": items,
        "letter": exercise.letter,
        "length": [len(arrays), len(asked)],
        "first_wrong": _first_wrong(items, backwards=kind == "errors"),
        "wiggle": _wiggle(example, given[0], right[0], level) if kind == "jacobian" else None,
    }


def _item(given: Floats, right: Floats | None, level: Level) -> dict[str, Any]:
    comparable = right is not None and given.shape == right.shape
    drawable = given.ndim <= 2 and all(0 < n <= MOST_COLUMNS for n in given.shape)
    item: dict[str, Any] = {
        "shape": list(given.shape),
        "asked": None if right is None else list(right.shape),
        "values": plain(_without_residue(given)) if drawable else None,
        "wrong": (~close(given, right)).tolist() if comparable and right is not None else None,
    }
    if level == "reveal" and right is not None:
        item["right"] = plain(right)
    return item


def _without_residue(given: Floats) -> Floats:
    """The same numbers, with 0 for what rounding leaves of it beside those of usual sizes."""
    usual = bool(np.abs(given).max(initial=0.0) > 1e3 * RESIDUE)
    return np.where(usual & (np.abs(given) < RESIDUE), 0.0, given)


def _inputs(example: Example) -> dict[str, Any]:
    given = dict(zip(example.exercise.parameters, example.probe.arguments, strict=False))
    named = example.exercise.by_hand or given
    return {
        name: [plain(v) for v in value] if isinstance(value, list) else plain(value)
        for name, value in named.items()
    }


def plain(array: Any) -> Any:
    """Numbers as nested lists with four significant digits; nan and infinities as text."""
    if np.ndim(array):
        return [plain(item) for item in array]
    number = float(array)
    if not np.isfinite(number):
        return str(number)
    rounded = float(f"{number:.4g}") + 0.0
    # The largest numbers of all would be rounded up to infinity; a cell shows them in short too.
    return rounded if np.isfinite(rounded) else number


def _first_wrong(items: list[dict[str, Any]], *, backwards: bool) -> int | None:
    """The first item that is wrong in the order in which the error meets the layers."""
    order = range(len(items))
    return next(
        (k for k in (reversed(order) if backwards else order) if questionable(items[k])), None
    )


def _wiggle(example: Example, given: Floats, right: Floats, level: Level) -> dict[str, Any] | None:
    """Nudge an input whose column is in question: which outputs move, which way."""
    if given.shape != right.shape:
        return None
    x = np.asarray(next(iter(_inputs(example).values())))
    kinks = example.exercise.kinks
    columns = [j for j in np.flatnonzero((~close(given, right)).any(axis=0)) if x[j] not in kinks]
    if not columns:
        return None
    differing = [j for j in columns if _directions(given[:, j]) != _directions(right[:, j])]
    j = int((differing or columns)[0])
    by_hand = not example.exercise.parameters
    hidden = level == "locate" or (by_hand and level != "reveal")
    return {
        "input": j,
        "yours": _directions(given[:, j]),
        "tried": None if hidden else _directions(right[:, j]),
        "size": None if hidden else _sizes(given[:, j], right[:, j]),
        "reach": _reach(given[:, j], None if hidden else right[:, j]),
    }


def _reach(given: Floats, right: Floats | None) -> list[list[float]]:
    """How far the outputs move, by the matrix and tried out, as shares of the farthest."""
    columns = [np.where(np.isfinite(c), c, 0.0) for c in (given, right) if c is not None]
    top = max(np.abs(column).max() for column in columns)
    return [[_share(float(value), float(top)) for value in column] for column in columns]


def _share(value: float, top: float) -> float:
    if abs(value) <= STILL:
        return 0.0
    # What moves at all is seen to move.
    return float(np.copysign(max(1, round(STEPS * (abs(value) / top))) / STEPS, value))


def _sizes(given: Floats, right: Floats) -> list[str]:
    """Where an output moves the right way: whether too far, or not far enough."""
    alike = np.array(_directions(given)) == np.array(_directions(right))
    wrong = alike & ~close(given, right) & np.isfinite(given)
    further = np.abs(given) > np.abs(right)
    return [
        ("too far" if more else "not far enough") if off else ""
        for off, more in zip(wrong, further, strict=True)
    ]


def _directions(column: Floats) -> list[str]:
    names = {-1: "down", 0: "still", 1: "up"}
    return [names[int(np.sign(v) * (abs(v) > STILL))] if np.isfinite(v) else "nan" for v in column]


def _failure(failure: Outcome) -> str | None:
    if isinstance(failure, TimedOut):
        return "timed out"
    if isinstance(failure, Died):
        return f"died: {failure.reason}"
    return f"raised: {failure.type}" if isinstance(failure, Raised) else None


def _unusual_form(marking: Marking, exercise: Exercise) -> str | None:
    outcomes = marking.outcomes[exercise.name]
    value = next((outcome.value for outcome in outcomes if isinstance(outcome, Returned)), None)
    if exercise.returns != "array" and isinstance(value, list | tuple) and value:
        value = value[-1]
    names = {"b": "truth_values", "f4": "single_precision", "f16": "long_double"}
    dtype = getattr(value, "dtype", None)
    return None if dtype is None else names.get(dtype.str[1:], names.get(dtype.kind))
