"""Which rounds a loop makes, and which it never comes to: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..trees import Slip, changed_in, names_in, walk


def round_slips(loop: ast.For) -> Iterator[Slip]:
    """What often goes wrong with the rounds of a loop."""
    yield from _short(loop)
    yield from _shrinks(loop)
    yield from _counted_alike(loop)
    yield from _never_comes_to(loop)
    yield from _wraps(loop)
    yield from _in_groups(loop)


def _short(loop: ast.For) -> Iterator[Slip]:
    """A loop that makes fewer rounds than a list has entries, or begins with the second."""
    match loop.iter:
        case made if is_one_short(made):
            yield Slip("but the last", loop.lineno, "")
        case ast.Call(func=ast.Name(id="range"), args=[ast.Constant(value=1), end]):
            if not _looks_one_back(loop):
                yield Slip("from the second", loop.lineno, "")
            match end:
                case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]):
                    yield Slip("round short", loop.lineno, name)
        case ast.Call(
            func=ast.Name(id="range"),
            args=[
                _,
                ast.Constant(value=0),
                ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)),
            ],
        ):
            yield Slip("down to one", loop.lineno, "")
        case ast.Call(
            func=ast.Name(id="range"),
            args=[
                ast.BinOp(
                    left=ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]),
                    op=ast.Sub(),
                    right=ast.Constant(value=int(fewer)),
                )
            ],
        ) if fewer > 1:
            yield Slip("short range", loop.lineno, name)


def _looks_one_back(loop: ast.For) -> bool:
    """Whether a loop takes places before the one that it counts: ``list[k - 1]``."""
    name = _counts(loop)
    return any(
        isinstance(node, ast.Subscript) and ast.unparse(node.slice).startswith((f"{name} - ", "-"))
        for node in walk(loop)
    )


def _shrinks(loop: ast.For) -> Iterator[Slip]:
    """A list that entries are taken out of while the loop goes through it."""
    if not isinstance(loop.iter, ast.Name):
        return
    for node in walk(loop):
        match node:
            case (
                ast.Call(func=ast.Attribute(ast.Name(id=name), attr="remove" | "pop"))
                | ast.Delete(targets=[ast.Subscript(value=ast.Name(id=name))])
            ) if name == loop.iter.id:
                yield Slip("shrinks", node.lineno, name)


def _ends_before(made: ast.expr) -> str:
    """The number that a loop never comes to, as it is written; empty where that isn't known."""
    match made:
        case ast.Call(ast.Name(id="range"), [end] | [_, end]):
            return ast.unparse(end)
        case ast.Call(ast.Name(id="reversed"), [inner]):
            return _ends_before(inner)
        case ast.Call(ast.Name(id="enumerate"), [ast.Name(id=name)], []):
            return f"len({name})"
        case ast.Call(
            ast.Name(id="enumerate"), [ast.Subscript(ast.Name(id=name), ast.Slice(None, end, None))]
        ) if end is not None and ast.unparse(end) == "-1":
            return f"len({name}) - 1"
    return ""


def _counts(loop: ast.For) -> str:
    """The name with which a loop counts."""
    match loop.target:
        case ast.Name(id=name) if not isinstance(loop.iter, ast.Name):
            return name
        case ast.Tuple([ast.Name(id=name), *_]):
            return name
    return ""


def _never_comes_to(loop: ast.For) -> Iterator[Slip]:
    """A condition on the round after the last one, such as ``i == len(weights)``."""
    name, end = _counts(loop), _ends_before(loop.iter)
    if not name or not end:
        return
    changed = frozenset[str]().union(*map(changed_in, loop.body))
    if _shrinks_within(loop) or f"{name} =" in changed:
        return
    for node in walk(loop):
        match node:
            case ast.If(ast.Compare(ast.Name(id=own), [op], [bound])) | ast.IfExp(
                ast.Compare(ast.Name(id=own), [op], [bound])
            ) if own == name and ast.unparse(bound) == end:
                always = isinstance(op, ast.NotEq | ast.Lt)
                if isinstance(op, ast.Eq | ast.GtE | ast.Gt) or (always and node.orelse):
                    yield Slip("past end", node.lineno, name)


def _shrinks_within(loop: ast.For) -> bool:
    return any(isinstance(n, ast.Attribute) and n.attr in {"pop", "remove"} for n in walk(loop))


