"""That something takes a function, and gets what a function gives back, or another value."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator
from textwrap import shorten

from ..phrases import Said, said
from .crash import Crash, parts

#: What takes a function as its first argument: of NumPy, and Python's own.
_OF_NUMPY = ("vectorize", "frompyfunc", "fromfunction", "apply_along_axis", "apply_over_axes")
_PYTHONS = ("map", "filter")
#: What NumPy and Python say of a first argument that is no function.
_NO_FUNCTION = re.compile(
    r"object is not callable|function must be callable|when used as a decorator|truth value"
)
#: Functions of NumPy and of Python's own that give back numbers.
_GIVES_NUMBERS = (
    "exp", "log", "sqrt", "tanh", "abs", "square", "maximum", "minimum", "power", "where", "sum",
    "mean", "max", "min", "dot", "outer", "multiply", "array", "len", "float", "int", "round",
)  # fmt: skip
#: Letters of what is quoted.
_LONGEST = 40


def wants_a_function(crash: Crash, text: str) -> Said | None:
    """Say that the first argument of what calls a function by itself is none.

    Parameters
    ----------
    crash : Crash
    text : str
        Its message in small letters.
    """
    if crash.type not in ("TypeError", "ValueError") or not _NO_FUNCTION.search(text):
        return None
    for taker, call in _failed(crash.expression):
        given = call.args[0]
        if "truth value" in text and not taker.endswith("vectorize"):
            continue
        if isinstance(given, ast.Lambda | ast.Attribute) or _may_be_one(given, crash):
            continue
        quoted = _quoted(given)
        what = said("crash.what_gives_back", call=quoted) if isinstance(given, ast.Call) else ""
        return said("crash.wants_a_function", taker=taker, given=what or f"`{quoted}`")
    return None


def also_wants_a_function(crash: Crash, why: Said) -> Said:
    """Add to the reason of a call that stops that a function was wanted in its place.

    Parameters
    ----------
    crash : Crash
    why : Said
        The reason for which the call stops.
    """
    stopped = next((one for one in parts(crash.expression) if isinstance(one, ast.Call)), None)
    if stopped is None or not _gives_numbers(stopped.func, crash):
        return why
    for taker, call in _takers(parts(crash.line)):
        if ast.dump(call.args[0]) == ast.dump(stopped):
            more = {"taker": taker, "given": _quoted(stopped)}
            return said("crash.wants_a_function_too", first=why, **more)
    return why


def _failed(expression: str) -> Iterator[tuple[str, ast.Call]]:
    """What takes a function, where this or what goes through its results is what failed."""
    # Each is a call by itself: within another one it may not be what failed.
    match next(parts(expression), None):
        case ast.Module([ast.Expr(ast.Call() as call)]):
            yield from _takers([call, *call.args])


def _takers(nodes: Iterator[ast.AST] | list[ast.expr]) -> Iterator[tuple[str, ast.Call]]:
    for node in nodes:
        match node:
            case ast.Call(ast.Attribute(ast.Name("np" | "numpy"), name), [_, *_]):
                if name in _OF_NUMPY:
                    yield f"np.{name}", node
            case ast.Call(ast.Name(name), [_, *_]) if name in _PYTHONS:
                yield name, node


def _may_be_one(given: ast.expr, crash: Crash) -> bool:
    """Whether a name may stand for a function, as far as is known of it."""
    if not isinstance(given, ast.Name):
        return False
    return not isinstance(crash.shapes.get(given.id), tuple)


def _gives_numbers(function: ast.expr, crash: Crash) -> bool:
    match function:
        case ast.Attribute(ast.Name("math")):
            return True
        case ast.Attribute(ast.Name("np" | "numpy"), name):
            return name in _GIVES_NUMBERS
        case ast.Name(name) if name in crash.outside:
            return crash.outside[name] == "import" and hasattr(math, name)
        case ast.Name(name):
            return name in _GIVES_NUMBERS and name not in crash.known
    return False


def _quoted(code: ast.expr) -> str:
    return shorten(ast.unparse(code), _LONGEST, placeholder="...")
