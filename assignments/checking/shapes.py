"""Read what a student's function returned, and say in words where its kind or shape is another."""

import functools
import math

import numpy as np

from checking.calls import Misshapen, argument_that_is, give_none, other_than_before
from checking.saying import say
from checking.showing import (
    added_up_in_loop,
    count,
    in_words,
    kept_in_loop,
    name_of,
    only_after_loop,
    return_in_loop,
    written,
)

DEEPEST = 8  # lists in lists


def read_array(value, what, shape, function=None, each=""):
    """Read as numbers what a student's function returned."""
    found = read_numbers(value, what, shape, function)
    if found.shape != shape:
        raise Misshapen(
            functools.partial(explain_shape, value, found.shape, what, shape, function, each)
        )
    return found.astype(float)


def read_numbers(value, what, shape, function):
    """Read anything as an array of numbers, which should have some shape."""
    wanted = in_words(shape)
    if value is None:
        raise give_none(what, function)
    refuse_endless(value, what)
    if callable(value):
        raise Misshapen(say("shape.function", call=what, function=name_of(value)))
    try:
        found = np.asarray(value)
    except ValueError:
        raise Misshapen(explain_ragged(value, what, shape)) from None
    if found.dtype.kind in "US" or (
        found.dtype.kind == "O" and any(isinstance(part, str) for part in found.ravel())
    ):
        raise Misshapen(say("shape.text", call=what, value=written(value)))
    if found.dtype.kind == "O" and any(part is None for part in found.ravel()):
        raise Misshapen(say("shape.none", call=what, value=written(value)))
    if isinstance(value, (set, dict)):
        raise Misshapen(say("shape.braces", call=what, value=written(value)))
    if found.dtype.kind not in "biuf":
        raise Misshapen(say("shape.no_numbers", call=what, value=written(value), wanted=wanted))
    return found


def refuse_endless(value, what, depth=0):
    """Refuse a list that holds itself, of which NumPy would make an array for ever."""
    if depth > DEEPEST:
        raise Misshapen(say("shape.holds_itself", call=what))
    for part in value if isinstance(value, (list, tuple)) else ():
        refuse_endless(part, what, depth + 1)


def explain_ragged(value, what, shape):
    """Say that the parts of a value differ in length, and which of them is not as it should be."""
    sizes = [
        "?" if part is None else math.prod(part) if len(part) < 2 else part
        for part in map(shape_of, value)
    ]
    told = say("shape.ragged", call=what, sizes=say.listing(map(str, sizes)))
    if len(shape) == 1:
        return f"{told} {say('shape.ragged_for_vector', in_words=in_words(shape))}"
    return f"{told} {say('shape.ragged_for_matrix', in_words=in_words(shape))}"


def explain_shape(value, found, what, wanted, function, each):
    """Say of which shape a value is, of which it should be, and where that may come from."""
    from checking.left_out import leaves_out

    each = f", {each}" if each else ""
    if found == ():
        line = return_in_loop(function)
        loop = (
            say("shape.return_in_loop_of_number", line=line)
            if line
            else say("shape.one_number_of_many")
        )
        if what.endswith("()"):
            loop = say("shape.comma_in_number")
        if only_after_loop(function):
            loop = say("shape.only_after_the_loop")
        if name := added_up_in_loop(function):
            loop = say("shape.added_up", name=name)
        if name := kept_in_loop(function):
            loop = say("shape.last_kept", name=name)
        return say("shape.number", call=what, in_words=in_words(wanted), each=each, loop=loop)
    shapes = say("shape.other_shape", call=what, found=found, wanted=wanted)
    differ = say(
        "shape.differs",
        shapes=shapes,
        found_in_words=in_words(found),
        in_words=in_words(wanted),
        each=each,
    )
    if found == (0,) and (told := leaves_out(function, True)):
        return f"{shapes}. {told}"
    if len(found) == 1 and len(wanted) == 2 and what.endswith("()"):
        return f"{differ} {say('shape.write_out_rows')}"
    if len(found) == 1 and len(wanted) == 2 and found[0] == math.prod(wanted) > max(wanted):
        return f"{differ} {say('shape.all_in_one_row')}"
    square = len(wanted) == 2 and wanted[0] == wanted[1] > 1
    if square and found == (math.prod(wanted), wanted[1]):
        return f"{differ} {say('shape.inner_loop')}"
    if isinstance(value, tuple) and function is not None and len(wanted) == 1:
        return f"{shapes}. {say('shape.tuple', parts=count(len(value), 'part'))}"
    if len(found) == 1 and len(wanted) == 2 and (line := return_in_loop(function)):
        return f"{differ} {say('shape.return_in_loop_of_number', line=line)}"
    if len(found) == 1 and len(wanted) == 2:
        return f"{differ} {say('shape.one_number_for_a_row')}"
    if type(value).__name__ == "matrix":
        return f"{differ} {say('shape.np_matrix')}"
    if found == wanted[::-1] and len(found) == 2:
        return f"{differ} {say('shape.turned')}"
    if len(wanted) == 1 and found in ((1, *wanted), (*wanted, 1)):
        return f"{differ} {say('shape.one_dimension_more')}"
    if len(found) == 2 and len(wanted) == 1:
        return f"{differ} {say('shape.to_be_added_up')}"
    if len(found) == 1 and found < wanted and what.endswith("()"):
        return f"{differ} {say('shape.comma')}"
    if len(found) == 1 and len(wanted) == 1 and return_in_loop(function):
        return f"{differ} {say('shape.return_in_loop', line=return_in_loop(function))}"
    if len(found) == 1 and len(wanted) == 1 and found < wanted:
        return f"{differ} {leaves_out(function, False) or say('shape.one_left_out')}"
    if len(found) == 1 and len(wanted) == 1:
        return f"{differ} {say('shape.one_too_many')}"
    return differ