def _wraps(loop: ast.For) -> Iterator[Slip]:
    """A place before the first one that is filled: of place 0 - 1 a list takes the last."""
    name = _counts(loop)
    if not name or _misses_0(loop.iter) or any(_leaves_out(s, name) for s in loop.body):
        return
    for statement in loop.body:
        for node in () if isinstance(statement, ast.If) else walk(statement):
            match node:
                case ast.Subscript(
                    slice=ast.BinOp(ast.Name(id=own), ast.Sub(), ast.Constant(value=1)),
                    ctx=ast.Store(),
                ) if own == name:
                    yield Slip("wraps", node.lineno, name)


def _leaves_out(statement: ast.stmt, name: str) -> bool:
    """Whether some of the values that a loop counts are done with before what follows."""
    match statement:
        case ast.If(test=test, body=[*_, ast.Continue() | ast.Break()]):
            return name in names_in(test)
    return False


def _misses_0(made: ast.expr) -> bool:
    """Whether a loop is not known to come to 0."""
    match made:
        case ast.Call(ast.Name(id="range"), [_]):
            return False
        case ast.Call(ast.Name(id="range"), [ast.Constant(value=0), _]):
            return False
        case ast.Call(ast.Name(id="range"), [_, end, step]):
            return (ast.unparse(end), ast.unparse(step)) != ("-1", "-1")
        case ast.Call(ast.Name(id="reversed"), [inner]):
            return _misses_0(inner)
        case ast.Call(ast.Name(id="enumerate"), [_], []):
            return False
    return True


def _in_groups(loop: ast.For) -> Iterator[Slip]:
    """A loop that goes in steps, and takes a part as long as a step each time."""
    match loop:
        case ast.For(ast.Name(id=start), ast.Call(ast.Name(id="range"), [_, _, ast.Name(id=step)])):
            ends = f"{start} + {step}"
            for node in walk(loop):
                match node:
                    case ast.Slice(ast.Name(id=own), upper) if own == start and upper is not None:
                        if ast.unparse(upper) == ends:
                            yield Slip("in groups", loop.lineno, step)


def _counted_alike(loop: ast.For) -> Iterator[Slip]:
    """A loop within another that counts as far, for entries with an index of each of them."""
    for inner in loop.body:
        if not isinstance(inner, ast.For) or ast.dump(inner.iter) != ast.dump(loop.iter):
            continue
        if names_in(loop.iter) <= {"range"} or ast.unparse(loop.iter)[:6] != "range(":
            continue
        counts = names_in(loop.target) | names_in(inner.target)
        for node in walk(inner):
            match node:
                case ast.Subscript(ctx=ast.Store()) if counts <= names_in(node):
                    yield Slip("counted alike", inner.lineno, "")
                    return


def is_one_short(made: ast.expr) -> bool:
    """Whether it is ``range(... - 1)``."""
    match made:
        case ast.Call(
            func=ast.Name(id="range"),
            args=[ast.BinOp(op=ast.Sub(), right=ast.Constant(value=1))],
        ):
            return True
    return False


def counted_in_leaps(loop: ast.While) -> Iterator[Slip]:
    """What raises the counter of a ``while`` by more than 1 in a round, all of a block together."""
    match loop.test:
        case ast.Compare(ast.Name(id=name), [ast.Lt() | ast.LtE() | ast.NotEq()]):
            pass
        case _:
            return
    nodes = walk(loop)
    blocks = [getattr(node, of, None) for node in nodes for of in ("body", "orelse")]
    raised = [list(_raised(name, block)) for block in blocks if isinstance(block, list)]
    set_at = sum(
        isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        for node in nodes
    )
    for block in raised:
        # Where something else sets it, too, the rounds are not just counted.
        if sum(by for by, _ in block) > 1 and set_at == sum(map(len, raised)):
            yield Slip("counted in leaps", max(block)[1], name)


def _raised(name: str, block: Sequence[ast.AST]) -> Iterator[tuple[float, int]]:
    """By how much a name is raised, and on which line, by the statements of a block."""
    for statement in block:
        match statement:
            case ast.AugAssign(ast.Name(id=of), ast.Add(), ast.Constant(int() | float() as by)):
                into = of
            case ast.Assign(
                [ast.Name(id=into)],
                ast.BinOp(ast.Name(id=of), ast.Add(), ast.Constant(int() | float() as by)),
            ):
                pass
            case _:
                continue
        if into == of == name:
            yield by, statement.lineno
