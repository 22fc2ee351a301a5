"""Reasons for an exception that lie in what is written on the line.

Each of them looks for an expression that really stands there, and for the message that only this
expression gives. It needs Python's own library alone: see ``reading``.
"""

from __future__ import annotations

import ast
import builtins
import re

from .crashes import Crash, has, parts

#: Functions of NumPy's that take an axis behind the array.
_REDUCE = "min|max|amin|amax|sum|mean|prod|all|any|std|argmax|argmin"
_OF_TWO = {"min": "minimum", "amin": "minimum", "max": "maximum", "amax": "maximum"}
_SIZED = r"np\.(zeros|ones|empty|eye|identity|full)|range"
_MATH = re.compile(r"(?<![\w.])(?:math\.)?(exp|sqrt|log|tanh|pow|fabs|sin|cos)\(")
_LISTS = re.compile(
    r"(operand|not supported between).*'(list|tuple)'|sequence by non-int|concatenate (list|tuple)"
)
_NEEDS_AN_ARRAY = ("shape", "T", "sum", "max", "min", "dot", "mean", "size", "ndim", "reshape")


def expression_cause(crash: Crash) -> str | None:
    """Say which expression on the line is at fault.

    Parameters
    ----------
    crash : Crash

    Returns
    -------
    str or None
        None if there is none that is known.
    """
    for known in _KNOWN:
        if cause := known(crash, crash.message.lower()):
            return cause
    return None


def _bits(crash: Crash, text: str) -> str | None:
    if "^" in crash.line and ("bitwise_xor" in text or "for ^" in text):
        of_e = re.search(r"(?<!\w)(?:e|E|2\.7\d*|np\.e|math\.e)\s*\^", crash.line)
        power = "; e to the power of x is np.exp(x)" if of_e else ""
        return f"`^` does not make a power in Python (it compares bits). A power is `**`{power}"
    if re.search("[&|]", crash.line) and ("bitwise_" in text or "for &" in text or "for |" in text):
        return (
            "`&` and `|` come before `>` and `<`: put each comparison in parentheses of its own, "
            "`(a > 0) & (b > 0)`"
        )
    return None


def _one_yes_or_no(crash: Crash, text: str) -> str | None:
    if crash.type != "ValueError" or "truth value" not in text:
        return None
    many = "while comparing a whole array gives one answer for each entry"
    way_out = "Go through the entries in a loop, or use np.where"
    if word := re.match(r"(if|elif|while)\b", crash.line):
        return f"`{word[1]}` needs one yes or no, {many}. {way_out}"
    if found := re.search(r"(?<![\w.])(max|min)\(", crash.line):
        return (
            f"Python's `{found[1]}` looks for the one largest or smallest, {many}. To compare "
            f"entry by entry there is np.{_OF_TWO[found[1]]}"
        )
    if re.search(r"\bif\b", crash.line):
        return f"`... if ... else ...` needs one yes or no, {many}. {way_out}"
    if found := re.search(r"\b(and|or|not)\b", crash.line):
        return f"`{found[1]}` needs one yes or no, {many}. {way_out}"
    return (
        "`if` needs one yes or no, and so do Python's `and`, `max` and `min`; but comparing a "
        "whole array gives one answer for each entry. Go through the entries in a loop, or "
        "use np.where"
    )


def _not_called(crash: Crash, text: str) -> str | None:
    if "'function'" not in text and "type function" not in text and "input must be" not in text:
        if "builtin_function_or_method" not in text and "'method'" not in text:
            return None
        for part in parts(crash.line):
            if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Attribute):
                call = ast.unparse(part.value)
                if "subscriptable" in text and call.startswith("np."):
                    return f"`{call}` is called with round brackets: `{call}([...])`"
        if found := re.search(
            r"([\w.]+\.(?:sum|max|min|mean|copy|flatten|ravel))(?!\w|\()", crash.line
        ):
            return f"`{found[1]}` is only the name of a function: it is called as `{found[1]}()`"
        return None
    holders = [name for name in crash.holding("function") if f"{name}(" not in crash.line]
    if holders:
        return (
            f"`{holders[0]}` is a function here and not what it returns: nobody has called it. A "
            f"call has parentheses, such as `{holders[0]}(x)`"
        )
    if "input must be" in text:
        return None
    return (
        "it calculates with a function and not with what it returns. A call has parentheses with "
        "the arguments in them, such as `np.exp(x)`"
    )


