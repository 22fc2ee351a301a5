"""The catalogue: every misconception has words, and the probes tell all of them apart."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from autograder.assignment.judging import as_arrays, compare
from autograder.assignment.prediction import Prediction, equal, predict
from autograder.assignment.probe import Probe
from autograder.assignment.telling import told
from autograder.diagnosis.search import FURTHER, Predictions
from autograder.marking.marks import right_answer
from tests.the_assignment import (
    FUNCTIONS,
    NOTES6,
    RECIPES,
    components,
    load_config,
    probes_of,
    remembered,
)
from tests.unused_words import unused_words

SEED = 11
PROBES = probes_of(SEED)


def signature(prediction: Prediction) -> Any:
    """A prediction as something that can be looked up; equal ones nearly always have equal ones."""
    if prediction.raises is not None:
        return "raises", prediction.raises
    return _rounded(prediction.value)


def _rounded(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        with np.errstate(all="ignore"):
            powers = 4 - np.floor(np.log10(np.abs(value)))
            digits = np.rint(value * 10.0**powers)
        # What has no digits stands for itself; 0 has one sign.
        digits = np.where(np.isfinite(digits), digits, value) + 0.0
        return value.shape, digits.tobytes(), powers.tobytes()
    if isinstance(value, list):
        return tuple(_rounded(v) for v in value)
    return repr(value)


def groups(function: str, held: int, most: int = 10**9) -> list[list[tuple[str, ...]]]:
    """The singles or pairs that predict the same as another on every probe; of many, some."""
    predictions = Predictions(PROBES)
    offered = [ids for ids in RECIPES[function].combinations() if len(ids) == held]
    found = [offered[:: 1 + len(offered) // most]]
    probes = PROBES[function]
    cheapest_first = sorted(range(len(probes)), key=lambda row: probes[row].steps)
    for row in cheapest_first:
        apart: dict[Any, list[tuple[str, ...]]] = defaultdict(list)
        for number, group in enumerate(found):
            for ids in group:
                apart[number, signature(predictions.at(function, ids, row))].append(ids)
        found = [group for group in apart.values() if len(group) > 1]
    return found


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_misconception_has_words(function: str) -> None:
    grading = load_config()
    for id in RECIPES[function].misconceptions:
        words = grading.words(function, id)
        assert all([words.title, words.did, words.why, words.next, words.section])
        for code in (None, frozenset[str](), frozenset({"loop"}), frozenset({"loop", "for"})):
            parts = [told(part, code) for part in (words.did, words.why, words.next)]
            assert all(parts), (id, code)
            assert len(" ".join(parts).split()) <= 90, (id, code)


#: What speaks of a loop that the student has; what only advises one does not.
OF_A_LOOP = re.compile(
    r"\b(?:the|your|this|that|its|each|inside your|in your) loop\b|\beach round\b|\beach `range`",
    re.IGNORECASE,
)
#: To look for one word of code alone, and not for "a division" as well.
LOOK_FOR = re.compile(r"\b[Ll]ook for `(?!range\()[a-z][^`]*`(?!.*(?:\bor (?:for|an?|the)\b|`))")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_speaks_of_the_students_code_says_of_what(function: str) -> None:
    grading = load_config()
    for id in RECIPES[function].misconceptions:
        words = grading.words(function, id)
        for telling in (words.did, words.why, words.next):
            always = [telling] if isinstance(telling, str) else telling
            for part in filter(lambda part: isinstance(part, str), always):
                for sentence in re.split(r"(?<=[.?!])\s+", str(part)):
                    assert not OF_A_LOOP.search(sentence), (id, sentence)
                    assert not LOOK_FOR.search(sentence), (id, sentence)


def test_no_words_are_left_over() -> None:
    assert list(unused_words(NOTES6)) == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_misconception_predicts_the_right_answer(function: str) -> None:
    for id in RECIPES[function].misconceptions:
        assert not all(_is_right(function, id, probe) for probe in PROBES[function]), id


def _is_right(function: str, id: str, probe: Probe) -> bool:
    try:
        value = RECIPES[function].predict((id,), components(), probe.arguments)
        given = as_arrays(value, FUNCTIONS[function].returns)
    except Exception:
        return False  # whatever it raises, it is not right
    return compare(given, right_answer(NOTES6, probe)) is None


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_probes_tell_all_single_misconceptions_apart(function: str) -> None:
    assert groups(function, 1) == []


#: Of a hundred pairs: how many may agree with another on all that the search tries, and differ
#: elsewhere. They are pairs whose answers hold next to nothing (all zeros, one entry).
UNRESOLVED = 0.5
#: So many pairs are held against each other.
MOST_PAIRS = 600


@pytest.mark.parametrize("function", [n for n in FUNCTIONS if FUNCTIONS[n].parameters])
def test_pairs_that_are_not_told_apart_are_the_same_thing_said_twice(function: str) -> None:
    """What agrees on all probes, and on those that the search adds, agrees on others too."""
    added = [p for salt in range(FURTHER) for p in PROBES.more(function, 4, salt)]
    others = [p for salt in range(3) for p in PROBES.more(function, 4, 100 + salt)]
    assert others
    agree = Agreement(function)
    apart = []
    for ids in groups(function, 2, MOST_PAIRS):
        for same in _agreeing(agree, ids, added):
            apart += [
                (same[0], other)
                for other in same[1:]
                if not all(agree(same[0], other, probe) for probe in others)
            ]
    offered = sum(len(ids) == 2 for ids in RECIPES[function].combinations())
    assert len(apart) <= UNRESOLVED / 100 * min(offered, MOST_PAIRS), apart


def _agreeing(
    agree: Agreement, ids: list[tuple[str, ...]], probes: list[Probe]
) -> list[list[tuple[str, ...]]]:
    """Split a group of pairs into those that agree on further probes."""
    parts: list[list[tuple[str, ...]]] = []
    for one in ids:
        for part in parts:
            if all(agree(part[0], one, probe) for probe in probes):
                part.append(one)
                break
        else:
            parts.append([one])
    return parts


class Agreement:
    """Whether two pairs of misconceptions predict the same; each prediction is made once."""

    def __init__(self, function: str) -> None:
        self._recipe = RECIPES[function]
        self._steps = remembered(2000)
        self._made: dict[tuple[tuple[str, ...], int], Prediction] = {}

    def __call__(self, one: tuple[str, ...], two: tuple[str, ...], probe: Probe) -> bool:
        first, second = self._predicted(one, probe), self._predicted(two, probe)
        if first.raises is not None or second.raises is not None:
            return bool(signature(first) == signature(second))
        return equal(first.value, second.value)

    def _predicted(self, ids: tuple[str, ...], probe: Probe) -> Prediction:
        # The probes are those of one test, which holds them.
        key = (ids, id(probe))
        if key not in self._made:
            self._made[key] = predict(self._recipe, ids, self._steps, probe)
        return self._made[key]
