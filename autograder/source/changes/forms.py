"""The forms that small changes give a function; whoever calls them judges what they return."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import FrameType, FunctionType
from typing import Any, TypeGuard

import numpy as np

from ..phrases import Said, said
from ..trees import WIDEST, bound_in, cut_short, names_in, walk
from .alternatives import NEAR_NAME, POPPED, takes_last
from .buried import Written, may_be_buried, written
from .call_ends import CALL_ENDS, ends_told
from .carried_on import CARRIED_ON, carried_on, carried_on_told, taken_in
from .flat_columns import FLAT, FLAT_COLUMN, flat
from .index_twice import INDEX_TWICE, index_of_two, twice_told
from .never_read import NEVER_READ, never_read_told
from .reached import Reached, Unit, used_in
from .rewritten import Call, CannotBeTried, Rewritten, TooLong
from .spared import LEAVE_OUT, spared_lines
from .switched import OUTER, PICK, SIMPLE, THERE, Edit, Switched
from .unread import UNREAD, unread_told
from .which_round import WHICH_ROUND, Rounds, which_round_told
from .written_over import over_told

#: With more than this none is tried; where each entry is taken by itself there are about 1300.
MOST_CHANGES = 2000
LARGEST = 10_000
SHORT = 4
#: The number of no change.
NONE = -1
#: Calls, each with what is written in it without any change.
Watched = Sequence[tuple[Call, Written]]
#: What a form returns in some calls; None where it stops.
Outcomes = Callable[[Callable[..., Any]], Sequence[bytes | None]]
#: What is asked of a name in whose place one other is right.
NAME_OF_TWO = "change.name_of_two"
#: The name under which the code with all changes is compiled.
CHANGED = "a change"
#: What a change can be about; the likeliest and plainest are tried first.
KINDS = (
    "unread", "near_name", "index_twice", "carried_on", "never_read", "tilde", "flat_column",
    "reshaped", "one_row", "truth", "comparison", "sign", "sizes", "order", "negated", "product",
    "arguments", "turned", "index", "indices", "columns", "rows", "axis", "entry", "vector_turned",
    "call", "part", "conditional", "call_ends", "brackets", "slope", "whole_row", "function",
    "name", "one_of_all", "whole", "operation", "number", "compared", "keyword", "popped", "range",
    "countdown", "size", "slice", "remainder", "backwards", "branches", "anew", "end", "fixed",
    "kept", "anew_each_round", "once", "indented", "order_of_lines", "after_the_loop", "missing",
    "start", "needed", "under_condition", "never", "gives", "in_place", "copied", "two_names",
    "written_over", "which_round", "filled",
)  # fmt: skip
#: What is asked about anything that stands in a call of these.
ASKED_WITHIN = {"len": "size", "range": "range"}
#: Changes that leave something out, or ask something else of it than its value.
WITHOUT = {"call", "part", "slope", "compared", "function", "needed", "gives"}
#: Changes that leave a line as it is and have it done elsewhere.
MOVED = {"anew_each_round", "once", "indented", "order_of_lines", "after_the_loop"}
RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


class _Several(frozenset[int]):
    """The numbers of several changes that are made together: it is equal to each of them."""

    def __eq__(self, other: object) -> bool:
        return other in self

    __hash__ = frozenset.__hash__


class Forms(Rewritten):
    """A function with all its changes, of which one at a time is made.

    Parameters
    ----------
    reach : Reached
        The function, and what it calls and is changed too.
    kinds : dict of str to (dict of str to str)
        For each of them: of which kind the values of its names are. See `kinds_in`.
    space : dict
        The names that its code reads.
    seconds : float
        CPU time after which its loops end.

    Attributes
    ----------
    edits : list of Edit
        The number of each is its place here.
    beside : int
        The number of a change that is made in each form too; `NONE` for none.

    Raises
    ------
    CannotBeTried
    """

    def __init__(
        self,
        reach: Reached,
        kinds: Mapping[str, Mapping[str, str]],
        space: Mapping[str, Any],
        seconds: float,
    ) -> None:
        super().__init__(reach, space, seconds)
        self.edits: list[Edit] = []
        self.beside = NONE
        self._sums = carried_on(reach.units)
        self._space |= {OUTER: outer, PICK: NONE, THERE: is_there, FLAT: flat}
        self._space |= Rounds().space
        self._make(reach, lambda unit: self._switched(unit, kinds.get(unit.name, {})), CHANGED)
        self._may_be_buried = any(may_be_buried(unit.node) for unit in reach.units)

    def _switched(self, unit: Unit, kinds: Mapping[str, str]) -> ast.stmt:
        called = unit is not self._units[0]
        switched = Switched(unit.node, kinds, len(self.edits), called=called)
        if len(self.edits) + len(switched.edits) > MOST_CHANGES:
            raise CannotBeTried
        self.edits += [self._carried_on(edit, unit) for edit in switched.edits]
        return switched.tree.body[0]

    def _carried_on(self, edit: Edit, unit: Unit) -> Edit:
        """A change as one of what earlier rounds have added, where it leaves that out."""
        sums = self._sums[unit.name]
        if edit.kind in LEAVE_OUT and edit.others and taken_in(edit.node, edit.others[0], sums):
            return replace(edit, kind=CARRIED_ON, sums=sums)
        return edit

    @property
    def count(self) -> int:
        """How many changes there are."""
        return len(self.edits)

    def form(self, number: int) -> Callable[..., Any]:
        """The function with one change; it is the last one asked for that is made."""
        return self._form(number)

    def _form(self, picked: int | _Several) -> Callable[..., Any]:
        if self.beside != NONE:
            several = picked if isinstance(picked, _Several) else {picked}
            picked = _Several({*several, self.beside})
        self._space[PICK], self._rounds = picked, 0
        return self._function

    def is_doubtful(self, edit: Edit) -> bool:
        """Whether another line may be the wrong one: one that makes a value, or is called.

        What is spelt almost alike is easily mistaken, whoever else reads it; and where nothing of
        an argument is read, something else is read in its place.
        """
        return edit.kind not in (NEAR_NAME, NEVER_READ) and (
            self._leaves_unread(edit)
            or self._replaces_called(edit)
            or self._shortens_counted(edit)
            or self._turns_what_is_made(edit)
        )

    def _turns_what_is_made(self, edit: Edit) -> bool:
        """Whether a change puts a minus before a name where it is handed on, the only time.

        The line that makes it is the one to look at.
        """
        match edit.others:
            case [ast.Call(args=[ast.UnaryOp(ast.USub(), ast.Name(name))])]:
                within = self._holding(edit.line)
                made = [node for node in walk(within) if _makes(node, name)]
                return len(made) == 1 == _times_read(name, within)
        return False

    def _shortens_counted(self, edit: Edit) -> bool:
        """Whether a change leaves out a part of a list, of which only the length is read."""
        within = self._holding(edit.line)
        match edit.around[:1]:
            case [ast.Assign([ast.Name(id=name)])] if edit.kind == "part":
                calls = [node for node in ast.walk(within) if isinstance(node, ast.Call)]
                counted = sum(ast.unparse(call) == f"len({name})" for call in calls)
                return 0 < counted == _times_read(name, within)
        return False

    def watched(self, calls: Sequence[Call]) -> Watched:
        """Give the calls in which a change may bury something, with what is written without any.

        Parameters
        ----------
        calls : sequence of callable
            Each calls the form that it is given.
        """
        if not self._may_be_buried:
            return []
        return [(call, self._written(NONE, call)) for call in calls]

    def buries(self, number: int, watched: Watched) -> bool:
        """Whether with a change a line writes over all entries that another one writes.

        It mends what that one does wrong by having nobody meet it.

        Parameters
        ----------
        number : int
        watched : sequence of (callable, Written)
            See `watched`.
        """
        return any(self._written(number, call).buries(before) for call, before in watched)

    def _written(self, number: int, call: Call) -> Written:
        return written(lambda: call(self.form(number)), CHANGED)

    def hides_a_line(self, number: int, outcomes: Outcomes) -> bool:
        """Whether with a change of what a loop goes through nothing comes of a line below it.

        It mends what that line does wrong by having nobody meet it.

        Parameters
        ----------
        number : int
        outcomes : callable
            Gives what a form returns in some calls.
        """
        loop = _loop_through(self.edits[number])
        below = [*self._left_out_below(loop)] if loop else []
        if not below:
            return False
        now, mended = outcomes(self.form(NONE)), outcomes(self.form(number))
        return any(
            outcomes(self._form(_Several({number, one}))) == mended
            and outcomes(self.form(one)) != now
            for one in below
        )

    def _left_out_below(self, loop: ast.For) -> Iterator[int]:
        """The changes that leave out a line that stands below a loop, and no further in."""
        ends, within = loop.end_lineno or loop.lineno, self._holding(loop.lineno)
        for number, edit in enumerate(self.edits):
            is_left_out = edit.kind == "needed" and ends < edit.line <= (within.end_lineno or 0)
            if is_left_out and edit.node.col_offset <= loop.col_offset:
                yield number

    def displaces_appended(self, number: int) -> bool:
        """Whether a change is of how many entries a list gets that one more is appended to below.

        It mends what is appended by having that stand too far behind, for nobody to meet it.
        """
        edit = self.edits[number]
        if not any(isinstance(one, ast.comprehension) for one in edit.around):
            return False
        match next((one for one in edit.around[::-1] if isinstance(one, ast.stmt)), None):
            case ast.Assign(targets=[ast.Name(id=name)]) as made:
                within = self._holding(edit.line)
                below = (one for one in ast.walk(within) if _puts_in(one, name))
                return any(
                    one.lineno > made.lineno and one.col_offset == made.col_offset for one in below
                )
        return False

    def _replaces_called(self, edit: Edit) -> bool:
        """Whether a change does without what a function gives that is changed itself as well."""
        called = {f".{unit.node.name}" if unit.of else unit.name for unit in self._units[1:]}
        return edit.kind in WITHOUT and bool(called & used_in(edit.node))

    def spares(self, edit: Edit) -> list[int]:
        """Give the lines that make something for what a change leaves out, and nothing else."""
        if edit.kind not in LEAVE_OUT or not edit.others:
            return []
        within = self._holding(edit.line)
        return spared_lines(within, edit.node, edit.others)

    def _leaves_unread(self, edit: Edit) -> bool:
        """Whether nothing reads any more what a change puts another value in the place of."""
        if not isinstance(edit.node, ast.Name):
            return False
        name = edit.node.id
        if any(name in used_in(other) for other in edit.others):
            return False
        within = self._holding(edit.line)
        uses = [n for n in ast.walk(within) if isinstance(n, ast.Name) and n.id == name]
        return _times_read(name, within) == 1 < len(uses)

    def _holding(self, line: int) -> ast.FunctionDef:
        """The function or method in which a line is."""
        nodes = [unit.node for unit in self._units]
        return next(n for n in nodes if n.lineno <= line <= (n.end_lineno or n.lineno))


def _loop_through(edit: Edit) -> ast.For | None:
    """The loop of which a change is about what it goes through; None where it is about no such."""
    inside = [*edit.around, edit.node]
    for loop, part in pairwise(inside):
        if isinstance(loop, ast.For) and loop.iter is part:
            return loop
    return None


def _makes(node: ast.AST, name: str) -> bool:
    """Whether a line calculates what it gives a name."""
    match node:
        case ast.Assign([ast.Name(own)], ast.BinOp() | ast.UnaryOp()):
            return own == name
    return False


def _puts_in(statement: ast.AST, name: str) -> TypeGuard[ast.Expr]:
    """Whether a statement puts one more entry into a list of that name."""
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name(id=into), "append" | "insert"))):
            return into == name
    return False


def _times_read(name: str, node: ast.AST) -> int:
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name) and part.id == name]
    return sum(isinstance(one.ctx, ast.Load) for one in names)


def outer(a: Any, b: Any) -> Any:
    """Give np.outer, if that isn't too large: what is made of it again and again grows so."""
    if np.size(a) * np.size(b) > LARGEST:
        raise TooLong
    return np.outer(a, b)


