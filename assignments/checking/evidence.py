"""What the checks in tests/ lean on: call a student's function, and put a finding in words."""

import copy
import inspect
import runpy
import traceback
import warnings
from pathlib import Path

import numpy as np

try:
    from otter.test_files import test_case
except ImportError:

    class test_case:
        """Stand in for Otter's decorator of the same name where otter-grader isn't installed."""

        def __init__(self, name):
            self.name = name

        def __call__(self, test_function):
            self.test_function = test_function
            return self

        def call_func(self, environment):
            """Call the test with the functions that its parameters name."""
            names = inspect.signature(self.test_function).parameters
            self.test_function(**{name: environment.get(name) for name in names})


FOLDER = Path(__file__).resolve().parent.parent
OURS = {"check.py", "demo.py", "wiggle.py"}

# As strict as the graded tests, which compare within these limits too.
RELATIVE, ABSOLUTE = 1e-5, 1e-7
# A wiggle is an estimate; with this step it is good to WIGGLED even in single precision.
STEP, WIGGLED = 1e-3, 2e-3


class Finding(Exception):
    """Something that isn't right yet, in words for the student."""


def call(function, *arguments):
    """Call a student's function on copies of the arguments, and return its value as it is."""
    return run(function, copy.deepcopy(arguments))


def run(function, arguments):
    """Call a student's function, and say in a finding how it crashed if it did."""
    if function is None:
        raise Finding("This function is missing. Keep the name that it has in the stub.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(*arguments)
    except NotImplementedError as error:
        raise Finding(explain_unwritten(function, error)) from None
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: exit() mustn't end the check
        what = describe_call(function, arguments)
        raise Finding(f"{what} stops with an error:\n{describe_crash(error)}") from None


def array(function, *arguments, shape):
    """Call a function that returns one array, and hold it to its shape."""
    what = describe_call(function, arguments)
    return read_array(call(function, *arguments), what, shape)


def arrays(function, *arguments, shapes):
    """Call a function that returns a list of arrays, and hold them to their shapes."""
    what = describe_call(function, arguments)
    return read_arrays(call(function, *arguments), what, shapes)


def trained(train, weights, inputs, targets, learning_rate, epochs):
    """Call `train`, and read its two values: the weights and the losses."""
    arguments = (weights, inputs, targets, learning_rate, epochs)
    what = describe_call(train, arguments)
    value = call(train, *arguments)
    try:
        learned, losses = value
    except (TypeError, ValueError):
        raise Finding(f"{what} should give two values: `return weights, losses`.") from None
    shapes = [W.shape for W in weights]
    return (
        read_arrays(learned, f"weights of {what}", shapes),
        read_array(losses, f"losses of {what}", (epochs,)),
    )


class Waiting(Finding):
    """A comparison with another of the student's functions, which has to be right first."""


def can_compare(function, name):
    """Tell whether another of the student's functions is there to be compared with.

    Raises
    ------
    Waiting
        If it is there, but doesn't pass its own checks.
    """
    if function is not None and not passes_its_checks(function, name):
        raise Waiting(f"waits for your {name}, which isn't right yet")
    return function is not None


def passes_its_checks(function, name):
    """Tell whether one of the student's functions passes all checks of its own."""
    try:
        for case in runpy.run_path(str(FOLDER / "tests" / f"{name}.py")).values():
            if isinstance(case, test_case):
                case.call_func({name: function})
    except Finding:
        return False
    return True


def agree(found, expected, claim, within=ABSOLUTE, other="should be"):
    """Raise the claim, with the first entry where two arrays of one shape differ."""
    expected = np.asarray(expected, dtype=float)
    wrong = ~np.isclose(found, expected, rtol=RELATIVE, atol=within)
    if wrong.any():
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        entry = f"at {list(index)}: " if index else ""
        raise Finding(
            f"{claim}\n    {entry}yours {found[index]:.6g}, {other} {expected[index]:.6g}"
        )


def all_agree(found, expected, claim, within=ABSOLUTE, other="should be"):
    """Do the same for two lists of arrays."""
    for i, (f, e) in enumerate(zip(found, expected, strict=True)):
        agree(f, e, f"{claim}\n    in entry [{i}] of the list", within, other)


def leaves_alone(function, *arguments):
    """Hold a function to leaving its arguments as they are."""
    given = copy.deepcopy(arguments)
    run(function, given)
    names = inspect.signature(function).parameters
    for name, before, after in zip(names, arguments, given, strict=False):
        if not same(before, after):
            raise Finding(
                f"{name_of(function)} changes its argument `{name}`, which belongs to the caller. "
                "`a += b` and `a[i] = b` change an array in place: do that to a copy, np.array(a)."
            )


def same(before, after):
    """Tell whether two arguments, arrays or lists of arrays, hold the same."""
    if isinstance(before, list):
        return len(before) == len(after) and all(map(same, before, after))
    return np.array_equal(before, after)


def read_array(value, what, shape):
    """Read as numbers what a student's function returned."""
    if value is None:
        raise Finding(f"{what} gives None. Does the function end in a line `return ...`?")
    try:
        found = np.asarray(value)
    except ValueError:
        raise Finding(f"{what} gives parts of different lengths, not one array.") from None
    if found.dtype.kind not in "biuf":
        raise Finding(f"{what} gives {shorten(repr(value))}; it should be an array of numbers.")
    if found.shape != shape:
        raise Finding(f"{what} has the shape {found.shape}; it should have {shape}.")
    return found.astype(float)


def read_arrays(value, what, shapes):
    """Read as a list of arrays what a student's function returned."""
    if value is None:
        raise Finding(f"{what} gives None. Does the function end in a line `return ...`?")
    if not isinstance(value, (list, tuple, np.ndarray)) or getattr(value, "ndim", 1) == 0:
        raise Finding(f"{what} gives {shorten(repr(value))}; it should be a list of arrays.")
    if len(value) != len(shapes):
        raise Finding(f"{what} has {len(value)} entries; it should have {len(shapes)}.")
    return [
        read_array(entry, f"Entry [{i}] of {what}", shape)
        for i, (entry, shape) in enumerate(zip(value, shapes, strict=True))
    ]


def explain_unwritten(function, error):
    """Say which function still holds the stub's line."""
    frames = their_frames(error)
    culprit = frames[-1].name if frames else name_of(function)
    if culprit == name_of(function):
        return f"{culprit} still has the line `raise NotImplementedError(...)`: replace it."
    return f"{name_of(function)} uses {culprit}, which isn't written yet: write {culprit} first."


def describe_crash(error):
    """Show a crash by the student's own lines and Python's message, without our lines."""
    if isinstance(error, SyntaxError):
        message = f"{type(error).__name__}: {error.msg}"
    elif isinstance(error, SystemExit):
        message = "exit() and quit() end the whole program; leave a function with `return`."
    else:
        message = f"{type(error).__name__}: {shorten(str(error), 300)}"
    return f"{describe_place(error)}    {message}"


def describe_place(error):
    """Show the student's line where an error began, and the one where it ended."""
    lines = [
        f"    {file}, line {number}:  {(code or '').strip()}\n"
        for file, number, code in find_places(error)
    ]
    return "".join(dict.fromkeys(lines[:1] + lines[-1:]))  # one line where both are the same


def find_places(error):
    """Give the student's lines on the way to an error: file, line number, text."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        places = [(error.filename, error.lineno, error.text)]
    else:
        places = [(frame.filename, frame.lineno, frame.line) for frame in their_frames(error)]
    return [(Path(file).name, number, code) for file, number, code in places]


def their_frames(error):
    """Give the lines of a traceback that stand in the student's own files or notebook."""
    return [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if (Path(frame.filename).parent == FOLDER and Path(frame.filename).name not in OURS)
        or "ipykernel" in Path(frame.filename).parent.name
    ]


def describe_call(function, arguments):
    """Write a call as the student would type it, if that is short enough to be read."""
    text = f"{name_of(function)}({', '.join(map(show, arguments))})"
    return text if len(text) <= 72 else f"{name_of(function)}(...)"


def show(value):
    if isinstance(value, (list, tuple, np.ndarray)):
        return f"[{', '.join(map(show, value))}]"
    return f"{value:.6g}"


def name_of(function):
    return getattr(function, "__name__", "your function")


def shorten(text, limit=80):
    return text if len(text) <= limit else f"{text[:limit]} ..."
