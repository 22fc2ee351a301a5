"""Reasons for an exception that lie in what stands in the place of an axis, or of a size."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from textwrap import shorten

from ..phrases import Said, said
from .crash import Crash, parts

#: What takes the smaller or larger of two, by what takes that of many.
OF_TWO = {"min": "minimum", "amin": "minimum", "max": "maximum", "amax": "maximum"}
#: Functions that make fewer numbers of an array, and take an axis behind it.
_REDUCE = {
    *OF_TWO, "sum", "mean", "prod", "all", "any", "std", "var", "argmax", "argmin", "median",
    "average", "nansum", "ptp",
}  # fmt: skip
#: Those that give as many as they get.
_KEEP = {"cumsum", "cumprod", "sort", "argsort", "flip"}
#: What an array does by itself, with an axis in the brackets.
_METHODS = {"sum", "max", "min", "mean", "prod", "std", "var", "argmax", "argmin", "all", "any"}
#: What else takes the number of an axis by its name.
_ALONG = {"norm", "concatenate", "stack", "expand_dims", "squeeze", "diff", "append", "insert",
          "delete", "repeat"}  # fmt: skip
_NUMPY = ("np", "numpy")
#: What takes each size by itself, one whole number.
_SIZE_BY_SIZE = {"eye", "identity", "randn", "rand"}
_ABOUT_AN_AXIS = re.compile("scalar index|as an integer|integer argument expected|axis")
_LONGEST = 40


def axis(crash: Crash, text: str) -> Said | None:
    """An array where the number of an axis is taken, and arrays that are not in one list."""
    if not _ABOUT_AN_AXIS.search(text):
        return None
    if crash.type in ("TypeError", "AxisError"):
        told = next(_for_an_axis(crash), None)
        if told:
            return told
    if found := re.search(r"np\.(concatenate|transpose|hstack|vstack|stack)\(\w", crash.line):
        return said("crash.arrays_in_one_list", name=found[1])
    return None


def sizes_together(crash: Crash, text: str) -> Said | None:
    """Sizes in brackets of their own, for what takes each of them by itself: ``np.eye((2, 2))``."""
    for call, _, name in _calls(crash) if "as an integer" in text else ():
        match call:
            case ast.Call(args=[ast.Tuple() | ast.List() as sizes]) if name in _SIZE_BY_SIZE:
                called = ast.unparse(call.func)
                return said("crash.sizes_together", name=called, sizes=_quoted(sizes))
    return None


def to_leave_out(crash: Crash) -> tuple[str, ...]:
    """What a vector does not need where one number is made of a row, as it is written.

    That is the axis, and what makes a row or a column again of what comes out: ``[:, None]`` needs
    an array before it.
    """
    of = next((call for call, _, name in _calls(crash) if name in _REDUCE and _by_name(call)), None)
    if of is None:
        return ()
    text = ast.unparse(of)
    whole = [part for part in parts(crash.line) if isinstance(part, ast.expr)]
    behind = [after for part in whole if (after := _made_two_dimensional(part, text))]
    if len(behind) < sum(ast.unparse(part).startswith(f"{text}[") for part in whole):
        return ()  # What else stands behind it needs something, too.
    return tuple(f"`{one}`" for one in [*_by_name(of), *dict.fromkeys(behind)])


def _by_name(call: ast.Call) -> list[str]:
    """The axis and what goes with it, as they are written in a call."""
    return [f"{k.arg}={_quoted(k.value)}" for k in call.keywords if k.arg in ("axis", "keepdims")]


def _made_two_dimensional(part: ast.expr, text: str) -> str:
    """What stands behind a call and makes two dimensions of what comes out of it."""
    match part:
        case ast.Subscript(value, ast.Tuple(elts)) if ast.unparse(value) == text:
            new = [one for one in elts if ast.unparse(one) in ("None", "np.newaxis", "newaxis")]
            return ast.unparse(part).removeprefix(text) if new else ""
        case ast.Call(ast.Attribute(value, "reshape")) if ast.unparse(value) == text:
            return ast.unparse(part).removeprefix(text)
    return ""


def takes_axis(name: str) -> bool:
    """Tell whether a function of NumPy's takes an axis, by its name behind the dot."""
    return name in _REDUCE | _KEEP | _ALONG


def _for_an_axis(crash: Crash) -> Iterator[Said]:
    for call, of, name in _calls(crash):
        match call.args:
            case [array, second, *_] if of in _NUMPY and name in _REDUCE | _KEEP:
                if _may_be_meant(name, second, crash):
                    yield said(
                        "crash.second_argument_is_an_axis",
                        name=name,
                        array=_quoted(array),
                        second=_quoted(second),
                        instead=_instead(name),
                    )
            case [given] if (
                of and of not in _NUMPY and name in _METHODS and _is_array(given, crash)
            ):
                yield said("crash.method_takes_an_axis", name=name, array=_quoted(given), of=of)


def _calls(crash: Crash) -> Iterator[tuple[ast.Call, str, str]]:
    """The calls of what is a part of something, with what that is and the part's name.

    Those of the part that failed come first.
    """
    for text in dict.fromkeys((crash.failed, crash.line)):
        for part in parts(text):
            if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
                yield part, _quoted(part.func.value), part.func.attr


def _may_be_meant(name: str, second: ast.expr, crash: Crash) -> bool:
    """Whether a second argument is something to calculate with, and no axis that isn't there."""
    if isinstance(second, ast.Starred):
        return False
    if crash.type == "AxisError":
        return name in OF_TWO
    number = second.operand if isinstance(second, ast.UnaryOp) else second
    return not (isinstance(number, ast.Constant) and isinstance(number.value, int))


def _is_array(given: ast.expr, crash: Crash) -> bool:
    """Whether a name, or what is calculated with one, is an array on that line."""
    names = [part.id for part in ast.walk(given) if isinstance(part, ast.Name)]
    shapes = [crash.shapes.get(name) for name in names]
    return crash.type == "TypeError" and any(isinstance(one, tuple) and one for one in shapes)


def _instead(name: str) -> Said:
    if name in _KEEP:
        return said("crash.one_array_alone")
    if name not in OF_TWO:
        return said("crash.calculate_with_two")
    key = "smaller" if "min" in name else "larger"
    return said(f"crash.{key}_of_two", other=OF_TWO[name])


def _quoted(part: ast.expr) -> str:
    return shorten(ast.unparse(part), _LONGEST, placeholder=" ...")
