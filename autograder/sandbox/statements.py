"""A file taken in statement by statement: what Python can read of it, and what it cannot.

A file that compiles is parsed once, as a whole. One that doesn't is taken apart at the lines that
begin at its margin, and each piece is parsed by itself, so that a syntax error costs the definition
or the line that it stands in. It needs Python's own library alone: see ``reading``.
"""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass, field

from .older_python import in_older_words
from .overwritten import set_apart
from .phrases import Said, said
from .reading import UnreadableSource, decode, plain_signs

TOO_DEEP = "the code is nested too deeply to be read"
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
#: Characters of source that are parsed again in larger pieces, by file length.
MOST_AGAIN = 40

#: What begins a statement: not an indent, a comment, a bracket's end or a later branch of one.
_BEGINS = re.compile(r"(?![\s#)\]}]|(?:else|elif|except|finally)\b)")
_DEFINES = re.compile(r"(?:async[ \t]+)?def\b|class\b|@")
_NAME = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)


_WORD = re.compile(r"[^\W\d][\w.]*")
#: The words of an import with a letter less, more or exchanged.
_IMPORT_WORDS = {
    wrong: word
    for word in ("import", "from", "as")
    for wrong in (
        word,
        *(word[:k] + word[k + 1 :] for k in range(len(word)) if len(word) > 2),
        *(word[:k] + word[k] + word[k:] for k in range(len(word))),
        *(word[:k] + word[k + 1] + word[k] + word[k + 2 :] for k in range(len(word) - 1)),
    )
}


#: A line, and what is said of it.
Remark = tuple[int, Said]


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


def statements(source: bytes) -> Statements:
    """Read a file."""
    try:
        text = decode(source)
        remarks = _how_saved(source)
        return Statements(_kept(ast.parse(text).body, remarks), remarks=remarks)
    except UnreadableSource as error:
        return Statements(broken=[Broken(error.lineno, error.msg, error.text or "", error.kind)])
    except (RecursionError, MemoryError):
        return Statements(broken=[Broken(None, TOO_DEEP, "", "nesting")])
    except (SyntaxError, UnicodeEncodeError):
        pass
    return _Pieces(text).read()


def _how_saved(source: bytes) -> list[Remark]:
    """That a file is in an encoding that Python itself does not read, if it is."""
    if b"\0" not in source.rstrip(b"\0\n"):
        return []
    return [(1, said("remark.utf_16"))]


# --- leftovers ---------------------------------------------------------------------------------


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


def _kept(body: list[ast.stmt], remarks: list[Remark]) -> list[ast.stmt]:
    """Leave out what only disturbs: untouched stubs, and lines that take a function's name."""
    places: dict[str, list[FunctionNode]] = {}
    for statement in body:
        if isinstance(statement, FunctionNode):
            places.setdefault(statement.name, []).append(statement)
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


# --- pieces ------------------------------------------------------------------------------------


