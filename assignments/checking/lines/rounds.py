"""What each round of a loop makes, changes or puts somewhere."""

import ast

from checking.lines.parts import LEAVE, Told, filled_in, is_empty, names_in, stored_in
from checking.saying import say
from checking.showing import is_name

REDUCE = {"sum", "max", "min", "mean", "norm"}


def name_alone(part):
    """A loop's own variable, given another value that nothing reads."""
    if not isinstance(part, ast.For):
        return ""
    nodes = [node for statement in part.body for node in ast.walk(statement)]
    through = dict(gone_through(part.target, part.iter))
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) if name in through:
                if not any(
                    isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
                    and n.lineno > node.lineno for n in nodes
                ):  # fmt: skip
                    code, values = ast.unparse(node), ast.unparse(through[name])[:30]
                    return say("line.name_alone", code=code, name=name, values=values)
    return ""


def gone_through(target, values):
    """Yield the names that a loop counts with, each with what it goes through."""
    match target, values:
        case ast.Name(id=name), _:
            yield name, values
        case ast.Tuple(elts=names), ast.Call(func=ast.Name(id="zip"), args=lists):
            for one, of in zip(names, lists, strict=False):
                yield from gone_through(one, of)
        case ast.Tuple(elts=[_, one]), ast.Call(func=ast.Name(id="enumerate"), args=[of, *_]):
            yield from gone_through(one, of)


def changed_meanwhile(part):
    """An entry that is changed by a sum of all, which so changes from round to round."""
    match part:
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))], value=value):
            pass
        case ast.AugAssign(target=ast.Subscript(value=ast.Name(id=name)), value=value):
            pass
        case _:
            return ""
    for node in ast.walk(value):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in REDUCE:
            of = node.func if isinstance(node.func, ast.Attribute) else None
            whole = [*node.args, *([of.value] if of else [])]
            if any(isinstance(one, ast.Name) and one.id == name for one in whole):
                code, of_all = ast.unparse(part), ast.unparse(node)
                return say("line.changed_meanwhile", code=code, name=name, of=of_all)
    return ""


def put_in_twice(part):
    """A branch that puts one into a list, and a line behind it that does the same in any case."""
    if not isinstance(part, ast.For):
        return ""
    for at, branch in enumerate(part.body):
        if not isinstance(branch, ast.If) or branch.orelse or isinstance(branch.body[-1], LEAVE):
            continue
        first = {put_into(line): line for line in branch.body if put_into(line)}
        for line in part.body[at + 1 :]:
            if earlier := first.get(put_into(line)):
                name = put_into(line)
                return Told(line, say("line.put_in_twice", line=earlier.lineno, name=name))
    return ""


def put_into(line):
    """Name the list that a line puts something into; empty if it is another line."""
    match line:
        case ast.Expr(value=ast.Call(ast.Attribute(ast.Name(id=name), "append" | "insert"))):
            return name
    return ""


def made_anew(part):
    """A list or array that each round makes anew, fills, and leaves to be used behind the loop."""
    body = getattr(part, "body", None)
    for at, loop in enumerate(body if isinstance(body, list) else ()):
        if not isinstance(loop, ast.For):
            continue
        later = names_in(body[at + 1 :])
        for line in loop.body:
            match line:
                case ast.Assign([ast.Name(id=name)], value) if is_empty(value):
                    if name in later & names_in(filled_in(loop)):
                        return Told(line, say("line.made_anew", name=name))
    return ""


def always_one_place(part):
    """A place given by a number that each round of a loop puts its result into."""
    for line in part.body if isinstance(part, ast.For) else ():
        match line:
            case ast.Assign([ast.Subscript(ast.Name(id=name), ast.Constant() | ast.UnaryOp())]):
                fills = [value for value in filled_in(part) if ast.unparse(value) == name]
                if len(fills) == 1:
                    code = ast.unparse(line.targets[0])
                    return Told(line, say("line.always_one_place", code=code))
    return ""


def divided_too_early(part):
    """A division by a sum that grows in the same loop, and so isn't complete."""
    lines = part.body if isinstance(part, ast.For) else []
    sums = {line.target.id for line in lines
            if isinstance(line, ast.AugAssign) and is_name(line.target)
            and isinstance(line.op, ast.Add)}  # fmt: skip
    begun = {stored_in(line) for line in lines}
    for node in (node for line in lines for node in ast.walk(line)):
        match node:
            case ast.BinOp(op=ast.Div(), right=ast.Name(id=name)) if name in sums - begun:
                return Told(node, say("line.divided_too_early", name=name))
    return ""


def made_for_nothing(part):
    """A name that is given zeros or an empty list to fill, and in a loop something else."""
    body = getattr(part, "body", None)
    for at, line in enumerate(body if isinstance(body, list) else ()):
        match line:
            case ast.Assign([ast.Name(id=name)], value) if is_empty(value):
                pass
            case _:
                continue
        for loop in body[at + 1 :]:
            if not isinstance(loop, ast.For) or name in names_in(filled_in(loop)):
                continue
            for inner in ast.walk(loop):
                match inner:
                    case ast.Assign([ast.Name(id=other)], value) if other == name:
                        if name not in names_in([value]):
                            told = say("line.made_for_nothing", name=name, line=line.lineno)
                            return Told(inner, told)
    return ""
