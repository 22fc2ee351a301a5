"""What can come of importing a student's file or calling a student's function."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..source.mends import Edit, Mend
from ..source.phrases import Said, said
from ..source.trees import Slip
from . import wire

MAX_MESSAGE = 500

# C0 and C1 controls (terminal escapes among them), what turns the writing direction, and halves
# of surrogate pairs, which no output encoding takes.
_HARMFUL = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"
    "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"
    "\\ud800-\\udfff]"
)


def clean(text: str) -> str:
    """Take control, bidi and surrogate characters out of a student's text and cut it."""
    return harmless(text[:MAX_MESSAGE])


def harmless(text: str) -> str:
    """Take control, bidi and surrogate characters out of a text of any length."""
    return _HARMFUL.sub("\N{REPLACEMENT CHARACTER}", text)


@dataclass(frozen=True)
class Returned:
    """The function returned.

    Attributes
    ----------
    value : object
        None, bool, int, float, str, list, tuple, ndarray or `wire.Unsendable`.
    mutated : tuple of int
        Positions of the arguments whose numbers the function changed.
    """

    value: Any
    mutated: tuple[int, ...] = ()


@dataclass(frozen=True)
class Raised:
    """The function, or the import of the file, raised.

    Attributes
    ----------
    type : str
        The nearest class of the exception that is Python's or NumPy's own.
    message : str
        The student's text: cleaned and cut, but neither escaped for any format nor free of the
        call's inputs.
    file, line, function : str, int, str or None
        The innermost place in the student's own files; None where there is none.
    shapes : mapping of str to (tuple of int or str)
        Of the names on that line: the shape of an array or number, else the name of the type.
    columns : (int, int), optional
        Where in that line the expression that failed begins and ends, if it is all in it.
    name : str or None
        The name that a NameError, AttributeError or ImportError is about.
    """

    type: str
    message: str
    file: str | None = None
    line: int | None = None
    function: str | None = None
    shapes: Mapping[str, tuple[int, ...] | str] = field(default_factory=dict)
    columns: tuple[int, int] | None = None
    name: str | None = None

    def is_like(self, other: object) -> bool:
        """Whether another outcome is the same kind of exception, at the same place."""
        here = self.type, self.file, self.line
        return isinstance(other, Raised) and here == (other.type, other.file, other.line)


@dataclass(frozen=True)
class TimedOut:
    """Stopped after so many seconds."""

    seconds: float


DiedReason = Literal["exit", "memory", "crash", "killed", "protocol", "size"]


@dataclass(frozen=True)
class Died:
    """The worker's process ended, or had to be ended, while this ran.

    Attributes
    ----------
    reason : str
        "exit": it left by itself (``os._exit``); "memory": the kernel took it; "crash": a
        segmentation fault or its like; "killed": another signal; "protocol": it sent what is no
        answer; "size": the file is too large to be looked at.
    """

    reason: DiedReason


@dataclass(frozen=True)
class Missing:
    """There is nothing to call."""

    reason: Literal["file", "function", "not callable"]


@dataclass(frozen=True)
class NotAsked:
    """The function was not called: there was nothing to learn from it."""


@dataclass(frozen=True)
class Change:
    """A small change of a function that was tried.

    Attributes
    ----------
    kind : str
        What it is about: see `source.changes.forms.KINDS`.
    line : int
    told : Said
        The line, the place in it, and what is asked of that.
    doubtful : bool
        Whether another line may be the wrong one: the one that makes a value which this change
        leaves for nothing, one of a function that is called there, or one whose entries of a list
        are all written over with it.
    heads : frozenset of int
        The lines of the conditions under which that line stands.
    spared : frozenset of int
        The lines that make something for what it leaves out, and nothing else.
    """

    kind: str
    line: int
    told: Said
    doubtful: bool
    heads: frozenset[int]
    spared: frozenset[int] = frozenset()

    @property
    def place(self) -> str:
        """The piece of code that it is about."""
        place = dict(self.told.values).get("place")
        text = dict(place.values).get("place") if isinstance(place, Said) else ""
        return text if isinstance(text, str) else ""

    @property
    def leaves_out(self) -> bool:
        """Whether all that it does is to leave something out."""
        return self.told.key in ("change.one_too_many", "change.one_of_two_too_many")

    @property
    def mends_all(self) -> bool:
        """Whether with it all is right that was tried, and nothing is known of another mistake."""
        in_part = self.told.key.startswith(("change.one_of_two", "change.one_but_for_large"))
        return self.told.key.startswith("change.one") and not in_part and self.kind != "filled"

    @property
    def is_of_shape_alone(self) -> bool:
        """Whether it leaves out what keeps nothing of an array but its shape."""
        does = dict(self.told.values).get("does")
        return isinstance(does, Said) and does.key == "change.does_alike"

    def is_about(self, name: str) -> bool:
        """Whether a name stands in what is changed."""
        told = (
            str(text)
            for _, value in self.told.values
            if isinstance(value, Said)
            for key, text in value.values
            if key != "other"
        )
        return bool(name) and any(re.search(rf"\b{re.escape(name)}\b", text) for text in told)


