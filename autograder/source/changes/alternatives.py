"""What could stand in the place of a piece of code that a common slip has spoilt."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..slips.near_names import spelt_alike
from ..slips.outputs import OF_TWO
from ..trees import WHOLE
from .flat_columns import flat_columns
from .reshaped import name_turned_instead, turned_instead

#: np.outer, but for what would become too large.
OUTER = "_checks_outer"
THERE = "_checks_there"
#: A change that puts a name in the place of one that is spelt much like it.
NEAR_NAME = "near_name"
#: A change of the end of a list from which its entries are taken one by one.
POPPED = "popped"
#: What a change is about, and what stands there instead.
Other = tuple[str, ast.expr]
#: The same of a statement.
Others = tuple[str, list[ast.stmt]]
#: Functions that are taken for one another.
ALIKE: dict[str, tuple[str, ...]] = {
    "max": ("np.maximum",), "min": ("np.maximum", "max"), "np.min": ("np.max",),
    "np.max": ("np.maximum",),
    "np.amax": ("np.maximum",), "np.maximum": ("np.minimum",), "np.minimum": ("np.maximum",),
    "np.dot": ("np.outer", "np.multiply"), "np.inner": ("np.outer",), "np.matmul": ("np.outer",),
    "np.outer": ("np.multiply", "np.dot"), "np.multiply": ("np.dot", "np.outer"),
    "np.kron": ("np.outer", "np.dot"), "np.cross": ("np.outer", "np.dot"),
    "np.log": ("np.exp",), "np.exp2": ("np.exp",), "np.expm1": ("np.exp",),
    "np.sum": ("np.max", "np.linalg.norm"), "sum": ("np.sum", "max"),
    "np.mean": ("np.sum", "np.max"),
    "np.average": ("np.sum",), "np.prod": ("np.sum",), "np.cumsum": ("np.sum",),
    "np.median": ("np.sum",), "np.argmax": ("np.max",), "np.add": ("np.multiply",),
    "np.subtract": ("np.add",), "np.ones": ("np.zeros",), "np.ones_like": ("np.zeros_like",),
    "np.eye": ("np.diag",), "np.diagflat": ("np.diag",), "np.sqrt": ("np.square",),
    "np.square": ("np.sqrt",), "np.std": ("np.linalg.norm",), "np.linalg.det": ("np.linalg.norm",),
}  # fmt: skip
NUMPY_PRODUCTS = {"np.dot", "np.inner", "np.matmul", "np.outer", "np.multiply", "np.kron",
                  "np.cross"}  # fmt: skip
#: What makes an array by its sizes.
MADE_OF_SIZES = {"np.zeros", "np.ones", "np.empty", "np.full"}
#: Those that make one number of many, or along an axis one of each row or column.
REDUCE = {"sum", "mean", "max", "min", "prod"}
#: Those whose third argument is the place of the result.
THREE = {f"np.{name}" for name in OF_TWO}
ADD_OR_TAKE: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
OTHER_OPERATIONS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Mult,), ast.Sub: (ast.Mult,), ast.Mult: (ast.Add, ast.Sub, ast.Div),
    ast.Div: (ast.Mult, ast.Sub), ast.Pow: (ast.Mult,), ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.Div,), ast.MatMult: (ast.Add, ast.Sub),
}  # fmt: skip
PRODUCTS: tuple[type[ast.operator], ...] = (ast.Mult, ast.MatMult)
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE, ast.NotEq), ast.GtE: (ast.Gt, ast.LtE, ast.Lt),
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE, ast.NotEq), ast.LtE: (ast.Lt, ast.GtE, ast.Gt),
    ast.Eq: (ast.NotEq, ast.LtE, ast.GtE, ast.Lt, ast.Gt), ast.NotEq: (ast.Eq, ast.Gt, ast.Lt),
}  # fmt: skip
ONE = ast.Constant(1.0)


def expressions(
    node: ast.expr, names: Sequence[str], counters: Sequence[str], kept: Sequence[str]
) -> Iterator[Other]:
    """Yield what could stand in the place of an expression, and what the change is about.

    Parameters
    ----------
    node : ast.expr
    names : list of str
        The names of the function's own values.
    counters : list of str
        Those that a loop goes through.
    kept : list of str
        Those that may keep what the expression gives for the next round of a loop.
    """
    if isinstance(node, (ast.BinOp, ast.Call)):
        read = [n for n in kept if n in names_in(node)]
        yield from (("kept", ast.NamedExpr(ast.Name(n, ast.Store()), node)) for n in read)
    match node:
        case ast.BinOp():
            yield from operations(node)
            yield from flat_columns(node)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            for other in COMPARISONS.get(type(op), ()):
                yield "comparison", ast.Compare(left, [other()], [right])
            yield "compared", left
            match left:
                case ast.BinOp(left=first, op=ast.Mod(), right=second):
                    # What is counted from 0 is full one round before.
                    later = ast.BinOp(
                        ast.BinOp(first, ast.Add(), ast.Constant(1)), ast.Mod(), second
                    )
                    yield "remainder", ast.Compare(later, [op], [right])
            match left:
                case ast.BinOp(left=first, op=calculates, right=second):
                    apart = ast.Compare(second, [op], [right])
                    yield "brackets", ast.BinOp(first, calculates, apart)
        case ast.UnaryOp(op=ast.USub(), operand=value):
            yield "sign", value
        case ast.UnaryOp(op=ast.Not(), operand=value):
            yield "branches", value
        case ast.UnaryOp(op=ast.Invert(), operand=value):
            yield "tilde", ast.UnaryOp(ast.Not(), value)
        case ast.IfExp(test, body, orelse):
            yield "branches", ast.IfExp(test, orelse, body)
            yield from conditionals(node)
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            yield from (("number", ast.Constant(n)) for n in other_numbers(number))
        case ast.Name():
            yield from (("name", named(other)) for other in names)
            yield "turned", ast.Attribute(node, "T", ast.Load())
            yield from (("one_of_all", at(node, ast.Constant(n))) for n in (0, -1))
            yield from (("one_of_all", at(node, named(n))) for n in counters if n != node.id)
        case ast.Attribute(value=value, attr="T"):
            yield "turned", value
            yield "vector_turned", as_column(value)
        case ast.Subscript():
            yield from places(node, counters)
            match node:
                case ast.Subscript(value=ast.Name(id=own), slice=ast.Tuple(elts=[first, _])):
                    yield from (("name", at(named(n), first)) for n in names if n != own)
        case ast.Call():
            yield from calls(node)
            if ast.unparse(node.func) == "len":
                yield from (("size", call("len", at(named(n), ast.Constant(0)))) for n in names)
            if ast.unparse(node.func) == "range" and len(node.args) == 1:
                yield from (("size", call("range", call("len", named(n)))) for n in names)
        case ast.Tuple(elts=[first, second]):
            yield "order", ast.Tuple([second, first], ast.Load())
        case ast.ListComp():
            yield from (("sizes", other) for other in with_sizes_exchanged(node))


def conditionals(node: ast.IfExp) -> Iterator[Other]:
    """Yield a conditional that ends before what is calculated on either side of it."""
    test, body, orelse = node.test, node.body, node.orelse
    match orelse:
        case ast.BinOp(left=other, op=op, right=right):
            yield "conditional", ast.BinOp(ast.IfExp(test, body, other), op, right)
    match body:
        case ast.BinOp(left=left, op=op, right=value):
            yield "conditional", ast.BinOp(left, op, ast.IfExp(test, value, orelse))


def as_column(value: ast.expr) -> ast.expr:
    """Give what makes a column of a vector: to turn it leaves it as it is."""
    whole = ast.Slice()
    return ast.Subscript(value, ast.Tuple([whole, ast.Constant(None)], ast.Load()), ast.Load())


def entries(node: ast.expr, counters: Sequence[str], names: Sequence[str]) -> Iterator[Other]:
    """Yield what stands at a place, where the place itself is given by a loop's name."""
    if isinstance(node, ast.Name) and node.id in counters:
        yield from (("entry", at(named(other), node)) for other in names if other != node.id)


