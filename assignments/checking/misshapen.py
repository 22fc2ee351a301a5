"""Why what a function gives has another shape or length than it should: what its code shows."""

import ast
import inspect
import math
import re

import numpy as np

from checking.calls import argument_that_is
from checking.left_out import has_loop, leaves_out, loop_in_a_loop, one_more, short_loop
from checking.saying import say
from checking.showing import (
    added_up_in_loop,
    count,
    in_words,
    kept_in_loop,
    only_after_loop,
    read_function,
    return_in_loop,
)

MAKES = re.compile(r"(zeros|ones|empty)(_like)?$")
REDUCE = {"sum", "dot", "inner", "max", "min", "mean", "prod", "norm"}
#: What makes a row or a column with two dimensions of a vector; the longest that is shown.
TWO_DIMENSIONS = re.compile(
    r"\A(np\.(atleast_2d|matrix|asmatrix|vstack|column_stack|row_stack|expand_dims)\()"
    r"|reshape\(.*,.*\)\Z|keepdims=True\)\Z|\[(:, )?(None|np\.newaxis)(, :)?\]\Z"
)
LONGEST = 60
#: NumPy's functions that put numbers behind one another.
GLUE = {"append", "concatenate", "hstack"}


def explain_shape(value, found, what, wanted, function, arguments, each):
    """Say of which shape a value is and of which it should be; then guess where that comes from."""
    each = f", {each}" if each else ""
    if found == ():
        told = say("shape.number", call=what, in_words=in_words(wanted), each=each)
        if line := loses_rounds(function):
            return f"{told} {line}"
        return told, guess_number(what, function)
    shapes = say("shape.other_shape", call=what, found=found, wanted=wanted)
    if found == (0,) and (told := leaves_out(function, True)):
        return f"{shapes}. {told}"
    if isinstance(value, tuple) and function is not None and len(wanted) == 1:
        return f"{shapes}. {say('shape.tuple', parts=count(len(value), 'part'))}"
    differ = say(
        "shape.differs",
        shapes=shapes,
        found_in_words=in_words(found),
        in_words=in_words(wanted),
        each=each,
    )
    if told := explain_difference(value, found, what, wanted, function, arguments):
        return f"{differ} {told}"
    return differ, guess_difference(found, what, wanted, function)


def loses_rounds(function):
    """Say what a loop does with the results of its rounds, where one number is left of them."""
    if name := kept_in_loop(function):
        return say("shape.last_kept", name=name)
    if name := added_up_in_loop(function):
        return say("shape.added_up", name=name)
    return say("shape.only_after_the_loop") if only_after_loop(function) else ""


def guess_number(what, function):
    """Guess why one number is given for several."""
    if what.endswith("()") and lacks_comma(function):
        return say("shape.comma_in_number")
    if line := return_in_loop(function):
        return say("shape.return_in_loop_of_number", line=line)
    if what.endswith("()") and not makes_one_number(function):
        return say("shape.others_beside_it")
    return say("shape.one_number_of_many")


def lacks_comma(function):
    """Tell whether what is returned is a number written with another taken off it."""
    node = read_function(function)
    for part in ast.walk(node) if node else ():
        match part:
            case ast.BinOp(left=ast.Constant() | ast.UnaryOp(), op=ast.Sub(), right=ast.Constant()):
                return True
    return False


def makes_one_number(function):
    """Tell whether a function's code has a step that makes one number of many."""
    node = read_function(function)
    for part in ast.walk(node) if node else ():
        match part:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
                if name in REDUCE:
                    return True
            case ast.BinOp(op=ast.MatMult()):
                return True
    return False


def explain_difference(value, found, what, wanted, function, arguments):
    """Say what one shape shows beside another; empty if that could be several things."""
    by_hand = what.endswith("()")
    if type(value).__name__ == "matrix":
        return say("shape.np_matrix")
    if found == wanted[::-1] and len(found) == 2:
        return say("shape.turned")
    if len(found) == 2 and len(wanted) == 1 and arguments:
        names = inspect.signature(function).parameters
        if told := not_added_up(value, dict(zip(names, arguments, strict=False))):
            return told
    square = len(wanted) == 2 and wanted[0] == wanted[1] > 1
    if square and found == (math.prod(wanted), wanted[1]):
        return say("shape.inner_loop")
    if square and found == (wanted[0], 1):
        return say("shape.one_number_for_a_row")
    if len(found) == 1 and len(wanted) == 2 and not return_in_loop(function):
        if by_hand:
            return say("shape.write_out_rows")
        if found[0] == math.prod(wanted) > max(wanted):
            return say("shape.all_in_one_row")
        return say("shape.one_number_for_a_row") if found[0] == wanted[0] else ""
    if len(found) == len(wanted) == 1 and not by_hand:
        told = leaves_out(function, False) if found < wanted else ""
        return told or along_the_other_side(function, arguments, found[0], wanted[0])
    return ""


def not_added_up(value, arguments):
    """Say which products a matrix holds that are still to be added up; empty if others.

    Parameters
    ----------
    value : list or array
    arguments : dict
        What it was made of, by name.
    """
    found = np.asarray(value, dtype=float)
    arrays = {name: a for name, a in arguments.items() if isinstance(a, np.ndarray)}
    for matrix, M in arrays.items():
        for vector, v in arrays.items():
            if found.shape != M.shape or v.ndim != 1:
                continue
            if len(v) == len(M) and np.allclose(found, v[:, None] * M):
                return say("shape.rows_times", matrix=matrix, vector=vector)
            if len(v) == M.shape[1] and np.allclose(found, M * v):
                return say("shape.columns_times", matrix=matrix, vector=vector)
    return ""


