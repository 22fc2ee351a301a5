"""One function with many small changes in it, of which a number chooses one.

All are compiled at once, so that to try some hundreds takes little longer than as many calls.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from ..phrases import Said
from ..trees import bound_in
from . import alternatives
from .call_ends import ended_elsewhere
from .index_twice import counters_unused
from .never_read import entries_never_read, never_read_in
from .taken_out import taken_out
from .unread import UNREAD, read_instead, unread_in
from .which_round import WHICH_ROUND, by_round, gone_through
from .written_over import copied, kept_as_it_was, not_as_it_was, written_over

PICK, BOUNDED, GOES_ON = "_checks_pick", "_checks_bounded", "_checks_goes_on"
OUTER, THERE = alternatives.OUTER, alternatives.THERE
OLD = "_checks_old_"
SIMPLE = (ast.Assign, ast.AugAssign, ast.Expr)
COMPREHENSIONS = (ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)
Comprehension = ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp


@dataclass
class Edit:
    """A change of a function: where in its code, and what stands there with it.

    Attributes
    ----------
    kind : str
        What it is about.
    line : int
    node : ast.expr or ast.stmt
        What stands there now.
    around : list of ast.AST
        The statement and the expressions that it is in, from the outermost inwards.
    others : sequence of ast.AST
        What stands there with the change, if that is all that it does.
    sums : mapping of str to int
        Of one that leaves out what earlier rounds have added: see `carried_on.carried_on`.
    """

    kind: str
    line: int
    node: ast.expr | ast.stmt
    around: list[ast.AST]
    others: Sequence[ast.AST] = ()
    sums: Mapping[str, int] = field(default_factory=dict)

    @property
    def without(self) -> Said | None:
        """What its node does, where all that the change does is to leave that out."""
        return taken_out(self.node, self.others[0] if self.others else None, self.around)


class Switched:
    """A function's code with all changes in it.

    Parameters
    ----------
    function : ast.FunctionDef
    kinds : dict
        Of which kind the values of its names are, as far as that is known.
    first : int
        The number of the first change.
    called : bool
        Whether it is one that the function calls which is looked at: what it gives may be changed
        as a whole.

    Attributes
    ----------
    edits : list of Edit
        They are numbered in this order.
    tree : ast.Module
        Holds the function.
    """

    def __init__(
        self,
        function: ast.FunctionDef,
        kinds: Mapping[str, str],
        first: int = 0,
        *,
        called: bool = False,
    ) -> None:
        self.first = first
        self.given = [argument.arg for argument in function.args.args] if called else []
        self.edits: list[Edit] = []
        self.around: list[ast.AST] = []
        self.loops = 0
        self.asking: list[tuple[str, list[int]]] = []
        self.over: dict[int, dict[str, int]] = {}
        self.kinds = kinds
        self.names = own_names(function)
        self.lists = lists_in(function)
        self.counters = counters_in(function)
        self.unread = unread_in(function)
        self.never_read = never_read_in(function)
        made = ast.copy_location(ast.FunctionDef(**dict(ast.iter_fields(function))), function)
        made.decorator_list, made.returns, made.args = [], None, bare(function.args)
        made.body = self.block(function.body)
        self.tree = ast.fix_missing_locations(ast.Module([made], []))

    def number(self, kind: str, node: ast.expr | ast.stmt, others: Sequence[ast.AST] = ()) -> int:
        """Note a change that puts something else in the place of a node, and give its number."""
        self.edits.append(Edit(kind, node.lineno, node, list(self.around), others))
        return self.first + len(self.edits) - 1

    # --- statements ---

    def block(self, body: Sequence[ast.stmt]) -> list[ast.stmt]:
        """Give statements with their changes."""
        made: list[ast.stmt] = []
        earlier: int | None = None
        later: int | None = None
        for at, node in enumerate(body):
            now = self.statement(node)
            if earlier is not None:  # where it is done earlier it isn't done again
                now = only_if(earlier, [], [now])
            earlier = None
            following = body[at + 1] if at + 1 < len(body) else None
            if isinstance(node, ast.For) and isinstance(now, ast.For):
                before, after = self.at_the_edges(node, now, body[:at])
                if isinstance(following, SIMPLE):
                    earlier = self.number("indented", following)
                    now.body.append(only_if(earlier, [following]))
                before += self.kept_before(node)
                self.rounds_alike(node, now, before, after)
                for append in [one for one in node.body if is_append(one)]:
                    before.append(only_if(self.number("missing", append), [append]))
                    after.append(only_if(self.number("missing", append), [append]))
                made += [*before, now, *after]
            elif isinstance(node, SIMPLE) and isinstance(following, SIMPLE):
                earlier = self.number("order_of_lines", following)
                made += [only_if(earlier, [following]), now]
            elif isinstance(node, SIMPLE) and isinstance(following, ast.For):
                later = self.number("after_the_loop", node)
                made.append(only_if(later, [], [now]))
            else:
                made.append(now)
            if later is not None and isinstance(node, ast.For):
                made.append(only_if(later, [body[at - 1]]))
                later = None
        return made

    def at_the_edges(
        self, loop: ast.For, made: ast.For, above: Sequence[ast.stmt]
    ) -> tuple[list[ast.stmt], list[ast.stmt]]:
        """Move lines into a loop and out of it; give what is then done before and after it."""
        before: list[ast.stmt] = []
        after: list[ast.stmt] = []
        for line in [line for line in above if is_start(line)]:
            made.body.insert(0, only_if(self.number("anew_each_round", line), [line]))
        first = len(made.body) - len(loop.body)
        for at, line in enumerate(loop.body[:2]):
            if is_start(line) and len(loop.body) == len(made.body) - first:
                once = self.number("once", line)
                made.body[first + at] = only_if(once, [], [made.body[first + at]])
                before.append(only_if(once, [line]))
        if isinstance(loop.body[-1], (*SIMPLE, ast.Return)):
            out = self.number("indented", loop.body[-1])
            made.body[-1] = only_if(out, [], [made.body[-1]])
            after.append(only_if(out, [loop.body[-1]]))
        return before, after

    def kept_before(self, loop: ast.For) -> list[ast.stmt]:
        """Keep what a loop writes over, for it to read instead."""
        over = self.over.get(id(loop), {})
        return [only_if(number, [copied(name, f"{OLD}{number}")]) for name, number in over.items()]

    def rounds_alike(
        self, loop: ast.For, made: ast.For, before: list[ast.stmt], after: list[ast.stmt]
    ) -> None:
        """Begin each round with what a name held before a loop that makes it of itself."""
        self.around.append(loop)
        for name, store in not_as_it_was(loop):
            number = self.number("written_over", store)
            keeps, gives_back = kept_as_it_was(name, f"{OLD}{number}")
            before.append(only_if(number, [keeps]))
            made.body.insert(0, only_if(number, [gives_back]))
            after.insert(0, only_if(number, [gives_back]))
        self.around.pop()

    def old_in_place(self, value: ast.expr, made: ast.expr) -> ast.expr:
        """Read what a name held before a loop wrote into it, but where it is written into."""
        match self.around[-1:]:
            case [ast.Subscript(value=into, ctx=ast.Store() | ast.Del())] if into is value:
                return made
        for loop in self.around if isinstance(value, ast.Name) else ():
            number = self.over.get(id(loop), {}).get(ast.unparse(value))
            if number is not None:
                made = ast.IfExp(is_picked(number), ast.Name(f"{OLD}{number}", ast.Load()), made)
        return made

    def statement(self, node: ast.stmt) -> ast.stmt:
        """Give a statement with its changes."""
        if isinstance(node, ast.For):
            self.around.append(node)
            pairs = written_over(node)
            self.over[id(node)] = {name: self.number("written_over", at) for name, at in pairs}
            self.around.pop()
        self.around.append(node)
        made: ast.stmt = self.in_rounds(node) if isinstance(node, ast.For) else self.rebuilt(node)
        self.around.pop()
        if isinstance(node, ast.If) and isinstance(made, ast.If):
            made.test = self.by_round(node.test, made.test)
            made = only_if(self.number("never", node.test), node.orelse, [made])
            if node.orelse:
                turned = ast.If(node.test, node.orelse, node.body)
                return only_if(self.number("branches", node.test), [turned], [made])
        names = [name for name in self.names if name not in self.lists]
        others = alternatives.statements(node, self.loops > 0, self.counters, names)
        for kind, other in (*others, *alternatives.returns(node, self.given)):
            if kind in ("in_place", "reshaped") and not bound_in(other[0]) & {*self.names}:
                continue  # it would be another name than the one outside of the function
            made = only_if(self.number(kind, node, other), other, [made])
        for one in read_instead(node, self.unread):
            made = only_if(self.number(UNREAD, node, [one]), [one], [made])
        return made

    def in_rounds(self, node: ast.For | Comprehension) -> Any:
        """Give a loop with its changes, which knows its rounds where one of these asks for them."""
        self.asking.append((f"{node.lineno}.{node.col_offset}", []))
        made = self.rebuilt(node)
        loop, asking = self.asking.pop()
        if asking:
            numbers = ast.Tuple([ast.Constant(number) for number in asking], ast.Load())
            asked = ast.Compare(ast.Name(PICK, ast.Load()), [ast.In()], [numbers])
            of = made if isinstance(made, ast.For) else made.generators[-1]
            of.iter = gone_through(of.iter, loop, asked)
        return made

    def by_round(self, test: ast.expr, made: ast.expr) -> ast.expr:
        """Let a condition in a loop hold in one of its outermost rounds, or in all but that one."""
        loops = [
            one for one in self.around if isinstance(one, (ast.For, ast.While, *COMPREHENSIONS))
        ]
        # Which is the last round of a `while` nobody knows before.
        known = loops and not isinstance(loops[-1], ast.While)
        for loop, asking in self.asking[-1:] if known else ():
            for other in by_round(loop):
                asking.append(self.number(WHICH_ROUND, test, [other]))
                made = ast.IfExp(is_picked(asking[-1]), other, made)
        return made

    # --- what is in them ---

    def rebuilt(self, node: ast.AST) -> Any:
        """Give a copy of a node with the changes of all that is in it."""
        made: Any = ast.copy_location(type(node)(), node)
        self.loops += isinstance(node, (ast.For, ast.While))
        for name, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                setattr(made, name, self.block(value))
            elif isinstance(value, list):
                setattr(made, name, [self.part(v, self.is_given_back(node)) for v in value])
            elif name == "func" and isinstance(value, ast.Name):
                setattr(made, name, value)
            else:
                setattr(made, name, self.part(value, name == "value" and reads_one(node)))
        self.loops -= isinstance(node, (ast.For, ast.While))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("np.outer", "numpy.outer"):
            made.func = ast.Name(OUTER, ast.Load())
        return with_an_end(made)

    def part(self, value: Any, may_be_list: bool = False) -> Any:
        """Give what is in a node, with its changes if it is an expression that is computed.

        A list that grows is put where one of its entries is read or where it is given back, but
        nowhere else: in itself it has no end, and added to itself again and again it is too long.
        """
        if not isinstance(value, (ast.expr, ast.comprehension, ast.keyword)):
            return value
        if isinstance(value, (ast.JoinedStr, ast.Lambda)):
            return value
        self.around.append(value)
        made: Any = self.in_rounds(value) if comprehends(value) else self.rebuilt(value)
        if isinstance(value, ast.IfExp):
            made.test = self.by_round(value.test, made.test)
        self.around.pop()
        if not isinstance(value, ast.expr) or not self.is_computed(value):
            return made
        names = [n for n in self.names if may_be_list or n not in self.lists]
        near = [*alternatives.near_names(value, names)]
        if isinstance(value, ast.Name):
            names = [n for n in names if n != value.id and self.are_alike(n, value.id)]
        comprehended = any(map(comprehends, self.around))
        kept = names if self.loops and not comprehended else []
        kept = [name for name in kept if name not in self.counters]
        of_an_entry = self.around and isinstance(self.around[-1], ast.Subscript)
        entries = alternatives.entries(value, self.counters, self.names)
        others = alternatives.expressions(value, names, self.counters, kept)
        whether = alternatives.whether_given(value, self.around[-1]) if self.around else ()
        twice = counters_unused(value, self.around)
        ends = ended_elsewhere(value, self.around)
        unread = entries_never_read(value, self.around, self.never_read)
        for kind, other in (*others, *entries, *whether, *near, *twice, *ends, *unread):
            if of_an_entry and kind in ("one_of_all", "entry"):
                continue
            made = ast.IfExp(is_picked(self.number(kind, value, [other])), other, made)
        return self.old_in_place(value, made)

    def is_given_back(self, node: ast.AST) -> bool:
        """Tell whether several things together are what a function returns."""
        around = self.around[-2:]
        return isinstance(node, ast.Tuple) and isinstance(around[0], ast.Return)

    def are_alike(self, name: str, other: str) -> bool:
        """Tell whether one value could be taken for another."""
        kinds = self.kinds.get(name), self.kinds.get(other)
        return None in kinds or kinds[0] == kinds[1]

    def is_computed(self, value: ast.expr) -> bool:
        """Tell whether an expression stands for a value of the function's."""
        if isinstance(value, (ast.Starred, ast.Slice)):
            return False
        if isinstance(value, ast.Tuple) and any(isinstance(e, ast.Slice) for e in value.elts):
            return False
        if isinstance(value, ast.Name) and value.id not in self.names:
            return False
        return isinstance(getattr(value, "ctx", ast.Load()), ast.Load)


