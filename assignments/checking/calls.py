"""Call a student's function, and keep what that shows of how it works."""

import copy
import functools
import inspect
import warnings

import numpy as np

from checking.saying import say
from checking.showing import (
    describe_call,
    describe_place,
    explain_none,
    name_of,
    read_function,
    return_in_loop,
    their_frames,
    written,
)


class Finding(Exception):
    """Something that isn't right yet, in words for the student, or what gives them when asked."""

    rank = 2  # of several, the one with the lowest is shown

    def __str__(self):
        (words,) = self.args
        return words() if callable(words) else words


class Stopped(Finding):
    """A crash."""

    rank = 1
    error = None

    @property
    def frames(self):
        """The student's own lines on the way to it."""
        return their_frames(self.error) if self.error else []

    @property
    def briefly(self):
        """The words without Python's own message."""
        return self.args[0](with_message=False) if self.error else str(self)

    @property
    def fact(self):
        """What doesn't fit, without a guess why."""
        return self.args[0](with_message=False, with_guess=False) if self.error else str(self)

    @property
    def place(self):
        """The call and the line alone."""
        return self.args[0](with_reason=False) if self.error else str(self)


class Misshapen(Finding):
    """A value of another kind or shape than it should be; then, if there is one, a guess why."""

    rank = 1

    def __str__(self):
        return " ".join(filter(None, self.told()))

    @property
    def briefly(self):
        """The words without the guess."""
        return self.told()[0]

    def told(self):
        words = self.args[0]() if callable(self.args[0]) else self.args
        return (words,) if isinstance(words, str) else words


class Example(Finding):
    """Another value than the docstring says, which tells least of what is the matter."""

    rank = 3


class Clue(Finding):
    """What a call shows of how the function works, whatever it gives."""


# The last call: function, arguments, value (a list copied), value as it is, arguments after it.
LAST = []


def call(function, *arguments):
    """Call a student's function on copies of the arguments, and return its value as it is."""
    given = copy.deepcopy(arguments)
    value = run(function, given)
    first = list(value) if isinstance(value, list) else value  # the same list may grow later
    LAST[:] = [function, arguments, first, value, given]
    return value


def run(function, arguments):
    """Call a student's function, and say in a finding how it crashed if it did."""
    if function is None:
        raise Stopped(say("call.missing"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(*arguments)
    except NotImplementedError as error:
        raise Stopped(explain_unwritten(function, error)) from None
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: exit() mustn't end the check
        stopped = Stopped(functools.partial(explain_stop, function, arguments, error))
        stopped.error = error
        raise stopped from None


def explain_stop(function, arguments, error, with_message=True, with_reason=True, with_guess=True):
    """Say at which call, where and why a function stops."""
    from checking.crashed import describe_crash  # which takes long to load

    crash = describe_place(error)
    if with_reason:
        crash = describe_crash(error, with_message, with_guess)
    return say("call.stops", call=describe_call(function, arguments), crash=crash.rstrip("\n"))


def explain_unwritten(function, error):
    """Say which function still holds the stub's line."""
    frames = their_frames(error)
    culprit = frames[-1].name if frames else name_of(function)
    if culprit == name_of(function):
        return say_what_raises(function, frames[-1].lineno if frames else 0)
    return say("call.uses_unwritten", function=name_of(function), culprit=culprit)


def say_what_raises(function, line):
    """Say what to do with the stub's line, by what stands above and below it."""
    node = read_function(function)
    lines = [one.lineno for one in node.body[1:]] if node else []
    if line and any(one > line for one in lines):
        return say("call.raises_above", culprit=name_of(function), line=line)
    if line and any(one < line for one in lines):
        return say("call.raises_below", culprit=name_of(function), line=line)
    return say("call.unwritten", culprit=name_of(function))


def same(before, after):
    """Tell whether two arguments, arrays or lists of arrays, hold the same."""
    if isinstance(before, list):
        return len(before) == len(after) and all(map(same, before, after))
    return np.array_equal(before, after)


# --- what the last call shows ---


def clue(name):
    """Say what a function's last call shows of how it works; None if there is nothing."""
    if not LAST or name_of(LAST[0]) != name:
        return None
    return other_than_before() or one_row_repeated() or rows_left_at_zero()


def other_than_before():
    """Say that the last call, made once more, gives something else; None if it doesn't."""
    if not LAST:
        return None
    function, arguments, first, raw, _ = LAST
    what = describe_call(function, arguments)
    kept = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is raw and isinstance(raw, (list, dict))
    ]
    if kept:
        return say("call.own_default", name=kept[0])
    try:
        second = run(function, copy.deepcopy(arguments))
        if written(first, None) == written(second, None):
            return None
    except Exception:
        return None
    return say("call.another_answer", call=what)


def one_row_repeated():
    """Say that the rows of the last value are one and the same list; None if they aren't."""
    value = LAST[3] if LAST else None
    rows = value if isinstance(value, list) and len(value) > 1 else [None]
    if isinstance(rows[0], (list, np.ndarray)) and all(row is rows[0] for row in rows):
        return say("call.same_rows")
    return None


def argument_that_is(value):
    """Give the name of the argument of the last call that a value is, if it is one."""
    if not LAST:
        return None
    names = inspect.signature(LAST[0]).parameters
    for name, argument in zip(names, LAST[1], strict=False):
        if isinstance(argument, np.ndarray) and np.array_equal(argument, value):
            return name
    return None


def rows_left_at_zero():
    """Say that only the first row of the last value is filled, by a `return` inside the loop."""
    value = LAST[3] if LAST else None
    if (
        not isinstance(value, np.ndarray)
        or value.ndim not in (1, 2)
        or len(value) < 2
        or value[1:].any()
        or not value[0].any()
    ):
        return None
    if line := return_in_loop(LAST[0]):
        if value.ndim == 2:
            return say("call.first_row_alone", line=line)
        return say("call.first_entry_alone", line=line)
    return None


def give_none(what, function):
    """Make the finding about a function that gives None."""
    told = say("call.none", call=what, why=explain_none(function))
    if LAST and LAST[0] is function and not all(map(same, LAST[1], LAST[4])):
        told += f" {say('call.stands_in_argument')}"
    return Misshapen(told)