def _texts(crash: Crash, text: str) -> str | None:
    made_of = re.search(r"dtype\('<u\d*'\)|string multiply|'str'|\(not \"\w+\"\) to str", text)
    quotes = re.search(r"""["']""", crash.line) and "ufunc" in text and "input types" in text
    if "for **" in text and "'str'" not in text:
        return None
    if (made_of and "indices" not in text and "order must" not in text) or quotes:
        return (
            "it calculates with a text. What stands in quotes, or comes from str(...), format or "
            "f'...', looks like a number and is none: leave those out"
        )
    if "could not convert string" in text or "invalid literal" in text:
        return "it makes a number of a text that is none: numbers are written without quotes"
    return None


def _sizes(crash: Crash, text: str) -> str | None:
    if "as a data type" in text and (found := re.search(r"np\.(array|asarray)\(", crash.line)):
        return f"np.{found[1]} takes the numbers as one list: `np.{found[1]}([1.0, 2.0])`"
    if "as a data type" in text:
        return (
            "the second argument here is taken for a type of number. A shape is one argument, so "
            "the sizes of a matrix stand in parentheses of their own: `((n, m))`"
        )
    about = "as an integer" in text or "scalar index" in text or "sequence of integers" in text
    found = re.search(rf"({_SIZED})\(\(?([\w.\[\]]+)[,)]", crash.line) if about else None
    if found and isinstance(of := crash.shapes.get(found[3]), tuple) and len(of) > 0:
        if found[1] == "range":
            return (
                f"range takes a single whole number, such as a length, and gets a whole array, "
                f"`{found[3]}`. Ask how often the loop should run: its length is len({found[3]})"
            )
        return (
            f"`{found[1]}` takes a size, and gets the numbers in `{found[3]}`. Its size is "
            f"len({found[3]})"
        )
    return None


def _axis(crash: Crash, text: str) -> str | None:
    if "scalar index" not in text and "as an integer" not in text and "axis" not in text:
        return None
    found = re.search(
        rf"np\.({_REDUCE})\(\s*[^,()]+(?:\([^()]*\))?\s*,(?!\s*(?:axis|keepdims|dtype|out)\s*=)",
        crash.line,
    )
    if found:
        name = found[1]
        other = _OF_TWO.get(name)
        instead = (
            f"To take the {'smaller' if 'min' in name else 'larger'} of two, entry by entry, there "
            f"is np.{other}{'; to subtract, `-`' if 'min' in name else ''}"
            if other
            else "To calculate with two arrays entry by entry, write `+`, `-` or `*` between them"
        )
        return (
            f"np.{name} looks through one array, and takes the second argument for the number of "
            f"an axis. {instead}"
        )
    if found := re.search(r"np\.(concatenate|transpose|hstack|vstack|stack)\(\w", crash.line):
        return (
            f"np.{found[1]} takes the arrays as one argument, a list: `np.{found[1]}([a, b])`. To "
            f"collect results, a list and its append will do"
        )
    return None


def _in_place(crash: Crash, text: str) -> str | None:
    if "cannot cast ufunc" not in text:
        return None
    found = re.match(r"([\w.\[\]]+)\s*([-+*/]|\*\*|//)=", crash.line)
    if not found:
        return None
    target, sign = found[1], found[2]
    return (
        f"`{sign}=` changes `{target}` in place, and that array holds whole numbers, which can "
        f"store no decimals. `{target} = {target} {sign} ...` makes a new array in place of it"
    )


def _kronecker(crash: Crash, text: str) -> str | None:
    if "kron(" not in crash.line or not ("shape" in text or "broadcast" in text):
        return None
    return (
        "np.kron makes the Kronecker product, each entry times every other. The Kronecker delta, "
        "1 for two equal indices and else 0, is something else: it makes up the identity"
    )