def is_there(value: Any) -> bool:
    """Give whether something counts as yes, if every number does."""
    is_number = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
    return is_number or bool(value)


def kinds_in(
    function: FunctionType, units: Sequence[Unit], call: Callable[[], object]
) -> dict[str, dict[str, str]]:
    """Find of which kind the values of a function's names are when something calls it.

    Parameters
    ----------
    function : function
    units : sequence of Unit
        It, and what it calls, whose names are looked at too.
    call : callable
    """
    functions = {unit.name: _found(unit, function.__globals__) for unit in units}
    functions[units[0].name] = function
    kinds: dict[str, dict[str, str]] = {name: {} for name in functions}
    codes = {one.__code__: n for n, one in functions.items() if isinstance(one, FunctionType)}

    def look(frame: FrameType, event: str, value: object) -> None:
        if event == "return" and frame.f_code in codes:
            found = kinds[codes[frame.f_code]]
            found.update((name, kind(value)) for name, value in frame.f_locals.items())

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        call()
    finally:
        sys.setprofile(before)
    return kinds


def _found(unit: Unit, space: Mapping[str, Any]) -> object:
    """What a function's or a method's name stands for."""
    if unit.of is None:
        return space.get(unit.name)
    made = space.get(unit.of.name)
    method = vars(made).get(unit.node.name) if isinstance(made, type) else None
    return method.__func__ if isinstance(method, staticmethod | classmethod) else method


