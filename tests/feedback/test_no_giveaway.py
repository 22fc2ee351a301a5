"""What students read below level ``reveal`` helps without giving the answer away.

A seeded sample of the corpus of wrong hand-ins is graded, and each text is read at the levels
``explain`` and ``locate``.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.assignment.config import Config
from autograder.assignment.telling import told
from autograder.course.grader import Grader
from autograder.diagnosis import Diagnosis, diagnose
from autograder.feedback.own_numbers import number_list
from autograder.feedback.text import about_file, as_text, in_parts
from autograder.intake.submission import Submission
from autograder.marking.marks import Marking
from tests.conftest import ROOT, solutions, with_function
from tests.the_assignment import FUNCTIONS, REFERENCE, read_submission

SAMPLE = 50
#: Words proper, numbers not counted; two misconceptions at once take the most.
MOST_WORDS = 140
#: Shorter lines, such as `losses = []`, stand in everybody's code.
SHORTEST_LINE = 15
BY_HAND = ("practice_6_1", "practice_6_2", "practice_6_3")
NEXT_STEP = re.compile(
    r"\b(see section|run|hand it in|fix|copy|work on|return|define|keep)\b", re.I
)


@dataclass(frozen=True)
class Text:
    """What one student reads about one function that is not right."""

    case: str
    diagnosis: Diagnosis
    explained: str
    located: str
    source: str

    @property
    def both(self) -> tuple[str, str]:
        return self.explained, self.located


@pytest.fixture(scope="module")
def texts(grader: Grader) -> list[Text]:
    cases = sorted((ROOT / "tests" / "corpus" / "wrong").iterdir())
    return [t for case in random.Random(4).sample(cases, SAMPLE) for t in _texts(case, grader)]


def explain(diagnosis: Diagnosis, marking: Marking, config: Config) -> str:
    """All that is said of one function."""
    items = in_parts(diagnosis, marking, config)
    notes = about_file(diagnosis, marking, config.say)
    return as_text(diagnosis, items, notes, config.say)


def _texts(case: Path, grader: Grader) -> Iterator[Text]:
    given = read_submission(case)
    files = {name: data for name, data in given.files.items() if name != "label.yaml"}
    locating = grader.config.model_copy(update={"level": "locate"})
    with grader.open(Submission(case.name, files)) as session:
        marking = Marking(session, grader.expected)
        for name, function in FUNCTIONS.items():
            if function.file not in files:
                continue
            found = diagnose(marking, name, grader.predictions)
            if found.status in ("wrong", "crashed"):
                explained = explain(found, marking, grader.config)
                located = explain(found, marking, locating)
                source = files[function.file].decode(errors="replace")
                yield Text(case.name, found, explained, located, source)


def numbers(text: str) -> list[float]:
    """The numbers of a text, in order, in whatever form of list they stand."""
    plain = re.sub(r"\blines? \d+|section \d\.\d|practice_\d_\d", "", text.replace("−", "-"))
    return [float(n) for n in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", plain)]


def stands_in(part: list[float], whole: list[float]) -> bool:
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def test_the_sample_has_texts_of_many_functions(texts: list[Text]) -> None:
    assert len(texts) >= SAMPLE
    assert len({text.diagnosis.function for text in texts}) >= 10


def test_no_text_holds_the_answer_of_a_hand_worked_exercise(texts: list[Text]) -> None:
    right = np.asarray(REFERENCE["practice_6_1"](), dtype=float)
    slopes = [float(s) for s in np.diagonal(right)]
    for text in texts:
        own = numbers(text.source)
        for read in text.both:
            told = numbers(read)
            for answer in (slopes, [float(entry) for entry in right.ravel()]):
                assert not stands_in(answer, told) or stands_in(answer, own), (text.case, read)
            if text.diagnosis.function in BY_HAND[1:]:
                told_size = {abs(n) for n in told} - {abs(n) for n in _returned(text)}
                assert 11 not in told_size or 11 in {abs(n) for n in own}, (text.case, read)
                assert "eleven" not in read.lower()


def test_the_answers_would_be_noticed(grader: Grader) -> None:
    """At level reveal the answers are told, so the search for them finds them there."""
    revealing = grader.config.model_copy(update={"level": "reveal"})
    nought = (
        "def practice_6_1():\n    return [[0] * 5] * 5\n\ndef practice_6_2():\n    return [0, 0]\n"
    )
    with grader.open(with_function(nought)) as session:
        marking = Marking(session, grader.expected)
        told = {
            name: numbers(explain(diagnose(marking, name, grader.predictions), marking, revealing))
            for name in BY_HAND[:2]
        }
    right = np.asarray(REFERENCE["practice_6_1"](), dtype=float)
    assert stands_in([float(entry) for entry in right.ravel()], told["practice_6_1"])
    assert stands_in([11.0, -11.0], told["practice_6_2"])


def _returned(text: Text) -> list[float]:
    example = text.diagnosis.example
    value = getattr(example.outcome, "value", None) if example else None
    return numbers(repr(value))


@cache
def answer_lines() -> frozenset[str]:
    """The statements of the solutions, and the expressions that they compute, without blanks."""
    found = set()
    for source in solutions().values():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Assign | ast.AugAssign | ast.Return) and node.value:
                found |= {_bare(ast.unparse(node)), _bare(ast.unparse(node.value))}
    return frozenset(line for line in found if len(line) >= SHORTEST_LINE)


def _bare(code: str) -> str:
    return re.sub(r"\s", "", code)


def test_no_text_quotes_the_solutions(texts: list[Text]) -> None:
    assert len(answer_lines()) > 30
    for text in texts:
        own = _bare(text.source)
        for read in text.both:
            quoted = {line for line in answer_lines() if line in _bare(read) and line not in own}
            assert quoted == set(), (text.case, read)


def test_no_text_shows_a_hidden_input(texts: list[Text], grader: Grader) -> None:
    shown: set[str] = set()
    hidden: set[str] = set()
    for name in FUNCTIONS:
        for probe in grader.expected.probes[name]:
            (shown if probe.public else hidden).update(_written(probe.arguments))
    assert len(hidden - shown) > 100
    for text in texts:
        for read in text.both:
            assert [rows for rows in hidden - shown if rows in read] == [], (text.case, read)


def _written(argument: Any) -> Iterator[str]:
    """The rows of an argument as a text would write them, if they are not met by chance."""
    if isinstance(argument, tuple | list):
        for item in argument:
            yield from _written(item)
    elif np.ndim(argument) == 2:
        yield from _written(list(np.asarray(argument)))
    elif np.ndim(argument) == 1 and sum(number % 1 != 0 for number in argument) > 1:
        yield number_list(argument)
        yield str(np.asarray(argument).tolist())


def test_texts_are_short(texts: list[Text]) -> None:
    for text in texts:
        for read in text.both:
            words = [word for word in read.split() if re.search(r"[A-Za-z]", word)]
            assert len(words) <= MOST_WORDS, (text.case, len(words), read)


def test_texts_end_with_where_to_go_on(texts: list[Text]) -> None:
    for text in texts:
        for read in text.both:
            last = re.split(r"(?<=[.?!:])\s", read.strip())[-2:]
            assert NEXT_STEP.search(" ".join(last)), (text.case, read)


def test_at_locate_no_cause_is_named(texts: list[Text], grader: Grader) -> None:
    causes = {
        phrase.strip().format(function="")
        for words in grader.config.misconceptions.values()
        for phrase in map(told, (words.title, words.did, words.why, words.next))
    }
    named = [text for text in texts if text.diagnosis.found is not None]
    assert len(named) > SAMPLE / 3
    for text in named:
        assert [cause for cause in causes if cause in text.located] == [], text.case
        for line in text.diagnosis.lines.values():
            assert f"line {line}" not in text.located
