"""What stands in a function's code that often goes wrong: told only of a wrong answer it can make.

This runs in the confined worker, as all that reads a student's source does.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from ..trees import Slip, parameters_of
from ..written import TAKES_RESULT
from .all_for_one import all_for_one
from .asked_of_all import OF_ALL, asked_of_all
from .begun_anew import begun_anew
from .builtin_results import returned_builtins, returned_functions
from .by_round import by_round, scaled_arguments
from .calls import call_slips
from .chained import chained_slips
from .chance import by_chance, one_at_random
from .columns import MAKES_COLUMNS, column_slips
from .counted_again import counted_again
from .decided import decided
from .differences import quotients, undivided
from .done_again import done_again
from .doubled import doubled
from .first_and_last import first_and_last
from .fixed_depth import fixed_depth, whole_numbers
from .from_outside import read_from_outside
from .given_back import given_back
from .handed_over import swapped, taken_apart, whole_lists
from .in_vain import worked_out_in_vain
from .inherited import inherited_ones
from .kept_at_times import kept_at_times
from .kept_buffers import adding, kept_buffers
from .last_round_alone import last_round_alone
from .left_in import left_in
from .left_over import left_over
from .loop_numbers import loop_numbers
from .loops import in_block
from .matrix_by_entries import matrix_by_entries
from .minus_zero import minus_zero
from .near_names import near_names
from .not_each_round import not_each_round
from .one_already import one_already
from .one_by_one import one_by_one
from .one_of_several import one_of_several
from .outputs import written_over
from .reductions import begins_with_an_index
from .rows import comprehensions, one_row
from .sizes import given_less, size_slips, small_numbers
from .tildes import tildes
from .types import HALF, halves, type_slips
from .unit_lengths import unit_lengths
from .updated_again import updated_again
from .used_up import MAKE_ONCE, each_function, handed_once, used_up
from .values import value_slips
from .written_out import written_out

MOST_SLIPS = 8
_BY_NUMBER = re.compile(r"\[-?\d+\]")


def slips(
    units: Sequence[ast.AST],
    parameters: Sequence[str],
    written: Sequence[str],
    others: Mapping[str, Sequence[str]],
    asked: Sequence[str] = (),
) -> list[Slip]:
    """List the places in some code that are worth a look where it is wrong.

    Parameters
    ----------
    units : sequence of ast.AST
        The function and all that it reaches in its file.
    parameters : sequence of str
        The function's own.
    written : sequence of str
        What stands in the units: see `written.words`.
    others : mapping of str to sequence of str
        The functions that it may call, with their parameters.
    asked : sequence of str
        The names that its parameters have where it is asked for; none if they are its own.
    """
    # A vector may go by a plural, too: `inputs` for what is asked for as `x`.
    named = asked if len(asked) == len(parameters) else parameters
    several = [own for own, name in zip(parameters, named, strict=True) if name.endswith("s")]
    try:
        return list(dict.fromkeys(_slips(units, parameters, several, written, others)))[:MOST_SLIPS]
    except RecursionError:
        # Nobody writes code so deep by hand.
        return []


def _slips(
    units: Sequence[ast.AST],
    parameters: Sequence[str],
    several: Sequence[str],
    written: Sequence[str],
    others: Mapping[str, Sequence[str]],
) -> Iterator[Slip]:
    there = set(written)
    by_number = any(_BY_NUMBER.fullmatch(word) for word in there)
    indexed = frozenset(parameters) if by_number else frozenset[str]()
    called = {name: asked for name, asked in others.items() if name in there}
    small, less = small_numbers(units), given_less(units)
    numbers = whole_numbers(units)
    adds = adding(units) if "loop" in there else {}
    once = handed_once([*each_function(units)]) if there & MAKE_ONCE else {}
    yield from returned_builtins(units)
    yield from returned_functions(units[0])
    yield from read_from_outside(units)
    yield from inherited_ones(units)
    if "loop" in there:
        yield from last_round_alone(units)
    if parameters:
        yield from written_out(units[0])
    for unit in units:
        is_asked = unit is units[0]
        if called:
            hidden = set[str]() if is_asked else parameters_of(unit)
            yield from whole_lists(unit, {*several} - hidden, called)
            yield from swapped(unit, called)
        if "loop" in there and isinstance(unit, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from in_block(unit.body, (), indexed)
        if there & OF_ALL:
            yield from asked_of_all(unit)
        if TAKES_RESULT in there:
            yield from written_over(unit)
        if "loop" in there:
            yield from taken_apart(unit, parameters)
        yield from value_slips(unit, frozenset(there))
        yield from call_slips(unit, there, called, parameters)
        yield from type_slips(unit, there)
        yield from size_slips(unit, there, small, less)
        yield from tildes(unit)
        yield from decided(unit)
        yield from chained_slips(unit)
        yield from near_names(unit)
        yield from worked_out_in_vain(unit, parameters if is_asked else ())
        if there & MAKES_COLUMNS:
            yield from column_slips(unit)
        if there & {"/", "/=", "divide"}:
            yield from unit_lengths(unit)
        if "/" in there:
            yield from quotients(unit, is_asked)
        if "loop" in there:
            yield from _of_loops(unit, parameters, adds, is_asked=is_asked)
        if there & MAKE_ONCE or "loop" in there:
            yield from one_by_one(unit, returned=is_asked)
            for one in each_function([unit]):
                yield from used_up(one, once.get(getattr(one, "name", ""), {}))
        if by_number or "loop" in there:
            yield from one_row(unit)
        if "reduce" in there:
            yield from begins_with_an_index(unit)
        yield from fixed_depth(unit, parameters, numbers)
        if is_asked:
            yield from first_and_last(unit, parameters)
            yield from given_back(unit, parameters)
        if there & HALF:
            yield from halves(unit)
        if "random" in there:
            yield from one_at_random(unit, parameters)
            yield from by_chance(unit)


def _of_loops(
    unit: ast.AST, parameters: Sequence[str], adds: Mapping[str, dict[int, int]], *, is_asked: bool
) -> Iterator[Slip]:
    """What is listed of a function with a loop; ``is_asked``: it is the one that is asked for."""
    yield from comprehensions(unit)
    yield from all_for_one(unit)
    yield from counted_again(unit)
    yield from doubled(unit)
    yield from kept_at_times(unit)
    yield from not_each_round(unit, parameters)
    yield from kept_buffers(unit, adds)
    yield from left_in(unit)
    yield from left_over(unit)
    yield from loop_numbers(unit)
    yield from minus_zero(unit)
    if is_asked:
        yield from matrix_by_entries(unit, parameters)
    yield from one_already(unit, parameters)
    yield from updated_again(unit)
    yield from done_again(unit)
    if is_asked:
        yield from one_of_several(unit)
    yield from begun_anew(unit, parameters_of(unit))
    yield from undivided(unit)
    yield from scaled_arguments(unit, parameters)
    yield from by_round(unit, parameters)
