"""What is said of the second of two mistakes: of what is left once the first one is mended."""

from __future__ import annotations

from dataclasses import replace

from autograder.assignment.config import Config
from autograder.assignment.telling import told
from autograder.diagnosis.after_change import is_turned_alone
from autograder.diagnosis.diagnosis import Diagnosis, Left
from autograder.feedback.failures import failure_text
from autograder.feedback.of_formulas import formulas_read
from autograder.feedback.of_places import step_after_change, title_of_change
from autograder.feedback.own_lines import (
    change_line,
    code_at,
    failing_line,
    quote,
    slip_line,
    slip_told,
)
from autograder.feedback.parts import Parts
from autograder.feedback.without_name import stop_step, stop_title
from autograder.marking.marks import Marking


def what_is_left(left: Left, marking: Marking, config: Config) -> Parts:
    """What is said of it, without numbers: the student's code gives others.

    Parameters
    ----------
    left : Left
    marking : Marking
        Of the function as it stands, for the student's own lines.
    config : Config
    """
    parts = _parts(left.diagnosis, marking, left.marking, config)
    did = config.say("text.left_when_mended", did=parts.did)
    return replace(parts, did=did, section=parts.section or left.diagnosis.exercise.section)


def _parts(d: Diagnosis, marking: Marking, mended: Marking, config: Config) -> Parts:
    say = config.say
    if d.found:
        return _named(d, d.found.ids[0], marking, config)
    if d.status == "crashed":
        return Parts(
            title=stop_title(d, mended, say),
            did=failure_text(d, mended, say),
            line=failing_line(d, marking),
            next=stop_step(d, mended, say),
        )
    if d.change:
        return Parts(
            title=title_of_change(d, say),
            did=say.fill(d.change.told),
            line=change_line(d, marking),
            next=step_after_change(d, marking, say),
        )
    if d.slip:
        did, step = slip_told(d, marking, say)
        title = say(f"slip.{d.slip.kind}_title")
        return Parts(title=title, did=did, line=slip_line(d, marking), next=step)
    first = formulas_read(d, mended, config)[0]
    at = first.line.number if first.line else None
    own, other = (code_at(d, at, one) if at else None for one in (marking, mended))
    # What stands in a mended line nobody has written.
    line = quote(d, marking, at) if own == other else None
    return Parts(first.title, first.did, line=line, next=first.next, section=first.section)


def _named(d: Diagnosis, id: str, marking: Marking, config: Config) -> Parts:
    """What the catalogue has on a misconception."""
    entry = config.words(d.function, id)
    words = marking.session.worker.facts(d.exercise.file).words.get(d.function)
    did, step = (
        told(text, words).format(function=d.function).strip() for text in (entry.did, entry.next)
    )
    step = step or config.next_steps[d.function]
    # What is turned where it is handed on may be right there, and wrong where it comes to.
    change = None if d.change is None or is_turned_alone(d.change) else d.change
    line = quote(d, marking, d.lines.get(id) or (change.line if change else None))
    return Parts(title=entry.title, did=did, line=line, next=step, section=entry.section)
