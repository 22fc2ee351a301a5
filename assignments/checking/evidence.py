"""What the checks in tests/ lean on: call a student's function, and put a finding in words."""

import copy
import inspect
import sys
from importlib.machinery import SourceFileLoader

import numpy as np

from checking.calls import LAST, Example, Finding, Misshapen, call, give_none, run, same
from checking.saying import say
from checking.shapes import read_array, read_arrays, shape_of
from checking.showing import FOLDER, describe_call, name_of

__all__ = [
    "ABSOLUTE",
    "FOLDER",
    "STEP",
    "WIGGLED",
    "Example",
    "Finding",
    "agree",
    "all_agree",
    "array",
    "arrays",
    "beside",
    "can_compare",
    "checks_of",
    "is_case",
    "leaves_alone",
    "passes_its_checks",
    "trained",
]  # fmt: skip


class _StandIn:
    """Stand in for Otter's decorator ``test_case`` where Otter doesn't run the tests."""

    def __init__(self, name):
        self.name = name

    def __call__(self, test_function):
        self.test_function = test_function
        return self

    def call_func(self, environment):
        """Call the test with the functions that its parameters name."""
        code = self.test_function.__code__
        names = code.co_varnames[: code.co_argcount]
        self.test_function(**{name: environment.get(name) for name in names})


def __getattr__(name):
    """Give Otter's ``test_case`` where Otter is at work; to import Otter takes a second."""
    if name != "test_case":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if "otter" not in sys.modules:
        return _StandIn
    from otter.test_files import test_case

    return test_case


def is_case(value):
    """Tell whether something in a test file is a test case, whoever's."""
    return hasattr(value, "call_func") and not isinstance(value, type)


# As strict as the graded tests, which compare within these limits too.
RELATIVE, ABSOLUTE = 1e-5, 1e-7
# A wiggle is an estimate; with this step it is good to WIGGLED even in single precision.
STEP, WIGGLED = 1e-3, 2e-3


def array(function, *arguments, shape, each=""):
    """Call a function that returns one array, and hold it to its shape.

    `each` says what its entries stand for: "one for each column".
    """
    value = call(function, *arguments)
    if fits(value, shape):
        return value.astype(float)
    return read_array(value, describe_call(function, arguments), shape, function, each)


def fits(value, shape):
    """Tell whether a value is an array of numbers of some shape, as most are."""
    return type(value) is np.ndarray and value.shape == shape and value.dtype.kind in "biuf"


def arrays(function, *arguments, shapes, each="", entry=""):
    """Call a function that returns a list of arrays, and hold them to their shapes.

    `each` says what the list holds, `entry` what each of its arrays does.
    """
    value = call(function, *arguments)
    if type(value) is list and len(value) == len(shapes) and all(map(fits, value, shapes)):
        return [array.astype(float) for array in value]
    return read_arrays(value, describe_call(function, arguments), shapes, function, each, entry)


def trained(train, weights, inputs, targets, learning_rate, epochs):
    """Call `train`, and read its two values: the weights and the losses."""
    arguments = (weights, inputs, targets, learning_rate, epochs)
    what = describe_call(train, arguments)
    value = call(train, *arguments)
    if value is None:
        raise give_none(what, train)
    try:
        learned, losses = value
    except (TypeError, ValueError):
        raise Misshapen(say("call.two_values", call=what)) from None
    shapes = [W.shape for W in weights]
    if isinstance(value, list) and list(map(shape_of, value)) == shapes:
        raise Misshapen(say(f"call.{weights_alone(train)}", call=what))
    each = epochs * len(inputs)
    if epochs < each and shape_of(losses) == (each,):
        from checking.left_out import filled_in_inner_loop

        if line := filled_in_inner_loop(train):
            told = say("call.loss_of_each_example", call=what, count=each)
            raise Misshapen(f"{told} {line}")
    return (
        read_arrays(learned, say("call.weights_of", call=what), shapes, train),
        read_array(
            losses,
            say("call.losses_of", call=what),
            (epochs,),
            train,
            say("call.one_for_each_epoch"),
        ),
    )