def made_as_long(function, matrix):
    """Show the line that makes as many places as something has entries; empty if none does."""
    node = read_function(function)
    for part in ast.walk(node) if node else ():
        match part:
            case ast.Assign(value=ast.Call(func=called)) if MAKES.search(ast.unparse(called)):
                told = say("shape.made_as_long", code=ast.unparse(part), line=part.lineno)
                return f"{told} {say('shape.how_many_columns', matrix=matrix)}"
    return ""


def along_the_other_side(function, arguments, found, wanted):
    """Say that there is one number for each row of an argument where columns are asked for."""
    names = inspect.signature(function).parameters if arguments else ()
    for name, argument in zip(names, arguments, strict=False):
        if isinstance(argument, np.ndarray) and argument.shape == (found, wanted):
            told = say("shape.one_for_each_row", name=name)
            return f"{told} {made_as_long(function, name)}".strip()
        if isinstance(argument, np.ndarray) and argument.ndim == 2 and len(argument) == found:
            return say("shape.as_many_as_rows", name=name)
    return ""


def guess_difference(found, what, wanted, function):
    """Guess why a shape is another one."""
    line = return_in_loop(function)
    if len(found) == 1 and len(wanted) == 2 and line:
        return say("shape.return_in_loop_of_number", line=line)
    if len(wanted) == 1 and found in ((1, *wanted), (*wanted, 1)):
        return two_dimensions(function) or say("shape.one_dimension_more")
    if len(found) == 2 and len(wanted) == 1:
        return say("shape.to_be_added_up")
    if len(found) == len(wanted) == 2 and found[0] == found[1] < wanted[0] == wanted[1]:
        return say("shape.some_without_row", count=wanted[0])
    if not len(found) == len(wanted) == 1:
        return ""
    if found < wanted and what.endswith("()"):
        return say("shape.comma")
    if line:
        return say("shape.return_in_loop", line=line)
    if found < wanted:
        return short_loop(function) or say("shape.one_left_out")
    return "" if what.endswith("()") else say("shape.one_too_many")


def two_dimensions(function):
    """Show the line that makes a matrix of a vector; empty if none is seen to."""
    node = read_function(function)
    for part in ast.walk(node) if node else ():
        match part:
            case ast.Call(func=ast.Attribute(attr="append"), args=[ast.List(elts=[_]) as made]):
                pass
            case ast.List(elts=[ast.List(), *_] as rows) as made:
                if len(rows) > 1 and any(len(getattr(row, "elts", ())) != 1 for row in rows):
                    continue
            case (ast.Call() | ast.Subscript()) as made:
                if not TWO_DIMENSIONS.search(ast.unparse(part)):
                    continue
            case _:
                continue
        if len(ast.unparse(made)) < LONGEST:
            return say("shape.made_by", code=ast.unparse(made), line=part.lineno)
    return ""


def explain_number_of_entries(value, what, shapes, function):
    """Say which line leaves entries out; empty if none is seen to."""
    if len(value) > len(shapes) or what.endswith("()"):
        return ""
    return leaves_out(function, len(value) == 0)


def guess_one_of_several(function, otherwise):
    """Guess why one array is given for several."""
    if line := return_in_loop(function):
        return say("shape.return_in_loop", line=line)
    if name := kept_in_loop(function):
        return say("shape.last_kept", name=name)
    if only_after_loop(function):
        return say("shape.only_after_the_loop")
    return say(otherwise)


def entries_by_number(function):
    """Say which entries of its arguments a function names, where it has no loop; else nothing."""
    node = read_function(function)
    arguments = {argument.arg for argument in node.args.args} if node else set()
    named = {}
    for part in ast.walk(node) if node else ():
        match part:
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant() | ast.UnaryOp()):
                if name in arguments:
                    named.setdefault(ast.unparse(part), part.lineno)
    if not named:
        return ""
    codes = say.listing(f"`{code}`" for code in named)
    return say("shape.entries_by_number", codes=codes, line=min(named.values()))


def glued_by(function):
    """Say which line puts numbers behind one another; empty if none is seen to."""
    node = read_function(function)
    for part in ast.walk(node) if node else ():
        match part:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="np" | "numpy"), attr=attr)):
                glues = attr in GLUE
            case ast.Call(func=ast.Attribute(attr="extend")):
                glues = True
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add()):
                glues = any(is_empty_list(one, name) for one in ast.walk(node))
            case _:
                glues = False
        if glues:
            return say("shape.glued_by", line=part.lineno, code=ast.unparse(part))
    return ""


def is_empty_list(node, name):
    """Tell whether a line gives a name an empty list."""
    match node:
        case ast.Assign(targets=[ast.Name(id=other)], value=ast.List(elts=[])):
            return other == name
    return False


def guess_number_of_entries(value, what, shapes, function):
    """Guess why a list holds more or fewer entries than it should."""
    if what.endswith("()"):
        return say("shape.which_is_missing") if len(value) < len(shapes) else ""
    if line := return_in_loop(function):
        return say("shape.return_in_loop", line=line)
    if len(value) > len(shapes):
        if len(value) == len(shapes) + 1 and (handed := argument_that_is(value[0])):
            return say("shape.first_is_argument", handed=handed)
        return loop_in_a_loop(function) or one_more(function) or say("shape.too_many_entries")
    if not has_loop(function):
        return entries_by_number(function) or say("shape.how_many")
    if only_after_loop(function):
        return say("shape.only_after_the_loop")
    return short_loop(function) or say("shape.too_few_entries")
