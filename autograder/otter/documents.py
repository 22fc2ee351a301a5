"""The hand-out's pages and its notebook, without what isn't asked."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from autograder.assignment.assignment import Assignment
from autograder.assignment.modules import names, without

_CODE = re.compile(r"`[^`]+`|^ {4}.*$", re.MULTILINE)
#: A paragraph, a row of a table or an item of a list, with the blank lines below.
_BLOCK = re.compile(r"(?:\|.*\n)|(?:- .*\n(?:  .*\n)*)|(?:(?!\||- ).+\n)+|\n+")
_CHECKED = re.compile(r"grader\.check\(\"(\w+)\"\)")
_MAGIC = re.compile(r"^[%!].*$", re.MULTILINE)


@dataclass(frozen=True)
class Left:
    """What a text may speak of.

    Attributes
    ----------
    assignment : Assignment
        As it is set in the term.
    files : collection of str
        The files that aren't there, or not to be written in.
    functions : collection of str
        The functions that aren't there, those of the hand-out's programs too.
    """

    assignment: Assignment
    files: Collection[str]
    functions: frozenset[str]

    def speaks_of_more(self, text: str) -> bool:
        """Whether a text names, as code, a function that isn't asked or a file that isn't there."""
        code = " ".join(_CODE.findall(text))
        more = (*self.assignment.unasked, *self.files)
        return any(re.search(rf"(?<![\w.]){re.escape(name)}(?!\w|\.\w)", code) for name in more)


def page(text: str, left: Left) -> str:
    """A Markdown page: paragraphs, rows and items that name what isn't there are left out."""
    text = with_own_examples(text, left.assignment)
    for file in left.files:
        text = re.sub(rf"(?<=\S )`{re.escape(file)}` ?|`{re.escape(file)}` (?=`)", "", text)
    blocks = _BLOCK.findall(text)
    return "".join(block for block in blocks if not left.speaks_of_more(block))


def with_own_examples(text: str, assignment: Assignment) -> str:
    """Commands that are shown with a function or a file that isn't asked show one that is."""
    functions = [e.name for e in assignment.exercises.values() if e.parameters]
    function = next(iter(functions or assignment.exercises))
    for name in sorted(assignment.unasked - set(assignment.questions)):
        text = text.replace(f'check.check("{name}")', f'check.check("{function}")')
        for shown in set(re.findall(rf"check\.py {name} +", text)):
            text = text.replace(shown, f"check.py {function} ".ljust(len(shown)))
    for question in dict.fromkeys(e.question for e in assignment.all.values()):
        if question not in assignment.questions:
            command = rf"(python (?:check\.py )?){question}\b"
            text = re.sub(command, rf"\1{assignment.questions[0]}", text)
    return text


def notebook(text: str, left: Left) -> str:
    """A notebook: cells that use what isn't there, and the texts above them, are left out."""
    made = json.loads(text)
    made["cells"] = [*_sections(made["cells"], left)]
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _sections(cells: list[dict[str, Any]], left: Left) -> Iterator[dict[str, Any]]:
    """The cells that stay; a text stays with the first of the cells of code below it."""
    code = _Code(left)
    above: list[dict[str, Any]] = []
    after_code = False
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code":
            told = {**cell, "source": page(f"{source}\n", left).strip("\n")}
            above = [told] if after_code else [*above, told]
        elif (kept := code.kept(source)) is not None:
            yield from above
            above = []
            yield {**cell, "source": kept}
        after_code = cell["cell_type"] == "code"


class _Code:
    """The cells of code one after the other, and what those that are left out would have made."""

    def __init__(self, left: Left) -> None:
        self._left = left
        self._missing: set[str] = set()
        self._imports: list[str] = []

    def kept(self, source: str) -> str | None:
        """What is left of a cell; None if nothing is."""
        assignment = self._left.assignment
        if checked := _CHECKED.search(source):
            return source if checked[1] in assignment.exercises else None
        plain = _MAGIC.sub("", source)
        tree = ast.parse(plain)
        imports = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
        others = [n for n in tree.body if n not in imports]
        imported = [self._still_there(ast.unparse(node)) for node in imports]
        loaded = {n for node in others for n in names(node)}
        made = {n for node in others for n in _made(node)}
        if loaded & (self._left.functions | (self._missing - made)):
            self._missing |= made
            self._imports += [line for line in imported if line]
            return None
        self._missing -= made
        for node, line in zip(reversed(imports), reversed(imported), strict=True):
            old = ast.get_source_segment(plain, node) or ""
            source = source.replace(old, line) if line != ast.unparse(node) else source
        before, self._imports = self._imports, []
        return "\n".join([*before, source.strip("\n")])

    def _still_there(self, line: str) -> str:
        """An import without what isn't there; empty if nothing is left of it."""
        file = f"{line.split()[1]}.py"
        if file in self._left.files and file not in self._left.assignment.stub_files:
            return ""
        return without(f"{line}\n", self._left.functions).strip("\n")


def _made(node: ast.stmt) -> Iterator[str]:
    """The names that a statement of a cell defines."""
    if isinstance(node, ast.FunctionDef):
        yield node.name
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            yield part.id
