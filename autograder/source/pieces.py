"""A text that Python cannot read as a whole, taken apart at the lines that begin at its margin.

Each piece is parsed by itself, so that a syntax error costs the definition or the line that it
stands in.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from .older_python import in_older_words
from .phrases import Said, said
from .reading import UnreadableSource, plain_signs
from .renamed import FunctionNode, distance

TOO_DEEP = "the code is nested too deeply to be read"
#: A line, and what is said of it.
Remark = tuple[int, Said]
#: What it takes to parse a piece, beside its own length: as much as so many characters.
EACH = 60
#: How wide a tab may be meant: as Python takes it first, then as editors show it.
TABS = (8, 4, 2)

#: What begins a statement: not an indent, a comment, a bracket's end or a later branch of one.
_BEGINS = re.compile(r"(?![\s#)\]}]|(?:else|elif|except|finally)\b)")
_DEFINES = re.compile(r"(?:async[ \t]+)?def\b|class\b|@")
#: What other lines may belong to.
OPENS = re.compile(r"(?:async|def|class|if|for|while|with|try|match)\b|@")
#: A definition, or what was to be one: ``Define my function(x)``.
_NAME = re.compile(
    r"^[ \t]*(?:async[ \t]+)?(?:def|define|fed|de|df|function|func|fun|fn)[ \t]+(\w[\w \t-]*)",
    re.MULTILINE | re.IGNORECASE,
)
_MIXED_TABS = re.compile(r"^ *\t", re.MULTILINE)
_INDENTED = re.compile(r"[ \t]+[^\s#]")
_RETURNS = re.compile(r"[ \t]+return\b")
_ON_LINE = re.compile(r"\bline (\d+)\b")

_WORD = re.compile(r"[^\W\d][\w.]*")
#: The words that an import is made of, which may be mistyped.
_IMPORT_WORDS = ("import", "from", "as")


@dataclass(frozen=True)
class Broken:
    """A piece that Python cannot read.

    Attributes
    ----------
    line : int
        Where it is wrong, or begins to be.
    message : str
        Python's words.
    text : str
        The line.
    kind : {"syntax", "encoding", "null byte", "nesting"}
    names : tuple of str
        The functions that it would define.
    column : int or None
        Where Python stops on the line, counted from 1.
    """

    line: int | None
    message: str
    text: str
    kind: str = "syntax"
    names: tuple[str, ...] = ()
    column: int | None = None


@dataclass
class Statements:
    """What can be read of a file.

    Attributes
    ----------
    body : list of ast.stmt
        In order, with the file's line numbers.
    broken : list of Broken
    remarks : list of (int, Said)
        By line: what was read as something else than what stands there.
    """

    body: list[ast.stmt] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def is_stub(function: FunctionNode) -> bool:
    """Tell whether a function's body does nothing yet."""
    return all(_does_nothing(statement) for statement in function.body)


def _does_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(ast.Constant()) | ast.Return(None | ast.Constant(None)):
            return True
        case ast.Raise(ast.Name("NotImplementedError") | ast.Call(ast.Name("NotImplementedError"))):
            return True
    return False


class Parser:
    """Parses pieces of text until a number of characters is used up.

    Parameters
    ----------
    characters : int
    """

    def __init__(self, characters: int) -> None:
        self.left = characters

    def parse(self, text: str, first: int = 0) -> tuple[list[ast.stmt], SyntaxError | None]:
        """The statements of a text that stands below ``first`` lines; else why there are none."""
        self.left -= len(text) + EACH
        if self.left < 0:
            return [], UnreadableSource("nesting", TOO_DEEP, first + 1, "")
        try:
            tree = ast.parse(text)
            compile(tree, "piece", "exec", dont_inherit=True)
        except UnicodeEncodeError:
            message = "a character is half of a surrogate pair"
            return [], UnreadableSource("encoding", message, first + 1, "")
        except SyntaxError as error:
            error.lineno = (error.lineno or 1) + first
            error.msg = _ON_LINE.sub(lambda m: f"line {int(m[1]) + first}", error.msg)
            return [], error
        except (RecursionError, MemoryError):
            return [], UnreadableSource("nesting", TOO_DEEP, first + 1, "")
        return [ast.increment_lineno(statement, first) for statement in tree.body], None


def taken_apart(text: str, parser: Parser) -> Statements:
    """What can be read of a text, with Python's signs in the places of a word processor's."""
    plain, signs = plain_signs(text)
    remarks = [(line, sign) for line, sign in signs[:3]]
    body, error = parser.parse(plain)
    if error is None:
        return Statements(body, remarks=remarks)
    pieces = _Pieces(plain, parser)
    pieces.take_apart()
    pieces.found.remarks += remarks
    return pieces.found


