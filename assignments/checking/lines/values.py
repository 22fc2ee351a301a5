"""Calculations that give something else than it seems."""

import ast
import re

from checking.lines.parts import Told, see
from checking.saying import say

#: What ends in a column.
MAKES_COLUMN = re.compile(r"(reshape\(\(?(-1|len\(\w+\)|\w+), 1\)?\)|\[:, (None|np\.newaxis)\])$")


def product_before_minus(part):
    """A vector times np.diag, from which np.outer is taken off without brackets."""
    match part:
        case ast.BinOp(
            left=ast.BinOp(op=ast.MatMult(), right=ast.Call() as first) as product,
            op=ast.Sub(),
            right=ast.Call() as second,
        ):
            if ast.unparse(first.func) == "np.diag" and ast.unparse(second.func) == "np.outer":
                code, other = ast.unparse(product), ast.unparse(second)
                return say("line.product_before_minus", code=code, other=other)
    return ""


def place_of_largest(part):
    """A calculation with np.argmax, which is a place."""
    match part:
        case ast.BinOp(left=left, right=right):
            for side in (left, right):
                match side:
                    case ast.Call(func=ast.Attribute(attr="argmax" | "argmin" as name)):
                        return say(f"line.{name}")
    return ""


def place_by_name(function):
    """A name for the place of the largest number, with which the code calculates."""
    for line in ast.walk(function):
        match line:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Attribute(attr="argmax" | "argmin" as which)),
            ):
                for part in ast.walk(function):
                    sides = (part.left, part.right) if isinstance(part, ast.BinOp) else ()
                    if any(isinstance(side, ast.Name) and side.id == name for side in sides):
                        return see(line, say(f"line.{which}"))
    return ""


def diagonal_of_a_column(part):
    """np.diag of what a line has made a column."""
    columns = set()
    for node in ast.walk(part) if isinstance(part, ast.FunctionDef) else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if MAKES_COLUMN.search(ast.unparse(value)):
                    columns.add(name)
            case ast.Call(func=ast.Attribute(attr="diag"), args=[ast.Name(id=name)]):
                if name in columns:
                    return Told(node, say("line.diagonal_of_a_column", name=name))
    return ""


def list_for_numbers(part):
    """A list of numbers that is multiplied, or added to another, as if it were an array."""
    match part:
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            lists = [side for side in (left, right) if isinstance(side, ast.List)]
            if lists and len(lists[0].elts) > 1:
                return say("line.list_repeated", code=ast.unparse(part))
    return ""


def power_of_a_power(part):
    """`a ** b ** c`, which is worked out from the right."""
    match part:
        case ast.BinOp(op=ast.Pow(), left=left, right=ast.BinOp(op=ast.Pow()) as right):
            if not isinstance(left, ast.Constant):
                base, power = ast.unparse(left), ast.unparse(right)
                return say("line.power_of_a_power", base=base, power=power)
    return ""
