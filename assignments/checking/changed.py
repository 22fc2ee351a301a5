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


def how_changed(function, name, kind):
    """Say by which line a list or an array that came in is changed, and what to write instead."""
    node = read_function(function)
    found = writes(node, read_module(function).body) if node else []
    how, line = next(((how, line) for how, line, of in found if of == name), ("", 0))
    code = linecache.getline(inspect.getsourcefile(function), line).strip() if line else ""
    if code:
        told = say(f"call.changed_by_{how}", line=line, code=code)
    else:
        told = say(f"call.changes_{kind}")
    own = say("call.list_of_your_own") if kind == "list" and how == "sign" else ""
    return " ".join(filter(None, (told, own, second_name(function, name))))
