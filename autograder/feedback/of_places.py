"""What is said of the place in the code that is known to be at fault."""

from __future__ import annotations

import re

from autograder.diagnosis.after_change import after_change, is_turned_alone, returns_in_loop
from autograder.diagnosis.crash import tells_why
from autograder.diagnosis.diagnosis import Diagnosis
from autograder.diagnosis.entry_twice import ENTRY_TWICE
from autograder.diagnosis.failure import stops_by_shapes
from autograder.diagnosis.right_values import FILLED
from autograder.feedback.own_lines import (
    change_line,
    code_at,
    slip_line,
)
from autograder.feedback.parts import Line
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Raised
from autograder.source.phrases import Phrases, said

#: Observations that nan or inf comes back.
_NO_NUMBERS = {"seen.nan_or_inf", "seen.nan_or_inf_besides", "seen.nan_or_inf_with"}

#: By the title, a call that says by its name what it makes in the place of a right value.
_MAKES = {
    kind: re.compile(rf"(?:(?:np|numpy)\.)?(?:{names})\((?:[^()]|\([^()]*\))*\)")
    for kind, names in {
        "_rounded": "round|around|round_|rint|floor|trunc|ceil",
        "_zeros": "zeros|zeros_like",
    }.items()
}


def stops_for_it(d: Diagnosis, marking: Marking) -> bool:
    """Whether it stops where shapes do not fit, and nothing is known of why but what comes back."""
    files, known = marking.session.submission.files, marking.assignment.known
    if not isinstance(d.failure, Raised) or not stops_by_shapes(d):
        return False
    in_rows = any(one.key == "seen.rows_for_numbers" for one in d.observations)
    if in_rows and "inhomogeneous" in d.failure.message:
        return True  # Rows of several lengths are put into one array, where numbers would fit.
    return not (d.failure_says_all or tells_why(d.failure, files, known))


def title_of_change(d: Diagnosis, say: Phrases) -> str:
    """What stands above a change that mends all, if there is one."""
    if d.change is None:
        return ""
    key = "titles.one_too_many" if d.change.leaves_out else "titles.change"
    return name_of_change(d, say) or say(key, line=d.change.line)


def name_of_change(d: Diagnosis, say: Phrases) -> str:
    """A name for what the change is about that mends all, if it has one."""
    if d.change is None:
        return ""
    told = dict(d.change.told.values)
    if quantity := told.get("quantity"):
        if "factor" in told:
            return say("titles.filled_factor", quantity=quantity)
        kind = next((kind for kind, code in _MAKES.items() if code.fullmatch(d.change.place)), "")
        return say(f"titles.filled{kind}", quantity=quantity)
    kind = "alike" if d.change.is_of_shape_alone else d.change.kind
    if is_turned_alone(d.change):
        kind = "turned_alone"
    kind = "return_in_loop" if returns_in_loop(d.change) else kind
    return say(f"change_titles.{kind}") if f"change_titles.{kind}" in say else ""


def is_filled(d: Diagnosis) -> bool:
    """Whether it is known where a right value mends all."""
    return d.change is not None and d.change.kind == FILLED


def step_after_change(d: Diagnosis, marking: Marking, say: Phrases) -> str:
    """What to do about the line in which one change mends all, if one does."""
    if d.change is None:
        return ""
    if not d.exercise.parameters:
        quantity = dict(d.change.told.values).get("quantity")
        if quantity is not None:
            return say("step.that_value_of_the_task", line=d.change.line, quantity=quantity)
        key = "entry" if d.change.kind == ENTRY_TWICE else "line"
        return say(f"step.that_{key}_by_hand", line=d.change.line)
    step = after_change(d.change, code_at(d, d.change.line, marking) or "")
    no_numbers = not d.readings and any(one.key in _NO_NUMBERS for one in d.observations)
    if no_numbers and step.key == "step.that_line":
        step = said("step.that_nan", line=d.change.line)
    return say.fill(step)


def line_of(d: Diagnosis, marking: Marking) -> Line | None:
    return slip_line(d, marking) or change_line(d, marking)
