"""What is read of a line, and how one is pointed to."""

import ast
import re

from checking.saying import say

#: What makes an array that is to be filled.
MAKES_ZEROS = re.compile(r"(np\.)?(zeros|ones|empty|list)")
#: What ends a branch, so that the lines behind it are for all other cases.
LEAVE = (ast.Return, ast.Continue, ast.Break, ast.Raise)


class Told(str):
    """What is said of a line that isn't the first of what was looked at."""

    def __new__(cls, at, text):
        told = super().__new__(cls, text)
        told.line = at.lineno
        return told


def see(part, told):
    """Name the line to look at, which is that of a part or the one found in it, and say why."""
    line = told.line if isinstance(told, Told) else part.lineno
    return say("line.see", line=line, told=told)


def names_in(nodes):
    """Give all names in some code."""
    return {n.id for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name)}


def stored_in(line):
    """Write the one name or entry that a line gives a value; empty if it is another line."""
    match line:
        case ast.Assign(targets=[ast.Name() | ast.Subscript() as target]):
            return ast.unparse(target)
    return ""


def filled_in(loop):
    """Give what a loop appends to, or sets entries of."""
    for node in ast.walk(loop):
        match node:
            case ast.Subscript(value=value, ctx=ast.Store()):
                yield value
            case ast.Call(func=ast.Attribute(value=value, attr="append" | "insert")):
                yield value


def is_empty(value):
    """Tell whether something is an empty list, or makes an array or a list that is to be filled."""
    match value:
        case ast.List(elts=[]):
            return True
        case ast.Call(func=called):
            return bool(MAKES_ZEROS.match(ast.unparse(called)))
    return False
