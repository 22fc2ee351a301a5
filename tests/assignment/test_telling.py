"""Sentences on the student's code are said only where it holds what they speak of."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.assignment.telling import Sentence, Telling, told
from autograder.assignment.yaml_files import ConfigError
from tests.the_assignment import load_config

LOOP = Sentence(say="Seht euch die Schleife an.", speaks_of="loop")
ALONE = Sentence(say="Why a sum?", speaks_of="sum", lacks="loop")
SHAPE = Sentence(
    say="Print its shape, and look for `keepdims`.",
    speaks_of=["keepdims", "[:, None]"],
    otherwise="Print its shape.",
)


@pytest.mark.parametrize(
    ("telling", "words", "said"),
    [
        ("Look at your loop.", {"sum"}, "Look at your loop."),
        ([LOOP], {"loop"}, LOOP.say),
        ([LOOP], {"sum"}, ""),
        (["Print it.", LOOP], {"sum"}, "Print it."),
        (["Print it.", LOOP], {"loop"}, f"Print it. {LOOP.say}"),
        ([SHAPE], {"[:, None]"}, SHAPE.say),
        ([SHAPE, LOOP], {"loop"}, f"Print its shape. {LOOP.say}"),
        ([SHAPE, LOOP], set(), "Print its shape."),  # an answer by hand: numbers alone
        ([SHAPE, LOOP], None, f"{SHAPE.say} {LOOP.say}"),
        ([ALONE, LOOP], {"sum"}, "Why a sum?"),
        ([ALONE, LOOP], {"sum", "loop"}, LOOP.say),
        ([ALONE, LOOP], None, LOOP.say),
    ],
)
def test_what_is_not_in_the_code_is_not_spoken_of(
    telling: Telling, words: set[str] | None, said: str
) -> None:
    assert told(telling, None if words is None else frozenset(words)) == said


@pytest.mark.parametrize(
    ("function", "code", "said"),
    [
        ("update_weights", {"array(weights)"}, "one array of the whole list `weights`."),
        ("update_weights", {"array"}, "puts the matrices of all layers into one array, or"),
        ("forward", {"array"}, "something has the size of one layer and is used for another"),
        ("forward", {"array(weights)"}, "keeps what belongs to several layers in one array."),
        ("propagate_chain", {"stack(jacobians)"}, "one array of the whole list `jacobians`."),
    ],
)
def test_one_array_is_told_of_what_is_known_to_be_in_it(
    function: str, code: set[str], said: str
) -> None:
    assert said in told(
        load_config().words(function, "stacked-into-one-array").did, frozenset(code)
    )


def test_a_comprehension_has_no_line_that_hands_on_to_the_next_round() -> None:
    step = load_config().words("propagate_chain", "each-from-the-original-error").next
    assert "In the second round" in told(step, frozenset({"loop", "for"}))
    assert "your loop" not in told(step, frozenset({"loop"}))


def test_a_course_says_in_its_own_words_of_what_code_it_speaks(tmp_path: Path) -> None:
    path = tmp_path / "grading.yaml"
    path.write_text(
        "misconceptions:\n  softmax.no-shift:\n    next:\n      - Rechnet nach.\n"
        "      - {say: Seht euch die Schleife an., speaks_of: loop}\n    why: Darum.\n"
    )
    words = load_config(path).words("softmax", "no-shift")
    assert told(words.next, frozenset({"exp"})) == "Rechnet nach."
    assert told(words.next, frozenset({"loop"})) == f"Rechnet nach. {LOOP.say}"
    assert told(words.why, frozenset({"exp"})) == "Darum."


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[{say: a}]", "speaks_of"),
        ("[{say: '{other}', speaks_of: loop}]", "the only placeholder is {function}"),
        ("[{say: a, speaks_of: loop, otherwise: '{'}]", "the only placeholder is {function}"),
        ("3", "next"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_line(
    tmp_path: Path, text: str, wrong: str
) -> None:
    path = tmp_path / "grading.yaml"
    path.write_text(f"misconceptions:\n  softmax.no-shift:\n    next: {text}\n")
    with pytest.raises(ConfigError, match="line 3") as refused:
        load_config(path)
    assert wrong in str(refused.value)
