"""Where the code of an answer by hand goes wrong, as what its lines make shows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import Floats
from autograder.assignment.rows import Row, is_close
from autograder.diagnosis.worked_out import lines_of, works
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Change, Made
from autograder.source.phrases import said

#: A matrix that stands in the code with rows and columns exchanged.
HELD_TURNED = "held_turned"
#: A name that is read, also one that is called or stands before a dot.
_READ = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\b(?!\s*=(?!=))")
#: The same, if it is a module or a function.
_OF_CODE = re.compile(r"(?<![\w.])([A-Za-z_]\w*)(?=\s*\(|\.[A-Za-z_])")
#: What says nothing of numbers.
_WORDS = {"return", "float", "int"}
#: What goes through several, or does one thing or another: a value alone doesn't tell its fault.
_SEVERAL = re.compile(r"\b(?:for|if|lambda)\b")


@dataclass(frozen=True)
class Working:
    """The lines of an answer by hand, with what each of them made.

    Attributes
    ----------
    exercise : Exercise
    row : Row
        The answer.
    lines : dict of int to str
        Those of the function, without comments.
    made : tuple of Made
        In the order in which it came.
    own : collection of str
        The functions of the student's own file.
    """

    exercise: Exercise
    row: Row
    lines: Mapping[int, str]
    made: tuple[Made, ...]
    own: Collection[str]

    @classmethod
    def of(cls, marking: Marking, function: str) -> Working | None:
        """Follow an answer by hand; None where that can't be done or no numbers came back.

        Parameters
        ----------
        marking : Marking
        function : str
        """
        exercise = marking.assignment.exercises[function]
        lines = lines_of(marking.session, exercise)
        row = next((one for one in marking.rows(function) if not one.is_right), None)
        if not lines or row is None or not row.given:
            return None
        trace = marking.trace(function, row.probe)
        own = marking.session.worker.facts(exercise.file).lines.keys()
        return cls(exercise, row, lines, trace.made, own) if trace else None

    @cached_property
    def _quantities(self) -> Mapping[str, Floats]:
        """The arrays of the task, by their names."""
        found = self.exercise.quantities() if self.exercise.quantities else {}
        return {name: np.asarray(arrays[0]) for name, arrays in found.items()}

    def lines_of_task(self) -> frozenset[int]:
        """Give the lines that hold something of the task, as it is."""
        task = self._quantities.values()
        held = ((one.line, _array(one)) for one in self.made)
        return frozenset(
            line
            for line, value in held
            if value is not None and any(is_close(value, one) for one in task)
        )

    def matrix_held_turned(self) -> Change | None:
        """Give the line that holds a matrix of the task turned, if what follows goes on from that.

        No line may hold it as it is afterwards, or turn it again: it would be another's fault.
        """
        found: Change | None = None
        for one in self.made:
            value = _array(one)
            if value is None or one.line not in self.lines:
                continue
            for name, matrix in self._quantities.items():
                if matrix.ndim != 2 or is_close(matrix, matrix.T):
                    continue
                if is_close(value, matrix):
                    found = None
                elif is_close(value, matrix.T) and found is None:
                    found = self._held_turned(one, name)
        return found

    def _held_turned(self, made: Made, quantity: str) -> Change | None:
        below = [self._statement(one.line) for one in self.made if one.line > made.line]
        if not any(made.name in _READ.findall(text) for text in below):
            return None
        told = {"line": made.line, "name": made.name, "matrix": said(quantity)}
        return Change(
            HELD_TURNED, made.line, said("change.held_turned", **told), False, frozenset()
        )

    def line_gone_wrong(self) -> int | None:
        """Give the first line that makes what is wrong in the answer of nothing but right numbers.

        What it reads is of the task, or a part of the answer that is right.
        """
        assert self.row.given is not None
        pairs = zip(self.row.given, self.row.right, strict=False)
        wrong = next((given for given, right in pairs if not is_close(given, right)), None)
        if wrong is None:
            return None
        is_other = any(is_close(wrong, one) for one in self._right)
        held: dict[str, Any] = {}
        for one in self.made:
            value = _array(one)
            if one.line not in self.lines:
                return None
            makes_wrong = value is not None and not is_other and is_close(value, wrong)
            if makes_wrong or not one.name:
                return one.line if one.rounds == 1 and self._works_on(one.line, held) else None
            held[one.name] = value if one.rounds == 1 else None
            held |= dict.fromkeys(_part_of(one.name, held))
        return None

    @cached_property
    def _right(self) -> Sequence[Floats]:
        return [*self._quantities.values(), *self.row.right]

    def _works_on(self, line: int, held: Mapping[str, Any]) -> bool:
        """Whether a line calculates, and all that it reads is right."""
        text = self._statement(line)
        if not works(text) or _SEVERAL.search(text):
            return False
        code = {*_OF_CODE.findall(text)} - held.keys()
        names = {*_READ.findall(text)} - code - _WORDS
        return code.isdisjoint(self.own) and all(self._is_right(held.get(name)) for name in names)

    def _is_right(self, value: Any) -> bool:
        return value is not None and any(is_close(value, right) for right in self._right)

    def _statement(self, line: int) -> str:
        """A line with those in which its brackets go on."""
        text = ""
        for at in (at for at in sorted(self.lines) if at >= line):
            text += self.lines[at]
            if sum(text.count(c) for c in "([{") <= sum(text.count(c) for c in ")]}"):
                break
        return text


def _array(made: Made) -> Floats | None:
    """The numbers that came of a line, if they are known."""
    match made.values:
        case [(True, np.ndarray() | list() | tuple() as value), *_]:
            try:
                return np.asarray(value, dtype=float)
            except (TypeError, ValueError):
                return None
    return None


def _part_of(name: str, held: Mapping[str, Any]) -> Iterator[str]:
    """The name of which an entry is changed, whose value is known no more."""
    whole = re.match(r"\w+(?=[\[.])", name)
    if whole and whole[0] in held:
        yield whole[0]