@dataclass(frozen=True)
class Tried:
    """What came of the changes of a function.

    Attributes
    ----------
    returned : list of Returned
        All that was returned, each once.
    places : list of list of (int or None)
        For each change, by call: which of these it returned; None where it returned nothing, or
        changed an argument.
    changes : list of Change
        Those that were asked for by number, in that order.
    """

    returned: list[Returned]
    places: list[list[int | None]]
    changes: list[Change]


@dataclass(frozen=True)
class Made:
    """What came of a line while a call was followed.

    Attributes
    ----------
    line : int
        The first of its statement.
    name : str
        What got a value there, or was changed; empty for what is returned.
    values : tuple
        The first ones, each (True, value) or (False, shape or name of its kind).
    rounds : int
        How often it got one.
    alike : bool
        Whether it was known to be the same each time.
    """

    line: int
    name: str
    values: tuple[tuple[bool, Any], ...]
    rounds: int
    alike: bool = False


@dataclass(frozen=True)
class Trace:
    """A call that was followed line by line.

    Attributes
    ----------
    made : tuple of Made
    missed : frozenset of int
        The lines of the functions that were called that were not run.
    outcome : Returned or None
        What it gave back; None where it stopped.
    """

    made: tuple[Made, ...]
    missed: frozenset[int]
    outcome: Returned | None


ImportFailure = Raised | TimedOut | Died
Outcome = Returned | Raised | TimedOut | Died | Missing | NotAsked