def kind(value: object) -> str:
    return "list" if isinstance(value, (list, tuple)) else "numbers"


def rank(edit: Edit) -> tuple[int, int]:
    """Give what sorts the likeliest change first."""
    return RANKS[edit.kind], edit.line


def conditions(edit: Edit) -> list[int]:
    """Give the lines of the conditions under which the line of a change stands."""
    heads = {node.lineno for node in edit.around if isinstance(node, ast.If)}
    return sorted(heads - {edit.line})


def told(edit: Edit, key: str) -> Said:
    """Give what is said of a change: the line, the place in it, and what is asked of that.

    Of one that leaves something out the grader tells that; whoever checks is only asked.
    """
    if edit.kind == CARRIED_ON:
        return carried_on_told(f"{key}_carried_on", edit.node, edit.others[0], edit.sums)
    if key == "change.one_tried" and (without := edit.without):
        return said("change.one_too_many", line=edit.line, does=without)
    if edit.kind == "written_over" and (over := _over_told(edit, key)):
        return over
    if edit.kind == UNREAD and (instead := unread_told(f"{key}_unread", edit.node, edit.others[0])):
        return instead
    if edit.kind == NEAR_NAME:
        pair = [ast.unparse(one) for one in (edit.node, *edit.others)]
        return said(f"{key}_near_name", line=edit.line, name=pair[0], other=pair[1])
    if edit.kind == WHICH_ROUND and (chosen := which_round_told(f"{key}_which_round", edit.node)):
        return chosen
    if edit.kind == NEVER_READ and (
        instead := never_read_told(f"{key}_never_read", edit.node, edit.others[0])
    ):
        return instead
    if edit.kind == INDEX_TWICE:
        return twice_told(f"{key}_index_twice", edit.node, edit.others[0], edit.around)
    of_a_shape = _shape_around(edit)
    text = ast.unparse(of_a_shape or edit.node).partition("\n")[0]
    text = cut_short(text)
    at = max((i for i, one in enumerate(edit.around) if isinstance(one, ast.stmt)), default=0)
    whole, *around = [ast.unparse(one).partition("\n")[0] for one in edit.around[at:]] or [text]
    wider = [one for one in around[::-1] if len(text) < len(one) <= WIDEST if whole.count(one) == 1]
    if edit.around and isinstance(edit.around[at], (*SIMPLE, ast.Return)):
        # A number may stand in another statement of the same line, too.
        wider += [whole] if len(text) < len(whole) <= WIDEST else []
    unclear = len(text) < SHORT or whole.count(text) != 1
    place: Said = said("change.place", place=text)
    if unclear and wider:
        place = said("change.place_in", place=text, around=wider[0])
    in_call = bool(around) and isinstance(edit.around[-1], ast.Call)
    within = around[-1].partition("(")[0] if in_call else ""
    of_a_slice = any(isinstance(one, ast.Slice) for one in edit.around)
    kind = "size" if of_a_shape else "slice" if of_a_slice else ASKED_WITHIN.get(within, edit.kind)
    if kind == "turned" and not isinstance(edit.node, ast.BinOp):
        kind = "turned_alone"
    kind = "size" if kind == "range" and edit.kind == "name" else kind
    if kind == "kept":
        if name := _kept_as(edit):
            return said(f"{key}_kept_as", line=edit.line, place=place, name=name)
        return said(f"{key}_kept", line=edit.line, place=place, name=_kept_instead(edit))
    question = said(f"change.{kind}")
    if kind == POPPED and isinstance(edit.node, ast.Call):
        question = said("change.takes_last" if takes_last(edit.node) else "change.takes_first")
    if kind == CALL_ENDS and (ends := ends_told(edit.node, edit.others[0])):
        question = ends
    if kind == "part" and (entry := _same_in_each_round(edit)):
        question = said("change.part_of_the_round", entry=entry)
    if kind == "name" and (index := _index_told(edit)):
        question = index
    elif kind == "name" and _is_condition(edit):
        question = said("change.condition")
    elif kind == "name" and (other := _other_name(edit)):
        question = said(NAME_OF_TWO, other=other)
    if kind == "index" and _grows_there(edit):
        question = said("change.fixed")
    elif kind == "index" and _from_the_end(edit):
        question = said("change.index_of_any_length")
    if function := _drawn_inside(edit):
        question = said("change.operation_inside", function=function)
    if kind == FLAT_COLUMN:
        return said(f"{key}_flat_column", line=edit.line, place=place)
    key = f"{key}_elsewhere" if edit.kind in MOVED else key
    return said(key, line=edit.line, place=place, question=question)