def with_sizes_exchanged(node: ast.ListComp) -> Iterator[ast.expr]:
    """Yield a list of rows with as many of them as there are columns, and the other way round."""
    match node:
        case ast.ListComp(
            ast.ListComp(entry, [ast.comprehension(column, columns, [])]),
            [ast.comprehension(row, rows, [])],
        ) if _counts(rows) and _counts(columns):
            inner = ast.ListComp(entry, [ast.comprehension(column, rows, [], 0)])
            yield ast.ListComp(inner, [ast.comprehension(row, columns, [], 0)])
        case ast.ListComp(
            ast.BinOp(ast.List() as entry, ast.Mult(), columns),
            [ast.comprehension(row, ast.Call(counts, [rows]), [])],
        ) if ast.unparse(counts) == "range":
            repeated = ast.BinOp(entry, ast.Mult(), rows)
            yield ast.ListComp(repeated, [ast.comprehension(row, call("range", columns), [], 0)])


def _counts(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "range"


def operations(node: ast.BinOp) -> Iterator[Other]:
    """Yield other operations, other operands and other brackets."""
    left, op, right = node.left, node.op, node.right
    match node:
        case ast.BinOp(ast.List([ast.List() | ast.BinOp(ast.List()) as row]), ast.Mult()):
            rounds = ast.comprehension(ast.Name("_", ast.Store()), call("range", right), [], 0)
            yield "one_row", ast.ListComp(row, [rounds])
    if other := ADD_OR_TAKE.get(type(op)):
        yield "sign", ast.BinOp(left, other(), right)
    if not isinstance(op, (ast.Add, ast.Mult)):
        yield "order", ast.BinOp(right, op, left)
    if isinstance(op, PRODUCTS):
        (other,) = {*PRODUCTS} - {type(op)}
        yield "product", ast.BinOp(left, other(), right)
        yield "product", ast.BinOp(right, other(), left)
        yield "product", call(OUTER, left, right)
        yield "product", call(OUTER, right, left)
    if isinstance(op, ast.MatMult):
        for a in (left, ast.Attribute(left, "T", ast.Load())):
            for b in (right, ast.Attribute(right, "T", ast.Load())):
                yield "turned", ast.BinOp(a, op, b)
                yield "turned", ast.BinOp(b, op, a)
    for other in OTHER_OPERATIONS.get(type(op), ()):
        yield "operation", ast.BinOp(left, other(), right)
    match node:
        case ast.BinOp(left=ast.BinOp(left=a, op=ast.Add() | ast.Sub() as inner, right=b), right=c):
            if isinstance(op, (ast.Add, ast.Sub)):  # a product is calculated before a sum
                yield "operation", ast.BinOp(a, inner, ast.BinOp(b, ast.Mult(), c))
    if isinstance(op, ast.Mult):
        for a, b in ((left, right), (right, left)):
            if isinstance(b, (ast.Name, ast.Subscript, ast.Call)):
                above = ast.Compare(b, [ast.Gt()], [ast.Constant(0)])
                yield "slope", ast.BinOp(a, op, above)
    yield "part", left
    yield "part", right
    yield from _other_brackets(node)
    if isinstance(op, (ast.Mult, ast.MatMult, ast.Div)):
        yield "negated", ast.UnaryOp(ast.USub(), node)


def _other_brackets(node: ast.BinOp) -> Iterator[Other]:
    left, op, right = node.left, node.op, node.right
    match node:
        case ast.BinOp(left=ast.BinOp(left=a, op=within, right=b), right=c):
            yield "brackets", ast.BinOp(a, within, ast.BinOp(b, op, c))
            yield "part", a
    match node:
        case ast.BinOp(left=a, right=ast.BinOp(left=b, op=within, right=c)):
            yield "brackets", ast.BinOp(ast.BinOp(a, op, b), within, c)
            yield "brackets", ast.BinOp(b, within, ast.BinOp(a, op, c))
    match node:
        case ast.BinOp(left=ast.Call(func=f, args=[value], keywords=[])):
            yield "brackets", ast.Call(f, [ast.BinOp(value, op, right)], [])
            if not isinstance(op, ast.Sub):
                yield "brackets", ast.Call(f, [ast.BinOp(value, ast.Sub(), right)], [])
    match node:
        case ast.BinOp(right=ast.Call(func=f, args=[value], keywords=[])):
            yield "brackets", ast.Call(f, [ast.BinOp(left, op, value)], [])


def near_names(value: ast.expr, names: Sequence[str]) -> Iterator[Other]:
    """Yield the names that are spelt much like the one that stands there.

    Parameters
    ----------
    value : ast.expr
    names : list of str
    """
    if isinstance(value, ast.Name):
        yield from ((NEAR_NAME, named(n)) for n in names if spelt_alike(value.id, n))


def whether_given(value: ast.expr, around: ast.AST) -> Iterator[Other]:
    """Yield the question whether there is a number at all, where 0 counts as none.

    Parameters
    ----------
    value : ast.expr
    around : ast.AST
        What it stands in.
    """
    match around:
        case ast.If(test=asked) | ast.IfExp(test=asked) | ast.While(test=asked):
            is_asked = asked is value
        case ast.UnaryOp(op=ast.Not()) | ast.BoolOp(op=ast.And()):
            is_asked = True
        case _:
            is_asked = False
    match value:
        case ast.Name() | ast.Subscript() | ast.Attribute() if is_asked:
            yield "truth", _is_there(value)
        case ast.BoolOp(ast.Or(), [first, second]):
            yield "truth", ast.IfExp(_is_there(first), first, second)


def _is_there(value: ast.expr) -> ast.Call:
    return call(THERE, value)


def other_numbers(value: float) -> list[float]:
    """Give the numbers that one is taken for."""
    near = [-value] if value else []
    if isinstance(value, int):
        near += [value + 1, value - 1]
    return [n for n in dict.fromkeys([*near, 0, 1, 2, 0.5]) if n != value]


def places(node: ast.Subscript, counters: Sequence[str]) -> Iterator[Other]:
    """Yield other places of a list, a vector or a matrix."""
    value, index = node.value, node.slice
    if isinstance(index, ast.Slice):
        if isinstance(node.ctx, ast.Load):
            yield "slice", value
            yield from (("slice", other) for other in cuts(value))
        return
    match node:
        case ast.Subscript(value=ast.Subscript(value=inner, slice=first), slice=second):
            yield "indices", at(at(inner, second), first)
    match index:
        case ast.Tuple(elts=[first, second]):
            yield "indices", at(value, ast.Tuple([second, first], ast.Load()))
            if _is_all(first):
                yield "columns", value
            elif _is_all(second):
                yield "rows", value
            else:
                yield "indices", at(value, first)
            return
        case ast.Constant(value=int(number)):
            yield from (
                ("index", at(value, ast.Constant(n))) for n in (0, -1, 1, -2) if n != number
            )
            yield from (("fixed", at(value, named(name))) for name in counters)
        case _:
            if isinstance(index, ast.UnaryOp) and isinstance(index.operand, ast.Constant):
                from_the_end = (ast.UnaryOp(index.op, named(name)) for name in counters)
                yield from (("fixed", at(value, other)) for other in from_the_end)
            yield "index", at(value, ast.BinOp(index, ast.Add(), ast.Constant(1)))
            yield "index", at(value, ast.BinOp(index, ast.Sub(), ast.Constant(1)))
            yield "index", at(value, ast.UnaryOp(ast.USub(), index))
    yield "whole", value


def _is_all(index: ast.expr) -> bool:
    """Whether it is `:` without an end."""
    return isinstance(index, ast.Slice) and not (index.lower or index.upper or index.step)


def cuts(value: ast.expr) -> list[ast.expr]:
    """Give a list without its first, without its last, and from the end."""
    bounds = ((1, None, None), (None, -1, None), (None, None, -1))
    return [
        at(value, ast.Slice(*(None if b is None else ast.Constant(b) for b in bound)))
        for bound in bounds
    ]


def calls(node: ast.Call) -> Iterator[Other]:
    """Yield other functions, other arguments, and the argument alone."""
    name = _in_short(ast.unparse(node.func))
    if turned := turned_instead(node):
        yield "reshaped", turned
    yield from _other_functions(node, name)
    yield from _other_keywords(node, name)
    yield from _taken_from_the_other_end(node)
    if name == "range":
        yield from _other_ranges(node)
    else:
        yield from _other_slices(node, name)
        yield from _other_arguments(node, name)
        yield from _arguments_alone(node, name)


def _other_functions(node: ast.Call, name: str) -> Iterator[Other]:
    given = node.args
    about = "product" if name in NUMPY_PRODUCTS else "function"
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("mean", "min", "sum"):
        for method in ("sum", "max") if node.func.attr != "sum" else ("max",):
            named_so = ast.Attribute(node.func.value, method, ast.Load())
            yield "function", ast.Call(named_so, given, node.keywords)
    for other in ALIKE.get(name, ()):
        yield about, call(OUTER if other == "np.outer" else other, *given[:2])
    if name == "np.outer" and len(given) == 2 and ast.unparse(given[0]) == ast.unparse(given[1]):
        yield "function", call("np.diag", given[0])


def _other_keywords(node: ast.Call, name: str) -> Iterator[Other]:
    """Yield one axis, a third argument that is none of a function's, and no keyword."""
    given = node.args
    before, _, method = name.rpartition(".")
    if method in REDUCE and before and not node.keywords and len(given) == (before == "np"):
        for axis in (0, 1):
            yield "axis", ast.Call(node.func, given, [ast.keyword("axis", ast.Constant(axis))])
    if name in THREE and len(given) == 3:
        again = ast.Call(node.func, given[:2], [])
        of_all = ast.Call(node.func, [again, given[2]], [])
        yield "arguments", ast.BinOp(again, ast.Mult(), given[2])
        yield "arguments", of_all
    for keyword in node.keywords:
        yield "keyword", ast.Call(node.func, given, [k for k in node.keywords if k != keyword])


def _taken_from_the_other_end(node: ast.Call) -> Iterator[Other]:
    """Yield what takes an entry out of a list at its other end."""
    match node:
        case ast.Call(ast.Attribute(attr="pop") as pop, given, []):
            if takes_last(node):
                yield POPPED, ast.Call(pop, [ast.Constant(0)], [])
            elif [ast.unparse(one) for one in given] == ["0"]:
                yield POPPED, ast.Call(pop, [], [])


def takes_last(node: ast.Call) -> bool:
    """Tell whether a ``pop`` takes the last entry of a list.

    Parameters
    ----------
    node : ast.Call
    """
    return [ast.unparse(one) for one in node.args] in ([], ["-1"])


def _other_ranges(node: ast.Call) -> Iterator[Other]:
    given = node.args
    for i, value in enumerate(given[:2]):
        for op in (ast.Add(), ast.Sub()):
            end = ast.BinOp(value, op, ast.Constant(1))
            yield "range", ast.Call(node.func, [*given[:i], end, *given[i + 1 :]], [])
    if len(given) == 1:
        yield "range", ast.Call(node.func, [ast.Constant(1), *given], [])
    down = ast.UnaryOp(ast.USub(), ast.Constant(1))
    if len(given) == 2:
        yield "range", ast.Call(node.func, given[1:], [])
        yield "countdown", call("range", *given, down)
    if len(given) == 1:
        yield "backwards", call("range", *given, ast.Constant(0), down)
    yield "backwards", call("reversed", node)


def _other_slices(node: ast.Call, name: str) -> Iterator[Other]:
    """Yield parts of what a loop goes through together with something else, or counts."""
    given = node.args
    for i, value in enumerate(given) if name in ("zip", "enumerate") else ():
        for cut in cuts(value):
            changed = [*given[:i], cut, *given[i + 1 :]]
            yield "slice", ast.Call(node.func, changed, node.keywords)


def _other_arguments(node: ast.Call, name: str) -> Iterator[Other]:
    """Yield the arguments in other orders, and a call within a call the other way round."""
    given = node.args
    match given:
        case [ast.Tuple([rows, columns]) | ast.List([rows, columns]), *others] if (
            name in MADE_OF_SIZES
        ):
            exchanged = ast.Tuple([columns, rows], ast.Load())
            yield "sizes", ast.Call(node.func, [exchanged, *others], node.keywords)
    pairs = ((1, 2),) if name.endswith("where") else ((0, 1), (1, 2), (0, 2))
    for i, j in pairs if not name.endswith(("reshape", "clip")) else ():
        if j < len(given) < 4:
            turned = list(given)
            turned[i], turned[j] = given[j], given[i]
            yield "arguments", ast.Call(node.func, turned, node.keywords)
    match node:
        case ast.Call(ast.Attribute(left, "dot"), [right], []) if name != "np.dot":
            yield "order", call("np.dot", right, left)
    match node:
        case ast.Call(f, [ast.Call(g, [value], [])], []):
            yield "order", ast.Call(g, [ast.Call(f, [value], [])], [])


def _arguments_alone(node: ast.Call, name: str) -> Iterator[Other]:
    """Yield what is called with something without the call, and the call without some of it."""
    given = node.args
    if name == "reversed":
        yield "backwards", given[0] if given else node
    elif given and name not in ("len", "enumerate", "zip", "int"):
        match node:
            case ast.Call(func=f, args=[ast.BinOp(left, calculates, right)], keywords=[]):
                yield "brackets", ast.BinOp(ast.Call(f, [left], []), calculates, right)
        yield from (("call", value) for value in given[:3])
        if len(given) == 1:
            minus = ast.UnaryOp(ast.USub(), given[0])
            yield "negated", ast.Call(node.func, [minus], node.keywords)
        elif name not in NUMPY_PRODUCTS and not name.endswith("reshape"):
            yield "keyword", ast.Call(node.func, given[:-1], node.keywords)
    if isinstance(node.func, ast.Attribute) and (not given or node.func.attr == "reshape"):
        yield "call", node.func.value


def _in_short(name: str) -> str:
    """A function's name as it is by the short name of NumPy."""
    return f"np.{name.removeprefix('numpy.')}" if name.startswith("numpy.") else name


def other_places(target: ast.Subscript, counters: Sequence[str]) -> Iterator[Other]:
    """Yield other places at which a value could be kept."""
    match target.slice:
        case ast.Tuple(elts=[first, second]):
            pairs = [("indices", [second, first])]
            for number, name in ((n, c) for n in (0, 1) for c in counters):
                pair = [first, second]
                other = "fixed" if isinstance(pair[number], ast.Constant) else "indices"
                pair[number] = named(name)
                pairs.append((other, pair))
        case ast.Slice(lower=lower, upper=upper):
            ends = [end for end in (lower, upper) if isinstance(end, ast.Name)]
            yield from (("whole_row", stored_at(target.value, end)) for end in ends)
            return
        case ast.Name():
            pairs = [("whole_row", [target.slice, named(c)]) for c in counters]
        case ast.Constant():
            yield from (("fixed", stored_at(target.value, named(c))) for c in counters)
            return
        case _:
            return
    for kind, pair in pairs:
        yield kind, stored_at(target.value, ast.Tuple(pair, ast.Load()))


def stored_at(value: ast.expr, index: ast.expr) -> ast.Subscript:
    return ast.Subscript(value, index, ast.Store())


def statements(
    node: ast.stmt, within: bool, counters: Sequence[str], names: Sequence[str]
) -> Iterator[Others]:
    """Yield what could stand in the place of a statement, and what the change is about.

    Parameters
    ----------
    node : ast.stmt
    within : bool
        Whether it stands in a loop.
    counters, names : list of str
        As in `expressions`.
    """
    if turned := name_turned_instead(node):
        yield "reshaped", [turned]
    match node:
        case ast.Assign():
            yield from _assignments(node, within, counters, names)
        case ast.AugAssign():
            yield from _growths(node)
        case ast.If(body=body, orelse=[]):
            yield "under_condition", body
        case ast.Break() | ast.Continue():
            yield "needed", [ast.Pass()]
        case ast.Expr(value=ast.Call() as called):
            yield from _fillings(called)
            yield "needed", [ast.Pass()]


def _assignments(
    node: ast.Assign, within: bool, counters: Sequence[str], names: Sequence[str]
) -> Iterator[Others]:
    match node:
        case ast.Assign([ast.Name() | ast.Attribute()], ast.Name() | ast.Attribute() as named_so):
            new = ast.Call(ast.Attribute(named_so, "copy", ast.Load()), [], [])
            yield "two_names", [ast.Assign(node.targets, new)]
    target, value = node.targets[0], node.value
    if len(node.targets) > 1 or not isinstance(target, (ast.Name, ast.Subscript)):
        return
    match target:
        case ast.Subscript(ast.Name(id=name), all_of) if ast.unparse(all_of) in WHOLE:
            yield "in_place", [ast.Assign([ast.Name(name, ast.Store())], value)]
    if isinstance(value, (ast.Name, ast.Constant)):
        yield "start", [ast.Assign([target], ast.Constant(0))]
    match value:
        case ast.List(elts=[]):
            for name in (name for name in names if name not in counters):
                yield "start", [ast.Assign([target], ast.List([named(name)], ast.Load()))]
        case ast.List(elts=[_]):
            yield "start", [ast.Assign([target], ast.List([], ast.Load()))]
    if within and not (isinstance(value, ast.Constant) and value.value == 0):
        yield "anew", [ast.AugAssign(target, ast.Add(), value)]
    yield "needed", [ast.Pass()]
    if isinstance(target, ast.Subscript):
        for kind, place in other_places(target, counters):
            yield kind, [ast.Assign([place], value)]


def _growths(node: ast.AugAssign) -> Iterator[Others]:
    target, op, value = node.target, node.op, node.value
    if isinstance(target, ast.Name):
        grown = ast.BinOp(named(target.id), op, value)
        yield "in_place", [ast.Assign([target], grown)]
    yield "anew", [ast.Assign([target], value)]
    if turned := ADD_OR_TAKE.get(type(op)):
        yield "sign", [ast.AugAssign(target, turned(), value)]
    for other in OTHER_OPERATIONS.get(type(op), ()):
        yield "operation", [ast.AugAssign(target, other(), value)]
    yield "needed", [ast.Pass()]


def _fillings(node: ast.Call) -> Iterator[Others]:
    """Yield other ways to put something into a list."""
    match node:
        case ast.Call(func=ast.Attribute(value=of, attr="append"), args=[value]):
            begin = [ast.Constant(0), value]
            yield "end", [ast.Expr(ast.Call(ast.Attribute(of, "insert", ast.Load()), begin, []))]
            if isinstance(value, ast.Name):
                copy = ast.Call(ast.Attribute(value, "copy", ast.Load()), [], [])
                append = ast.Attribute(of, "append", ast.Load())
                yield "copied", [ast.Expr(ast.Call(append, [copy], []))]
        case ast.Call(func=ast.Attribute(value=of, attr="insert"), args=[_, value]):
            last = ast.Call(ast.Attribute(of, "append", ast.Load()), [value], [])
            yield "end", [ast.Expr(last)]
        case ast.Call(func=ast.Attribute(value=of, attr="extend"), args=[value]):
            append = ast.Attribute(of, "append", ast.Load())
            yield "function", [ast.Expr(ast.Call(append, [value], []))]


def returns(node: ast.stmt, given: Sequence[str]) -> Iterator[Others]:
    """Yield what a function that others call could give back: a rectifier of what it gets, a slope.

    Parameters
    ----------
    node : ast.stmt
    given : list of str
        The names of what it gets.
    """
    if isinstance(node, ast.Return):
        for value in map(named, given):
            above = ast.BinOp(ast.Compare(value, [ast.Gt()], [ast.Constant(0)]), ast.Mult(), ONE)
            yield "gives", [ast.Return(above)]
            yield "gives", [ast.Return(call("np.maximum", value, ast.Constant(0)))]


def names_in(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def named(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())


def at(value: ast.expr, index: ast.expr) -> ast.Subscript:
    return ast.Subscript(value, index, ast.Load())


def call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.parse(name, mode="eval").body, list(arguments), [])
