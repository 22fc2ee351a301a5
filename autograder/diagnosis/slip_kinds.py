"""What each kind of slip means: what answers show of it, and what is told where it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from autograder.diagnosis import traces


@dataclass(frozen=True)
class SlipKind:
    """What a kind of slip, of those that ``source.slips`` lists, means where answers are wrong.

    Attributes
    ----------
    trace : callable
        Whether the answers show that it can have made them.
    tells_cause : bool
        Whether it tells the cause of what a misconception calls by what comes of it.
    at_source : bool
        Whether it decides what becomes of numbers which come later, whatever is calculated
        elsewhere.
    by_call : bool
        Whether it hands over what another function does not take.
    needs_change : bool
        Whether it is often harmless: told only where a change below its line makes all right.
    borne_out_by : str
        The kind of the change that bears it out, where it goes before what a misconception calls
        it; else empty.
    goes_first : bool
        Whether it goes before what a misconception calls it in any case.
    spoils : bool
        Whether it is told only where some answers are right without it.
    by_chance : bool
        Whether every call gives something else by it.
    says_all : bool
        Whether a formula beside it is none of its own: it mixes what is done twice.
    aside : callable
        Whether the answers show that most of them are wrong by something else, which it is told
        beside.
    by_hand : bool
        Whether it is one of an answer that is worked by hand.
    of_all_lines : bool
        Whether it is told of a line that is not at fault itself, such as a function's first one.
    of_numbers : bool
        Whether it is told only where its name is seen to hold numbers.
    of_matrices : bool
        Whether it is told only where its name, a parameter's, holds matrices.
    in_rounds : bool
        Whether it shows only where something is done in several rounds.
    """

    trace: Callable[[traces.Rows], bool] = traces.any_answers
    tells_cause: bool = False
    at_source: bool = False
    by_call: bool = False
    needs_change: bool = False
    borne_out_by: str = ""
    goes_first: bool = False
    spoils: bool = False
    by_chance: bool = False
    says_all: bool = False
    aside: Callable[[traces.Rows], bool] = lambda _rows: False
    by_hand: bool = False
    of_all_lines: bool = False
    of_numbers: bool = False
    of_matrices: bool = False
    in_rounds: bool = False


#: All kinds, the most telling first: of several in one function the first that shows is told.
KINDS: dict[str, SlipKind] = {
    "whole": SlipKind(by_call=True),
    "fixed depth": SlipKind(traces.of_one_depth),
    "swapped": SlipKind(by_call=True),
    "slice of one": SlipKind(by_call=True),
    "taken apart": SlipKind(by_call=True),
    "function returned": SlipKind(traces.without_numbers, tells_cause=True),
    "made function returned": SlipKind(traces.without_numbers, tells_cause=True),
    "written out": SlipKind(traces.of_one_shape, tells_cause=True),
    "unit length": SlipKind(traces.unit_vectors, tells_cause=True),
    "third lost": SlipKind(tells_cause=True, goes_first=True),
    "third argument": SlipKind(tells_cause=True, borne_out_by="arguments"),
    "second argument": SlipKind(tells_cause=True, borne_out_by="arguments"),
    "neighbours": SlipKind(tells_cause=True),
    "reduce start": SlipKind(tells_cause=True),
    "all moved": SlipKind(traces.beside_the_diagonal, tells_cause=True),
    "undivided": SlipKind(),
    "all for one": SlipKind(tells_cause=True, says_all=True),
    "loop variable": SlipKind(tells_cause=True),
    "loop number": SlipKind(tells_cause=True, of_numbers=True),
    "counted again": SlipKind(tells_cause=True),
    "doubled anew": SlipKind(tells_cause=True, goes_first=True),
    "added to itself": SlipKind(tells_cause=True, goes_first=True),
    "shrinks": SlipKind(),
    "one row": SlipKind(tells_cause=True, by_hand=True),
    "else of a loop": SlipKind(tells_cause=True),
    "one yes or no": SlipKind(tells_cause=True),
    "one for all": SlipKind(tells_cause=True, needs_change=True),
    "past end": SlipKind(tells_cause=True),
    "wraps": SlipKind(),
    "minus zero": SlipKind(tells_cause=True, goes_first=True),
    "same all along": SlipKind(tells_cause=True),
    "in groups": SlipKind(),
    "equals minus": SlipKind(tells_cause=True),
    "one added": SlipKind(),
    "picked": SlipKind(traces.stops_or_shorter),
    "axis": SlipKind(traces.flatter),
    "one by one": SlipKind(tells_cause=True),
    "returned one by one": SlipKind(tells_cause=True),
    "value of a place": SlipKind(tells_cause=True),
    "argument given away": SlipKind(tells_cause=True),
    "one for both": SlipKind(tells_cause=True),
    "dropped": SlipKind(tells_cause=True),
    "written to a copy": SlipKind(tells_cause=True),
    "compared last": SlipKind(traces.zeros_and_ones, tells_cause=True),
    "zeros compared": SlipKind(traces.beside_the_diagonal, tells_cause=True),
    "zeros of a product compared": SlipKind(traces.beside_the_diagonal, tells_cause=True),
    "inherited ones": SlipKind(tells_cause=True),
    "near name": SlipKind(tells_cause=True),
    "set again": SlipKind(tells_cause=True),
    "read from outside": SlipKind(traces.mostly_wrong, tells_cause=True),
    "only counted": SlipKind(tells_cause=True, of_all_lines=True),
    "never used": SlipKind(tells_cause=True, of_all_lines=True),
    "worked out in vain": SlipKind(tells_cause=True, of_all_lines=True),
    "turned over": SlipKind(),
    "places by size": SlipKind(),
    "places where": SlipKind(),
    "bent first": SlipKind(tells_cause=True),
    "missing comma": SlipKind(traces.fewer_numbers, tells_cause=True, by_hand=True),
    "late lambda": SlipKind(tells_cause=True),
    "counter goes on": SlipKind(tells_cause=True),
    "counted in leaps": SlipKind(traces.too_few, tells_cause=True),
    "at some counts": SlipKind(
        traces.unmoved_at_times,
        tells_cause=True,
        at_source=True,
        aside=traces.moved_wrongly_by_one_step,
    ),
    "whole groups": SlipKind(traces.unmoved_by_one_step, tells_cause=True, at_source=True),
    "kept at times": SlipKind(traces.sometimes_in_shape),
    "squeezed": SlipKind(traces.number_for_one_entry),
    "summed letter": SlipKind(tells_cause=True),
    "first place": SlipKind(traces.equal_entries_alone),
    "place compared": SlipKind(tells_cause=True),
    "place taken": SlipKind(tells_cause=True),
    "holds for none": SlipKind(tells_cause=True),
    "holds for all": SlipKind(tells_cause=True),
    "asked again": SlipKind(tells_cause=True),
    "only compared": SlipKind(tells_cause=True),
    "diagonal read": SlipKind(tells_cause=True),
    "diagonal taken": SlipKind(traces.flatter, tells_cause=True),
    "matrix type": SlipKind(traces.in_more_brackets, tells_cause=True),
    "column met": SlipKind(traces.a_table_for_a_row, tells_cause=True),
    "matrix by entries": SlipKind(traces.a_table_for_a_row, tells_cause=True, of_matrices=True),
    "set": SlipKind(traces.in_other_places, tells_cause=True),
    "sorted": SlipKind(traces.in_other_places),
    "sorted by letters": SlipKind(traces.lists_in_another_order, tells_cause=True),
    "values compared": SlipKind(traces.of_equals_alone, tells_cause=True),
    "told by itself": SlipKind(traces.of_equals_alone, tells_cause=True),
    "keyed": SlipKind(traces.of_equals_alone, tells_cause=True),
    "rounded first": SlipKind(traces.sometimes, tells_cause=True),
    "given back": SlipKind(traces.shaped_as_an_argument, tells_cause=True),
    "second name": SlipKind(traces.changed_on_the_way),
    "made anew": SlipKind(tells_cause=True),
    "made once": SlipKind(tells_cause=True, in_rounds=True),
    "filled again": SlipKind(tells_cause=True, in_rounds=True),
    "made seldom": SlipKind(traces.like_another_entry, tells_cause=True),
    "not added up": SlipKind(tells_cause=True),
    "last round alone": SlipKind(traces.mostly_wrong, tells_cause=True),
    "not set back": SlipKind(by_hand=True),
    "not set back twice": SlipKind(by_hand=True),
    "begun elsewhere": SlipKind(),
    "kept and added to": SlipKind(),
    "left over": SlipKind(traces.mostly_wrong, tells_cause=True),
    "left in": SlipKind(tells_cause=True, says_all=True),
    "stored too often": SlipKind(),
    "one already": SlipKind(traces.one_more),
    "first and last": SlipKind(traces.of_single_entries, tells_cause=True),
    "used up": SlipKind(tells_cause=True),
    "updated again": SlipKind(says_all=True),
    "done again": SlipKind(says_all=True),
    "begun anew": SlipKind(tells_cause=True),
    "zip used up": SlipKind(tells_cause=True),
    "empty by then": SlipKind(tells_cause=True),
    "twice": SlipKind(),
    "overwritten": SlipKind(),
    "added up": SlipKind(traces.flatter),
    "one of several": SlipKind(traces.number_for_array),
    "added to one": SlipKind(traces.number_for_array),
    "vectorize": SlipKind(traces.cut_to_whole_numbers, at_source=True),
    "whole places": SlipKind(traces.whole_for_others, tells_cause=True, at_source=True),
    "places alike": SlipKind(traces.of_whole_numbers_alone, at_source=True),
    "break": SlipKind(traces.unfinished),
    "return": SlipKind(traces.too_few),
    "after the loop": SlipKind(traces.of_another_length),
    "short range": SlipKind(traces.too_few),
    "same entry": SlipKind(traces.only_of_several),
    "not used": SlipKind(traces.all_along_alike),
    "from the second": SlipKind(traces.without_the_first),
    "down to one": SlipKind(traces.first_never_set),
    "but the last": SlipKind(traces.last_alone),
    "round short": SlipKind(traces.last_alone),
    "changed meanwhile": SlipKind(),
    "small added": SlipKind(traces.some_numbers, spoils=True),
    "overflow": SlipKind(traces.overflows, at_source=True),
    "difference": SlipKind(traces.mostly_near),
    "half": SlipKind(traces.mostly_near),
    "counted alike": SlipKind(traces.square_alone),
    "one at random": SlipKind(by_chance=True),
    "shuffled": SlipKind(by_chance=True),
    "random": SlipKind(by_chance=True),
    "argument scaled": SlipKind(aside=traces.mostly_in_the_last),
    "of the round": SlipKind(traces.sometimes),
    "continue": SlipKind(needs_change=True),
    "axis of one": SlipKind(
        traces.in_the_right_shapes, tells_cause=True, needs_change=True, borne_out_by="function"
    ),
    "tilde": SlipKind(tells_cause=True, needs_change=True, borne_out_by="tilde"),
}
