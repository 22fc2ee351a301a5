"""Ask a wrong function on inputs of no special kind, and read the formula that it computes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

import numpy as np

from autograder.assignment.judging import Answer, compare
from autograder.assignment.probe import Arguments
from autograder.assignment.rows import Row
from autograder.formulas import Reader, Reading, Vocabulary, differs
from autograder.formulas.frames import Sight
from autograder.formulas.reading import EVERYWHERE, Part, is_wrong_elsewhere
from autograder.formulas.search import agree
from autograder.formulas.step import Call, Step
from autograder.marking.marks import Marking, answer_of
from autograder.source.phrases import Said, said

#: Larger answers, and those to inputs of more steps, refute nothing: they take too long.
MOST_ENTRIES, MOST_STEPS = 30, 12
#: An answer to an input that gives marks, with what is seen in it.
Looked = tuple[Row, list[Sight]]


def read_formulas(
    marking: Marking, function: str, reader: Reader, salt: int = 0, fresh: Sequence[Row] = ()
) -> tuple[Reading, ...]:
    """What each wrong step of a function computes, as far as that can be read.

    The inputs are none of those that give marks, so that nothing of these can come to be told.

    Parameters
    ----------
    marking : Marking
    function : str
    reader : Reader
        Shared by all submissions of a run.
    salt : int
        Decides the inputs that are drawn.
    fresh : sequence of Row
        Answers to further inputs that give no marks.
    """
    vocabulary = marking.assignment.exercises[function].vocabulary
    if vocabulary is None:
        return ()
    seed = marking.session.probes.seed + 1000 * salt
    seen, refuting = _calls(vocabulary, 2 * seed), _calls(vocabulary, 2 * seed + 1)[1::2]
    calls = _answered(marking, function, [*seen, *refuting])
    file = marking.assignment.exercises[function].file
    told = vocabulary.as_written(marking.session.worker.facts(file).words.get(function, ()))
    readings = reader.read(told, _returned(calls[: len(seen)]), _returned(calls[len(seen) :]))
    rows = _looked_at(marking.rows(function), vocabulary) if readings else []
    readings = [_widened(reading, vocabulary, rows) for reading in readings]
    readings = [*_that_stand(readings, vocabulary, rows)]
    if not all(map(_is_right_but_for_the_last, [*marking.rows(function), *fresh])):
        readings = [_without_before(one) if one.step.of_last else one for one in readings]
    return tuple(_with_edges(readings, vocabulary, marking, function, seed))


def _is_right_but_for_the_last(row: Row) -> bool:
    """Whether what comes back, if anything does, has all arrays right but for the last."""
    return row.given is None or (
        len(row.given) == len(row.right) and compare(row.given[:-1], row.right[:-1]) is None
    )


def _without_before(reading: Reading) -> Reading:
    return replace(reading, step=replace(reading.step, before=""))


def _with_edges(
    readings: Sequence[Reading], vocabulary: Vocabulary, marking: Marking, function: str, seed: int
) -> list[Reading]:
    """The readings; of what they say is right elsewhere, whether that is so near the edges."""
    partly = [one for one in readings if not all(part.formula for part in one.parts)]
    if vocabulary.near_edges is None or not partly:
        return [*readings]
    calls = _answered(marking, function, vocabulary.near_edges(np.random.default_rng(seed)))
    with np.errstate(all="ignore"):
        sights = [
            sight for call, answer in _returned(calls) for sight in vocabulary.look(call, answer)
        ]
    return [
        replace(one, but_near_edges=True)
        if any(is_wrong_elsewhere(one, s) for s in sights if s.step == one.step.name)
        else one
        for one in readings
    ]


def _that_stand(
    readings: Sequence[Reading], vocabulary: Vocabulary, rows: Sequence[Looked]
) -> tuple[Reading, ...]:
    """The readings that no answer refutes; of the others only that their steps are not right."""
    standing: list[Reading] = []
    refuted: list[Step] = []
    for reading in readings:
        if _comes_to_something_else(reading, vocabulary, rows) or _is_mostly_refuted(
            reading, vocabulary, rows
        ):
            refuted.append(reading.step)
        else:
            standing.append(reading)
    if not standing or standing[0] is not readings[0]:
        return ()
    first, *others = standing
    return (replace(first, also_wrong=(*first.also_wrong, *refuted)), *others)


def _looked_at(rows: Sequence[Row], vocabulary: Vocabulary) -> list[Looked]:
    """What is seen in each answer."""
    with np.errstate(all="ignore"):
        return [
            (row, list(vocabulary.look(row.probe.arguments, row.given)))
            for row in rows
            if row.given and row.probe.steps <= MOST_STEPS
        ]


def _widened(reading: Reading, vocabulary: Vocabulary, rows: Sequence[Looked]) -> Reading:
    """The one formula of a reading for all entries, where it isn't right in some as it seemed."""
    formulas = {part.formula for part in reading.parts if part.formula}
    if all(part.formula for part in reading.parts) or len(formulas) != 1:
        return reading
    if not _comes_to_something_else(reading, vocabulary, rows):
        return reading
    wide = replace(reading, parts=(Part(EVERYWHERE, formulas.pop()),))
    frame = reading.frame
    refuted = _comes_to_something_else(wide, vocabulary, rows, formulas=True)
    formula = wide.parts[0].formula
    assert formula is not None
    return wide if not refuted and agree(formula.value(frame), frame.given) else reading


