"""Reasons for an exception that lie in how something is called: see ``expressions``."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
from types import BuiltinFunctionType

from ..phrases import Said, said
from . import axes
from .crash import Crash, has, parts, products


def not_called(crash: Crash, text: str) -> Said | None:
    if "'numpy.ufunc'" in text and "subscriptable" not in text:
        for part in parts(crash.line):
            names = part.args if isinstance(part, ast.Call) else []
            if names and isinstance(names[0], ast.Attribute):
                return said("crash.name_of_a_function", name=ast.unparse(names[0]))
        return said("crash.calculates_with_a_function")
    methods = crash.holding("builtin_function_or_method", "method")
    if methods and ("builtin_function_or_method" in text or "'method'" in text):
        return said("crash.not_called_yet", name=methods[0])
    if "enough dimensions" in text and (told := _function_in_product(crash)):
        return told
    if "enough dimensions" in text and (method := _uncalled_method(crash)):
        return said("crash.name_of_a_function", name=method)
    if "'function' object has no attribute" in text and crash.name in crash.known:
        before = re.search(rf"(\w+)\.{crash.name}\b", crash.line)
        if before:
            return said("crash.no_file_in_front", name=crash.name, before=before[1])
    of = _asked_of_a_function(crash) or _operand_that_is_a_function(crash)
    if of and not crash.holding("function"):
        return said("crash.the_function_itself", name=of)
    if "'function'" not in text and "type function" not in text and "input must be" not in text:
        if "builtin_function_or_method" not in text and "'method'" not in text:
            return None
        for part in parts(crash.line):
            if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Attribute):
                call = ast.unparse(part.value)
                if "subscriptable" in text:
                    return said("crash.square_brackets", call=call)
        if found := re.search(
            r"((?:[\w.]+|\))\.(?:sum|max|min|mean|copy|flatten|ravel))(?!\w|\()", crash.line
        ):
            return said("crash.name_of_a_function", name=found[1].lstrip(")"))
        return _pythons_own(crash)
    if (own := _entries_of_itself(crash)) and (near := _spelt_alike(crash, own)):
        return said("crash.entries_of_itself_but_near", name=own, near=near)
    if own:
        return said("crash.entries_of_itself", name=own)
    if "subscriptable" in text and (name := _asked_for_an_entry(crash)):
        return said("crash.entry_of_a_function", name=name)
    holders = [name for name in crash.holding("function") if f"{name}(" not in crash.line]
    if holders:
        return said("crash.not_called", name=holders[0])
    if "input must be" in text:
        return None
    for name in crash.holding("function"):
        if len(re.findall(rf"(?<![\w.]){re.escape(name)}(?![\w(])", crash.line)) == 1:
            return said("crash.not_called", name=name)
    return said("crash.calculates_with_a_function")


def _asked_for_an_entry(crash: Crash) -> str:
    """The name of the one function on a line behind which square brackets stand; else empty."""
    found = _before_brackets(crash).intersection(crash.holding("function"))
    return found.pop() if len(found) == 1 else ""


def _entries_of_itself(crash: Crash) -> str:
    """The name of the function in which it stops, of which an entry is taken; else empty."""
    if not re.search(r"'function' object (is not subscriptable|does not support)", crash.message):
        return ""
    return crash.function if crash.function and crash.function in _before_brackets(crash) else ""


def _before_brackets(crash: Crash) -> set[str]:
    """The names on a line behind which square brackets stand."""
    return {
        part.value.id
        for part in parts(crash.line)
        if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Name)
    }


def _spelt_alike(crash: Crash, name: str) -> str:
    """What the function has that is spelt much like a name; empty if nothing is."""
    near = difflib.get_close_matches(name, crash.known, 1, cutoff=0.8)
    return near[0] if near else ""


def _asked_of_a_function(crash: Crash) -> str:
    """The name of a function of which something is asked that a value has; empty if none is."""
    found = re.search(r"'function' object has no attribute '(\w+)'", crash.message)
    names = {
        part.value.id
        for part in parts(crash.failed)
        if found and isinstance(part, ast.Attribute) and part.attr == found[1]
        if isinstance(part.value, ast.Name)
    }
    return names.pop() if len(names) == 1 else ""


def _operand_that_is_a_function(crash: Crash) -> str:
    """The name of a function that stands by itself on one side of a sign; empty if none does."""
    found = re.search(r"operand type\(s\) for \S+: '([\w.]+)' and '([\w.]+)'", crash.message)
    match next(parts(crash.expression), None):
        case ast.Module([ast.Expr(ast.BinOp(left=left, right=right))]) if found:
            sides = zip(found.groups(), (left, right), strict=True)
            names = [one.id for of, one in sides if of == "function" and isinstance(one, ast.Name)]
            return names[0] if names else ""
    return ""


def _function_in_product(crash: Crash) -> Said | None:
    """That the side of a product in which NumPy finds no entries is a function."""
    sides = [*products(crash.failed)]
    which = re.search(r"operand ([01]) does not have enough", crash.message)
    if not which or len(sides) != 1:
        return None
    side = sides[0][int(which[1])]
    if side in crash.shapes or side in crash.known or side in crash.in_brackets:
        return None
    of = crash.outside.get(side)
    if of == "function" or (of == "import" and side in crash.elsewhere):
        return said("crash.the_function_itself", name=side)
    is_own = isinstance(getattr(builtins, side, None), BuiltinFunctionType | type)
    if not is_own or not crash.outside or side in crash.outside or "*" in crash.outside:
        return None
    return said("crash.pythons_own", name=side)


def _pythons_own(crash: Crash) -> Said | None:
    """That one of Python's own functions, such as ``max``, stands where a number should."""
    read = list(parts(crash.expression or crash.line))
    called = {id(part.func) for part in read if isinstance(part, ast.Call)}
    for part in read:
        if not isinstance(part, ast.Name) or id(part) in called or part.id in crash.known:
            continue
        if isinstance(getattr(builtins, part.id, None), BuiltinFunctionType):
            like = [name for name in crash.known if part.id in name.lower().split("_")]
            if like:
                return said("crash.pythons_own_for", name=part.id, like=like[-1])
            return said("crash.pythons_own", name=part.id)
    return None


