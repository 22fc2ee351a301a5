"""Reasons for an exception, from its type, the student's own line and the shapes of that call.

One table for the grader and the hand-out's check. What a message says of values is never repeated:
on a hidden case it could hold the hidden input. It needs Python's own library alone: see
``reading``.
"""

from __future__ import annotations

import difflib
import re

from .crash_expressions import expression_cause
from .crash_shapes import (
    GIVE_NONE,
    NOT_WHOLE,
    index_cause,
    named_shapes,
    reads,
    shape_cause,
    unnamed_shapes,
)
from .crashes import Crash, has

TRY_OUT = "put what only tries things out under `if __name__ == '__main__':`, which is not run here"

#: Exceptions that the shapes on their line can explain.
_SHAPES_TELL = ("ValueError", "TypeError", "IndexError", "AxisError", "LinAlgError")

_BY_TYPE = {
    "AxisError": (
        "it names an axis that the array does not have. A vector here is one-dimensional, so its "
        "only axis is 0 (you can leave axis and keepdims out)"
    ),
    "ZeroDivisionError": "it divides by zero. Print the divisor just before this line",
    "FloatingPointError": "a number became too large or was divided by zero. Print what goes into "
    "this line",
    "OverflowError": "a number became too large: exp overflows for inputs above about 709. Print "
    "what goes into this line",
    "RecursionError": "it calls itself without end. Ask for which input it should answer without "
    "calling itself",
    "KeyError": "it looks up a key that is not in the dictionary. Print the keys just before this "
    "line",
    "AttributeError": "it asks a value for something that this kind of value does not have. Print "
    "its type just before this line",
    "UnboundLocalError": "it uses a variable before that variable has got a value. Find the line "
    "that gives it one, and ask why it was not reached",
    "NotImplementedError": "it is not written yet: the line raises NotImplementedError. Put your "
    "own code in its place",
    "AssertionError": "one of your own assert lines does not hold for this input. Print what it "
    "compares",
    "SystemExit": "it ends the whole program (exit or quit); a function should return instead",
    "KeyboardInterrupt": "it interrupts the program; a function should return instead",
    "EOFError": "it waits for keyboard input; the grader has none. Use the arguments instead, and "
    + TRY_OUT,
    "MemoryError": "it needs more memory than it may have. Print the shapes of what it makes",
    "StopIteration": "it asks an iterator for more than it has. A for loop stops by itself",
    "LinAlgError": (
        "it inverts or solves a matrix that has no inverse. Propagation needs no inverse at all"
    ),
    "PermissionError": "it reads or writes something outside its arguments, which is not allowed. "
    "Take what you need from the arguments",
    "FileNotFoundError": "it opens a file that is not there; the arguments hold all that you need",
    "ModuleNotFoundError": "it imports a module that is not there; NumPy and Python's own are",
    "ImportError": "it imports something that is not there. Check how both names are spelt",
    "UFuncOutputCastingError": "it stores decimals into an array of whole numbers in place. "
    "NumPy cannot turn floats into ints there: make a new array of floats",
    "_UFuncOutputCastingError": "it stores decimals into an array of whole numbers in place. "
    "NumPy cannot turn floats into ints there: make a new array of floats",
}


def reason(crash: Crash) -> str:
    """Say why, in words that go on after "stops with ...:", without an end.

    Parameters
    ----------
    crash : Crash

    Returns
    -------
    str
    """
    return _none_cause(crash) or _cause(crash)


def reads_none(crash: Crash) -> bool:
    """Tell whether the exception is about None."""
    return _none_cause(crash) is not None


def _none_cause(crash: Crash) -> str | None:
    """Name the variable that holds None, where that is what the exception is about."""
    text = crash.message.lower()
    is_none = "nonetype" in text
    no_array = crash.type == "ValueError" and ("1- or 2-d" in text or "enough dimensions" in text)
    if crash.type not in ("TypeError", "AttributeError", "ValueError"):
        return None
    names = [
        name
        for name, shape in crash.shapes.items()
        if shape == "NoneType" and has(name, reads(crash.line))
    ]
    if names and (is_none or no_array):
        return (
            f"`{names[0]}` is None there. Find where it got its value: a function that ends "
            f"without a `return` gives back None, and so do {GIVE_NONE}, which change something "
            f"in place"
        )
    if is_none:
        return (
            f"it uses what came back as None. A function that ends without a `return` gives back "
            f"None, and so do {GIVE_NONE}, which change something in place"
        )
    return None


def _cause(crash: Crash) -> str:
    if crash.line.startswith("raise ") and crash.type not in _BY_TYPE and crash.function:
        return (
            "your own `raise` stops it here. The tests call each function as its docstring says, "
            "so ask how the code gets to this line"
        )
    if cause := expression_cause(crash) or shape_cause(crash):
        return cause
    if crash.type == "IndexError":
        return index_cause(crash)
    if crash.type in ("ValueError", "TypeError") and "unpack" in crash.message:
        return (
            "it unpacks a value into more or fewer names than there is in it. `for a, b in ...` "
            "needs pairs: zip goes through two lists together, enumerate counts along"
        )
    if crash.type == "NameError" and crash.name and has(crash.name, crash.line):
        if near := difflib.get_close_matches(crash.name, crash.known, 1):
            return f"nothing is called `{crash.name}` here. Is `{near[0]}` meant?"
        return (
            f"nothing is called `{crash.name}` here. Check the spelling, and whether it is "
            f"defined or imported"
        )
    if crash.type == "AttributeError" and "module 'numpy' has no attribute" in crash.message:
        return _not_in_numpy(crash.message.partition("no attribute '")[2].partition("'")[0])
    if crash.type == "AttributeError" and crash.name and has(crash.name, crash.line):
        return (
            f"what stands before the dot has no `{crash.name}`. Check the spelling, and which "
            f"kind of value it is: a list and an array can do different things, and some functions "
            f"live one level deeper in NumPy"
        )
    if crash.type == "ModuleNotFoundError" and crash.name and has(crash.name, crash.line):
        return (
            f"`{crash.name}` is not installed where your file is graded, only NumPy and what "
            f"comes with Python. Do without it, or {TRY_OUT}"
        )
    if crash.type == "LinAlgError" and "dimension" in crash.message:
        return "np.linalg.inv and its like need a matrix. Propagation needs no inverse at all"
    if crash.type == "TypeError":
        return _type_error(crash)
    if crash.type == "ValueError":
        return _value_error(crash)
    return _BY_TYPE.get(crash.type, "that is an error that the function should not end in")