def _over_told(edit: Edit, key: str) -> Said | None:
    """What is said of a place that is written over while its loop still reads it."""
    match edit:
        case Edit(node=ast.Assign() | ast.AugAssign() as store, around=[*_, ast.For() as loop]):
            return over_told(f"{key}_over", loop, store)
    return None


def _kept_as(edit: Edit) -> str:
    """The name under which a line keeps what it is made of, if the line itself reads another."""
    match edit:
        case Edit(node=node, around=[*_, ast.Assign([ast.Name(name)], value)]) if value is node:
            return "" if name in names_in(node) else name
    return ""


def _kept_instead(edit: Edit) -> str:
    """The name under which a change keeps a value, and from which the next round so far goes on."""
    match edit.others:
        case [ast.NamedExpr(ast.Name(name))]:
            return name
    return ""


def _drawn_inside(edit: Edit) -> str:
    """The function before which a change calculates, and otherwise than it is done after it."""
    match edit.node, edit.others:
        case ast.BinOp(ast.Call(function), op), [ast.Call(_, [ast.BinOp(op=other)])]:
            is_other = edit.kind == "brackets" and type(op) is not type(other)
            return cut_short(ast.unparse(function)) if is_other else ""
    return ""


def _same_in_each_round(edit: Edit) -> str:
    """The entry by a fixed number, beside one by the loop's count; empty where there is none."""
    loops = [one for one in edit.around if isinstance(one, ast.For)]
    counted = frozenset[str]().union(*(names_in(loop.target) for loop in loops))
    taken = [node for node in walk(edit.node) if isinstance(node, ast.Subscript)]
    by_count = any(names_in(node.slice) & counted for node in taken)
    fixed = [ast.unparse(node) for node in taken if isinstance(node.slice, ast.Constant)]
    return fixed[0] if by_count and fixed and len(fixed[0]) <= WIDEST else ""