def _one_number(crash: Crash, text: str) -> str | None:
    many = "only length-1" in text or "0-dimensional" in text or "must be real number" in text
    if not many:
        return None
    found = _MATH.search(crash.line)
    if found and f"np.{found[0]}" not in crash.line:
        return (
            f"the `{found[1]}` of math takes one number, and gets a whole array here. "
            f"np.{found[1]} takes arrays"
        )
    if found := re.search(r"(?<![\w.])(float|int|round)\(", crash.line):
        return f"`{found[1]}(...)` makes one number, and gets a whole array. What is it to be of?"
    if "=" in crash.line and "[" in crash.line.partition("=")[0]:
        return "it puts a whole array into one place. Which single number belongs there?"
    return None


def _called(crash: Crash, text: str) -> str | None:
    if "not callable" not in text:
        return None
    found = re.search(r"'([\w.]+)' object", crash.message)
    kind = found[1].rpartition(".")[2] if found else ""
    if found := re.search(r"(\w+\.(shape|size|T|ndim))\(", crash.line):
        return f"`{found[1]}` is no function: it is written without `(...)`"
    if kind == "module" and (found := re.search(r"(np\.\w+|math)\(", crash.line)):
        return f"`{found[1]}` is a drawer of functions, and not a function itself"
    for part in parts(crash.line):
        if isinstance(part, ast.Call) and len(part.args) == 1:
            what = ast.unparse(part.func)
            value = crash.shapes.get(what)
            if hasattr(builtins, what) and what in crash.shapes:
                return (
                    f"your code uses the name `{what}` for a value of its own, so Python's own "
                    f"function `{what}` is hidden there. Give that value another name"
                )
            if isinstance(part.func, ast.Constant) or isinstance(value, tuple) or value == kind:
                inside = ast.unparse(part.args[0])
                return (
                    f"`{what}({inside})` calls `{what}` as if it were a function. A product is "
                    f"written with `*`, and an entry is taken with `[...]`"
                )
    return None


def _value_for_place(crash: Crash, text: str) -> str | None:
    for before in reversed(crash.before if crash.type == "IndexError" else ()):
        loop = re.search(r"\bfor (\w+) in (\w+)\.shape\s*:", before)
        if loop and re.search(rf"\[{loop[1]}\]", crash.line):
            i, x = loop.groups()
            return (
                f"`for {i} in {x}.shape` goes through the sizes themselves, not through the places "
                f"up to a size: `for {i} in range(len({x}))` does"
            )
    kinds = ("only integers, slices", "indices must be", "integer (or", "scalar index")
    about = any(kind in text for kind in kinds)
    if not about or "not tuple" in text or "not str" in text:
        return None
    for before in reversed([*crash.before, crash.line]):
        loop = re.search(r"\bfor (\w+) in (\w[\w.]*)(?=[:\]) ])(?!\()", before)
        if loop and re.search(rf"\[[^\]]*(?<!\w){loop[1]}(?!\w)[^\]]*\]", crash.line):
            i, x = loop.groups()
            return (
                f"`for {i} in {x}` goes through the values of `{x}`, and a value is no place: an "
                f"index must be a whole number. `for {i} in range(len({x}))` goes through places"
            )
    return None


def _square_brackets(crash: Crash, text: str) -> str | None:
    if "not subscriptable" not in text:
        return None
    for part in parts(crash.line):
        if isinstance(part, ast.Subscript) and isinstance(part.value, ast.Attribute):
            call = ast.unparse(part.value)
            if call.startswith("np."):
                return f"`{call}` is a function, and is called with round brackets: `{call}(...)`"
    return None


def _keyword(crash: Crash, text: str) -> str | None:
    found = re.search(r"keyword argument '(\w+)'|'(\w+)' is an invalid keyword", text)
    if not found:
        return None
    keyword = found[1] or found[2]
    for part in parts(crash.line):
        if isinstance(part, ast.Call) and any(k.arg == keyword for k in part.keywords):
            name = ast.unparse(part.func)
            if name in ("sum", "max", "min", "abs", "all", "any"):
                return f"Python's own `{name}` has no `{keyword}`; `np.{name}` has"
            if name.startswith("np."):
                return f"`{name}` takes no `{keyword}`. Leave it out, or is another function meant?"
    return None


