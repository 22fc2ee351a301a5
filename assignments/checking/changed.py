"""Which line changes an argument that a function should leave alone."""

import ast
import inspect
import linecache

from checking.in_place import writes
from checking.saying import say
from checking.showing import read_function, read_module


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
    found = writes(node, read_module(function).body) if node else []
    kind, line = next(((kind, line) for kind, line, of in found if of == name), ("", 0))
    code = linecache.getline(inspect.getsourcefile(function), line).strip() if line else ""
    key = "call.changed_in_copy" if kind == "item" else "call.changed_by"
    return say(key, line=line, code=code) if code else ""
