"""What a function's code leaves out of the list or vector that it gives."""

import ast

from checking.saying import say
from checking.showing import read_function

FILL = ("append", "insert", "extend")


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