class _Pieces:
    def __init__(self, text: str, parser: Parser) -> None:
        self.found = Statements()
        self._parser = parser
        self._lines = text.split("\n")

    def take_apart(self) -> None:
        starts = self._starts()
        at = 0
        while at < len(starts) - 1:
            stop = at + 1
            body, error = self._parsed(starts[at], starts[stop])
            while error and (more := self._further(starts, at, stop, error)):
                longer, still = self._parsed(starts[at], starts[more])
                stop = more
                if still is None:
                    body, error = longer, None
                elif not _is_open(still):
                    break
            if error is not None and stop > at + 1:
                # It is not for want of what follows: that is tried by itself.
                stop = at + 1
            if error is not None:
                body = self._mended(starts[at], starts[stop], error)
            self.found.body += body
            at = stop

    def _starts(self) -> list[int]:
        starts = [
            number
            for number, line in enumerate(self._lines)
            if line and _BEGINS.match(line) and not self._decorated(number)
        ]
        first = next((n for n, line in enumerate(self._lines) if line.strip()), 0)
        return [*([] if starts[:1] == [first] else [first]), *starts, len(self._lines)]

    def _decorated(self, number: int) -> bool:
        return number > 0 and self._lines[number - 1].startswith("@")

    def _further(self, starts: list[int], at: int, stop: int, error: SyntaxError) -> int | None:
        """Where a piece may end instead that is cut off in a bracket or a string; None: nowhere."""
        if stop >= len(starts) - 1 or not _is_open(error):
            return None
        if "triple-quoted" in error.msg:
            quotes = self._lines[(error.lineno or 1) - 1]
            quote = "'''" if quotes.rfind("'''") > quotes.rfind('"""') else '"""'
            for number in range(starts[stop], len(self._lines)):
                if quote in self._lines[number]:
                    return next(k for k in range(stop, len(starts)) if starts[k] > number)
            return None
        return None if _DEFINES.match(self._lines[starts[stop]]) else stop + 1

    def _parsed(self, first: int, last: int) -> tuple[list[ast.stmt], SyntaxError | None]:
        return self._parser.parse("\n".join(self._lines[first:last]), first)

    # --- mending --------------------------------------------------------------------------------

    def _mended(self, first: int, last: int, error: SyntaxError) -> list[ast.stmt]:
        """What can be read of a piece after all; the rest is noted."""
        ways: tuple[Callable[[int, int, SyntaxError], list[ast.stmt] | None], ...] = (
            self._older, self._without_tabs, self._dedented, self._above_the_margin,
            self._as_import,
        )  # fmt: skip
        for way in ways:
            if (found := way(first, last, error)) is not None:
                return found
        names = self._cut_off(first, last, error)
        self.found.broken.append(self._broken(first, last, error, names))
        return []

    def _older(self, first: int, last: int, error: SyntaxError) -> list[ast.stmt] | None:
        """Read a piece that a newer Python reads, in the words of this one."""
        text = "\n".join(self._lines[first:last])
        for version, older in in_older_words(text):
            body, still = self._parser.parse(older, first)
            if still is None:
                ours = ".".join(map(str, sys.version_info[:2]))
                line = at if first < (at := error.lineno or 0) <= last else first + 1
                told = said("remark.newer_python", ours=ours, line=line, version=version)
                self.found.remarks.append((line, told))
                return body
        return None

    def _without_tabs(self, first: int, last: int, error: SyntaxError) -> list[ast.stmt] | None:
        """Read a piece that mixes tabs and spaces with spaces in the places of its tabs."""
        text = "\n".join(self._lines[first:last])
        if not _MIXED_TABS.search(text):
            return None
        for width in TABS:
            spaces = re.sub(r"^[ \t]+", lambda m: m[0].expandtabs(width), text, flags=re.M)  # noqa: B023
            body, still = self._parser.parse(spaces, first)
            if still is None:
                line = error.lineno or first + 1
                told = said("remark.tabs", line=line, width=width)
                self.found.remarks.append((line, told))
                return body
        return None

    def _dedented(self, first: int, last: int, error: SyntaxError) -> list[ast.stmt] | None:
        """Read a piece below which some line is indented for no reason."""
        at = (error.lineno or 1) - 1
        if error.msg != "unexpected indent" or not first <= at < last:
            return None
        head, no_head = self._parsed(first, at)
        if no_head or (head and _may_go_on(head[-1])):
            return None
        width = len(self._lines[at]) - len(self._lines[at].lstrip())
        for number in range(at, last):
            line = self._lines[number]
            self._lines[number] = line[min(width, len(line) - len(line.lstrip())) :]
        tail, no_tail = self._parsed(at, last)
        if no_tail:
            self.found.broken.append(self._broken(at, last, error))
        else:
            self.found.remarks.append((at + 1, said("remark.indented", line=at + 1)))
        return head + tail

    def _above_the_margin(self, first: int, last: int, error: SyntaxError) -> list[ast.stmt] | None:
        """Read what stands above a bracket or an ``else`` at the margin that belongs to nothing."""
        for number in range(first + 1, last):
            if self._lines[number][:1].strip(" \t#"):
                above, still = self._parsed(first, number)
                if still or not above or (_may_go_on(above[-1]) and self._goes_on(number, last)):
                    return None
                self.found.broken.append(self._broken(number, last, error))
                return above
        return None

    def _goes_on(self, first: int, last: int) -> bool:
        """Whether indented lines stand below the first one of a piece."""
        return any(_INDENTED.match(line) for line in self._lines[first + 1 : last])

    def _cut_off(self, first: int, last: int, error: SyntaxError) -> tuple[str, ...]:
        """Take a function out again that goes on in a piece which cannot be read.

        What stands above that piece alone is not what was written.
        """
        before = self.found.body[-1] if self.found.body else None
        if not isinstance(before, FunctionNode) or not _may_go_on(before):
            return ()
        if _gives_back(before) and not self._lines[first - 1].strip():
            return ()
        if not self._is_cut(first, last) and error.msg != "'return' outside function":
            return ()
        self.found.body.pop()
        return (before.name,)

    def _is_cut(self, first: int, last: int) -> bool:
        """Whether what is indented in a piece may belong to the function above it."""
        if not self._goes_on(first, last) or _DEFINES.match(self._lines[first]):
            return False
        returns = any(map(_RETURNS.match, self._lines[first:last]))
        return returns or not OPENS.match(self._lines[first])

    def _as_import(self, first: int, last: int, error: SyntaxError) -> list[ast.stmt] | None:
        """Read a line that nearly is an import, or two, as what is meant: it costs nothing."""
        clauses = _import_clauses(_WORD.findall(self._lines[first]))
        if not clauses or self._goes_on(first, last):
            return None
        body, still = self._parser.parse("; ".join(clauses), first)
        if still:
            return None
        told = said("remark.import", line=first + 1, meant="; ".join(clauses))
        self.found.remarks.append((first + 1, told))
        return body

    def _broken(
        self, first: int, last: int, error: SyntaxError, names: tuple[str, ...] = ()
    ) -> Broken:
        text = "\n".join(self._lines[first:last])
        line = error.lineno or first + 1
        shown = self._lines[line - 1] if line <= len(self._lines) else ""
        kind = error.kind if isinstance(error, UnreadableSource) else "syntax"
        named = (re.sub(r"[ \t-]+", "_", name.strip()) for name in _NAME.findall(text))
        return Broken(line, error.msg, shown, kind, (*names, *named), error.offset)


