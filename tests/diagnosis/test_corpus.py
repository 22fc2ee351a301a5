"""The ratchet: what the explanations reach on the corpus of labelled hand-ins, never less."""

from __future__ import annotations

from collections import Counter

import pytest

from autograder.course.evaluate import Outcome, evaluate
from autograder.course.grader import Grader
from tests.conftest import ROOT

#: The least share of cases that are named (full marks for the correct ones), by kind.
#: Raise a floor when a change lifts the rate; never lower one to let a change pass.
FLOORS = {
    "single": 1.0,
    "double": 0.98,
    "idiosyncratic": 0.93,
    "crash": 0.95,
    "carried": 1.0,
    "correct": 1.0,
}
#: The largest share of wrong hand-ins that may be told a cause which is not theirs.
MOST_WRONGLY_NAMED = 0.01
#: The largest share of which something is said that further inputs contradict.
MOST_REFUTED = 0.005


@pytest.fixture(scope="module")
def outcomes(grader: Grader) -> list[Outcome]:
    return list(evaluate(ROOT / "tests" / "corpus", grader))


@pytest.mark.parametrize("kind", FLOORS)
def test_the_share_that_is_explained_does_not_fall(kind: str, outcomes: list[Outcome]) -> None:
    cases = [outcome for outcome in outcomes if outcome.kind == kind]
    missed = {outcome.case: outcome.texts for outcome in cases if not outcome.good}
    assert cases
    assert 1 - len(missed) / len(cases) >= FLOORS[kind], missed


def test_hardly_ever_is_a_wrong_cause_named(outcomes: list[Outcome]) -> None:
    wrong_hand_ins = [outcome for outcome in outcomes if outcome.kind != "correct"]
    wrongly = {o.case: (o.ids, o.texts) for o in wrong_hand_ins if o.result == "wrong"}
    assert len(wrongly) <= MOST_WRONGLY_NAMED * len(wrong_hand_ins), wrongly


def test_hardly_ever_is_something_said_that_is_not_so(outcomes: list[Outcome]) -> None:
    refuted = {outcome.case: outcome.refuted for outcome in outcomes if outcome.refuted}
    assert len(refuted) <= MOST_REFUTED * len(outcomes), refuted


def test_the_corpus_is_large_and_has_every_kind(outcomes: list[Outcome]) -> None:
    count = Counter(outcome.kind for outcome in outcomes)
    assert count.keys() == FLOORS.keys()
    assert count.total() >= 250