def _grows_there(edit: Edit) -> bool:
    """Whether it is an entry by a fixed number of a list that the loop around it appends to."""
    match edit.node:
        case ast.Subscript(ast.Name(name), ast.Constant(value=int() as number)) if number >= 0:
            loops = [one for one in edit.around if isinstance(one, ast.For | ast.While)]
            return any(_puts_in(node, name) for loop in loops for node in ast.walk(loop))
    return False


def _from_the_end(edit: Edit) -> bool:
    """Whether an entry is taken by its place from the front, and with the change from the end."""
    match edit.node, edit.others:
        case ast.Subscript(ast.Name(), ast.Constant(int() as now)), [
            ast.Subscript(slice=ast.Constant(int() as other))
        ]:
            return other < 0 <= now
    return False


def _other_name(edit: Edit) -> str:
    """The name that stands in the place of another with a change; empty where more does."""
    match edit:
        case Edit(node=ast.Name(), others=[ast.Name(other)]):
            return other
    return ""


def _index_told(edit: Edit) -> Said | None:
    """What is asked of a name that is an index; None where it is none."""
    match edit.node, edit.around[-1:]:
        case ast.Name(name), [ast.Subscript(slice=ast.Name(index))] if index == name:
            loops = [one for one in edit.around if isinstance(one, ast.For | ast.While)]
            if loops and name not in bound_in(loops[0]):
                return said("change.index_never_changes")
            return index_of_two(edit.node, edit.others[0], edit.around) or said(
                "change.index_meant"
            )
    return None


def _is_condition(edit: Edit) -> bool:
    """Whether it is asked of a name alone whether something is done, as in ``if squared``."""
    inside: ast.AST = edit.node
    for one in reversed(edit.around):
        match one:
            case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
                return test is inside
            case ast.UnaryOp(ast.Not()) | ast.BoolOp():
                inside = one
            case _:
                return False
    return False


def _shape_around(edit: Edit) -> ast.AST | None:
    """The size that a change is about the owner of: ``s.shape[1]`` around ``s``."""
    match edit.around[-2:]:
        case [ast.Subscript() as size, ast.Attribute(value=of, attr="shape")]:
            return size if of is edit.node else None
        case [*_, ast.Attribute(value=of, attr="shape") as shape]:
            return shape if of is edit.node else None
    return None
