"""Conditions that ask something else than it seems, or hold always or never."""

import ast

from checking.lines.parts import Told, names_in
from checking.saying import say

#: What a place compared with the length is, in each round.
NEVER_LAST = {ast.Eq: "never_true", ast.GtE: "never_true", ast.Lt: "always_true",
              ast.NotEq: "always_true"}  # fmt: skip


def one_for_all(part):
    """An `if` that asks whether something holds for all values, or for any."""
    match part:
        case ast.If(test=test) | ast.IfExp(test=test):
            for inner in ast.walk(test):
                match inner:
                    case ast.Call(
                        func=ast.Attribute(attr="any" | "all") | ast.Name(id="any" | "all")
                    ):
                        return say("line.one_for_all", code=ast.unparse(inner))
    return ""


def places_alone(part):
    """np.where with a condition alone."""
    match part:
        case ast.Return(value=value) | ast.Assign(value=value) | ast.BinOp(right=value) if is_where(
            value
        ):
            return say("line.places_alone")
        case ast.If(test=test) | ast.IfExp(test=test) if is_where(test):
            return say("line.places_are_always_true")
    return ""


def is_where(value):
    """Tell whether something is a call of np.where with one argument."""
    return (
        isinstance(value, ast.Call)
        and ast.unparse(value.func) == "np.where"
        and len(value.args) == 1
    )


def product_compared(part):
    """A product that is compared as a whole, for its last factor: ``np.eye(n) * x > -1``."""
    match part:
        case ast.Compare(
            left=ast.BinOp(left=ast.Call(), op=ast.Mult(), right=ast.Name(id=name)) as product,
            ops=[ast.Gt() | ast.GtE()],
            comparators=[bound],
        ):
            values = {"product": ast.unparse(product), "name": name, "bound": ast.unparse(bound)}
            return say("line.product_compared", **values)
    return ""


def place_compared(part):
    """A place, counted by a range, that is compared with a number below 0."""
    if isinstance(part, ast.For) and ast.unparse(part.iter).startswith("range("):
        for inner in ast.walk(part):
            match inner:
                case ast.Compare(ast.Name(id=i), [_], [ast.UnaryOp(ast.USub(), ast.Constant())]):
                    if i in names_in([part.target]):
                        return Told(inner, say("line.place_compared", code=ast.unparse(inner), i=i))
    return ""


def never_last(part):
    """A condition in a loop over places that holds for none of them, or for all."""
    match part:
        case ast.For(
            target=ast.Name(id=i) | ast.Tuple(elts=[ast.Name(id=i), _]),
            iter=ast.Call(func=ast.Name(id="range" | "enumerate"), args=[of], keywords=[]),
        ):
            length = ast.unparse(of) if isinstance(of, ast.Call) else f"len({ast.unparse(of)})"
            for inner in ast.walk(part):
                match inner:
                    case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[last]):
                        if name == i and ast.unparse(last) == length and type(op) in NEVER_LAST:
                            told = f"line.{NEVER_LAST[type(op)]}"
                            return say(told, line=inner.lineno, code=ast.unparse(inner), i=i)
    return ""