@dataclass(frozen=True)
class SyntaxProblem:
    """Why a file cannot be read as Python.

    Attributes
    ----------
    kind : {"syntax", "encoding", "null byte", "nesting"}
    line, column : int or None
        Counted from 1; the column only where it lies within the text.
    message : str
        Python's words, cleaned.
    text : str
        The line as it is in the file, cleaned and cut.
    cause : Said or None
        In plain words, if it is known.
    functions : tuple of str
        Those of the contract that stand in what cannot be read there.
    """

    kind: str
    line: int | None
    column: int | None
    message: str
    text: str
    cause: Said | None = None
    functions: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileFacts:
    """What reading a file, without running it, tells about it.

    Attributes
    ----------
    unread : tuple of SyntaxProblem
        The pieces that cannot be read and hold functions of the contract, and the first of others.
    remarks : tuple of (int, Said)
        By line: what was read as something else than what stands there.
    renamed : mapping of str to str
        Functions of the contract that go by nearly their names, by what they are called.
    parameters : mapping of str to tuple of str
        The names of those that can be given by place, where there is no ``*args``.
    needed : mapping of str to int
        How many of them have no default.
    recursive : frozenset of str
        The functions that call themselves.
    uses : mapping of str to tuple of str
        For each function of the contract in this file: the functions of the contract that it
        reaches directly or through the file's own helpers.
    lines : mapping of str to (int, int)
        Where each of them starts and ends.
    stub : frozenset of str
        Those whose body is still empty.
    returns : mapping of str to str
        Whether each gets to a ``return`` of something: "never", "sometimes" or "always".
    swallows : mapping of str to int
        The line of the ``except`` that alone keeps each from a ``return`` of something.
    words : mapping of str to frozenset of str
        What stands in the code of each, and of the helpers that it reaches: names, "loop", "+=".
    memories : mapping of str to tuple of Slip
        Kind ("default", "global", "shared" or "random"), line and name of what can make its second
        call differ from its first.
    slips : mapping of str to tuple of Slip
        Kind, line and name of what often goes wrong in each: see `listing.slips`.
    writes : mapping of str to tuple of Slip
        Kind, line and parameter of what each does to its arguments: see `in_place.writes`.
    mends : mapping of str to tuple of Mend
        How the slips in each are mended that have a plain mend: see `mends.mends`.
    """

    unread: tuple[SyntaxProblem, ...] = ()
    remarks: tuple[tuple[int, Said], ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needed: Mapping[str, int] = field(default_factory=dict)
    recursive: frozenset[str] = frozenset()
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lines: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    stub: frozenset[str] = frozenset()
    returns: Mapping[str, str] = field(default_factory=dict)
    swallows: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    memories: Mapping[str, tuple[Slip, ...]] = field(default_factory=dict)
    slips: Mapping[str, tuple[Slip, ...]] = field(default_factory=dict)
    writes: Mapping[str, tuple[Slip, ...]] = field(default_factory=dict)
    mends: Mapping[str, tuple[Mend, ...]] = field(default_factory=dict)

    @property
    def syntax_error(self) -> SyntaxProblem | None:
        """The first piece that cannot be read."""
        return self.unread[0] if self.unread else None

    @property
    def lost(self) -> frozenset[str]:
        """The functions of the contract that stand in what cannot be read."""
        return frozenset(name for problem in self.unread for name in problem.functions)

    @classmethod
    def from_json(cls, data: Any) -> FileFacts:
        """Check what a worker says it read.

        Raises
        ------
        TypeError, ValueError, KeyError, AttributeError
            If it is not of the form that `source_facts.facts` returns.
        """
        return cls(
            unread=tuple(_syntax_problem(**problem) for problem in data["unread"]),
            remarks=tuple((int(line), read_said(what, "remark")) for line, what in data["remarks"]),
            renamed={str(f): wire.safe_name(str(name)) for f, name in data["renamed"].items()},
            parameters={
                str(f): tuple(wire.safe_name(str(name)) for name in names)
                for f, names in data["parameters"].items()
            },
            recursive=frozenset(map(str, data["recursive"])),
            needed={str(f): int(count) for f, count in data["needed"].items()},
            uses={str(f): tuple(map(str, used)) for f, used in data["uses"].items()},
            lines={str(f): (int(a), int(b)) for f, (a, b) in data["lines"].items()},
            stub=frozenset(map(str, data["stub"])),
            returns={str(f): str(how) for f, how in data["returns"].items()},
            swallows={str(f): int(line) for f, line in data["swallows"].items()},
            words={str(f): frozenset(map(str, words)) for f, words in data["words"].items()},
            memories={str(f): _slips(found) for f, found in data["memories"].items()},
            slips={str(f): _slips(found) for f, found in data["slips"].items()},
            writes={str(f): _slips(found) for f, found in data["writes"].items()},
            mends={
                str(f): tuple(_mend(*one) for one in found) for f, found in data["mends"].items()
            },
        )


def _slips(found: Any) -> tuple[Slip, ...]:
    return tuple(Slip(str(kind), int(line), wire.safe_name(str(n))) for kind, line, n in found)


def _mend(kind: str, line: int, edits: Any) -> Mend:
    made = [Edit(int(at), int(start), int(end), clean(str(text))) for at, start, end, text in edits]
    return Mend(str(kind), int(line), tuple(made))


def _syntax_problem(
    kind: str,
    line: int | None,
    column: int | None,
    message: str,
    text: str,
    cause: Any,
    functions: Any,
) -> SyntaxProblem:
    number = None if line is None else int(line)
    place = None if column is None or not 0 < int(column) <= len(text) else int(column)
    why = None if cause is None else read_said(cause, "syntax")
    named = tuple(map(str, functions))
    return SyntaxProblem(str(kind), number, place, clean(message), clean(text), why, named)


def read_said(data: Any, area: str, *, within: bool = False) -> Said:
    """What is to be said by words of one area alone; what is said within it holds texts alone.

    Raises
    ------
    TypeError, ValueError, AttributeError
        If it is not of the form that ``Said.as_json`` gives.
    """
    key, values = data
    if not re.fullmatch(rf"{area}\.\w{{1,80}}", key):
        raise ValueError("this is no key of the area")
    return said(key, **{name: _value(value, area, within) for name, value in values.items()})


def _value(value: Any, area: str, within: bool) -> int | str | Said:
    if isinstance(value, list) and not within:
        return read_said(value, area, within=True)
    return value if isinstance(value, int) else clean(str(value))