def of_one_alone(readings: Sequence[Reading], marking: Marking, function: str) -> Said | None:
    """That what was read from calls about one thing isn't all that is done where there are several.

    Two of them in one call come to something else than in two calls, one after the other.
    """
    vocabulary = marking.assignment.exercises[function].vocabulary
    if vocabulary is None or vocabulary.rest is None:
        return None
    steps = {reading.step.name for reading in readings}
    if not steps & vocabulary.of_one or steps & vocabulary.of_several:
        return None
    asked = _calls(vocabulary, 2 * marking.session.probes.seed)
    calls = _returned(_answered(marking, function, asked))
    left = [(vocabulary.rest(one, two), two[1]) for one, two in combinations(calls, 2)]
    whole = [(rest, answer) for rest, answer in left if rest is not None]
    in_turn = _answered(marking, function, [rest for rest, _ in whole])
    for (_, answer), (_, again) in zip(whole, in_turn, strict=True):
        if again is not None and compare([*again[:-1]], [*answer[:-1]]) is not None:
            return said("text.formula_of_one_alone")
    return None


def _answered(
    marking: Marking, function: str, asked: Sequence[Arguments]
) -> list[tuple[Arguments, Answer | None]]:
    outcomes = marking.call(function, [*asked])
    answers = [answer_of(marking.assignment, function, outcome) for outcome in outcomes]
    return list(zip(asked, answers, strict=True))


#: Values that code asks for by themselves.
_BY_THEMSELVES = (0.0, 1.0, -1.0)


def exceptions(readings: Sequence[Reading], marking: Marking, function: str) -> Said | None:
    """That wrong answers contradict what was read: those to inputs right at an edge, say."""
    vocabulary = marking.assignment.exercises[function].vocabulary
    if vocabulary is None or not readings:
        return None
    wrong = [row for row in marking.rows(function) if not row.is_right and _is_finite(row)]
    by: dict[bool, list[Arguments]] = {True: [], False: []}
    steps = {reading.step.name for reading in readings}
    for row, seen in _looked_at(wrong, vocabulary):
        sights = [s for s in seen if s.step in steps and s.given.size <= MOST_ENTRIES]
        if not sights:
            continue
        by[
            any(
                _comes_to_something_else(reading, vocabulary, [(row, sights)], formulas=True)
                for reading in readings
            )
        ].append(row.probe.arguments)
    if not by[True]:
        return None
    for value in _BY_THEMSELVES if len(by[True]) > 1 and len(by[True][0]) == 1 else ():
        if all(_is_at((value,), one) for one in by[True]) and not any(
            _is_at((value,), one) for one in by[False]
        ):
            return said("text.formula_has_exceptions_at", value=f"{value:.0f}")
    return said("text.formula_has_exceptions")


def _is_finite(row: Row) -> bool:
    return all(np.isfinite(array).all() for array in row.given or ())


def _is_mostly_refuted(reading: Reading, vocabulary: Vocabulary, rows: Sequence[Looked]) -> bool:
    """Whether most wrong answers, of those that show the step, contradict what was read."""
    contradict = [
        _comes_to_something_else(reading, vocabulary, [(row, sights)], formulas=True)
        for row, sights in rows
        if not row.is_right
        and _is_finite(row)
        and any(sight.step == reading.step.name for sight in sights)
    ]
    return 2 * sum(contradict) > len(contradict)


def _comes_to_something_else(
    reading: Reading, vocabulary: Vocabulary, rows: Sequence[Looked], *, formulas: bool = False
) -> bool:
    """Whether what was read is refuted by an answer to an input that gives marks.

    A function may treat some inputs otherwise, such as gradients that are short enough. Of wrong
    answers only what is said to be right is looked at unless ``formulas`` are asked for too.
    """
    if all(part.formula for part in reading.parts) and not formulas:
        rows = [(row, sights) for row, sights in rows if row.is_right]
    if vocabulary.edges and not formulas:
        edges = vocabulary.edges
        rows = [(row, sights) for row, sights in rows if not _is_at(edges, row.probe.arguments)]
    with np.errstate(all="ignore"):
        return any(
            differs(reading, sight, formulas=formulas or row.is_right)
            for row, sights in rows
            for sight in sights
            if sight.step == reading.step.name and sight.given.size <= MOST_ENTRIES
        ) or (
            # A shape is that of one step: what is right elsewhere is another's.
            bool(reading.step.shape)
            and any(is_wrong_elsewhere(reading, sight) for _, sights in rows for sight in sights)
        )


def _is_at(edges: Sequence[float], arguments: Arguments) -> bool:
    """Whether a number of the input lies right at an edge."""
    return any(bool(np.isin(value, edges).any()) for value in arguments)


@lru_cache(maxsize=64)
def _calls(vocabulary: Vocabulary, seed: int) -> tuple[Arguments, ...]:
    return tuple(vocabulary.inputs(np.random.default_rng(seed)))


def _returned(calls: Sequence[tuple[Arguments, Answer | None]]) -> list[Call]:
    return [(arguments, answer) for arguments, answer in calls if answer is not None]