def comprehends(value: ast.AST) -> TypeGuard[Comprehension]:
    """Tell whether it is a comprehension."""
    return isinstance(value, COMPREHENSIONS)


def with_an_end(made: Any) -> Any:
    """Give a loop that does not go on for ever; anything else as it is."""
    if isinstance(made, (ast.For, ast.comprehension)):
        made.iter = ast.Call(ast.Name(BOUNDED, ast.Load()), [made.iter], [])
    if isinstance(made, ast.While):
        goes_on = ast.Call(ast.Name(GOES_ON, ast.Load()), [], [])
        made.test = ast.BoolOp(ast.And(), [goes_on, made.test])
    return made


def is_append(line: ast.stmt) -> bool:
    """Tell whether a line puts something into a list."""
    match line:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="append" | "insert"))):
            return True
    return False


def is_start(line: ast.stmt) -> bool:
    """Tell whether a line gives a name the value that it begins with."""
    return isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)


def counters_in(function: ast.FunctionDef) -> list[str]:
    """Give the names that loops go through."""
    targets = [n.target for n in ast.walk(function) if isinstance(n, (ast.For, ast.comprehension))]
    nodes = [node for target in targets for node in ast.walk(target)]
    return list(dict.fromkeys(node.id for node in nodes if isinstance(node, ast.Name)))


