"""Arguments that are handed on where another one belongs."""

import ast

from checking.asked import EXERCISES
from checking.lines.parts import names_in, see
from checking.saying import say
from checking.showing import is_name, read_function


def handed_on(function):
    """Say where a wrong function hands an argument on that belongs elsewhere; else nothing."""
    node = read_function(function)
    return handed_by_another_name(node) if node else ""


def handed_by_another_name(function):
    """An argument of the function's own that is handed on where another one is asked for."""
    loops = [n.target for n in ast.walk(function) if isinstance(n, (ast.For, ast.comprehension))]
    own = {argument.arg for argument in function.args.args} - names_in(loops)
    asked = {name: takes for names in EXERCISES.values() for name, takes in names.items()}
    found = []
    for part in ast.walk(function):
        if not (isinstance(part, ast.Call) and is_name(part.func)):
            continue
        called = part.func.id
        for takes, given in zip(asked.get(called, ()), part.args, strict=False):
            known = is_name(given) and given.id in own and given.id != takes
            if known and any(given.id in names for names in asked.values()):
                told = say("line.handed_as", given=given.id, function=called, takes=takes)
                found.append(see(part, told))
    return "\n".join(dict.fromkeys(found))
