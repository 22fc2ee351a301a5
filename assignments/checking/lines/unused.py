"""Arguments and values that nothing uses."""

import ast

from checking.lines.parts import names_in, see
from checking.saying import say
from checking.showing import is_name, read_function


def unused(function):
    """Say which argument or value of a wrong function nothing uses; empty if there is none."""
    node = read_function(function)
    return (parameter_unused(node) or value_unused(node)) if node else ""


def value_unused(function):
    """A name that is given a value which nothing reads."""
    nodes = list(ast.walk(function))
    stored = [n for n in nodes if isinstance(getattr(n, "ctx", None), ast.Store)]
    filled = [n.value for n in stored if isinstance(n, ast.Subscript)]
    places = {n.id for n in filled if is_name(n)}
    named = [n for n in nodes if isinstance(n, ast.Name) and n not in filled]
    read = {n.id for n in named if isinstance(n.ctx, ast.Load)}
    numbers = set()
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant()):
                numbers.add(name)
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                unused = name not in read and not isinstance(value, ast.Name)
            case ast.AugAssign(target=ast.Name(id=name)):
                unused = name not in read and name in numbers
            case _:
                continue
        if unused and not name.startswith("_"):
            key = "line.filled_unused" if name in places else "line.value_unused"
            return see(node, say(key, name=name))
    return ""


def parameter_unused(function):
    """A parameter that the function's code doesn't name."""
    named = names_in([function])
    unused = [argument.arg for argument in function.args.args if argument.arg not in named]
    if len(unused) != 1:
        return ""
    return say("line.parameter_unused", name=unused[0], function=function.name)
