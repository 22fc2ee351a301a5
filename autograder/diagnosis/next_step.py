"""What to do next, by what was observed of a wrong answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from autograder.assignment.exercise import Exercise
from autograder.diagnosis.after_stop import EXACTLY, tags_of
from autograder.diagnosis.shapes import EDGES
from autograder.source.phrases import Said, said

#: By the step that it leads to, what was observed; the most telling first.
_STEPS = {
    "same_answer": {"seen.same_answer"},
    "zeros_alone": {"seen.nothing_but_zeros"},
    "all_the_same": {"seen.all_are_the_last", "seen.all_the_same", "seen.wrong_are_later_ones"},
    "taken_along": {"seen.begins_with_the_one_before", "seen.ends_with_the_one_before"},
    "never_set": {"seen.never_set"},
    "precision": {"seen.digits_of_half", "seen.digits_of_single"},
    "rows_for_numbers": {"seen.rows_for_numbers"},
    "number_for_list": {"seen.number_for_list"},
    "length_of_list": {"seen.the_list", "seen.list_of"},
    "axis": {
        "seen.only_reshaped_too_many", "seen.only_reshaped_too_few", "seen.only_reshaped_elsewhere",
    },
    "rows": {"seen.only_reshaped_rows"},
    "order_of_items": {"seen.items_in_another_order", "seen.list_turned_round"},
    "edge": {*EDGES},
    "number_for_array": {"seen.wrong_shape_number"},
    "shape": {
        "seen.wrong_shape", "seen.wrong_shape_table", "seen.wrong_shape_square",
        "seen.too_short", "seen.too_long",
    },
    "lost_decimals": {"seen.lost_decimals", "seen.whole_numbers"},
    "nan_or_inf": {"seen.nan_or_inf"},
    "one_item": {"seen.only_item"},
    "signs": {"seen.opposite_sign", "seen.some_signs", "factor.opposite_sign"},
    "factor": {
        "seen.same_factor", "seen.same_factor_told", "seen.factor_by_item",
        "seen.factor_by_item_told", "seen.factor_by_call", "seen.factor_by_call_told",
    },
    "amount": {"seen.same_amount", "seen.same_amount_told"},
    "limit": {
        "seen.limit", "seen.limit_told", "seen.small", "seen.small_told", "seen.floor",
        "seen.floor_told", "seen.floor_and_limit_told",
    },
    "scaled_down": {
        "seen.length_cut", "seen.length_cut_told", "seen.lengths_cut_together",
        "seen.lengths_cut_together_told",
    },
    "running_sum": {"seen.running_sum"},
    "digits": {"seen.close_by_little", "seen.close_rounded"},
    "unmoved": {
        "seen.unmoved_doubled", "seen.unmoved_raised", "seen.unmoved_both", "seen.unmoved_signs",
    },
    "places": {"seen.wrong_places"},
    "zero": {"seen.all_zero", "seen.not_zero"},
    "on_diagonal": {"seen.only_diagonal"},
    "off_diagonal": {
        "seen.diagonal_right_off", "seen.diagonal_right_above", "seen.diagonal_right_below",
    },
    "below_top": {"seen.top_right"},
    "below_two": {"seen.last_two_right"},
    "first_wrong": {"seen.right_up_to", "seen.right_up_to_several"},
    "one_entry": {
        "seen.only_last_item", "seen.only_first_item", "seen.only_last_entry",
        "seen.only_first_entry", "seen.last_row", "seen.last_column", "seen.first_row",
        "seen.first_column", "seen.one_row", "seen.one_column", "seen.first_entry_right",
    },
}  # fmt: skip
#: The same for answers by hand, of which all but these say no more than to work again.
_BY_HAND = {
    "size_by_hand": {"seen.wrong_shape", "seen.wrong_shape_number"},
    "signs_by_hand": {"seen.some_signs", "seen.opposite_sign"},
    "of_products": {"seen.signs_right"},
}
#: Steps that lead to a place among the numbers, and not to what is wrong there.
_WHERE = {
    "unmoved", "places", "zero", "on_diagonal", "off_diagonal", "below_top", "below_two",
    "first_wrong", "one_item", "earliest_wrong", "one_entry", "tag", "spared",
}  # fmt: skip
#: What is said of a list that has too few entries, or too many.
LENGTHS = ("seen.too_short", "seen.too_long")
#: What is said of the inputs that are right.
_SPARED = ("seen.right_exactly",)
_SHARED = (*EXACTLY, "seen.right_on_shared")


def next_step(exercise: Exercise, observations: Sequence[Said]) -> Said | None:
    """What the observations lead to; None where they lead to nothing of their own.

    An answer by hand has its own step: what follows from an observation there is to work again.
    """
    for one in observations:
        if one.key in exercise.leads_to:
            return said(exercise.leads_to[one.key])
    if not exercise.parameters:
        keys = {*chain.from_iterable(map(Said.keys, observations))}
        return next((said(f"step.{step}") for step, of in _BY_HAND.items() if of & keys), None)
    for step, keys in _STEPS.items():
        if step == "first_wrong" and not exercise.order:
            # No entry is made from the one before it.
            keys, step = _STEPS["first_wrong"], "one_item"
        if step == "below_top" and exercise.order != "backwards":
            # No entry is made from the one behind it.
            step = "earliest_wrong"
        if step == "shape" and exercise.returns != "array":
            step = "shape_of_each"
        if step == "rows_for_numbers" and not exercise.parts:
            step = "first_row"  # There may be no list.
        shown = [one for one in observations if keys.intersection(one.keys())]
        if step == "length_of_list":
            shown = [one for one in shown if one.key in LENGTHS]
        if shown:
            of = {"name": dict(shown[0].values)["name"]} if step == "unmoved" else {}
            return said(f"step.{step}", **of)
    shared = next((one for one in observations if one.key in _SHARED), None)
    if shared is not None:
        return said("step.tag", tag=tags_of(shared))
    spared = next((one for one in observations if one.key in _SPARED), None)
    return None if spared is None else said("step.spared", tag=tags_of(spared))


def says_where(step: Said | None) -> bool:
    """Whether a step leads to a place among the numbers alone, if there is one."""
    return step is not None and step.key.removeprefix("step.") in _WHERE