class _Pieces:
    """Takes a text apart that Python cannot read as a whole."""

    def __init__(self, text: str) -> None:
        self.found = Statements()
        plain, signs = plain_signs(text)
        if signs:
            self.found.remarks += [
                (line, said("remark.sign", line=line, sign=sign)) for line, sign in signs[:3]
            ]
        self._lines = _without_tabs(plain, self.found.remarks).split("\n")
        self._left = MOST_AGAIN * len(plain)

    def read(self) -> Statements:
        body, error = self._parsed(0, len(self._lines))
        if error is None:
            self.found.body = body
        else:
            self._take_apart()
        self.found.body = _kept(self.found.body, self.found.remarks)
        self.found.remarks.sort(key=lambda remark: remark[0])
        return self.found

    def _take_apart(self) -> None:
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
        return self._parse("\n".join(self._lines[first:last]), first)

    def _parse(self, text: str, first: int) -> tuple[list[ast.stmt], SyntaxError | None]:
        self._left -= len(text)
        if self._left < 0:
            return [], UnreadableSource("nesting", TOO_DEEP, first + 1, "")
        try:
            tree = ast.parse(text)
            compile(tree, "piece", "exec", dont_inherit=True)
        except UnicodeEncodeError:
            message = "a character is half of a surrogate pair"
            return [], UnreadableSource("encoding", message, first + 1, "")
        except SyntaxError as error:
            error.lineno = (error.lineno or 1) + first
            return [], error
        except (RecursionError, MemoryError):
            return [], UnreadableSource("nesting", TOO_DEEP, first + 1, "")
        return [ast.increment_lineno(statement, first) for statement in tree.body], None

    def _older(self, first: int, last: int) -> list[ast.stmt] | None:
        """Read a piece that a newer Python reads, in the words of this one."""
        text = "\n".join(self._lines[first:last])
        for version, older in in_older_words(text):
            body, error = self._parse(older, first)
            if error is None:
                ours = ".".join(map(str, sys.version_info[:2]))
                told = said("remark.newer_python", ours=ours, line=first + 1, version=version)
                self.found.remarks.append((first + 1, told))
                return body
        return None

    def _mended(self, first: int, last: int, error: SyntaxError) -> list[ast.stmt]:
        """What can be read of a piece after all; the rest is noted."""
        found = self._older(first, last) or self._dedented(first, last, error)
        if found is None:
            self.found.broken.append(self._broken(first, last, error))
            found = self._before_a_branch(first, last) or self._as_import(first)
        return found

    def _dedented(self, first: int, last: int, error: SyntaxError) -> list[ast.stmt] | None:
        """Read a piece in which some line is indented for no reason."""
        at = (error.lineno or 1) - 1
        if error.msg != "unexpected indent" or not first <= at < last:
            return None
        width = len(self._lines[at]) - len(self._lines[at].lstrip())
        for number in range(at, last):
            line = self._lines[number]
            self._lines[number] = line[min(width, len(line) - len(line.lstrip())) :]
        head, no_head = self._parsed(first, at)
        tail, no_tail = self._parsed(at, last)
        if no_head:
            return None
        if no_tail:
            self.found.broken.append(self._broken(at, last, error))
        else:
            self.found.remarks.append((at + 1, said("remark.indented", line=at + 1)))
        return head + tail

    def _as_import(self, first: int) -> list[ast.stmt]:
        """Read a line that nearly is an import as the import that is meant: it costs nothing."""
        words = [_IMPORT_WORDS.get(word, word) for word in _WORD.findall(self._lines[first])]
        if "import" not in words:
            return []
        at = words.index("import")
        names = [word for word in words[at + 1 :] if word not in ("as", "from")]
        if words[0] == "from" and at == 2 and names:
            meant = f"from {words[1]} import {', '.join(names)}"
        elif at == 0 and len(names) == 2:
            meant = f"import {names[0]} as {names[1]}"
        else:
            return []
        return self._parse(meant, first)[0]

    def _before_a_branch(self, first: int, last: int) -> list[ast.stmt]:
        """Read what stands above an ``else`` or ``except`` that belongs to nothing."""
        for number in range(first + 1, last):
            if self._lines[number][:1].isalpha():
                return self._parsed(first, number)[0]
        return []

    def _broken(self, first: int, last: int, error: SyntaxError) -> Broken:
        text = "\n".join(self._lines[first:last])
        line = error.lineno or first + 1
        shown = self._lines[line - 1] if line <= len(self._lines) else ""
        kind = error.kind if isinstance(error, UnreadableSource) else "syntax"
        return Broken(line, error.msg, shown, kind, tuple(_NAME.findall(text)), error.offset)


def _is_open(error: SyntaxError) -> bool:
    """Whether a piece may be cut off in a bracket, a string or a line that goes on."""
    return any(
        part in error.msg
        for part in ("was never closed", "triple-quoted", "unexpected EOF", "end of file")
    )


def _without_tabs(text: str, remarks: list[Remark]) -> str:
    """Spaces in the places of the tabs that a text is indented by, where it mixes the two."""
    if not re.search(r"^ *\t", text, re.MULTILINE):
        return text
    try:
        ast.parse(text)
    except (TabError, IndentationError) as error:
        line = error.lineno or 1
        remarks.append((line, said("remark.tabs", line=line)))
        return re.sub(r"^[ \t]+", lambda m: m[0].expandtabs(8), text, flags=re.MULTILINE)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    return text
