"""Loops that go through something else than it seems."""

import ast
import itertools

from checking.lines.parts import Told, names_in
from checking.saying import say
from checking.showing import is_name


def counts_no_round(part):
    """A range that begins at a length and ends at a small number, without a step down."""
    match part:
        case ast.Call(func=ast.Name(id="range"), args=[first, last]):
            if ast.unparse(last) in ("-1", "0", "1") and names_in([first]):
                return say("line.counts_no_round", code=ast.unparse(part))
    return ""


def one_after_the_other(part):
    """A loop of two names through two lists with a comma between them."""
    match part:
        case ast.For(ast.Tuple([one, other]), ast.Tuple([ast.Name(id=first), ast.Name(id=second)])):
            names = f"{ast.unparse(one)}, {ast.unparse(other)}"
            return say("line.one_after_the_other", names=names, first=first, second=second)
    return ""


def ends_at_once(part):
    """A `return` in a loop that nothing keeps from being reached in the first round."""
    if isinstance(part, (ast.For, ast.While)):
        for line in part.body:
            if isinstance(line, (ast.Continue, ast.Break)):
                return ""
            if isinstance(line, ast.Return):
                return Told(line, say("line.ends_at_once"))
    return ""


def one_counter_for_two(part):
    """A loop in a loop with the same counter."""
    if isinstance(part, ast.For) and isinstance(part.target, ast.Name):
        for inner in (node for line in part.body for node in ast.walk(line)):
            match inner:
                case ast.For(target=ast.Name(id=name)) if name == part.target.id:
                    return Told(inner, say("line.one_counter_for_two", name=name, line=part.lineno))
    return ""


def above_the_diagonal(part):
    """A loop in a loop that begins behind the other's counter."""
    if isinstance(part, ast.For) and isinstance(part.target, ast.Name):
        for inner in (node for line in part.body for node in ast.walk(line)):
            match inner:
                case ast.For(
                    target=ast.Name(id=j),
                    iter=ast.Call(func=ast.Name(id="range"), args=[ast.BinOp() as first, _]),
                ) if names_in([first]) == {part.target.id}:
                    told = say("line.above_the_diagonal", j=j, first=ast.unparse(first))
                    return Told(inner, told)
    return ""


def last_place_left(part):
    """A loop over all places but the last that fills places, and nothing else fills that one."""
    match part:
        case ast.For(
            target=ast.Name(id=i),
            iter=ast.Call(
                func=ast.Name(id="range"),
                args=[ast.BinOp(ast.Call(func=ast.Name(id="len")), ast.Sub(), ast.Constant(1))],
            ),
            body=[ast.Assign(targets=[ast.Subscript(slice=ast.Name(id=place))])],
        ) if place == i:
            if f"{i} + 1" not in ast.unparse(part):
                return say("line.last_place_left", code=ast.unparse(part.iter))
    return ""


def first_taken_twice(part):
    """A product or sum that begins with the first of a list, and a loop through all of it."""
    body = getattr(part, "body", None)
    for line, loop in itertools.pairwise(body if isinstance(body, list) else ()):
        match line, loop:
            case (
                ast.Assign([ast.Name(id=name)], ast.Subscript(ast.Name(id=values), first)),
                ast.For(target=ast.Name(id=one), iter=ast.Name(id=through)),
            ) if values == through and ast.unparse(first) == "0":
                for inner in ast.walk(loop):
                    match inner:
                        case ast.AugAssign(target=ast.Name(id=other), value=value):
                            grows = other == name and one in names_in([value])
                        case ast.Assign([ast.Name(id=other)], value):
                            grows = other == name and {one, name} <= names_in([value])
                        case _:
                            continue
                    if grows:
                        code = ast.unparse(line.value)
                        return Told(line, say("line.first_taken_twice", first=code, name=name))
    return ""


def name_unused(part):
    """A name of a loop through lists in step, or through what the loop then uses whole."""
    if not isinstance(part, ast.For):
        return ""
    used = names_in(part.body)
    in_step = isinstance(part.target, ast.Tuple) and ast.unparse(part.iter).startswith("zip(")
    if not in_step and not (is_name(part.iter) and part.iter.id in used):
        return ""
    targets = [n.id for n in ast.walk(part.target) if is_name(n)]
    unused = [name for name in targets if name not in used and not name.startswith("_")]
    return say("line.name_unused", name=unused[0]) if unused else ""
