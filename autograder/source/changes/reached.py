"""What a function of a file calls there, functions and methods, as far as changes can be tried."""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..trees import bound_in, names_in, walk

MOST_LINES = 40
#: What code would use that has an effect outside of itself: it isn't called a hundred times.
EFFECTS = {"open", "input", "exec", "eval", "compile", "exit", "quit", "breakpoint"}
NOT_TRIED = (ast.Global, ast.Nonlocal, ast.Yield, ast.With)


@dataclass(frozen=True)
class Unit:
    """A function, or a method of a class.

    Attributes
    ----------
    node : ast.FunctionDef
    of : ast.ClassDef or None
        The class whose method it is.
    """

    node: ast.FunctionDef
    of: ast.ClassDef | None = None

    @property
    def name(self) -> str:
        return f"{self.of.name}.{self.node.name}" if self.of else self.node.name


def _is_of_class(decorator: ast.expr) -> bool:
    """Whether a method is called of its class: it stays the same with a change in it."""
    return isinstance(decorator, ast.Name) and decorator.id in ("staticmethod", "classmethod")


def can_be_tried(node: ast.FunctionDef) -> bool:
    """Tell whether a function may be called some hundred times with changes in it."""
    lines = (node.end_lineno or 0) - (node.body[0].end_lineno or 0)
    if lines > MOST_LINES:
        return False
    arguments = node.args
    if (
        any(not _is_of_class(one) for one in node.decorator_list)
        or arguments.vararg
        or arguments.kwarg
        or arguments.kwonlyargs
    ):
        return False
    if not all(map(_is_plain, arguments.defaults)):
        return False
    parts = list(ast.walk(node))
    if any(_puts_into_itself(part) for part in parts):
        return False  # NumPy would make an array of that for ever
    own = {part.arg for part in parts if isinstance(part, ast.arg)}
    return not any(
        isinstance(part, NOT_TRIED) or (isinstance(part, ast.Name) and part.id in EFFECTS - own)
        for part in parts
    )


def _is_plain(default: ast.expr) -> bool:
    """Tell whether what a parameter is without an argument is a number, a text or ``np.inf``."""
    match default:
        case ast.UnaryOp(operand=ast.Constant()) | ast.Constant():
            return True
        case ast.Attribute(ast.Name("np" | "numpy" | "math"), "inf" | "pi" | "e" | "nan"):
            return True
    return False


@dataclass(frozen=True)
class Reached:
    """What a function of a file calls there.

    Attributes
    ----------
    units : list of Unit
        The function itself, and after it what it calls.
    anew : list of ast.stmt
        The classes of its methods, and the file's statements that make values of these.
    """

    units: list[Unit]
    anew: list[ast.stmt]


def reached(node: ast.FunctionDef, body: Sequence[ast.stmt], asked: Collection[str]) -> Reached:
    """Give a function, what it calls of its file, and what that calls, if it can be tried.

    What others that are asked for use too is no place where this one alone goes wrong.

    Parameters
    ----------
    node : ast.FunctionDef
    body : sequence of ast.stmt
        The file's statements.
    asked : collection of str
        Functions that are looked at by themselves.
    """
    made = [one for one in map(_defines, body) if one]
    classes = _Classes(body)
    others = [used_in(one) for one in made if one.name in asked and one.name != node.name]
    methods = [Unit(method, one) for one in classes.plain for method in _methods(one)]
    left = [
        unit
        for unit in [*(Unit(one) for one in made if one.name not in asked), *methods]
        if can_be_tried(unit.node) and not any(classes.uses(used, unit) for used in others)
    ]
    units, used = [Unit(node)], used_in(node)
    while new := [unit for unit in left if unit not in units and classes.uses(used, unit)]:
        units += sorted(new, key=lambda unit: unit.name)
        used = used.union(*(used_in(unit.node) for unit in new))
    return Reached(units, classes.anew({unit.of.name for unit in units if unit.of}))


def used_in(node: ast.AST) -> frozenset[str]:
    """The names in some code, and with a dot before it what it takes of a value."""
    attributes = {f".{part.attr}" for part in walk(node) if isinstance(part, ast.Attribute)}
    return names_in(node) | attributes


class _Classes:
    """The classes of a file, and the values that its statements make of them."""

    def __init__(self, body: Sequence[ast.stmt]) -> None:
        self._body = body
        found = [one for one in body if isinstance(one, ast.ClassDef)]
        self.plain = [one for one in found if not one.decorator_list and not one.keywords]
        self._above = {one.name: frozenset().union(*map(names_in, one.bases)) for one in found}
        self._values = {one: made for one in body if (made := self._made_by(one))}

    def _made_by(self, statement: ast.stmt) -> set[str]:
        """The classes of which a statement makes values, if that is all that it does."""
        if not isinstance(statement, ast.Assign):
            return set()
        called = [part.func for part in walk(statement.value) if isinstance(part, ast.Call)]
        names = {one.id if isinstance(one, ast.Name) else "" for one in called}
        return names if names <= self._above.keys() else set()

    def uses(self, used: frozenset[str], unit: Unit) -> bool:
        """Whether code in which some names stand calls a function or a method."""
        if unit.of is None:
            return unit.node.name in used
        by_itself = unit.node.name in ("__init__", "__call__")
        return (by_itself or f".{unit.node.name}" in used) and unit.of.name in self._met_by(used)

    def _met_by(self, used: frozenset[str]) -> set[str]:
        """The classes of whose values code may have one, and what these classes are made from."""
        made = [of for one, of in self._values.items() if bound_in(one) & used]
        met = [*(used & self._above.keys()).union(*made)]
        for name in met:
            met += [one for one in sorted(self._above.get(name, ())) if one not in met]
        return {*met}

    def anew(self, names: Collection[str]) -> list[ast.stmt]:
        """The statements that make some classes, and values of them, in the file's order."""
        return [
            one
            for one in self._body
            if (isinstance(one, ast.ClassDef) and one.name in names)
            or self._values.get(one, set()) & {*names}
        ]


def _methods(of: ast.ClassDef) -> list[ast.FunctionDef]:
    return [one for one in of.body if isinstance(one, ast.FunctionDef)]


def _defines(statement: ast.stmt) -> ast.FunctionDef | None:
    """Give the function that a statement defines, as if ``def`` did it; None if it defines none."""
    match statement:
        case ast.FunctionDef():
            return statement
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda(args=arguments, body=body)):
            returned = ast.copy_location(ast.Return(body), body)
            made = ast.FunctionDef(name, arguments, [returned], [])
            return ast.copy_location(made, statement)
    return None


def _puts_into_itself(part: ast.AST) -> bool:
    match part:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name)), args=[*_, ast.Name(id=other)]):
            return name == other
    return False
