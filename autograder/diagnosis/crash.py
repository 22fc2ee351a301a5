"""Explain an exception from its type, the student's own line and the shapes of that call.

The exception's own text is never shown: on a hidden case it could hold the hidden input. What is
shown is the type, words of ours, and what stands in the student's own source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from autograder.contract import QUESTIONS
from autograder.sandbox.outcome import Raised

#: A size that a student's code makes from an input would tell that input; these tell nothing.
LARGEST_SHOWN = 64

TRY_OUT = "put what only tries things out under `if __name__ == '__main__':`, which is not run here"

_SHAPE_TEXTS = (
    "shapes", "operands could not be broadcast", "mismatch", "not aligned", "broadcast",
    "dimension", "setting an array element with a sequence", "inhomogeneous",
)  # fmt: skip

_LISTS = re.compile(
    r"(operand|not supported between).*'(list|tuple)'|sequence by non-int|concatenate (list|tuple)"
)

_BY_TYPE = {
    "IndexError": (
        "it asks for an entry that does not exist: an index is too large for the array or list, "
        "or the array has fewer dimensions than the index. Lists start at 0, and a network has "
        "one more activation than it has layers, weights or errors"
    ),
    "AxisError": (
        "it names an axis that the array does not have. A vector here is one-dimensional, so its "
        "only axis is 0 (you can leave axis and keepdims out)"
    ),
    "ZeroDivisionError": "it divides by zero",
    "FloatingPointError": "a number became too large or was divided by zero",
    "OverflowError": "a number became too large: exp overflows for inputs above about 709",
    "RecursionError": "it calls itself without end",
    "KeyError": "it looks up a key that is not in the dictionary",
    "AttributeError": "it asks a value for something that this kind of value does not have",
    "UnboundLocalError": "it uses a variable before that variable has got a value",
    "NotImplementedError": "it is not written yet: the line raises NotImplementedError",
    "AssertionError": "one of your own assert lines does not hold for this input",
    "SystemExit": "it ends the whole program (exit or quit); a function should return instead",
    "KeyboardInterrupt": "it interrupts the program; a function should return instead",
    "EOFError": "it waits for keyboard input; the grader has none. Use the arguments instead, and "
    + TRY_OUT,
    "MemoryError": "it needs more memory than it may have",
    "StopIteration": "it asks an iterator for more than it has",
    "LinAlgError": (
        "it inverts or solves a matrix that has no inverse. Propagation needs no inverse at all"
    ),
    "PermissionError": "it reads or writes something outside its arguments, which is not allowed",
    "FileNotFoundError": "it opens a file that is not there; the arguments hold all that you need",
    "ModuleNotFoundError": "it imports a module that is not there; NumPy and Python's own are",
    "ImportError": "it imports something that is not there",
    "UFuncOutputCastingError": "it stores decimals into an array of whole numbers in place. "
    "NumPy cannot turn floats into ints there: make a new array of floats",
    "_UFuncOutputCastingError": "it stores decimals into an array of whole numbers in place. "
    "NumPy cannot turn floats into ints there: make a new array of floats",
}


def explain_exception(raised: Raised, sources: Mapping[str, bytes]) -> str:
    """One or two sentences on what went wrong and where, without the exception's own text."""
    line = source_line(raised, sources)
    where = f"Line {raised.line} of {raised.file}" if raised.line and raised.file else "It"
    quoted = f" (`{line}`)" if line else ""
    return (
        f"{where}{quoted} stops with {raised.type}: {_cause(raised, line)}.{_shapes(raised, line)}"
    )


def source_line(raised: Raised, sources: Mapping[str, bytes]) -> str | None:
    """The student's line, if it is theirs and short enough to be quoted."""
    source = sources.get(raised.file or "")
    if source is None or not raised.line:
        return None
    lines = source.decode("utf-8-sig", "replace").splitlines()
    if not 0 < raised.line <= len(lines):
        return None
    text = "".join(c for c in lines[raised.line - 1].strip() if c.isprintable()).replace("`", "'")
    return text if 0 < len(text) <= 100 else None


def is_shape_error(raised: Raised) -> bool:
    """Whether arrays met whose shapes do not fit."""
    text = raised.message.lower()
    return raised.type == "ValueError" and any(part in text for part in _SHAPE_TEXTS)


def _needs_dimensions(raised: Raised) -> bool:
    text = raised.message.lower()
    return "dimension" in text and not any(
        part in text for part in ("mismatch", "align", "broadcast", "operand", "match")
    )