#: What an array can do, which is written with brackets behind it.
_METHODS = ("transpose", "flatten", "ravel", "copy", "sum", "max", "min", "mean", "dot", "reshape")


def _uncalled_method(crash: Crash) -> str:
    """What an array can do, named without brackets; empty if nothing is."""
    called = {ast.unparse(part.func) for part in parts(crash.line) if isinstance(part, ast.Call)}
    for part in parts(crash.line):
        named = isinstance(part, ast.Attribute) and part.attr in _METHODS
        if named and ast.unparse(part) not in called and not ast.unparse(part).startswith("np."):
            return ast.unparse(part)
    return ""


def called(crash: Crash, text: str) -> Said | None:
    if "not callable" not in text:
        return None
    found = re.search(r"'([\w.]+)' object", crash.message)
    kind = found[1].rpartition(".")[2] if found else ""
    if found := re.search(r"(\w+\.shape)\((\w+)\)", crash.line):
        return said("crash.entry_in_square_brackets", name=found[1], inside=found[2])
    if found := re.search(r"(\w+\.(shape|size|T|ndim))\(", crash.line):
        return said("crash.no_function", name=found[1])
    if kind == "module" and (found := re.search(r"(np\.\w+|math)\(", crash.line)):
        return said("crash.module_called", name=found[1])
    for part in parts(crash.line):
        if isinstance(part, ast.Call) and len(part.args) < 2 and not part.keywords:
            what = ast.unparse(part.func)
            value = crash.shapes.get(what)
            if hasattr(builtins, what) and what in crash.shapes:
                return said("crash.hidden_function", name=what)
            if not part.args and (isinstance(value, tuple) or value == kind):
                return said("crash.value_called_with_nothing", what=what)
            if isinstance(part.func, ast.Constant) or isinstance(value, tuple) or value == kind:
                if not part.args:
                    continue
                inside = ast.unparse(part.args[0])
                if isinstance(part.func, ast.Constant) and kind in ("int", "float"):
                    return said("crash.number_called", what=what, inside=inside)
                return said("crash.value_called", what=what, inside=inside)
    return None


def square_brackets(crash: Crash, text: str) -> Said | None:
    if "not subscriptable" not in text:
        return None
    for part in parts(crash.line):
        if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Attribute):
            call = ast.unparse(part.value)
            if call.startswith("np."):
                return said("crash.square_brackets", call=call)
    return None


#: Arguments of NumPy's functions and of Python's own, as they are spelt.
_SPELT = ("dtype", "out", "where", "initial", "shape", "order", "copy", "key", "reverse",
          "start", "strict")  # fmt: skip
#: Those of what makes fewer numbers of an array or goes along an axis of it, and no other.
_ALONG = ("axis", "keepdims")
#: How near an argument must be spelt for one to be meant, capitals aside.
_NEARLY = 0.7


def keyword(crash: Crash, text: str) -> Said | None:
    found = re.search(r"keyword argument '(\w+)'|'(\w+)' is an invalid keyword", crash.message)
    if not found:
        return None
    keyword = found[1] or found[2]
    for part in parts(crash.line):
        if isinstance(part, ast.Call) and any(k.arg == keyword for k in part.keywords):
            name = ast.unparse(part.func)
            pythons = name in ("sum", "max", "min", "all", "any")
            if pythons and keyword in _ALONG:
                return said("crash.pythons_own_keyword", name=name, keyword=keyword)
            if pythons or isinstance(part.func, ast.Attribute) or hasattr(builtins, name):
                return _unknown_keyword(name, keyword)
    return None


