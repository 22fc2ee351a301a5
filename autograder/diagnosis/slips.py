"""Which of the places in a student's code can have made the wrong answers that came back."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from autograder.diagnosis.traces import OF_INF, TRACES, Rows
from autograder.marking.marks import Marking
from autograder.source.trees import Slip

#: The slips that tell the cause of what a misconception calls by what comes of it.
CAUSES = frozenset(
    {
        "one yes or no",
        "one for all",
        "past end",
        "equals minus",
        "same all along",
        "loop variable",
        "counted again",
        "neighbours",
        "all moved",
        "one row",
        "place compared",
        "place taken",
        "made anew",
        "made once",
        "made seldom",
        "asked again",
        "only compared",
        "rounded first",
        "values compared",
        "told by itself",
        "keyed",
        "matrix type",
        "column met",
        "diagonal read",
        "diagonal taken",
        "set",
        "dropped",
        "compared last",
        "zeros compared",
        "zeros of a product compared",
        "set again",
        "only counted",
        "not added up",
        "bent first",
        "summed letter",
        "sorted by letters",
        "missing comma",
        "late lambda",
        "counter goes on",
        "counted in leaps",
        "else of a loop",
        "whole places",
        "third argument",
        "second argument",
        "axis of one",
        "tilde",
        "used up",
        "zip used up",
        "empty by then",
    }
)
#: Those that decide what becomes of numbers which come later, whatever is calculated elsewhere.
AT_SOURCE = frozenset({"vectorize", "whole places", "overflow"})
#: Those of them that go before what a misconception calls it, with the change that bears them out.
SAY_WHY = {
    "third argument": "arguments",
    "second argument": "arguments",
    "axis of one": "function",
    "tilde": "tilde",
}
#: Those of a call that hands over what another function does not take.
BY_CALL = frozenset({"whole", "swapped", "taken apart", "slice of one"})
#: Those that are often harmless: told only where a change below that line makes all right.
TO_BE_SHOWN = frozenset({"one for all", "axis of one", "tilde"})
#: What is told only where some answers are right without it.
LEFT_OUT = "small added"
#: Those by which every call gives something else.
BY_CHANCE = frozenset({"shuffled", "random"})
#: Those beside which a formula is none of its own: it mixes what is done twice.
SAYS_ALL = frozenset({"updated again"})
#: Those of an answer that is worked by hand.
_BY_HAND = frozenset({"missing comma", "not set back", "one row"})


def telling_slip(
    marking: Marking, function: str, fresh: Rows = (), but: Collection[str] = ()
) -> Slip | None:
    """The place, of those that `source.slips` lists, whose trace the answers bear.

    Parameters
    ----------
    marking : Marking
    function : str
    fresh : sequence of Row
        Answers to inputs that give no marks.
    but : collection of str
        The kinds that are none here.
    """
    exercise = marking.assignment.exercises[function]
    places = marking.session.worker.facts(exercise.file).slips.get(function, ())
    if not exercise.parameters:
        places = tuple(place for place in places if place.kind in _BY_HAND)
    if not places:
        return None
    rows = [*marking.rows(function), *fresh]
    return next(
        (
            place
            for kind, bears_it in TRACES.items()
            for place in places
            if place.kind == kind and kind not in but and bears_it(rows)
        ),
        None,
    )


def right_on_large(marking: Marking, function: str) -> str:
    """Another function of the file that takes exp of the same inputs, and rightly; else empty."""
    exercises = marking.assignment.exercises
    exercise = exercises[function]
    words = marking.session.worker.facts(exercise.file).words
    for name, other in exercises.items():
        alike = other.file == exercise.file and other.parameters == exercise.parameters
        if name == function or not (alike and "exp" in words.get(name, ())):
            continue
        inputs = [row.probe.arguments[0] for row in marking.rows(name) if row.is_right]
        large = [one for one in inputs if isinstance(one, np.ndarray) and one.max() > OF_INF]
        if large and all(marking.right[name]):
            return name
    return ""
