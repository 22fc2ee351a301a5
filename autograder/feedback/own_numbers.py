"""The student's own answer to an input that may be shown, in a sentence."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.assignment.config import Level
from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import Answer, close
from autograder.diagnosis.example import Example
from autograder.feedback.naming import ordinal, value_names
from autograder.source.phrases import Phrases

#: Numbers of an answer that are still read.
MOST_SHOWN = 100
#: Numbers of a list that is still read in a sentence; more are a table's.
MOST_IN_SENTENCE = 6
#: Stands behind a number that is not right.
MARK = "?"
#: Digits of a number that is shown.
DIGITS = 4
#: What is off by less than this share of the right number can look right in a few digits.
NEAR = 1e-3
#: What is as small as this, among numbers of usual sizes, is what rounding leaves of 0.
RESIDUE = 1e-15


def example_told(example: Example | None, level: Level, say: Phrases) -> str:
    """A wrong answer on an input that may be shown; its right value at level reveal alone."""
    given = None if example is None else example.given
    if example is None or given is None:
        return ""
    function = example.exercise
    if sum(array.size for array in given) > MOST_SHOWN:
        return ""
    call = _call(example, say)
    entry = _one_entry(given, example, say) or _one_weight(given, example, say)
    if entry and level != "reveal":
        return say("text.has", call=call, entry=entry)
    marks = _marks(example)
    answer = _arrays(given, function, say, marks)
    key = "text.gives_marked" if MARK in answer else "text.gives"
    text = say(key, call=call, answer=answer)
    if sum(array.size for array in given) > MOST_IN_SENTENCE and function.parts == ():
        wrong = _one_in_list(given, example, say) if function.returns == "arrays" else ""
        text = say("text.has", call=call, entry=wrong) if wrong and level != "reveal" else ""
    if len(text) > 240:
        text = ""
    if level == "reveal":
        right = _arrays([np.asarray(r) for r in example.right], function, say)
        text += say("text.right_is", right=right)
    return text.strip()


def answer_told(example: Example, say: Phrases) -> str:
    """What came back, where no single entry of it is told."""
    given = example.given
    assert given is not None
    if _one_entry(given, example, say) or _one_weight(given, example, say):
        return ""
    return _arrays(given, example.exercise, say)


def told_of_numbers(example: Example | None, say: Phrases) -> str:
    """What has to be known of an example's numbers: whose they are, and how near the right ones."""
    if example is None or example.given is None:
        return ""
    both = say("text.both_in_numbers") if example.mistakes > 1 else ""
    return " ".join(filter(None, (both, _look_right(example, say))))


def _look_right(example: Example, say: Phrases) -> str:
    """That wrong numbers differ from the right ones in digits that are not shown, if they do."""
    given = example.given
    if given is None or not (example.has_right_shapes and example.exercise.parameters):
        return ""
    pairs = [
        (float(g), float(r))
        for one, right in _read(given, example)
        for g, r in zip(one.ravel(), np.ravel(right), strict=True)
        if not close(np.asarray(g), np.asarray(r))
    ]
    alike = [pair for pair in pairs if len({f"{one:.{DIGITS}g}" for one in pair}) == 1]
    if not alike or not np.isfinite(alike).all():
        return ""
    largest, of_all = _off(alike), _off(pairs)
    if of_all < NEAR:
        largest = of_all
    parts = f"{10 ** int(-np.log10(largest)):,}"
    which = "all" if largest == of_all else "some"
    if which == "some" and (_one_entry(given, example, say) or _one_weight(given, example, say)):
        return ""  # The one that is shown is the one that is most wrong.
    return say(f"text.{which}_look_right", parts=parts)


