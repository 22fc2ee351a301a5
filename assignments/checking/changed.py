"""Which line changes an argument that a function should leave alone."""

import ast

from checking.saying import say
from checking.showing import is_name, read_function

#: What changes something in place, by the name of the function or behind the dot.
IN_PLACE = {"fill", "sort", "put", "place", "fill_diagonal", "copyto", "append", "insert", "extend",
            "pop", "reverse", "remove", "clear"}  # fmt: skip


def second_name(function, name):
    """Say which line gives an argument a second name, as if that were a copy; empty if none."""
    node = read_function(function)
    for part in ast.walk(node) if node else []:
        match part:
            case ast.Assign(targets=[ast.Name(id=other)], value=ast.Name(id=given)):
                if given == name != other:
                    return say("call.second_name", line=part.lineno, code=f"{other} = {name}")
    return ""


def changing_line(function, name):
    """Show the line that changes an argument; empty if none is seen to."""
    node = read_function(function)
    for part in ast.walk(node) if node else []:
        match part:
            case ast.Assign(targets=[ast.Subscript() as changed]):
                pass
            case ast.AugAssign(target=ast.Subscript(ast.Name(id=copy)) as changed) if (
                copy in copies_of(node, name)
            ):
                return say("call.changed_in_copy", line=part.lineno, code=ast.unparse(part))
            case ast.AugAssign(target=ast.Name() | ast.Subscript() as changed):
                pass
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=of, attr=attr), args=given)):
                if attr not in IN_PLACE:
                    continue
                changed = given[0] if is_name(of) and of.id == "np" and given else of
            case _:
                continue
        if root(changed) in own_names(node, name):
            return say("call.changed_by", line=part.lineno, code=ast.unparse(part))
    return ""


def copies_of(function, name):
    """Give the names of copies of a list, which hold the same arrays."""
    copies = {f"{name}.copy()", f"list({name})", f"{name}[:]", f"copy.copy({name})"}
    return {
        line.targets[0].id
        for line in ast.walk(function)
        if isinstance(line, ast.Assign)
        and is_name(line.targets[0])
        and ast.unparse(line.value) in copies
    }


def own_names(function, name):
    """Give an argument's name, and those of loops through it."""
    names = {name}
    for loop in ast.walk(function):
        if isinstance(loop, ast.For):
            match loop.target, loop.iter:
                case ast.Tuple(elts=targets), ast.Call(func=ast.Name(id="zip"), args=through):
                    pairs = list(zip(targets, through, strict=False))
                case ast.Tuple(elts=[_, one]), ast.Call(args=[of, *_]):
                    pairs = [(one, of)]
                case one, of:
                    pairs = [(one, of)]
            names |= {one.id for one, of in pairs if is_name(one) and root(of) == name}
    return names


def root(node):
    """Give the name that a place belongs to."""
    while isinstance(node, ast.Subscript):
        node = node.value
    return node.id if is_name(node) else ""
