"""Right values in the places of a function's own."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

from autograder.source.changes.filled import Filled
from autograder.source.changes.fitting import NOTHING, Fitting, are_same, sequence
from autograder.source.changes.reached import reached
from autograder.source.changes.rewritten import TooLong
from autograder.source.changes.room import is_room

CHAIN = """
    def through(error, jacobians):
        errors = []
        first = error
        for J in jacobians:
            error = first @ J
            errors.append(error)
        return errors
"""


def made(source: str, *, seconds: float = 5.0) -> Filled:
    body = ast.parse(dedent(source)).body
    function = body[-1]
    assert isinstance(function, ast.FunctionDef)
    return Filled(reached(function, body, ()), {}, seconds)


def mending(
    filled: Filled, arguments: tuple[Any, ...], quantities: Any, right: Sequence[Any]
) -> list[tuple[int, str]]:
    """The line and the code of each place in which a quantity makes all right."""

    def call(function: Callable[..., Any]) -> Any:
        return function(*arguments)

    filled.look(call, quantities)
    found = []
    for number, filling in enumerate(filled.fillings):
        try:
            given = call(filled.form(number, quantities))
        except Exception:  # a filling may not fit with what follows
            continue
        same = len(given) == len(right) and all(map(are_same, given, right))
        if same and filling.quantity != NOTHING:
            line, told = filled.told(number)
            found.append((line, dict(dict(told.values)["place"].values)["place"]))
    return found


def test_the_place_that_is_first_wrong_stands_first() -> None:
    ones, jacobians = np.ones(2), [np.eye(2) * 2, np.eye(2) * 3]
    before, after = [ones, 2 * ones], [2 * ones, 6 * ones]
    assert mending(made(CHAIN), (ones, jacobians), [before], after)[0] == (6, "first")


def test_a_place_that_is_right_at_first_goes_wrong_before_what_is_made_of_it() -> None:
    filled = made("""
        def f(b):
            whole = []
            for i in range(2):
                whole.append(b[i])
            return [np.array(whole)]
    """)
    right = np.array([1.0, 2.0])
    found = mending(filled, ([1.0, 5.0],), [[1.0, 2.0], [right]], [right])
    assert found.index((5, "b[i]")) < found.index((6, "np.array(whole)"))


def test_a_place_in_a_helper_is_filled_at_each_call() -> None:
    filled = made("""
        def slope(a):
            return a * 2

        def below(errors):
            return [e * slope(e) for e in errors]
    """)
    errors = [np.array([1.0, -1.0]), np.array([2.0, 3.0])]
    slopes = [np.array([1.0, 0.0]), np.array([1.0, 1.0])]
    right = [e * s for e, s in zip(errors, slopes, strict=True)]
    assert (3, "a * 2") in mending(filled, (errors,), [slopes], right)


def test_what_is_asked_for_its_size_alone_is_no_place() -> None:
    filled = made("def f(x):\n    return [np.ones(x.shape)]\n")
    filled.look(lambda function: function(np.zeros(3)), [[np.ones(3)]])
    places = [dict(dict(filled.told(n)[1].values)["place"].values)["place"]
              for n in range(filled.count)]  # fmt: skip
    assert "x" not in places


def test_numbers_come_one_by_one_where_code_asks_for_one_at_a_time() -> None:
    fitting = Fitting([[np.array([1.0, 2.0, 3.0])]])
    ways = [way for number, way in fitting.into([0.5, 0.5, 0.5]) if number == 0]
    assert ("flat up", 0, 0) in ways
    assert list(sequence([np.array([1.0, 2.0])], ("flat up", 0, 0))) == [1.0, 2.0]


def test_of_each_example_the_layers_come_from_the_top_down_too() -> None:
    examples = [("a", "b", "c"), ("d", "e", "f")]
    assert list(sequence(examples, ("down", 1, 0))) == ["c", "b", "f", "e"]
    assert list(sequence(examples, ("up", 0, 1))) == ["a", "b", "d", "e"]


@pytest.mark.parametrize(("value", "fits"), [(np.ones(3, dtype=bool), True), (np.ones(3), False)])
def test_a_test_is_filled_with_yes_and_no_alone(value: Any, fits: bool) -> None:
    fitting = Fitting([[np.array([0.5, 2.0, 1.0])], [np.array([True, False, True])]])
    numbers = {number for number, _ in fitting.into([value])}
    assert (0 in numbers) == (not fits)
    assert 1 in numbers


def test_a_function_that_goes_on_and_on_is_left() -> None:
    filled = made("def f(x):\n    while True:\n        x = x + 1\n    return [x]\n", seconds=0.05)
    with pytest.raises(TooLong):
        filled.look(lambda function: function(0.0), [[1.0]])


@pytest.mark.parametrize(
    ("body", "room"),
    [
        ("out = [np.zeros(3) for J in items]\nfor e in out:\n    e[0] = 2", True),
        ("out = np.zeros((2, 3))\nrow = out[1]\nrow[0] = 2", True),
        ("e[0] = 2\nout = np.zeros(3)", False),
        ("out = np.tanh(np.zeros(3))\nout[0] = 2", False),
    ],
)
def test_zeros_are_room_where_something_is_put_into_them_later(body: str, room: bool) -> None:
    tree = ast.parse(body)
    place = next(
        n for n in ast.walk(tree) if isinstance(n, ast.Call) and "zeros" in ast.dump(n.func)
    )
    assert is_room(place, tree) is room
