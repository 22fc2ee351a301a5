"""Of two mistakes the second: what is wrong with a function once the first is mended.

A slip with one plain mend, a line that stops for one, or a list that lasts from call to call is
mended in a copy of the student's file. That is run in the sandbox, and diagnosed as any other: what
is found is told as the second thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from autograder.assignment.probe import Arguments
from autograder.diagnosis.crash import reason_told, tells_why
from autograder.diagnosis.diagnosis import Diagnosis, Left
from autograder.diagnosis.lines import source_lines
from autograder.diagnosis.returned_together import OfPart
from autograder.diagnosis.slip_kinds import KINDS
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Outcome, Raised, Returned
from autograder.source.mends import (
    DRAWN,
    LASTING,
    RANGE_OF_A_LIST,
    SHUFFLED,
    Edit,
    Mend,
    mended,
)

#: Reasons of exceptions that `RANGE_OF_A_LIST` mends.
_OF_RANGE = {"crash.range_of_a_list", "crash.range_of_a_list_for_two"}
#: Reasons of exceptions that tell the name which is meant, by what tells it.
_MEANT = {
    "crash.nothing_called_so_near": "near",
    "crash.other_letters": "other",
    "crash.not_in_numpy_but_near": "near",
    "crash.no_such_attribute_but_near": "near",
    "crash.entries_of_itself_but_near": "near",
}


class Mended(Marking):
    """A marking in which one function's first mistake is mended.

    Attributes
    ----------
    edited : frozenset of int
        The lines in which something else stands.
    is_guessed : bool
        Whether another name may be meant than the one that is taken.
    """

    edited: frozenset[int]
    is_guessed: bool

    @classmethod
    def of(cls, d: Diagnosis, marking: Marking) -> Mended | None:
        """See a function with what is known of it mended, if it has a mend and that is not all.

        Parameters
        ----------
        d : Diagnosis
        marking : Marking
        """
        file, function = d.exercise.file, d.function
        source = marking.session.submission.files.get(file)
        mend = None if isinstance(marking, OfPart) else _mend_of(d, marking)
        text = mended(source, mend) if source and mend else None
        if mend is None or text is None:
            return None
        made = cls.__new__(cls)
        made.__dict__.update(marking.__dict__)
        again = marking._again.get(function)
        names = again.names if again else ()
        made.session = marking.session.with_file(file, text, function, names)
        made.outcomes = {**marking.outcomes, function: made.session.outcomes[function]}
        made.right = {**marking.right, function: made._judged(function)}
        made.is_guessed = mend.kind in _MEANT
        made.edited = frozenset(edit.line for edit in mend.edits)
        return made if _is_better(made, marking, function) else None

    def call(self, function: str, calls: list[Arguments]) -> list[Outcome]:
        """As in `Marking`, of the mended function."""
        return self.session.call(function, calls)


def with_left(d: Diagnosis, marking: Mended, second: Diagnosis) -> Diagnosis:
    """With what is wrong with a mended function, if it is known what that is.

    Parameters
    ----------
    d : Diagnosis
        Of the function as it stands.
    marking : Mended
    second : Diagnosis
        Of the mended function.
    """
    if not _is_known(second, marking) or _is_same(d, second):
        return d
    if marking.edited & _lines_told(second):
        return d  # Nobody has written what stands there now.
    explains_all = second.found or second.change
    if marking.is_guessed and not explains_all:
        return d
    d = replace(d, left=Left(second, marking))
    if d.status == "crashed" or not explains_all:
        return d
    # What can be seen comes of both, and so may that it stops.
    stops = any(isinstance(one, Raised) for one in marking.outcomes[d.function])
    failure = None if stops else d.failure
    return replace(d, observations=[], next_step=None, failure=failure, readings=())


def _is_known(d: Diagnosis, marking: Marking) -> bool:
    """Whether it is known what is wrong, and not only how the answers are off."""
    if d.unsteady or d.change_says_all:
        return False
    if d.found:
        return len(d.found.ids) == 1
    if d.change or d.readings:
        return True
    files, known = marking.session.submission.files, marking.assignment.known
    if d.status == "crashed" and isinstance(d.failure, Raised):
        return d.failure.line is not None and tells_why(d.failure, files, known)
    return d.slip is not None and KINDS[d.slip.kind].tells_cause


def _is_same(d: Diagnosis, second: Diagnosis) -> bool:
    """Whether the second thing is the first one once more."""
    if d.slip and second.slip:
        return d.slip.line == second.slip.line
    stops = isinstance(d.failure, Raised) and isinstance(second.failure, Raised)
    return d.status == "crashed" and stops and _line(d) == _line(second)


def _lines_told(d: Diagnosis) -> set[int | None]:
    """The lines that are told of a diagnosis."""
    places = [one.line for one in (d.change, d.slip) if one]
    return {*places, *d.lines.values(), _line(d)}


def _line(d: Diagnosis) -> int | None:
    return d.failure.line if isinstance(d.failure, Raised) else None


def _is_better(made: Mended, marking: Marking, function: str) -> bool:
    """Whether a mend makes nothing worse, and leaves something to explain."""
    right, before = made.right[function], marking.right[function]
    pairs = zip(made.outcomes[function], marking.outcomes[function], strict=True)
    goes_on = all(
        isinstance(now, Returned | Raised) and not (type(now) is Raised and type(was) is Returned)
        for now, was in pairs
    )
    file = made.assignment.exercises[function].file
    old, new = (one.session.worker.facts(file) for one in (marking, made))
    is_read = old.lines.get(function) == new.lines.get(function) and old.unread == new.unread
    kept = all(now or not was for now, was in zip(right, before, strict=True))
    return goes_on and is_read and kept and not all(right)


def _mend_of(d: Diagnosis, marking: Marking) -> Mend | None:
    """The mend of what is told first, if that is a place in the code or where it stops."""
    facts = marking.session.worker.facts(d.exercise.file)
    listed = facts.mends.get(d.function, ())
    if d.unsteady and d.unsteady.why == "random":
        drawn = [one for one in listed if one.kind in (DRAWN, SHUFFLED)]
        there = [one for one in drawn if one.line == d.unsteady.line]
        return there[0] if len(drawn) == len(there) == 1 else None
    if d.unsteady:
        place = LASTING, d.unsteady.line
        return next((one for one in listed if (one.kind, one.line) == place), None)
    if d.found or d.change:
        return None
    if d.slip:
        place = d.slip.kind, d.slip.line
        return next((one for one in listed if (one.kind, one.line) == place), None)
    if d.status != "crashed" or not isinstance(d.failure, Raised):
        return None
    return _mend_of_stop(d, d.failure, listed, marking)


def _mend_of_stop(
    d: Diagnosis, raised: Raised, listed: Sequence[Mend], marking: Marking
) -> Mend | None:
    """The mend of a line that stops: another name for what is counted through, or for a name."""
    files, known = marking.session.submission.files, marking.assignment.known
    why = reason_told(raised, files, known)
    if why is None or raised.line is None or raised.file != d.exercise.file:
        return None
    if why.key in _OF_RANGE:
        there = [one for one in listed if (one.kind, one.line) == (RANGE_OF_A_LIST, raised.line)]
        return there[0] if len(there) == 1 else None
    told = dict(why.values)
    meant = told.get(_MEANT.get(why.key, ""))
    if not meant:
        return None
    lines = source_lines(files[raised.file])
    first, last = marking.session.worker.facts(raised.file).lines.get(d.function, (0, 0))
    span = range(first, last + 1) if first <= raised.line <= last else [raised.line]
    edits = [edit for at in span for edit in _renamed(lines[at - 1], at, told["name"], meant)]
    return Mend(why.key, raised.line, tuple(sorted(edits, reverse=True)))


def _renamed(line: str, at: int, name: str, meant: str) -> Iterator[Edit]:
    """Another name wherever one stands in a line."""
    for found in re.finditer(rf"(?<!def )\b{re.escape(name)}\b", line):
        start = len(line[: found.start()].encode())
        yield Edit(at, start, start + len(name.encode()), meant)
