"""Lines that may do something else than is meant."""

import ast
import re

from checking.lines.parts import see
from checking.saying import say
from checking.showing import is_name, read_function

#: What gives a number's size, without its sign.
SIZES = ("abs", "np.abs", "np.absolute")
#: What gives how long something is, or makes something as long.
SIZE = re.compile(r"(len|(np\.)?(shape|size|ndim|zeros_like|ones_like|empty_like))$")


def worth_a_look(function):
    """Say which line of a wrong function may do something else than is meant; else nothing."""
    node = read_function(function)
    return (sign_taken_away(node) or size_alone(node)) if node else ""


def sign_taken_away(function):
    """A size without its sign."""
    for part in ast.walk(function):
        if isinstance(part, ast.Call) and ast.unparse(part.func) in SIZES:
            return see(part, say("line.sign_taken_away", code=ast.unparse(part)))
    return ""


def size_alone(function):
    """A parameter of which the code asks nothing but how long it is."""
    sizes = set()
    for part in ast.walk(function):
        match part:
            case ast.Call(func=called, args=[ast.Name() as of]) if SIZE.match(ast.unparse(called)):
                sizes.add(of)
            case ast.Attribute(value=ast.Name() as of, attr="shape" | "size" | "ndim"):
                sizes.add(of)
    for argument in function.args.args:
        named = [n for n in ast.walk(function) if is_name(n) and n.id == argument.arg]
        if named and sizes.issuperset(named):
            return say("line.size_alone", name=argument.arg, line=named[0].lineno)
    return ""