def _unknown_keyword(name: str, keyword: str) -> Said:
    """That a function has no such argument, and the one that may be meant by it."""
    along = _ALONG if axes.takes_axis(name.rpartition(".")[2]) else ()
    near = difflib.get_close_matches(keyword.lower(), (*along, *_SPELT), 1, cutoff=_NEARLY)
    if near and near[0] != keyword:
        return said("crash.unknown_keyword_but_near", name=name, keyword=keyword, near=near[0])
    return said("crash.unknown_keyword", name=name, keyword=keyword)


#: What Python says of a function of its own that gets too few or too many arguments.
_COUNTS = re.compile(
    r"(?:list\.)?(\w+)(?:\(\))? (?:must have|expected|takes) (at least|at most|exactly|no)"
)


def arguments_of_pythons(crash: Crash, text: str) -> Said | None:
    found = _COUNTS.match(crash.message) if crash.type == "TypeError" else None
    if not found or not re.search(rf"(?<!\w){found[1]}\(", crash.line):
        return None
    if found[1] in ("append", "insert", "extend"):
        return said(f"crash.{'insert' if found[1] == 'insert' else 'append'}_takes", name=found[1])
    if found[1] in ("map", "filter"):
        return said("crash.map_takes_two", name=found[1])
    return said("crash.arguments_of_pythons", name=found[1])


def where(crash: Crash, text: str) -> Said | None:
    return said("crash.where_needs_both") if "either both or neither" in text else None


def products_of_several(crash: Crash, text: str) -> Said | None:
    return said("crash.multi_dot_of_one") if "expecting at least two arrays" in text else None


def neighbours(crash: Crash, text: str) -> Said | None:
    found = re.search(r"np\.(gradient)\(", crash.line)
    return said("crash.differences_of_neighbours", name=found[1]) if found else None


def tensordot(crash: Crash, text: str) -> Said | None:
    found = "tensordot(" in crash.line and "axes" not in crash.line
    return said("crash.tensordot_takes_two_axes") if found else None


def numpys(crash: Crash, text: str) -> Said | None:
    if crash.type != "NameError" or not crash.name or not has(crash.name, crash.line):
        return None
    if crash.name == "e" and re.search(r"(?<!\w)e\s*(\*\*|\^)", crash.line):
        return said("crash.e_to_the_power")
    if crash.name in crash.elsewhere:
        file = crash.elsewhere[crash.name]
        return said("crash.of_another_file", name=crash.name, file=file)
    called = re.search(rf"(?<![\w.]){re.escape(crash.name)}\(", crash.line)
    near = difflib.get_close_matches(crash.name, crash.known, 1)
    if not called and near and any(re.match(rf"\s*{near[0]}\s*=", text) for text in crash.before):
        return None  # a name of the student's own, written otherwise
    if crash.name in ("exp", "log", "sqrt", "outer", "dot", "diag", "zeros", "array", "where",
                      "maximum", "eye", "tanh", "norm", "ones", "mean", "argmax"):  # fmt: skip
        where = "np.linalg" if crash.name == "norm" else "np"
        return said("crash.numpys", name=crash.name, where=where)
    if crash.name in ("np", "numpy") and crash.numpy_as:
        return said("crash.numpy_has_another_name", name=crash.name, other=crash.numpy_as)
    if crash.name in ("np", "numpy"):
        return said("crash.import_numpy_missing")
    if crash.name == "math":
        return said("crash.import_math_missing")
    return None


def appended(crash: Crash, text: str) -> Said | None:
    if "append() missing" in text and "np.append(" in crash.line:
        return said("crash.np_append")
    found = re.search(r"\bfor (\w+), (\w+) in (\w+)\s*[:\])]", crash.line)
    if "unpack" in text and found:
        made = any(re.match(rf"\s*{found[3]}\s*=(?!=)", text) for text in crash.before)
        pairs = {"names": f"{found[1]}, {found[2]}", "of": found[3]}
        return said(f"crash.entries_are_no_pairs{'_made' if made else ''}", **pairs)
    found = re.search(r"\bfor (\w+), *(\w+) in \(?(\w+), *(\w+)\)?\s*[:\])]", crash.line)
    if "unpack" in text and found:
        one, other, first, second = found.groups()
        pairs = {"names": f"{one}, {other}", "first": first, "second": second}
        return said("crash.one_after_the_other", **pairs)
    found = re.match(r"(\w+(?:, *\w+)+) *= *(\w+)\.shape\s*$", crash.line)
    if "unpack" in text and found and isinstance(shape := crash.shapes.get(found[2]), tuple):
        return said("crash.unpacks_a_shape", names=found[1], of=found[2], shape=shape)
    if "reshape(" in crash.line and "order must be str" in text:
        return said("crash.reshape_brackets")
    if "read-only" in text:
        return said("crash.read_only_diagonal")
    return None


def itself(crash: Crash, text: str) -> Said | None:
    if crash.type != "RecursionError" or not crash.function:
        return None
    own = crash.function.rpartition(".")[2]
    if re.search(rf"(?<![\w.]){re.escape(own)}\(", crash.line):
        return said("crash.calls_itself_on_this_line", own=own)
    return None