def _is_open(error: SyntaxError) -> bool:
    """Whether a piece may be cut off in a bracket, a string or a line that goes on."""
    return any(
        part in error.msg
        for part in ("was never closed", "triple-quoted", "unexpected EOF", "end of file")
    )


def leaves(body: list[ast.stmt]) -> bool:
    """Tell whether what follows some statements is surely never reached."""
    match body[-1]:
        case ast.Return() | ast.Raise():
            return True
        case ast.If(body=then, orelse=[_, *_] as otherwise):
            return leaves(then) and leaves(otherwise)
        case ast.With(body=inner):
            return leaves(inner)
    return False


def _may_go_on(statement: ast.stmt) -> bool:
    """Whether a function may have had more lines than those that could be read of it."""
    return isinstance(statement, FunctionNode) and not leaves(statement.body)


def _gives_back(function: FunctionNode) -> bool:
    return any(isinstance(node, ast.Return) for node in ast.walk(function))


def _import_clauses(words: list[str]) -> list[str]:
    """The imports that a line's words nearly are."""
    meant = [next((w for w in _IMPORT_WORDS if _is_nearly(word, w)), word) for word in words]
    clauses: list[list[str]] = []
    for word in meant:
        last = clauses[-1] if clauses else []
        if word == "from" or (word == "import" and (last[:1] != ["from"] or "import" in last)):
            clauses.append([word])
        elif last:
            last.append(word)
        else:
            return []
    return [text for clause in clauses if (text := _import_of(clause))]


def _import_of(clause: list[str]) -> str:
    match clause:
        case ["from", module, "import", *names] if names:
            listed = ", ".join(names).replace(", as, ", " as ")
            return f"from {module} import {listed}"
        case ["import", module, "as", name] | ["import", module, name]:
            return f"import {module} as {name}"
        case ["import", module]:
            return f"import {module}"
    return ""


def _is_nearly(word: str, meant: str) -> bool:
    """Whether a word is another one, or that with one letter less, more, changed or exchanged."""
    return word == meant or (len(word) > 1 and len(meant) > 2 and distance(word, meant) == 1)
