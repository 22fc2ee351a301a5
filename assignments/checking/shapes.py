"""Read what a student's function returned, and say in words where its kind or shape is another."""

import functools
import math

import numpy as np

from checking.calls import Misshapen, argument_that_is, give_none, other_than_before
from checking.showing import (
    added_up_in_loop,
    count,
    in_words,
    kept_in_loop,
    name_of,
    return_in_loop,
    written,
)


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
    if callable(value):
        raise Misshapen(
            f"{what} gives a function ({name_of(value)}), not what that function returns. Calling "
            f"it takes parentheses with the argument in them."
        )
    try:
        found = np.asarray(value)
    except ValueError:
        raise Misshapen(explain_ragged(value, what, shape)) from None
    if found.dtype.kind in "US" or (
        found.dtype.kind == "O" and any(isinstance(part, str) for part in found.ravel())
    ):
        raise Misshapen(
            f"{what} gives a text, {written(value)}. In quotes, or made by str, format or "
            "f'...', it isn't an array of numbers. Write numbers without quotes, with commas "
            "between them, in brackets: [2.5, -1]"
        )
    if found.dtype.kind == "O" and any(part is None for part in found.ravel()):
        raise Misshapen(
            f"{what} still holds None in some places, {written(value)}: which of them does "
            "your code not fill?"
        )
    if isinstance(value, (set, dict)):
        raise Misshapen(
            f"{what} gives {written(value)}: braces make a set or a dictionary. A list or an array "
            "has square brackets."
        )
    if found.dtype.kind not in "biuf":
        raise Misshapen(
            f"{what} gives {written(value)}; it should be an array of numbers: {wanted}."
        )
    return found


def explain_ragged(value, what, shape):
    """Say that the parts of a value differ in length, and which of them is not as it should be."""
    sizes = [shape[0] if len(shape or ()) == 1 else shape or "?" for shape in map(shape_of, value)]
    told = f"{what} gives parts of different lengths ({', '.join(map(str, sizes))}), not one array;"
    if len(shape) == 1:
        return f"{told} it should be {in_words(shape)}. What makes one number of each part?"
    return f"{told} it should be {in_words(shape)}. Which part is too short or too long?"


def explain_shape(value, found, what, wanted, function, each):
    """Say of which shape a value is, of which it should be, and where that may come from."""
    each = f", {each}" if each else ""
    if found == ():
        line = return_in_loop(function)
        loop = (
            f"The `return` in line {line} stands inside a loop, so it ends the function in the "
            "loop's first round or so: should it be indented less?"
            if line
            else "Which step makes one number of many: a sum, a max, `@` or np.dot of two vectors?"
        )
        if what.endswith("()"):
            loop = "Is there a comma between the numbers? `[2 -1]` is one number, 2 - 1."
        if name := added_up_in_loop(function):
            loop = (
                f"The loop adds all up in `{name}`, which is one number. Where are the results "
                "kept each by itself: in a list, or at their places?"
            )
        if name := kept_in_loop(function):
            loop = (
                f"In the loop each value of `{name}` takes the place of the one before, so only "
                "the last is left. Where are all of them kept: in a list, or at their places?"
            )
        return f"{what} gives a single number; it should give {in_words(wanted)}{each}. {loop}"
    shapes = f"{what} has the shape {found}; it should have {wanted}"
    differ = f"{shapes}: it is {in_words(found)}, not {in_words(wanted)}{each}."
    if len(found) == 1 and len(wanted) == 2 and what.endswith("()"):
        return f"{differ} Write out all its rows, the zeros too."
    if len(found) == 1 and len(wanted) == 2 and found[0] == math.prod(wanted) > max(wanted):
        return (
            f"{differ} All numbers stand in one row: where does a new row begin? A matrix is a "
            "list of rows, each a list of its own."
        )
    square = len(wanted) == 2 and wanted[0] == wanted[1] > 1
    if square and found == (math.prod(wanted), wanted[1]):
        return (
            f"{differ} That is a row for each round of an inner loop. To which loop does the line "
            "belong that puts a row into the matrix? (Its indentation tells.)"
        )
    if isinstance(value, tuple) and function is not None and len(wanted) == 1:
        return f"{differ} It is a tuple, of {count(len(value), 'part')}: what puts it together?"
    if len(found) == 1 and len(wanted) == 2:
        return f"{differ} Which step leaves one number where a whole row belongs?"
    if type(value).__name__ == "matrix":
        return f"{differ} np.matrix always stays a matrix: use np.array."
    if found == wanted[::-1] and len(found) == 2:
        return f"{differ} Rows and columns have changed places."
    if len(wanted) == 1 and found in ((1, *wanted), (*wanted, 1)):
        odd = "a pair of brackets too many, a reshape, keepdims=True or np.outer"
        return f"{differ} The same numbers, in one dimension more: is there {odd}?"
    if len(found) == 2 and len(wanted) == 1:
        return f"{differ} Is something still to be added up, or was a matrix made of two vectors?"
    if len(found) == 1 and found < wanted and what.endswith("()"):
        return f"{differ} Is there a comma between all of them? `[2 -1]` is one number, 2 - 1."
    if len(found) == 1 and len(wanted) == 1 and return_in_loop(function):
        return f"{differ} Is the `return` in line {return_in_loop(function)} inside the loop?"
    if len(found) == 1 and len(wanted) == 1 and found < wanted:
        return (
            f"{differ} Is one left out, by a mask, an `if`, a loop that ends too early, or the "
            "length of another array?"
        )
    if len(found) == 1 and len(wanted) == 1:
        return f"{differ} Is one put in too often: in an inner loop, say, or before the loop?"
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
    if not isinstance(value, (list, tuple, np.ndarray)) or getattr(value, "ndim", 1) == 0:
        raise Misshapen(f"{what} gives {written(value)}; it should be a list of arrays.")
    if told := explain_list(value, what, shapes, each, entry_each):
        raise Misshapen(told)
    if len(value) != len(shapes):
        line = return_in_loop(function)
        if line:
            hint = f" Is the `return` in line {line} inside the loop?"
        elif len(value) > len(shapes):
            hint = " Is one put in before the loop, or does the loop go on too long?"
        else:
            hint = " Does a loop begin too late or end too early, or is one not put into the list?"
            if what.endswith("()"):
                hint = " Which of them is missing?"
        if kept := other_than_before():
            hint = f" {kept}"
        wants = f", {each}" if each else ""
        raise Misshapen(
            f"{what} has {count(len(value), 'entry')}; it should have {len(shapes)}{wants}.{hint}"
        )
    if told := explain_order(value, what, shapes, each):
        raise Misshapen(told)
    found = set(map(shape_of, value))
    if len(found) == 1 < len(set(shapes)) and found <= set(shapes):
        raise Misshapen(
            f"All entries of {what} have the shape {found.pop()}, and they should have "
            f"{', '.join(map(str, shapes))}. Is one and the same put in for each, where the next "
            "should come from the one before?"
        )
    return [
        read_array(entry, f"Entry [{i}] of {what}", shape, function, entry_each)
        for i, (entry, shape) in enumerate(zip(value, shapes, strict=True))
    ]


