"""A file taken in statement by statement: what Python can read of it, and what it cannot.

A file that compiles is parsed once, as a whole. One that doesn't is taken apart (``pieces``), and
what copying may have put into it is taken off (``repairs``) where more functions can be read
without.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from .overwritten import set_apart
from .phrases import said
from .pieces import (
    TOO_DEEP,
    Broken,
    Parser,
    Remark,
    Statements,
    is_stub,
    taken_apart,
)
from .reading import ENTITY, UnreadableSource, decoded
from .renamed import FunctionNode
from .repairs import REPAIRS

__all__ = ["TOO_DEEP", "Broken", "FunctionNode", "Statements", "is_stub", "statements"]

#: Characters of source that are parsed again in larger pieces or otherwise: by file length, and
#: besides.
MOST_AGAIN = 40
MOST_BESIDES = 400_000
#: How often one repair is made, as for each conflict of a merge.
MOST_REPAIRS = 20
#: Characters of a text that repairs are tried on: nobody types as many.
LONGEST_COPY = 60_000


def statements(source: bytes, *, compiling: bool = False) -> Statements:
    """Read a file.

    Parameters
    ----------
    source : bytes
    compiling : bool
        Whether to look also for what Python finds only when it compiles what it has read. Who runs
        the statements comes to that anyway.
    """
    try:
        text, remarks = decoded(source)
    except UnreadableSource as error:
        return Statements(broken=[Broken(error.lineno, error.msg, error.text or "", error.kind)])
    try:
        tree = ast.parse(text)
        if compiling:
            compile(tree, "file", "exec", dont_inherit=True)
    except (SyntaxError, UnicodeEncodeError, RecursionError, MemoryError):
        found = _best(text)
    else:
        found = Statements(tree.body)
        if _may_be_copied(text, tree.body):
            found = _best(text)
    found.remarks += remarks
    found.body = _kept(found.body, found.remarks)
    if found.remarks:
        found.remarks.sort(key=lambda remark: remark[0])
    return found


def _may_be_copied(text: str, body: list[ast.stmt]) -> bool:
    """Whether a text that Python can read may still be another than it was meant to be."""
    if "&" in text and ENTITY.search(text):
        return True
    return "def " in text and not any(isinstance(one, FunctionNode | ast.ClassDef) for one in body)


# --- repairs -----------------------------------------------------------------------------------


class _Reading(NamedTuple):
    """A text as it may be meant: how many functions can be read of it, and what else is not."""

    functions: int
    unbroken: int
    text: str
    found: Statements
    repairs: list[Remark]

    def is_better(self, other: _Reading) -> bool:
        return self.functions > 0 and self[:2] > other[:2]


def _best(text: str) -> Statements:
    """The reading of a text with most functions, and with the fewest repairs."""
    parser = Parser(MOST_AGAIN * len(text) + MOST_BESIDES)
    best = _reading(text, parser, [])
    for repair in REPAIRS if len(text) <= LONGEST_COPY else ():
        for _ in range(MOST_REPAIRS):
            before = best
            for repaired, remarks in repair(before.text):
                if parser.left > len(repaired):
                    reading = _reading(repaired, parser, before.repairs + remarks)
                    best = reading if reading.is_better(best) else best
            if best is before:
                break
    best.found.remarks += best.repairs
    return best.found


def _reading(text: str, parser: Parser, remarks: list[Remark]) -> _Reading:
    found = taken_apart(text, parser)
    written = {n.name for n in found.body if isinstance(n, FunctionNode) and not is_stub(n)}
    return _Reading(len(written), -len(found.broken), text, found, remarks)


# --- leftovers ---------------------------------------------------------------------------------


def _kept(body: list[ast.stmt], remarks: list[Remark]) -> list[ast.stmt]:
    """Leave out what only disturbs: untouched stubs, and lines that take a function's name."""
    places: dict[str, list[FunctionNode]] = {}
    for at, statement in enumerate(body):
        if isinstance(statement, FunctionNode):
            places.setdefault(statement.name, []).append(statement)
        elif at and isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            _tell_of_future(body[:at], statement.lineno, remarks)
    left_out: set[int] = set()
    for name, found in places.items():
        if len(found) == 1:
            continue
        written = [function for function in found if not is_stub(function)]
        if is_stub(found[-1]) and written:
            left_out |= {id(function) for function in found if is_stub(function)}
            lines = {"line": written[-1].lineno, "stub": found[-1].lineno}
            remarks.append((written[-1].lineno, said("remark.stub_below", name=name, **lines)))
        elif len(written) > 1:
            first, last = (function.lineno for function in written[-2:])
            remarks.append((last, said("remark.defined_twice", name=name, first=first, last=last)))
    kept, overwriting = set_apart([s for s in body if id(s) not in left_out])
    remarks += overwriting
    return kept


def _tell_of_future(above: list[ast.stmt], line: int, remarks: list[Remark]) -> None:
    """Tell of a ``from __future__ import`` that stands below other code."""
    for statement in above:
        match statement:
            case ast.Expr(ast.Constant(str())) | ast.ImportFrom(module="__future__"):
                continue
        remarks.append((line, said("remark.future_late", line=line)))
        return
