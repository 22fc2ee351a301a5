"""Explain an exception from its type, the student's own line and the shapes of that call.

The exception's own text is never shown: on a hidden case it could hold the hidden input. What is
shown is the type, words of ours, small sizes, and what stands in the student's own source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from autograder.assignment.exercise import Exercise
from autograder.diagnosis.crash_arrays import (
    GIVE_NONE,
    NOT_WHOLE,
    index_cause,
    lines_before,
    named_shapes,
    reads,
    shape_cause,
    unnamed_shapes,
)
from autograder.diagnosis.lines import source_lines
from autograder.sandbox.outcome import Raised

TRY_OUT = "put what only tries things out under `if __name__ == '__main__':`, which is not run here"

#: Exceptions that the shapes on their line can explain.
_SHAPES_TELL = ("ValueError", "TypeError", "IndexError", "AxisError", "LinAlgError")

_LISTS = re.compile(
    r"(operand|not supported between).*'(list|tuple)'|sequence by non-int|concatenate (list|tuple)"
)

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


#: What a right function says that was put in the place of a student's: see ``right_answers``.
_REFUSED = re.compile(r"(\w+): ([a-z', ]+ (?:is wanted here|do not fit)[\w\[\]()?,.: ]*)")


#: What stands in the place of a function that could not be imported says this when it is called.
_ABSENT = re.compile(
    r"(\w+): (\w+\.py (?:was not handed in|has no such function|stopped with \w+ before it"
    r"|could not be imported: it (?:took too long|is too large|ended the whole program)))"
)


def _refused(raised: Raised, exercises: Mapping[str, Exercise]) -> str | None:
    """What a right function was called with that it does not take, if that stops it."""
    found = _REFUSED.fullmatch(raised.message) if raised.type == "ValueError" else None
    if not found or found[1] not in exercises:
        return None
    return f"calls `{found[1]}` with what it does not take: {found[2]}"


def explain_exception(
    raised: Raised, sources: Mapping[str, bytes], exercises: Mapping[str, Exercise]
) -> str:
    """A few sentences on what went wrong and where, without the exception's own text.

    Parameters
    ----------
    raised : Raised
    sources : mapping of str to bytes
        The student's files.
    exercises : mapping of str to Exercise
        The functions of the assignment.
    """
    line = source_line(raised, sources)
    where = f"Line {raised.line} of {raised.file}" if raised.line and raised.file else "It"
    quoted = f" (`{line}`)" if line else ""
    if refused := _refused(raised, exercises):
        return f"{where}{quoted} {refused}."
    stops = f"{where}{quoted} stops with {raised.type}"
    if nothing := _none_cause(raised, line or ""):
        return f"{stops}: {nothing}."
    cause = _cause(raised, line, sources, exercises)
    end = "" if cause.endswith("?") else "."
    return f"{stops}: {cause}{end}{_shapes(raised, line or '')}"


def source_line(raised: Raised, sources: Mapping[str, bytes]) -> str | None:
    """The student's line, if it is theirs and short enough to be quoted."""
    lines = _lines(raised, sources)
    if not lines:
        return None
    text = "".join(c for c in lines[-1].strip() if c.isprintable()).replace("`", "'")
    return text if 0 < len(text) <= 100 else None


def _lines(raised: Raised, sources: Mapping[str, bytes]) -> list[str]:
    """The student's file up to the line of the exception; empty if it is not in the file."""
    source = sources.get(raised.file or "")
    if source is None or not raised.line:
        return []
    lines = source_lines(source)
    return lines[: raised.line] if 0 < raised.line <= len(lines) else []