def explain_list(value, what, shapes, each, entry_each):
    """Say of one array or of plain numbers that a list of arrays should be there; else nothing."""
    of_each = f", {each}" if each else ""
    kind = "matrix" if all(len(shape) == 2 for shape in shapes) else "vector"
    if getattr(value, "ndim", 0) == 2 and kind == "matrix":
        return (
            f"{what} gives one matrix; it should be a list of {count(len(shapes), kind)}{of_each}. "
            "Is only one of them returned, the last perhaps, or are they added up?"
        )
    if not shapes or not value_is_flat(value):
        return ""
    if len(value) == sum(map(math.prod, shapes)) > len(shapes):
        return (
            f"{what} gives one row of {count(len(value), 'number')}; it should be a list of "
            f"{count(len(shapes), kind)}, each in brackets of its own{of_each}. (`append` puts a "
            "whole array into a list, `+=` and `extend` each of its numbers.)"
        )
    if isinstance(value, list) and len(value) == len(shapes) and not what.endswith("()"):
        of_entry = f", {entry_each}" if entry_each else ""
        return (
            f"{what} gives a list of {count(len(value), 'single number')}; the first should be "
            f"{in_words(shapes[0])}{of_entry}. Which step makes one number of a whole array: "
            "np.dot, np.inner, `@` of two vectors, or a sum?"
        )
    return (
        f"{what} gives one vector of {count(len(value), 'number')}; it should be a list of "
        f"{count(len(shapes), kind)}{of_each}. Is only one of them returned, the last perhaps?"
    )


def explain_order(value, what, shapes, each):
    """Say of a list of vectors that it begins with another one than it should; else nothing."""
    if shapes == shapes[::-1] or list(map(shape_of, value)) != shapes[::-1]:
        return ""
    if max(map(len, shapes)) > 1 and [shape[::-1] for shape in shapes] == shapes[::-1]:
        return ""  # each by itself may be transposed, as well
    if each and (handed := argument_that_is(value[0])):
        return (
            f"{what} begins with the `{handed}` that it was handed; asked for is {each}. Does each "
            "round store what goes into its step, and not what comes out?"
        )
    return (
        f"{what} has its entries in the reverse order: entry [0] has the shape {shapes[-1]}; it "
        f"should have {shapes[0]}{f', {each}' if each else ''}. Which of them belongs first?"
    )
