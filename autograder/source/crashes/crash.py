"""An exception and where it happened, as the reasons for it need it.

The grader fills it from what a worker sends, the hand-out's check from the exception itself.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import TracebackType
from typing import NamedTuple

from ..quoted import readings


class Listed(tuple[int, ...]):
    """The shape that a list of numbers would have as an array: a list itself has none.

    Attributes
    ----------
    kind : str
        The name of its type.
    """

    kind: str

    def __new__(cls, sizes: Iterable[int], kind: str) -> Listed:
        listed = super().__new__(cls, sizes)
        listed.kind = kind
        return listed


#: By what stands in the source: the shape of an array or number, what a list of numbers has in its
#: place, else the name of the type.
Values = Mapping[str, "tuple[int, ...] | str"]
#: The beginning of a line that heads a loop.
LOOP = re.compile(r"\s*(for|while)\b")


class Taken(NamedTuple):
    """A name that stands for a function, until a line gives it to something else.

    Attributes
    ----------
    line : int
    code : str
        That line.
    of : int
        The line that defines the function, or imports what has the name; 0 where it is Python's.
    is_imported : bool
    """

    line: int
    code: str
    of: int = 0
    is_imported: bool = False


class OwnClass(NamedTuple):
    """A class of the student's own, of which a name is asked that it has not.

    Attributes
    ----------
    name : str
    has : tuple of str
        The names that it has.
    line : int
        The line that gives something the name that is asked for; 0 where none does.
    """

    name: str
    has: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Crash:
    """An exception.

    Attributes
    ----------
    type, message : str
        Python's.
    line : str
        The student's own line; empty if it is not known.
    expression : str
        The part of it that failed; empty if it is not known.
    before : sequence of str
        The lines of the same function up to this one, without comments.
    file, function : str or None
    shapes : mapping of str to (tuple of int or str)
        What the names on that line hold.
    name : str or None
        The name that a NameError, AttributeError or ImportError is about.
    known : sequence of str
        The names that there are on that line.
    in_brackets : mapping of str to str
        The names that a comprehension above alone gives values to, each with how it names them.
    beyond : tuple of (str, str, int, int), optional
        Of an index that is too large: list, index, length and the index's value, where those are
        known and may be told.
    numbers : sequence of str
        The parameters that are single numbers by the task, and are given nothing else before.
    by_hand : bool
        Whether the function takes no arguments that its numbers could depend on.
    too_far : str
        The key of what to think of where a list ends one item too early.
    not_there : str
        The key of what is said of the name, where the task has nothing of that name.
    calls_itself : bool
        Whether the function does.
    numpy_as : str
        The name under which the file imports NumPy; empty if it doesn't.
    elsewhere : mapping of str to str
        The functions that stand in another file, each with that file's name.
    described : sequence of str
        The lines of the function's docstring.
    when_run : sequence of str
        The names that get a value where the file itself is run, and not where it is imported.
    to_come : (str, int) or None
        The module from which an import was to get the name, and its line.
    taken : mapping of str to Taken
        The names of functions that the function gives to something else.
    outside : mapping of str to str
        By name, what gives it a value outside of functions: "function" for ``def``, "import", or
        empty for all else. Empty where it is not known.
    own_class : OwnClass, optional
        Of what an AttributeError asks for a name, if that is of the student's own class.
    quoted : collection of str
        The words that the student's file has in quotes.
    """

    type: str
    message: str
    line: str = ""
    expression: str = ""
    before: Sequence[str] = ()
    file: str | None = None
    function: str | None = None
    shapes: Values = field(default_factory=dict)
    name: str | None = None
    known: Sequence[str] = ()
    in_brackets: Mapping[str, str] = field(default_factory=dict)
    beyond: tuple[str, str, int, int] | None = None
    numbers: Sequence[str] = ()
    by_hand: bool = False
    too_far: str = ""
    not_there: str = ""
    calls_itself: bool = False
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    described: Sequence[str] = ()
    numpy_as: str = ""
    when_run: Sequence[str] = ()
    to_come: tuple[str, int] | None = None
    taken: Mapping[str, Taken] = field(default_factory=dict)
    outside: Mapping[str, str] = field(default_factory=dict)
    own_class: OwnClass | None = None
    quoted: Collection[str] = ()

    @property
    def failed(self) -> str:
        """The part of the line that failed, or all of it."""
        return self.expression or self.line

    def holding(self, *kinds: str) -> list[str]:
        """The names on the line that hold a value of one of these types."""
        return [name for name, of in self.shapes.items() if of in kinds and has(name, self.line)]


def place_of_failure(step: TracebackType) -> tuple[int | None, ...]:
    """Give the first and last line, and the first and last column, of the expression that failed.

    Python 3.10, which the hand-out runs on, knows none of them.
    """
    code = step.tb_frame.f_code
    if not hasattr(code, "co_positions"):
        return None, None, None, None
    return next(islice(code.co_positions(), step.tb_lasti // 2, None))


def columns_of_failure(step: TracebackType, line: str) -> list[int] | None:
    """Give where in its line the expression begins and ends that failed.

    Parameters
    ----------
    step : traceback
    line : str
        The line that it names.

    Returns
    -------
    list of two int, or None
        None if it stands on several lines, or isn't known.
    """
    first, last, begin, end = place_of_failure(step)
    if first != step.tb_lineno or last != first or begin is None or end is None:
        return None
    return [len(line.encode()[:at].decode()) for at in (begin, end)]  # Python counts bytes


def has(name: str, line: str) -> bool:
    """Tell whether a name, and not a longer one, stands on a line."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) is not None