def weights_alone(train):
    """Tell what is said of a training that gives no losses, by whether it measures any."""
    measures = any("loss" in name or "cost" in name for name in train.__code__.co_varnames)
    return "weights_alone" if measures else "weights_alone_so_far"


class Waiting(Finding):
    """A comparison with another of the student's functions, which has to be right first."""


def can_compare(function, name, waits=True):
    """Tell whether another of the student's functions is there to be compared with.

    Raises
    ------
    Waiting
        If it is there, but doesn't pass its own checks, and this check waits for it.
    """
    if function is None:
        return False
    right = passes_its_checks(function, name)
    if not right and waits:
        raise Waiting(say("check.waits_for", function=name))
    return right


#: By name: a function, and whether it passes all checks of its own. Many others ask.
KNOWN = {}


def passes_its_checks(function, name):
    """Tell whether one of the student's functions passes all checks of its own."""
    known, passes = KNOWN.get(name, (None, False))
    if function is None or known is not function:
        passes = find_whether_it_passes(function, name)
        KNOWN[name] = function, passes
    return passes


def checks_of(name):
    """Run the file with the checks of a function, and give what it holds, by name.

    It is kept compiled, as what is imported is: to compile all of them takes long.
    """
    path = str(checks_file(name))
    there = {"__name__": name, "__file__": path}
    exec(SourceFileLoader(name, path).get_code(name), there)
    return dict(there)  # a warning, while they run, puts something into the other


def checks_file(name):
    return FOLDER / "tests" / f"{name}.py"


def find_whether_it_passes(function, name):
    last = list(LAST)
    if not checks_file(name).is_file():
        return True  # it was handed out ready-made
    try:
        for case in list(checks_of(name).values()):  # a warning leaves a name there
            if is_case(case):
                case.call_func({name: function})
    except Finding:
        return False
    finally:
        LAST[:] = last
    return True


def agree(found, expected, claim, within=ABSOLUTE, other="", kind=Finding):
    """Raise the claim where two arrays of one shape differ.

    With the first entry where they do, and what the numbers that differ have in common.
    """
    found, expected = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    wrong = ~np.isclose(found, expected, rtol=RELATIVE, atol=within)
    if wrong.any():
        function = LAST[0] if LAST else None  # another is called before this is asked for
        raise kind(lambda: f"{claim}\n{compare(found, expected, wrong, within, other, function)}")


def compare(found, expected, wrong, within, other, function):
    """Write the first numbers that differ, and what all that do have in common."""
    from checking.patterns import describe

    index = tuple(int(i) for i in np.argwhere(wrong)[0])
    pattern = describe(found, expected, within, function)
    numbers = beside(list(index), found[index], f"{expected[index] + 0.0:.6g}", other)
    return "\n".join(filter(None, (numbers, pattern)))


def beside(place, found, expected, other=""):
    """Write a wrong number beside the one that it should be, on a line of its own."""
    yours = f"{found + 0.0:.6g}"  # + 0.0: no -0
    other = other or say("check.should_be")
    told = say("check.yours", yours=yours, other=other, expected=expected)
    return f"    {say('check.at', place=place, told=told) if place else told}"


def all_agree(found, expected, claim, within=ABSOLUTE, other="", kind=Finding):
    """Do the same for two lists of arrays."""
    for i, (f, e) in enumerate(zip(found, expected, strict=True)):
        agree(f, e, f"{claim}\n    {say('check.in_entry', place=i)}", within, other, kind)


def leaves_alone(function, *arguments):
    """Hold a function to leaving its arguments as they are."""
    given = copy.deepcopy(arguments)
    if run(function, given) is None:  # whoever does nothing changes nothing: that is no merit
        raise give_none(describe_call(function, arguments), function)
    names = inspect.signature(function).parameters
    for name, before, after in zip(names, arguments, given, strict=False):
        if not same(before, after):
            kind = "list" if isinstance(before, list) else "array"
            from checking.changed import how_changed  # which only this needs

            told = say("call.changes", function=name_of(function), argument=name)
            raise Finding(f"{told} {how_changed(function, name, kind)}")