def own_names(function: ast.FunctionDef) -> list[str]:
    """Give the names of a function's own values, its parameters first."""
    names = [argument.arg for argument in function.args.args]
    names += [
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    return list(dict.fromkeys(names))


def lists_in(function: ast.FunctionDef) -> set[str]:
    """Give the names of the lists that a function fills."""
    found = set()
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.List() | ast.ListComp()):
                found.add(name)
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name))]):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.BinOp(left=ast.List())):
                found.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)):
                if attr in ("append", "insert", "extend"):
                    found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="list"))):
                found.add(name)
    return found


def reads_one(node: ast.AST) -> bool:
    return isinstance(node, ast.Return) or (
        isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load)
    )


def bare(arguments: ast.arguments) -> ast.arguments:
    """Give parameters without what says of which types they are."""
    return ast.arguments(
        [], [ast.arg(a.arg) for a in arguments.args], None, [], [], None, arguments.defaults
    )


def is_picked(number: int) -> ast.Compare:
    return ast.Compare(ast.Name(PICK, ast.Load()), [ast.Eq()], [ast.Constant(number)])


def only_if(number: int, picked: Sequence[ast.stmt], otherwise: Sequence[ast.stmt] = ()) -> ast.If:
    """Give the statement that does one thing if a change is picked, else the other."""
    return ast.If(is_picked(number), list(picked) or [ast.Pass()], list(otherwise))
