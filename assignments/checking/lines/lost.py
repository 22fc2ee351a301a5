"""What a line makes and then nothing has, and lines that make nothing."""

import ast
import inspect
import itertools
import linecache

from checking.lines.parts import LEAVE, Told, names_in, see, stored_in
from checking.saying import say
from checking.showing import is_name, read_tree
from checking.statements import is_stub

#: Functions of NumPy's that change an argument, and so may stand on a line of their own.
CHANGE = {"fill_diagonal", "copyto", "put", "place", "putmask", "put_along_axis", "at",
          "set_printoptions", "seterr", "seed"}  # fmt: skip


def kept_nowhere(part, own):
    """A comparison or a result that a line makes and nothing keeps."""
    if not isinstance(part, ast.Expr):
        return ""
    value = part.value
    if isinstance(value, ast.Compare) and isinstance(value.ops[0], ast.Eq):
        return say("line.equal_asked", code=ast.unparse(value))
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "np.append" and value.args:
        return say("line.np_append_kept_nowhere", name=ast.unparse(value.args[0]))
    pure = isinstance(value, (ast.BinOp, ast.UnaryOp, ast.Compare))
    if isinstance(value, ast.Call):
        called = ast.unparse(value.func)
        head, _, last = called.rpartition(".")
        changes = any(keyword.arg == "out" for keyword in value.keywords)
        pure = called in own or (
            not changes and head.split(".")[0] in ("np", "numpy") and last not in CHANGE
        )
    if not pure or len(ast.unparse(value)) > 50:
        return ""
    return say("line.kept_nowhere", code=ast.unparse(value))


def does_nothing(part):
    """A branch that is still empty."""
    return say("line.pass") if isinstance(part, ast.Pass) else ""


def dots_left(part):
    """Three dots where a value is to be put."""
    if isinstance(part, ast.Subscript):
        return ""  # `x[...]` is all of x
    for field in ("value", "left", "right", "elts", "args", "comparators"):
        found = getattr(part, field, None)
        for value in found if isinstance(found, list) else [found]:
            if isinstance(value, ast.Constant) and value.value is ...:
                return Told(value, say("line.dots_left"))
    return ""


def put_over(part):
    """A line that gives a value to what the line before, or a branch of it, has just given one."""
    body = getattr(part, "body", None)
    for at, branch in enumerate(body if isinstance(body, list) else ()):
        following = body[at + 1] if at + 1 < len(body) else None
        place = stored_in(branch)
        at_once = place and stored_in(following) == place
        if at_once and place not in ast.unparse(following.value):
            told = say("line.put_over_at_once", line=branch.lineno, code=place)
            return Told(following, told)
        if not isinstance(branch, ast.If) or isinstance(branch.body[-1], LEAVE):
            continue
        first = {stored_in(line): line for line in branch.body if stored_in(line)}
        for line in body[at + 1 :]:
            if earlier := first.get(stored_in(line)):
                if any(ast.unparse(n) == stored_in(line) for n in ast.walk(line.value)):
                    return ""
                return Told(line, say("line.put_over", line=earlier.lineno))
            if not isinstance(line, ast.Assign):
                break
    return ""


def stores_plus(part):
    """`a =+ b`, which stores b."""
    match part:
        case ast.Assign(targets=[target], value=ast.UnaryOp(op=ast.UAdd(), operand=value)):
            return say("line.stores_plus", name=ast.unparse(target), value=ast.unparse(value))
    return ""


def never_reached(part):
    """A line behind a `return` of the same block."""
    for name in ("body", "orelse"):
        body = getattr(part, name, None)
        for line, following in itertools.pairwise(body if isinstance(body, list) else ()):
            if isinstance(line, ast.Return):
                return Told(following, say("line.never_reached", line=line.lineno))
    return ""


def helper_gives_none(function, node):
    """A function of the same file that is called and has no `return`."""
    tree = read_tree("".join(linecache.getlines(inspect.getsourcefile(function))))
    helpers = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
    helpers |= {n.name: n for n in ast.walk(node) if isinstance(n, ast.FunctionDef)}
    for part in ast.walk(node):
        called = part.func.id if isinstance(part, ast.Call) and is_name(part.func) else ""
        helper = helpers.get(called)
        if helper and helper is not node and not is_stub(helper):
            given = [n for n in ast.walk(helper) if isinstance(n, (ast.Return, ast.Yield))]
            if not any(n.value for n in given):
                return see(helper, say("line.helper_gives_none", helper=helper.name))
    return ""


def argument_replaced(function):
    """An argument that is given numbers of the code's own, before anything reads it."""
    arguments = {argument.arg for argument in function.args.args}
    for line in function.body:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in arguments:
                read = names_in([value]) - {"np"}
                if not read and any(isinstance(n, ast.Constant) for n in ast.walk(value)):
                    return see(line, say("line.argument_replaced", name=name))
        arguments -= names_in([line])
    return ""