def shape_of(value):
    """Give the shape of what can be read as an array; None for anything else."""
    try:
        return np.shape(value)
    except (ValueError, TypeError):
        return None


def value_is_flat(value):
    """Tell whether what should be a list of arrays is one vector of numbers."""
    return len(value) > 0 and all(isinstance(v, (int, float, np.number)) for v in value)


def read_arrays(value, what, shapes, function=None, each="", entry_each=""):
    """Read as a list of arrays what a student's function returned."""
    if value is None:
        raise give_none(what, function)
    refuse_endless(value, what)
    if not isinstance(value, (list, tuple, np.ndarray)) or getattr(value, "ndim", 1) == 0:
        raise Misshapen(say("shape.no_list", call=what, value=written(value)))
    if told := explain_list(value, what, shapes, each, entry_each):
        raise Misshapen(told)
    if len(value) != len(shapes):
        line = return_in_loop(function)
        if line:
            hint = f" {say('shape.return_in_loop', line=line)}"
        elif len(value) > len(shapes):
            hint = f" {say('shape.too_many_entries')}"
        else:
            from checking.left_out import leaves_out

            hint = f" {leaves_out(function, len(value) == 0) or say('shape.too_few_entries')}"
            if what.endswith("()"):
                hint = f" {say('shape.which_is_missing')}"
        if kept := other_than_before():
            hint = f" {kept}"
        wants = f", {each}" if each else ""
        raise Misshapen(
            say(
                "shape.other_number_of_entries",
                call=what,
                entries=count(len(value), "entry"),
                asked=len(shapes),
                wants=wants,
                hint=hint,
            )
        )
    if told := explain_order(value, what, shapes, each):
        raise Misshapen(told)
    found = set(map(shape_of, value))
    if len(found) == 1 < len(set(shapes)) and found <= set(shapes):
        raise Misshapen(
            say(
                "shape.one_for_all",
                call=what,
                shape=found.pop(),
                shapes=say.listing(map(str, shapes)),
            )
        )
    return [
        read_array(entry, say("shape.entry_of", i=i, call=what), shape, function, entry_each)
        for i, (entry, shape) in enumerate(zip(value, shapes, strict=True))
    ]


def explain_list(value, what, shapes, each, entry_each):
    """Say of one array or of plain numbers that a list of arrays should be there; else nothing."""
    of_each = f", {each}" if each else ""
    kind = "matrix" if all(len(shape) == 2 for shape in shapes) else "vector"
    if getattr(value, "ndim", 0) == 2 and kind == "matrix":
        return say("shape.one_matrix", call=what, asked=count(len(shapes), kind), of_each=of_each)
    if not shapes or not value_is_flat(value):
        return ""
    if len(value) == sum(map(math.prod, shapes)) > len(shapes):
        return say(
            "shape.one_row_of_numbers",
            call=what,
            numbers=count(len(value), "number"),
            asked=count(len(shapes), kind),
            of_each=of_each,
        )
    if isinstance(value, list) and len(value) == len(shapes) and not what.endswith("()"):
        of_entry = f", {entry_each}" if entry_each else ""
        return say(
            "shape.single_numbers",
            call=what,
            numbers=count(len(value), "single_number"),
            in_words=in_words(shapes[0]),
            of_entry=of_entry,
        )
    return say(
        "shape.one_vector",
        call=what,
        numbers=count(len(value), "number"),
        asked=count(len(shapes), kind),
        of_each=of_each,
    )


def explain_order(value, what, shapes, each):
    """Say of a list of vectors that it begins with another one than it should; else nothing."""
    if shapes == shapes[::-1] or list(map(shape_of, value)) != shapes[::-1]:
        return ""
    if max(map(len, shapes)) > 1 and [shape[::-1] for shape in shapes] == shapes[::-1]:
        return ""  # each by itself may be transposed, as well
    if each and (handed := argument_that_is(value[0])):
        return say("shape.begins_with_argument", call=what, handed=handed, each=each)
    each = f", {each}" if each else ""
    return say("shape.reverse_order", call=what, last=shapes[-1], first=shapes[0], each=each)