#: Names that NumPy had up to 1.23 for Python's own types.
_ONCE_IN_NUMPY = {
    **{name: name for name in ("float", "int", "bool", "complex", "object", "str")},
    "long": "int", "unicode": "str",
}  # fmt: skip


def _not_in_numpy(name: str) -> str:
    if name in _ONCE_IN_NUMPY:
        return (
            f"NumPy has no `np.{name}` any more (it went with 1.24). "
            f"Write `{_ONCE_IN_NUMPY[name]}`, which is the same"
        )
    if not name.isidentifier():
        return "NumPy has no function of that name. Check the spelling"
    return f"NumPy has no `np.{name}`. Check the spelling; some functions live one level deeper"


def _value_error(crash: Crash) -> str:
    text = crash.message.lower()
    if "negative integer power" in text:
        return (
            "NumPy raises whole numbers to no negative power. Floats it does: write the base with "
            "a point, such as 2.0"
        )
    if "empty sequence" in text or "zero-size" in text or "arg is an empty" in text:
        return "it asks for the largest, smallest or first of something that is empty"
    if "could not convert string" in text or "invalid literal" in text:
        return "it makes a number of a text that is none"
    if "math domain" in text or "expected a positive" in text or "expected a nonneg" in text:
        return "the math function on this line is not defined for the number that it gets"
    return (
        "what the call on this line gets is of the right type, but not such as it can work with. "
        "Print what goes into it, and its shape, just before this line"
    )


def _type_error(crash: Crash) -> str:
    text = crash.message.lower()
    if "missing" in text and "argument" in text:
        return _too_few_arguments(crash)
    if "argument" in text and ("positional" in text or "keyword" in text):
        return (
            "the function does not take the arguments that it is called with. Compare its first "
            "line with the stub that was handed out"
        )
    if "concatenate str" in text or "must be str" in text:
        return (
            "it adds a number to a text: what stands in quotes is a text, '' too. Results are "
            "collected in a list (append) or at the places of an array"
        )
    if "unsupported operand" in text or "can't multiply" in text:
        return (
            "it calculates with a kind of value that cannot be used so (text or None, say). Print "
            "what stands on both sides"
        )
    if "only length-1" in text or "scalar" in text or "0-dimensional" in text:
        return (
            "a single number is needed where a whole array is given. The functions of the math "
            "module take one number; NumPy's (np.exp, np.sqrt) take arrays"
        )
    if "__round__" in text:
        return (
            "Python's `round` takes one number, and gets a whole array. Is rounding asked for at "
            "all? np.round rounds each entry"
        )
    if "cast" in text:
        return _BY_TYPE["UFuncOutputCastingError"]
    if "list indices must be" in text or "tuple indices must be" in text:
        if "not tuple" in text:
            return (
                "a list takes one index at a time, `a[i][j]`; only an array takes `a[i, j]` "
                "(np.array makes one of a list of rows)"
            )
        return NOT_WHOLE
    if "interpreted as an integer" in text or "expected a sequence of integers" in text:
        return "a size or a count must be a whole number: `/` makes a float, `//` and len do not"
    if "not callable" in text:
        return (
            "it calls, with (...), something that is not a function. Is an entry meant? Those are "
            "taken with [...]"
        )
    if "subscriptable" in text or "indexed" in text or "iterable" in text or "len()" in text:
        return (
            "it takes an entry of, or loops over, something that is a single number or None. Print "
            "it just before this line"
        )
    return "it uses a value of the wrong kind. Print what goes into this line, and its type"


def _too_few_arguments(crash: Crash) -> str:
    """Whose call is short of arguments: the student's own, if it stands on the line."""
    called = re.match(r"(?:[\w.<>]*\.)?(\w+)\(\) missing", crash.message)
    if called and re.search(rf"(?<![\w.]){called[1]}\(", crash.line.partition("def ")[0]):
        return (
            f"`{called[1]}` gets fewer arguments here than it takes. Compare this call with the "
            f"first line of `{called[1]}`: what is not handed over?"
        )
    return (
        "the function takes more arguments than it is called with. Compare its first line with the "
        "stub that was handed out"
    )


def shapes_told(crash: Crash) -> str:
    """The shapes of what the line reads, unless others or none are to be told."""
    if crash.type not in _SHAPES_TELL or unnamed_shapes(crash):
        return ""
    if "list assignment" in crash.message:
        return ""
    shown = [
        f"`{name}` has shape {shape}"
        for name, shape in named_shapes(crash).items()
        if (shape != (0,) or crash.type == "ValueError")
        and not any(_holds(other, name) for other in crash.shapes)
    ]
    return f" In that call {' and '.join(shown[:3])}." if shown else ""


def _holds(longer: str, name: str) -> bool:
    """Tell whether an expression is made of a name: an entry, a transpose, an array of it."""
    return longer != name and has(name, longer)
