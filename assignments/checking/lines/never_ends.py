"""Loops that never end."""

import ast

from checking.lines.parts import names_in
from checking.saying import say
from checking.showing import read_function

#: What changes none of its arguments.
HARMLESS = {"len", "print", "range", "float", "int", "abs", "exp", "sum", "append", "insert"}


def endless_loop(function):
    """Say which `while` has a condition that nothing in the loop changes; empty if none has."""
    node = read_function(function)
    for part in ast.walk(node) if node else ():
        if not isinstance(part, ast.While):
            continue
        inner = [n for line in part.body for n in ast.walk(line)]
        if any(isinstance(n, (ast.Break, ast.Return, ast.Raise)) for n in inner):
            continue
        calls = [n for n in ast.walk(part.test) if isinstance(n, ast.Call)]
        if not all(ast.unparse(call.func) == "len" for call in calls):
            continue
        asked = names_in([part.test]) - {"len"}
        if asked and not asked & changed_by(inner):
            names = say("lists.or").join(f"`{name}`" for name in sorted(asked))
            code = ast.unparse(part.test)
            return say("line.never_ends", line=part.lineno, code=code, names=names)
    return ""


def changed_by(nodes):
    """Give the names that some code may change: stored in, called by a dot, or handed on whole."""
    stored = [n for n in nodes if isinstance(getattr(n, "ctx", None), ast.Store)]
    calls = [n for n in nodes if isinstance(n, ast.Call)]
    called = [n.func.value for n in calls if isinstance(n.func, ast.Attribute)]
    others = [n for n in calls if ast.unparse(n.func).split(".")[-1] not in HARMLESS]
    handed = [one for call in others for one in call.args if isinstance(one, ast.Name)]
    return names_in([*stored, *called, *handed])