def _none_cause(raised: Raised, line: str) -> str | None:
    """Name the variable that holds None, where that is what the exception is about."""
    text = raised.message.lower()
    is_none = "nonetype" in text
    no_array = raised.type == "ValueError" and ("1- or 2-d" in text or "enough dimensions" in text)
    if raised.type not in ("TypeError", "AttributeError", "ValueError"):
        return None
    names = [
        name
        for name, shape in raised.shapes.items()
        if shape == "NoneType" and _word(name, reads(line))
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


def _cause(
    raised: Raised,
    line: str | None,
    sources: Mapping[str, bytes],
    exercises: Mapping[str, Exercise],
) -> str:
    if line and line.startswith("raise ") and raised.type not in _BY_TYPE and raised.function:
        return (
            "your own `raise` stops it here. The tests call each function as its docstring says, "
            "so ask how the code gets to this line"
        )
    if cause := shape_cause(raised, line or ""):
        return cause
    if raised.type == "IndexError":
        lines = _lines(raised, sources)
        before = lines_before(lines, len(lines)) if lines else []
        return index_cause(raised, line or "", before, _exercises_of(raised, exercises))
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
    if raised.type == "AttributeError" and "module 'numpy' has no attribute" in raised.message:
        return _not_in_numpy(raised.message.partition("no attribute '")[2].partition("'")[0])
    if raised.type == "AttributeError" and raised.name and line and _word(raised.name, line):
        return (
            f"what stands before the dot has no `{raised.name}`. Check the spelling, and which "
            f"kind of value it is: a list and an array can do different things, and some functions "
            f"live one level deeper in NumPy"
        )
    if raised.type == "ImportError" and (absent := _ABSENT.fullmatch(raised.message)):
        return f"`{absent[1]}` is not there to be called: {absent[2]}"
    if raised.type == "ModuleNotFoundError" and raised.name and line and _word(raised.name, line):
        return (
            f"`{raised.name}` is not installed where your file is graded, only NumPy and what "
            f"comes with Python. Do without it, or {TRY_OUT}"
        )
    if raised.type == "LinAlgError" and "dimension" in raised.message:
        return "np.linalg.inv and its like need a matrix. Propagation needs no inverse at all"
    if raised.type == "TypeError":
        return _type_error(raised, line or "")
    if raised.type == "ValueError":
        return _value_error(raised)
    return _BY_TYPE.get(raised.type, "that is an error that the function should not end in")


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


def _exercises_of(raised: Raised, exercises: Mapping[str, Exercise]) -> list[Exercise]:
    """The function that the line stands in; of a helper's line, all that its file is for."""
    if raised.function is not None and raised.function in exercises:
        return [exercises[raised.function]]
    return [exercise for exercise in exercises.values() if exercise.file == raised.file]


def _value_error(raised: Raised) -> str:
    text = raised.message.lower()
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


def _type_error(raised: Raised, line: str) -> str:
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
        return (
            "it calculates with a kind of value that cannot be used so (text or None, say). Print "
            "what stands on both sides"
        )
    if "as a data type" in text:
        return (
            "the second argument here is taken for a type of number. A shape is one argument, so "
            "the sizes of a matrix stand in parentheses of their own: `((n, m))`"
        )
    if line.startswith("for ") and "range(" in line and "scalar" in text:
        return (
            "range takes a single whole number, such as a length, and gets a whole array. Ask how "
            "often the loop should run"
        )
    if "only length-1" in text or "scalar" in text or "0-dimensional" in text:
        return (
            "a single number is needed where a whole array is given. The functions of the math "
            "module take one number; NumPy's (np.exp, np.sqrt) take arrays"
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


def _word(name: str, line: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) is not None


def _shapes(raised: Raised, line: str) -> str:
    """The shapes of what the line reads, unless others or none are to be told."""
    if raised.type not in _SHAPES_TELL or unnamed_shapes(raised, line):
        return ""
    if "list assignment" in raised.message:
        return ""
    shown = [
        f"`{name}` has shape {shape}"
        for name, shape in named_shapes(raised, line).items()
        if shape != (0,) or raised.type == "ValueError"
    ]
    return f" In that call {' and '.join(shown[:3])}." if shown else ""