def _read(given: Answer, example: Example) -> list[tuple[Any, Any]]:
    """The arrays that a sentence shows, with the right ones: of a pair its list, if that is wrong.

    Of a pair whose list is right it shows one of the other numbers.
    """
    pairs = list(zip(given, example.right, strict=True))
    is_pair = example.exercise.parts != ()
    return pairs[-1:] if is_pair and not close(*map(np.asarray, pairs[-1])).all() else pairs


def _off(pairs: list[tuple[float, float]]) -> float:
    """The largest difference of two numbers, as a share of the second."""
    return max(abs(g - r) / abs(r) if r and np.isfinite(g) else np.inf for g, r in pairs)


def _one_entry(given: list[Any], example: Example, say: Phrases) -> str:
    """Of a large matrix: its most wrong entry, the whole would be hard to read."""
    if len(given) != 1 or len(example.right) != 1:
        return ""
    right = np.asarray(example.right[0])
    if given[0].shape != right.shape or right.size <= 4:
        return ""
    with np.errstate(all="ignore"):
        off = np.nan_to_num(np.abs(given[0] - right), nan=np.inf)
    if right.ndim == 1 and right.size > MOST_IN_SENTENCE:
        at = int(off.argmax())
        return say("text.nth_entry", value=number_list(given[0][at]), nth=ordinal(at, say))
    if right.ndim != 2:
        return ""
    i, j = divmod(int(off.argmax()), right.shape[1])
    x = _first_input(example)
    if example.exercise.picture != "jacobian" or right.shape != (len(x), len(x)):
        value = number_list(given[0][i, j])
        return say("text.row_and_column", value=value, row=ordinal(i, say), column=ordinal(j, say))
    names = value_names(x, say)
    if not example.probe.arguments:
        # Its entries are 0 or 1: to name a wrong one would be to tell the answer.
        rows = int((~close(given[0], right)).any(axis=1).sum())
        return say("text.mistake_in_row", count=rows, output=names[i], nth=ordinal(i, say))
    value = number_list(given[0][i, j])
    return say("text.value_at", value=value, output=names[i], input=names[j])


def _first_input(example: Example) -> Any:
    """The first input of an example, of a hand-worked one that of its task."""
    named = example.exercise.by_hand
    return next(iter(named.values())) if named else example.probe.arguments[0]


def _one_in_list(given: list[Any], example: Example, say: Phrases) -> str:
    """Of a long list of arrays: its most wrong entry."""
    right = [np.asarray(array) for array in example.right]
    if [g.shape for g in given] != [r.shape for r in right]:
        return ""
    with np.errstate(all="ignore"):
        off = [np.nan_to_num(np.abs(g - r), nan=np.inf) for g, r in zip(given, right, strict=True)]
    k = max(range(len(off)), key=lambda at: off[at].max(initial=0))
    at = tuple(int(i) for i in np.unravel_index(int(off[k].argmax()), off[k].shape))
    return say("text.entry_of_array", entry=_entry_at(at, given[k], say), nth=ordinal(k, say))


def _entry_at(at: tuple[int, ...], array: Any, say: Phrases) -> str:
    """An entry of a vector or a matrix by its place, counted as people do."""
    value, nth = number_list(array[at]), [ordinal(index, say) for index in at]
    if len(nth) == 2:
        return say("text.row_and_column", value=value, row=nth[0], column=nth[1])
    return say("text.as_entry", value=value, nth=nth[0])


def _one_weight(given: list[Any], example: Example, say: Phrases) -> str:
    """Where the list of numbers of a pair is right: the most wrong entry of its arrays."""
    right = [np.asarray(array) for array in example.right]
    if not example.exercise.parts or [g.shape for g in given] != [r.shape for r in right]:
        return ""
    if not right or not close(given[-1], right[-1]).all():
        return ""
    with np.errstate(all="ignore"):
        off = [np.nan_to_num(np.abs(g - r), nan=np.inf) for g, r in zip(given, right, strict=True)]
    k = max(range(len(off) - 1), key=lambda at: off[at].max(initial=0), default=-1)
    if k < 0 or close(given[k], right[k]).all():
        return ""
    at = tuple(int(i) for i in np.unravel_index(int(off[k].argmax()), off[k].shape))
    arrays, numbers = map(say, example.exercise.parts)
    told = {"numbers": numbers, "arrays": arrays, "nth": ordinal(k, say)}
    return say("text.right_but_one_weight", **told, entry=_entry_at(at, given[k], say))