def _loop_over_number(crash: Crash, text: str) -> str | None:
    if "not iterable" not in text:
        return None
    if found := re.search(
        r"\bin (len\([^()]*\)|[\w.]+\.(?:size|shape\[\d\])|\d+)\s*[:)\]]", crash.line
    ):
        return (
            f"`for ... in {found[1]}` would go through a single number. So many times, counted "
            f"from 0: `range({found[1]})`"
        )
    return None


def _list_for_array(crash: Crash, text: str) -> str | None:
    about = _LISTS.search(text)
    if about and "nonetype" not in text:
        lists = crash.holding("list", "tuple")
        which = f" (`{lists[0]}`)" if lists else ""
        return (
            f"it calculates with a whole list{which}, or compares one with a number. Only arrays "
            f"can do that entry by entry: np.array makes one of a list of numbers, and through a "
            f"list of arrays you go one by one"
        )
    found = re.search(r"'(list|tuple)' object has no attribute '(\w+)'", crash.message)
    if found and found[2] in _NEEDS_AN_ARRAY:
        lists = crash.holding("list", "tuple")
        which = f"`{lists[0]}`" if lists else "what stands before the dot"
        return (
            f"{which} is a {found[1]}, and only arrays have `.{found[2]}`. np.array makes an array "
            f"of a list of numbers; of a list of arrays, take one by its place"
        )
    return None


def _not_an_arrays(crash: Crash, text: str) -> str | None:
    found = re.search(r"'numpy\.ndarray' object has no attribute '(\w+)'", crash.message)
    if not found or found[1] not in crash.line:
        return None
    if found[1] in ("append", "insert", "extend", "pop"):
        return (
            f"an array does not grow: `.{found[1]}` belongs to lists. Collect results in a list, "
            f"or make the array as large as it is to be first"
        )
    if found[1] in ("where", "exp", "outer", "diag", "log", "sqrt", "maximum", "abs", "tanh"):
        return f"`{found[1]}` belongs to NumPy and not to each array: `np.{found[1]}(...)`"
    return None


def _numpys(crash: Crash, text: str) -> str | None:
    if crash.type != "NameError" or not crash.name or not has(crash.name, crash.line):
        return None
    if crash.name in ("exp", "log", "sqrt", "outer", "dot", "diag", "zeros", "array", "where",
                      "maximum", "eye", "tanh", "norm", "ones", "mean", "argmax"):  # fmt: skip
        where = "np.linalg" if crash.name == "norm" else "np"
        return f"`{crash.name}` belongs to NumPy: `{where}.{crash.name}(...)`"
    if crash.name in ("np", "numpy"):
        return "the line `import numpy as np` is missing at the top of the file"
    if crash.name == "math":
        return "the line `import math` is missing at the top of the file (np.exp needs no math)"
    return None


def _appended(crash: Crash, text: str) -> str | None:
    if "append() missing" in text and "np.append(" in crash.line:
        return "np.append takes an array and what is added. A list has `.append(...)` of its own"
    if "unpack" in text and re.search(r"\bfor \w+, \w+ in\b", crash.line):
        return (
            "it unpacks a value into more or fewer names than there is in it. `for a, b in ...` "
            "needs pairs: zip goes through two lists together, enumerate counts along"
        )
    if "reshape(" in crash.line and "order must be str" in text:
        return "the new shape has brackets of its own: `np.reshape(x, (n, m))`"
    if "read-only" in text:
        return "what np.diag or np.diagonal reads from a matrix cannot be written to: use a copy"
    return None


def _itself(crash: Crash, text: str) -> str | None:
    if crash.type != "RecursionError" or not crash.function:
        return None
    own = crash.function.rpartition(".")[2]
    if re.search(rf"(?<![\w.]){re.escape(own)}\(", crash.line):
        return (
            f"`{own}` calls itself on this line, and that call calls itself again, without end. "
            f"Is another function meant, or should it answer by itself here?"
        )
    return None


_KNOWN = (
    _bits, _one_yes_or_no, _not_called, _texts, _sizes, _axis, _in_place, _kronecker, _one_number,
    _keyword, _square_brackets,
    _called, _value_for_place, _loop_over_number, _list_for_array, _not_an_arrays, _numpys,
    _appended, _itself,
)  # fmt: skip
