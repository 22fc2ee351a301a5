"""What a function's code leaves out of the list or vector that it gives."""

import ast
import re

from checking.saying import say
from checking.showing import read_function

FILL = ("append", "insert", "extend")
#: A loop through all but the first or the last of something.
ONE_LESS = re.compile(r"\[1:\]|\[:-1\]|range\(1,|- 1\)")
LONGEST = 50


def leaves_out(function, empty):
    """Say which line leaves something out; empty if none is seen to.

    Parameters
    ----------
    function : function
        A student's, which gives too few.
    empty : bool
        Whether it gives nothing at all.
    """
    node = read_function(function)
    for part in ast.walk(node) if node else ():
        told = (empty and never_filled(part, node)) or drops(part) or has_no_else(part)
        if told:
            return told
    told = adds_to_nothing(node) if node and empty else ""
    return told or (put_in_once(node) if node else "")


def adds_to_nothing(function):
    """`+=` of a number on a list that results are collected in: NumPy adds it to each of none."""
    empty = set()
    for part in ast.walk(function):
        match part:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.List(elts=[])):
                empty.add(name)
    for part in ast.walk(function):
        match part:
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                if name in empty and not isinstance(value, ast.List):
                    return say("shape.adds_to_nothing", name=name, line=part.lineno)
    return ""


def never_filled(part, function):
    """An empty list that is given a name, and into which nothing is put."""
    match part:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.List(elts=[])):
            for node in ast.walk(function):
                match node:
                    case ast.Attribute(value=ast.Name(id=other), attr=attr):
                        if other == name and attr in FILL:
                            return ""
                    case ast.AugAssign(target=ast.Name(id=other)) if other == name:
                        return ""
            return say("shape.never_filled", name=name, line=part.lineno)
    return ""


def drops(part):
    """What keeps only those entries for which a condition holds."""
    match part:
        case ast.Subscript(slice=ast.Compare(), ctx=ast.Load()):
            kept = part
        case ast.ListComp(generators=[ast.comprehension(ifs=[_, *_])]):
            kept = part
        case ast.Call(func=ast.Name(id="filter")):
            kept = part
        case _:
            return ""
    return say("shape.keeps_some", code=ast.unparse(kept), line=part.lineno)


def has_no_else(part):
    """An `if` that puts something into a list, where nothing is put in otherwise."""
    match part:
        case ast.If(body=[*body], orelse=[]):
            for line in body:
                match line:
                    case ast.Expr(value=ast.Call(func=ast.Attribute(attr=attr))) if attr in FILL:
                        return say("shape.nothing_otherwise", line=part.lineno)
    return ""


def put_in_once(function):
    """A list that is filled behind a loop alone, and not in it."""
    loops = [line for line in function.body if isinstance(line, (ast.For, ast.While))]
    if not loops or any(is_fill(node) for loop in loops for node in ast.walk(loop)):
        return ""
    for line in function.body:
        if line.lineno > loops[-1].lineno and isinstance(line, ast.Expr) and is_fill(line.value):
            return say("shape.put_in_once", code=ast.unparse(line), line=line.lineno)
    return ""


def is_fill(node):
    match node:
        case ast.Call(func=ast.Attribute(attr=attr)):
            return attr in FILL
    return False


def loop_in_a_loop(function):
    """Say that each of one list meets each of another; empty if no loop is in a loop."""
    node = read_function(function)
    for part in ast.walk(node) if node else ():
        if isinstance(part, ast.ListComp) and len(part.generators) == 2:
            of, other = (ast.unparse(loop.target) for loop in part.generators)
            return say("shape.each_with_each", line=part.lineno, outer=of, inner=other)
    for outer in ast.walk(node) if node else ():
        for inner in ast.walk(outer) if isinstance(outer, ast.For) else ():
            if isinstance(inner, ast.For) and inner is not outer and is_filled_in(inner):
                of, other = ast.unparse(outer.target), ast.unparse(inner.target)
                return say("shape.each_with_each", line=inner.lineno, outer=of, inner=other)
    return ""


def filled_in_inner_loop(function):
    """Show the line that puts something into a list in a loop in a loop; empty if none does."""
    node = read_function(function)
    for outer in ast.walk(node) if node else ():
        for inner in ast.walk(outer) if isinstance(outer, ast.For) else ():
            if isinstance(inner, ast.For) and inner is not outer:
                for line in inner.body:
                    if isinstance(line, ast.Expr) and is_fill(line.value):
                        return say("shape.in_inner_loop", code=ast.unparse(line), line=line.lineno)
    return ""


def one_more(function):
    """Say what a line behind a loop puts in beside what the loop does; empty if none does."""
    node = read_function(function)
    loops = [line for line in node.body if isinstance(line, ast.For)] if node else []
    if not any(map(is_filled_in, loops)):
        return ""
    for line in node.body:
        if line.lineno > loops[-1].lineno and isinstance(line, ast.Expr) and is_fill(line.value):
            return say("shape.one_more_behind", code=ast.unparse(line), line=line.lineno)
    return ""


def has_loop(function):
    node = read_function(function)
    loops = (ast.For, ast.While, ast.comprehension)
    return any(isinstance(part, loops) for part in (ast.walk(node) if node else ()))


def is_filled_in(loop):
    return any(isinstance(line, ast.Expr) and is_fill(line.value) for line in loop.body)


def short_loop(function):
    """Ask about a loop that goes through all but one of something; empty if there is none."""
    node = read_function(function)
    for part in ast.walk(node) if node else ():
        if isinstance(part, (ast.For, ast.comprehension)):
            code = ast.unparse(part.iter)
            if ONE_LESS.search(code) and len(code) < LONGEST:
                return say("shape.short_loop", line=part.iter.lineno, code=code)
    return ""