def parts(line: str) -> Iterator[ast.AST]:
    """The parts of a line, as far as Python can read it by itself."""
    for _, tree in readings(line):
        yield from ast.walk(tree)


def calculated_with(line: str, names: Sequence[str]) -> str:
    """The first of some names that stands by itself where something is calculated or compared."""
    for part in parts(line):
        used: list[ast.expr] = []
        match part:
            case ast.BinOp(left=left, right=right):
                used = [left, right]
            case ast.Compare(left=left, comparators=others):
                used = [left, *others]
            case ast.UnaryOp(operand=operand):
                used = [operand]
            case ast.AugAssign(target=target, value=value):
                used = [target, value]
            case ast.Call(func=function, args=arguments):
                used = arguments if ast.unparse(function).startswith("np.") else []
        for name in map(ast.unparse, used):
            if name in names:
                return name
    return ""


def products(line: str) -> Iterator[tuple[str, str]]:
    """Both sides of each matrix product on a line, however it is written."""
    for part in parts(line):
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.MatMult):
            yield ast.unparse(part.left), ast.unparse(part.right)
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            sides = [ast.unparse(argument) for argument in part.args]
            if part.func.attr in ("dot", "matmul") and len(sides) == 1:
                yield ast.unparse(part.func.value), sides[0]
            elif part.func.attr in ("dot", "matmul") and len(sides) == 2:
                yield sides[0], sides[1]


_IMPORTS_NUMPY = re.compile(r"import numpy(?: as (\w+))?\s*(?:#.*)?$")


def to_come(name: str | None, lines: Sequence[str]) -> tuple[str, int] | None:
    """Give the module from which a line of a file was to import a name, and that line."""
    for number, line in enumerate(lines, 1):
        if name and re.match(r"(from|import)\b", line) and has(name, line):
            for node in parts(line):
                names = node.names if isinstance(node, ast.Import | ast.ImportFrom) else []
                for one in names:
                    if name == (one.asname or one.name):
                        return getattr(node, "module", None) or one.name, number
    return None


def numpy_named(lines: Sequence[str]) -> str:
    """The name under which a file's lines import NumPy; empty if they don't."""
    found = filter(None, map(_IMPORTS_NUMPY.match, lines))
    return next((one[1] or "numpy" for one in found), "")