def _cause(raised: Raised, line: str | None) -> str:
    if is_shape_error(raised) and _needs_dimensions(raised):
        return (
            "the array has not as many dimensions as this call needs. A vector has one dimension, "
            "a matrix two (np.diag makes a matrix of a vector, np.diagonal reads one out)"
        )
    if is_shape_error(raised):
        return (
            "the shapes of two arrays do not fit (a mismatch of sizes). In `a @ b` the last size "
            "of a must equal the first size of b: print both shapes just before this line, and "
            "ask which side each belongs on"
        )
    if raised.type == "ValueError" and "truth value" in raised.message:
        return (
            "`if` needs one yes or no, and so do Python's `and`, `max` and `min`; but comparing a "
            "whole array gives one answer for each entry. Go through the entries in a loop, or "
            "use np.where"
        )
    if raised.type in ("ValueError", "TypeError") and "unpack" in raised.message:
        return (
            "it unpacks a value into more or fewer names than there is in it. `for a, b in ...` "
            "needs pairs: zip goes through two lists together, enumerate counts along"
        )
    if raised.type == "NameError" and raised.name and line and _word(raised.name, line):
        return (
            f"nothing is called `{raised.name}` here. Check the spelling, and whether it is "
            f"defined or imported"
        )
    if raised.type == "AttributeError" and raised.name and line and _word(raised.name, line):
        return (
            f"what stands before the dot has no `{raised.name}`. Check the spelling, and which "
            f"kind of value it is: a list and an array can do different things, and some functions "
            f"live one level deeper in NumPy"
        )
    if raised.type == "ImportError" and raised.name in QUESTIONS:
        return f"it imports your own `{raised.name}.py`, which cannot be imported itself"
    if raised.type == "ModuleNotFoundError" and raised.name in QUESTIONS:
        return f"it imports your own `{raised.name}.py`, which was not handed in. Hand it in too"
    if raised.type == "ModuleNotFoundError" and raised.name and line and _word(raised.name, line):
        return (
            f"`{raised.name}` is not installed where your file is graded, only NumPy and what "
            f"comes with Python. Do without it, or {TRY_OUT}"
        )
    if raised.type == "TypeError":
        return _type_error(raised)
    if raised.type == "ValueError":
        return "a value has the right type but cannot be used like this"
    return _BY_TYPE.get(raised.type, "that is an error that the function should not end in")


def _type_error(raised: Raised) -> str:
    text = raised.message.lower()
    if "argument" in text and ("positional" in text or "keyword" in text):
        return (
            "the function does not take the arguments that it is called with. Compare its first "
            "line with the stub that was handed out"
        )
    if _LISTS.search(text) and "nonetype" not in text:
        return (
            "it calculates with a whole list, or compares one with a number. Only arrays can do "
            "that entry by entry: np.array makes one of a list of numbers, and through a list of "
            "arrays you go one by one"
        )
    if "unsupported operand" in text or "can't multiply" in text:
        return "it calculates with a kind of value that cannot be used so (text or None, say)"
    if "only length-1" in text or "scalar" in text or "0-dimensional" in text:
        return (
            "a single number is needed where a whole array is given. The functions of the math "
            "module take one number; NumPy's (np.exp, np.sqrt) take arrays"
        )
    if "cast" in text:
        return _BY_TYPE["UFuncOutputCastingError"]
    if "nonetype" in text:
        return "it uses the result of something that returned None (is a return missing?)"
    if "not callable" in text:
        return "it calls, with (...), something that is not a function"
    if "subscriptable" in text or "indexed" in text or "iterable" in text or "len()" in text:
        return "it takes an entry of, or loops over, something that is a single number or None"
    return "it uses a value of the wrong kind"


def _word(name: str, line: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) is not None


def _shapes(raised: Raised, line: str | None) -> str:
    """The shapes of the arrays that the line reads: small ones, which tell no values."""
    # What the line assigns to still holds what an earlier turn left in it.
    read = re.sub(r"^[\w, ]+=(?!=)", "", line or "")
    shown = [
        f"`{name}` has shape {tuple(shape)}"
        for name, shape in raised.shapes.items()
        if name in read
        and isinstance(shape, tuple | list)
        and shape
        and all(0 <= n <= 64 for n in shape)
    ]
    return f" In that call {' and '.join(shown[:3])}." if shown else ""