def _call(example: Example, say: Phrases) -> str:
    function = example.exercise
    if not function.parameters:
        return say("text.call_by_hand", function=function.name)
    pairs = zip(function.parameters, example.probe.arguments, strict=True)
    given = ", ".join(f"{name} = {_value(value, say)}" for name, value in pairs)
    first = example.probe.arguments[0]
    is_network = isinstance(first, list) and sum(map(np.size, first)) > MOST_IN_SENTENCE
    if is_network or len(given) > 90:
        given = _in_short(example, say)
    return say("text.call", given=given, function=function.name)


def _in_short(example: Example, say: Phrases) -> str:
    """The input of a network in words: its numbers would fill the page."""
    first = example.probe.arguments[0]
    if not isinstance(first, list):
        return say("text.one_of_the_inputs")
    last = example.probe.arguments[1]
    layers = first if np.ndim(first[0]) == 2 else last
    sizes = [np.shape(layer)[0] for layer in layers]
    if np.ndim(layers[0]) == 2:
        sizes.insert(0, np.shape(layers[0])[1])
    listed = say.listing(list(map(str, sizes)))
    return say("text.network", listed=listed)


def _value(value: Any, say: Phrases) -> str:
    if isinstance(value, list):
        if sum(map(np.size, value)) > MOST_IN_SENTENCE:
            return say("text.list_of_arrays", count=len(value))
        return f"[{', '.join(_value(v, say) for v in value)}]"
    if isinstance(value, np.ndarray):
        return number_list(value) if value.size <= MOST_IN_SENTENCE else _in_words(value, say)
    return f"{value:g}"


def _in_words(value: Any, say: Phrases) -> str:
    if value.ndim == 1:
        return say("text.vector_of", count=value.size)
    return say("text.matrix_of", rows=value.shape[0], columns=value.shape[1])


def number_list(array: Any, wrong: Any = None) -> str:
    """An array as nested lists with at most four significant digits; what is wrong is marked."""
    array = np.asarray(array)
    marks = np.zeros(array.shape, dtype=bool) if wrong is None else wrong
    if array.ndim == 0:
        value = float(array)
        # 0 for -0 and for what rounding leaves of it, which would only puzzle.
        return f"{0.0 if abs(value) < RESIDUE else value:.{DIGITS}g}{MARK if marks else ''}"
    pairs = zip(array, marks, strict=True)
    return f"[{', '.join(number_list(item, mark) for item, mark in pairs)}]"


def _marks(example: Example) -> list[Any] | None:
    """Which of several numbers are wrong, as a table marks them; None where that is not told."""
    given = example.given
    if given is None or not (example.has_right_shapes and example.exercise.parameters):
        return None
    if sum(array.size for array in given) < 2:
        return None
    return [~close(g, np.asarray(r)) for g, r in zip(given, example.right, strict=True)]


def _arrays(
    arrays: list[Any], function: Exercise, say: Phrases, marks: list[Any] | None = None
) -> str:
    wrong = marks or [None] * len(arrays)
    if function.returns == "array":
        return number_list(arrays[0], wrong[0])
    if function.returns == "arrays":
        return f"[{', '.join(map(number_list, arrays, wrong))}]"
    if not arrays:
        return say("text.nothing")
    numbers = say(function.parts[1])
    if np.ndim(arrays[-1]) != 1:
        return say("text.no_list_of", numbers=numbers)
    return say("text.the_numbers", numbers=numbers, values=number_list(arrays[-1], wrong[-1]))
