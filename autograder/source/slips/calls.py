"""What often goes wrong with calls and with comparisons: see ``listing``."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from ..trees import Slip, names_given, names_in, walk
from .copies import written_to_copies
from .loops import base
from .values import holds, number

#: Functions of NumPy's that leave what they get as it is: their result is all that they do.
_GIVES_ANEW = {
    "abs", "add", "append", "array", "asarray", "clip", "concatenate", "delete", "diag", "divide",
    "dot", "exp", "insert", "matmul", "maximum", "minimum", "multiply", "outer", "reshape",
    "round", "sqrt", "subtract", "transpose", "where",
}  # fmt: skip
_TAKE = {"abs": 1, "exp": 1, "sqrt": 1, "clip": 3, "insert": 4, "where": 3}
#: What is compared in place of what went into it.
_BENDS = {"exp", "logistic", "sigmoid", "sign", "tanh"}
#: What makes a matrix with zeros beside its diagonal.
_ON_A_DIAGONAL = {"diag", "diagflat", "eye", "identity"}
#: What puts entries into another order, or tells one.
_TURNS = {"flip", "fliplr", "flipud"}
#: What tells nothing of the numbers in an array.
_COUNTS, _SIZES = (
    {"len", "shape", "size", "zeros_like", "ones_like", "empty_like"},
    {"shape", "size"},
)
_ORDERS = (ast.Gt, ast.GtE, ast.Lt, ast.LtE)


def call_slips(
    unit: ast.AST, written: Collection[str], called: Collection[str], parameters: Sequence[str]
) -> Iterator[Slip]:
    """What often goes wrong with calls and comparisons.

    Parameters
    ----------
    unit : ast.AST
    written : collection of str
        What stands in it: see `written.words`.
    called : collection of str
        The functions of other exercises that it calls.
    parameters : sequence of str
        The function's own.
    """
    nodes = walk(unit)
    statements = [node for node in nodes if isinstance(node, ast.stmt)]
    yield from only_counted(unit, nodes, parameters)
    if _TURNS.intersection(written) or {"argsort", "where"}.intersection(written):
        yield from _moved(nodes)
    yield from _set_again(statements)
    yield from written_to_copies(statements)
    if called or _GIVES_ANEW.intersection(written):
        yield from _dropped(statements, called)
    yield from _late_lambdas(nodes)
    if "einsum" in written:
        yield from _summed_letters(nodes)
    if "index" in written and "loop" in written:
        yield from _first_places(nodes)
    yield from _compared_last(statements)
    if _ON_A_DIAGONAL.intersection(written):
        yield from _zeros_compared(nodes)
    if _BENDS.intersection(written):
        yield from _bent_first(nodes)


def _dropped(nodes: Sequence[ast.AST], called: Collection[str]) -> Iterator[Slip]:
    """A call whose result is not kept, of what does nothing but give one."""
    for node in nodes:
        match node:
            case ast.Expr(ast.Call(ast.Name(id=name))) if name in called:
                yield Slip("dropped", node.lineno, name)
            case ast.Expr(
                ast.Call(ast.Attribute(ast.Name(id="np" | "numpy" as owner), name)) as call
            ) if name in _GIVES_ANEW and not any(one.arg == "out" for one in call.keywords):
                # With one argument more the last of them takes the result.
                if len(call.args) <= _TAKE.get(name, 2):
                    yield Slip("dropped", node.lineno, f"{owner}.{name}")


def _first_places(nodes: Sequence[ast.AST]) -> Iterator[Slip]:
    """The place of a value that is looked up by the value: that of the first one that is equal."""
    for node in nodes:
        match node:
            case ast.Subscript(slice=ast.Call(ast.Attribute(attr="index"), [ast.Name(id=name)])):
                yield Slip("first place", node.lineno, name)
            case ast.Assign(value=ast.Call(ast.Attribute(attr="index"), [ast.Name(id=name)])):
                yield Slip("first place", node.lineno, name)


def _compared_last(nodes: Sequence[ast.AST]) -> Iterator[Slip]:
    """A product that comes back compared as a whole, where one of its factors was meant."""
    for node in nodes:
        match node:
            case (
                ast.Return(ast.Compare(ast.BinOp(op=op), [sign], [_]))
                | ast.Assign(value=ast.Compare(ast.BinOp(op=op), [sign], [_]))
            ) if isinstance(op, ast.Mult | ast.MatMult) and isinstance(sign, _ORDERS):
                yield Slip("compared last", node.lineno, "")


def _zeros_compared(nodes: Sequence[ast.AST]) -> Iterator[Slip]:
    """A matrix with zeros beside its diagonal, all compared by ``J[J > c] = 1``, ``(J > -1) * 1``.

    Where the yes or no comes back as it is, `_compared_last` tells that.
    """
    made = names_given(nodes, _is_made_on_a_diagonal)
    told = [node.value for node in nodes if isinstance(node, ast.Assign | ast.Return)]
    for node in nodes:
        match node:
            case ast.Assign(
                [ast.Subscript(ast.Name(id=name), ast.Compare(ast.Name(id=own)) as test)], value
            ):
                # A 0 in the place of a 0 changes nothing.
                if name == own and name in made and holds(test, 0) and number(value) != 0:
                    yield Slip("zeros compared", node.lineno, name)
            case ast.Compare(ast.BinOp()) if any(node is one for one in told):
                continue
            case ast.Compare(left, [ast.Gt() | ast.GtE()], [ast.UnaryOp(ast.USub())]):
                if isinstance(left, ast.Name) and left.id in made:
                    yield Slip("zeros compared", node.lineno, left.id)
                elif _is_made_on_a_diagonal(left) or _is_on_a_diagonal(left):
                    yield Slip("zeros of a product compared", node.lineno, "")


def _is_made_on_a_diagonal(value: ast.expr) -> bool:
    """Whether a call makes a matrix with zeros beside its diagonal."""
    return isinstance(value, ast.Call) and _name(value.func) in _ON_A_DIAGONAL


def _is_on_a_diagonal(value: ast.expr) -> bool:
    """Whether a product has such a matrix for one of its sides."""
    if not (isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult)):
        return False
    return any(map(_is_made_on_a_diagonal, (value.left, value.right)))


def only_counted(
    unit: ast.AST, nodes: Sequence[ast.AST], parameters: Sequence[str]
) -> Iterator[Slip]:
    """List the parameters of which no more is used than how many entries they or their items have.

    Parameters
    ----------
    unit : ast.AST
    nodes : sequence of ast.AST
        It, and all below it.
    parameters : sequence of str
        Those of the function that is looked at: of others nothing is listed.
    """
    if not isinstance(unit, ast.FunctionDef) or _names_of(unit) != list(parameters):
        return
    # What a loop takes out of a list stands for the list.
    taken_out = [(target, name) for target, name in _taken_out(nodes) if name in parameters]
    of = {name: name for name in parameters} | dict(taken_out)
    left = dict.fromkeys(parameters, 0)
    read = {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            if node.id in of:
                left[of[node.id]] += 1
        elif isinstance(node, ast.Call) and len(node.args) == 1 and _name(node.func) in _COUNTS:
            _take_off(left, of, node.args[0])
        elif isinstance(node, ast.Attribute) and node.attr in _SIZES:
            _take_off(left, of, node.value)
    for _, name in taken_out:
        left[name] -= 1
    for name, used in left.items():
        if not used:
            yield Slip("only counted" if name in read else "never used", unit.lineno, name)


def _taken_out(nodes: Sequence[ast.AST]) -> Iterator[tuple[str, str]]:
    """The names that loops give to the items of a name, with that."""
    for node in nodes:
        match node:
            case (
                ast.For(target=ast.Name(id=target), iter=ast.Name(id=name))
                | ast.comprehension(target=ast.Name(id=target), iter=ast.Name(id=name))
            ):
                yield target, name


def _take_off(left: dict[str, int], names: Mapping[str, str], of: ast.expr) -> None:
    """Take off a use that asks for a size alone: of a name, or of one of its items."""
    one = of.value if isinstance(of, ast.Subscript) else of
    if isinstance(one, ast.Name) and one.id in names:
        left[names[one.id]] -= 1


def _names_of(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in function.args.args]


def _moved(nodes: Sequence[ast.AST]) -> Iterator[Slip]:
    """What puts the entries of an array into another order, or tells where they would stand."""
    indices = [
        part for node in nodes if isinstance(node, ast.Subscript) for part in walk(node.slice)
    ]
    used = {part.id for part in indices if isinstance(part, ast.Name)}
    places = {id(part) for part in indices}
    counted = {id(part) for node in nodes if isinstance(node, ast.For) for part in walk(node.iter)}
    for node in nodes:
        match node:
            case ast.Assign([ast.Name(id=kept)], value) if kept in used:
                places.add(id(value))
            case ast.Call(ast.Attribute(ast.Name(id="np" | "numpy" as owner), name)):
                if name in _TURNS and id(node) not in counted:
                    yield Slip("turned over", node.lineno, f"{owner}.{name}")
                elif name == "where" and len(node.args) == 1 and id(node) not in places:
                    yield Slip("places where", node.lineno, f"{owner}.{name}")
                elif name == "argsort":
                    yield Slip("places by size", node.lineno, f"{owner}.{name}")


def _set_again(nodes: Sequence[ast.AST]) -> Iterator[Slip]:
    """What a condition stores, and the next line stores anew whatever the condition says."""
    for node in nodes:
        block = getattr(node, "body", None)
        for first, second in pairwise(block if isinstance(block, list) else []):
            match first, second:
                case ast.If(body=[ast.Assign([one], _)], orelse=[]), ast.Assign([other], value):
                    place = ast.unparse(one)
                    if place == ast.unparse(other) and place not in ast.unparse(value):
                        yield Slip("set again", second.lineno, base(one))


def _bent_first(nodes: Sequence[ast.AST]) -> Iterator[Slip]:
    """What is compared after a function has bent it."""
    for node in nodes:
        match node:
            case ast.Compare(ast.Call(function, [_]), [sign], [limit]):
                # Of 0 the sign tells as much.
                bent = _name(function) in _BENDS and ast.unparse(limit).strip("0.") != ""
                if isinstance(sign, _ORDERS) and bent:
                    yield Slip("bent first", node.lineno, _name(function))


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))


def _summed_letters(nodes: Sequence[ast.AST]) -> Iterator[Slip]:
    """A letter that ``einsum`` adds up over, so that nothing is left of one of its arrays."""
    for node in nodes:
        match node:
            case ast.Call(ast.Attribute(attr="einsum"), [ast.Constant(str() as letters), _, _, *_]):
                left, _, right = letters.replace(" ", "").partition("->")
                arrays = left.split(",")
                for at, array in enumerate(arrays):
                    kept = {*right}.union(*arrays[:at], *arrays[at + 1 :])
                    if "->" in letters and array and kept.isdisjoint(array):
                        yield Slip("summed letter", node.lineno, array[0])


def _late_lambdas(nodes: Sequence[ast.AST]) -> Iterator[Slip]:
    """Lambdas that a loop collects, and that look its name up only when it is over."""
    for node in nodes:
        match node:
            case ast.ListComp(ast.Lambda() as made, [ast.comprehension(target=target)]):
                late = [(made, target)]
            case ast.For(target=target):
                late = [
                    (given, target)
                    for call in walk(node)
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
                    if call.func.attr == "append"
                    for given in call.args
                    if isinstance(given, ast.Lambda)
                ]
            case _:
                continue
        for made, target in late:
            own = {argument.arg for argument in made.args.args}
            for name in sorted(names_in(target) & names_in(made.body) - own)[:1]:
                yield Slip("late lambda", made.lineno, name)
