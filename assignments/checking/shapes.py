"""Read what a student's function returned, and say in words where its kind or shape is another."""

import functools
import math

import numpy as np

from checking.calls import LAST, Misshapen, argument_that_is, give_none, other_than_before
from checking.saying import say
from checking.showing import (
    count,
    in_words,
    name_of,
    written,
)

DEEPEST = 8  # lists in lists


def read_array(value, what, shape, function=None, each=""):
    """Read as numbers what a student's function returned."""
    found = read_numbers(value, what, shape, function)
    if found.shape != shape:
        arguments = LAST[1] if LAST and LAST[0] is function else ()
        of = (value, found.shape, what, shape, function, arguments, each)
        raise Misshapen(functools.partial(differ_in_shape, *of))
    return found.astype(float)


def differ_in_shape(*of):
    """Say what is to be said of a shape; this loads what only a wrong one needs."""
    from checking.misshapen import explain_shape

    return explain_shape(*of)


def read_numbers(value, what, shape, function):
    """Read anything as an array of numbers, which should have some shape."""
    wanted = in_words(shape)
    if value is None:
        raise give_none(what, function)
    refuse_endless(value, what)
    if value is ...:
        raise Misshapen(say("shape.dots", call=what))
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
    refuse_unmade(value, what)
    if found.dtype.kind not in "biuf":
        raise Misshapen(say("shape.no_numbers", call=what, value=written(value), wanted=wanted))
    return found


def refuse_unmade(value, what):
    """Refuse what only makes values when it is gone through."""
    if isinstance(value, np.ndarray) and value.shape == ():
        value = value.item()
    kind = type(value).__name__
    if kind in ("map", "filter", "zip", "generator", "range", "reversed"):
        raise Misshapen(say("shape.not_gone_through", call=what, kind=kind))


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
    refuse_unmade(value, what)
    if not isinstance(value, (list, tuple, np.ndarray)) or getattr(value, "ndim", 1) == 0:
        raise Misshapen(say("shape.no_list", call=what, value=written(value)))
    if told := explain_list(value, what, shapes, function, each, entry_each):
        raise Misshapen(*told)
    if len(value) != len(shapes):
        from checking import misshapen as why

        wants = f", {each}" if each else ""
        numbers = {"entries": count(len(value), "entry"), "asked": len(shapes), "wants": wants}
        told = say("shape.other_number_of_entries", call=what, **numbers)
        if sure := other_than_before() or why.explain_number_of_entries(
            value, what, shapes, function
        ):
            raise Misshapen(f"{told} {sure}")
        raise Misshapen(told, why.guess_number_of_entries(value, what, shapes, function))
    if told := explain_order(value, what, shapes, each):
        raise Misshapen(told)
    if any(entry is None for entry in value):
        raise Misshapen(say("shape.none", call=what, value=written(value)))
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


def explain_list(value, what, shapes, function, each, entry_each):
    """Say of one array or of plain numbers that a list of arrays should be there; else nothing."""
    from checking.misshapen import glued_by, guess_one_of_several

    of_each = f", {each}" if each else ""
    kind = "matrix" if all(len(shape) == 2 for shape in shapes) else "vector"
    if getattr(value, "ndim", 0) == 2 and kind == "matrix":
        told = say("shape.one_matrix", call=what, asked=count(len(shapes), kind), of_each=of_each)
        return told, guess_one_of_several(function, "shape.one_returned_or_added_up")
    if not shapes or not value_is_flat(value):
        return ()
    numbers, asked = count(len(value), "number"), count(len(shapes), kind)
    if len(value) == sum(map(math.prod, shapes)) > len(shapes):
        key = "shape.one_row_of_numbers"
        told = say(key, call=what, numbers=numbers, asked=asked, of_each=of_each)
        return (f"{told} {glued_by(function)}".strip(),)
    if isinstance(value, list) and len(value) == len(shapes) and not what.endswith("()"):
        of_entry = f", {entry_each}" if entry_each else ""
        single, first = count(len(value), "single_number"), in_words(shapes[0])
        told = say("shape.single_numbers", call=what, numbers=single, in_words=first,
                   of_entry=of_entry)  # fmt: skip
        return told, say("shape.which_step")
    told = say("shape.one_vector", call=what, numbers=numbers, asked=asked, of_each=of_each)
    return told, guess_one_of_several(function, "shape.one_returned")


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
