"""Modules that students receive, without the functions that aren't asked."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping

#: Stands above a function that is handed out ready-made.
READY_MADE = "# Ready-made: it isn't asked, but another function uses it.\n"

Node = tuple[str, str]


def leaning(sources: Mapping[str, str], functions: Collection[str]) -> set[str]:
    """The functions that some lean on, on the way through others too.

    Parameters
    ----------
    sources : mapping of str to str
        Modules by file.
    functions : collection of str
        Those from which the way begins.
    """
    uses = {
        (file, node.name): names(node)
        for file, source in sources.items()
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    }
    home = {name: (file, name) for file, name in uses}
    found: set[Node] = set()
    waiting = [home[name] for name in functions if name in home]
    while waiting:
        node = waiting.pop()
        if node in found:
            continue
        found.add(node)
        own = {name: (node[0], name) for name in uses[node] if (node[0], name) in uses}
        elsewhere = {name: home[name] for name in uses[node] if name in home}
        waiting += (elsewhere | own).values()
    return {name for _, name in found}


def stub(text: str, solution: str, given: Collection[str], absent: Collection[str]) -> str:
    """A module as students receive it.

    Parameters
    ----------
    text : str
        The stub with all functions.
    solution : str
        The same with the right functions.
    given : collection of str
        The functions that are ready-made, with what they lean on in the same module.
    absent : collection of str
        The functions that are left out.
    """
    text = without(text, absent)
    here = [n for n in _functions(text) if n.name in given]
    if not here:
        return text
    needed = leaning({"": solution}, [node.name for node in here])
    there = {node.name for node in _functions(text)}
    right = {n.name: _text(solution, n) for n in _functions(solution) if n.name in needed}
    helpers = [source for name, source in right.items() if name not in there]
    lines = text.splitlines(keepends=True)
    for node in reversed(here):
        first, last = _span(node)
        before = [f"{helper}\n\n" for helper in helpers] if node is here[0] else []
        lines[first:last] = [*before, READY_MADE, right[node.name]]
    return "".join(lines)


def with_answer(text: str, name: str, answer: object) -> str:
    """A module in which a function returns an answer that was worked out."""
    node = next(node for node in _functions(text) if node.name == name)
    lines = text.splitlines(keepends=True)
    lines[node.body[0].end_lineno : node.end_lineno] = [f"    return {answer}\n"]
    return "".join(lines)


def without(text: str, functions: Collection[str]) -> str:
    """A module without some functions, and without what uses them."""
    tree = ast.parse(text)
    gone = set(functions)
    defined = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    while found := {n.name for n in defined if names(n) & gone} - gone:
        gone |= found
    lines = text.splitlines(keepends=True)
    for node in reversed([*_unusable(tree.body, gone)]):
        first, last = _span(node)
        if isinstance(node, ast.ImportFrom):
            left = [alias.name for alias in node.names if alias.name not in gone]
            lines[first:last] = [f"from {node.module} import {', '.join(left)}\n"] if left else []
            continue
        while last < len(lines) and not lines[last].strip():
            last += 1
        while first and lines[first - 1].lstrip().startswith("#"):
            first -= 1
        lines[first:last] = []
    return "".join(lines).rstrip("\n") + "\n"


def names(node: ast.AST) -> set[str]:
    """The names that a statement uses; its parameters too, by which a check asks for functions."""
    used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return used | {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}


def _unusable(body: list[ast.stmt], gone: Collection[str]) -> Iterator[ast.stmt]:
    """The statements, outermost first and in their order, that nothing is left of."""
    for node in body:
        if isinstance(node, ast.FunctionDef):
            if node.name in gone:
                yield node
        elif isinstance(node, ast.ImportFrom):
            if any(alias.name in gone for alias in node.names):
                yield node
        elif isinstance(node, ast.If | ast.Try):
            inside = [*_unusable(node.body, gone)]
            yield from [node] if len(inside) == len(node.body) else inside
        elif names(node) & set(gone):
            yield node


def _functions(text: str) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]


def _text(source: str, node: ast.stmt) -> str:
    first, last = _span(node)
    return "".join(source.splitlines(keepends=True)[first:last])


def _span(node: ast.stmt) -> tuple[int, int]:
    """The lines of a statement, counted from 0, its decorators included."""
    decorators = getattr(node, "decorator_list", [])
    return min(part.lineno for part in (node, *decorators)) - 1, node.end_lineno or node.lineno
