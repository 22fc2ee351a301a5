"""What to do next, by what was observed of a wrong answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from autograder.assignment.exercise import Exercise
from autograder.assignment.probe import EXPLAINED
from autograder.source.crash_reasons import speaks_of_shapes
from autograder.source.phrases import InARow, Said, said

#: By the step that it leads to, what was observed; the most telling first.
_STEPS = {
    "same_answer": {"seen.same_answer"},
    "all_the_same": {"seen.all_are_the_last", "seen.all_the_same"},
    "never_set": {"seen.never_set"},
    "precision": {"seen.digits_of_half", "seen.digits_of_single"},
    "rows_for_numbers": {"seen.rows_for_numbers"},
    "length_of_list": {"seen.the_list", "seen.list_of"},
    "axis": {
        "seen.only_reshaped_too_many", "seen.only_reshaped_too_few", "seen.only_reshaped_elsewhere",
    },
    "shape": {
        "seen.wrong_shape", "seen.wrong_shape_number", "seen.wrong_shape_table",
        "seen.too_short", "seen.too_long",
    },
    "lost_decimals": {"seen.lost_decimals", "seen.whole_numbers"},
    "nan_or_inf": {"seen.nan_or_inf"},
    "one_item": {"seen.only_item"},
    "order_of_items": {"seen.items_in_another_order"},
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
    "unmoved": {"seen.unmoved_doubled", "seen.unmoved_raised", "seen.unmoved_both"},
    "places": {"seen.wrong_places"},
    "zero": {"seen.all_zero", "seen.not_zero"},
    "on_diagonal": {"seen.only_diagonal"},
    "off_diagonal": {
        "seen.diagonal_right_off", "seen.diagonal_right_above", "seen.diagonal_right_below",
    },
    "below_top": {"seen.top_right"},
    "first_wrong": {"seen.right_up_to"},
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
#: By the step that it leads to, the reason of an exception.
_AFTER = {
    "stops_at_yes_or_no": {
        "word_needs_one", "pythons_max", "pythons_min", "choice_needs_one", "and_or_needs_one",
        "needs_one_yes_or_no",
    },
    "stops_at_made_once": {"made_once"},
    "stops_at_value_for_place": {"value_for_place", "value_for_column"},
    "stops_at_axis": {"smaller_of_two", "larger_of_two"},
    "stops_at_list": {
        "calculates_with_a_list", "only_arrays_have", "whole_list_in_product",
        "whole_list_in_a_product", "list_of_other_shapes", "parts_of_other_shapes",
    },
    "stops_at_one_place": {"sequence_for_a_number", "array_into_one_place"},
    "stops_at_index": {
        "no_such_entry", "no_such_entry_either_way", "asks_for_place", "too_large",
        "too_far_below", "no_entry_along_axis", "counts_another",
    },
    "stops_at_name": {
        "nothing_called_so", "nothing_called_so_near", "no_loop_counts",
    },
    "stops_at_key": {"KeyError"},
    "stops_at_looking_up": {"looks_for_an_array"},
    "stops_at_arguments": {"shape_is_one_argument"},
    "stops_at_axis_of_shape": {"no_such_axis"},
    "stops_at_starred": {"takes_apart_starred"},
    "stops_at_taking_apart": {"takes_apart_more", "takes_apart_fewer"},
    "stops_at_unset": {"no_value_yet", "UnboundLocalError"},
    "stops_at_none": {"name_is_none", "name_is_none_of", "came_back_as_none"},
    "stops_at_large_number": {"OverflowError"},
}  # fmt: skip
#: Reasons that name both shapes, and leave open which one is wrong.
_OF_PRODUCTS = {
    "shapes_of_product", "shapes_of_product_hint", "carried_over", "column_made_a_table",
}  # fmt: skip
#: Reasons that tell no more than where it stops.
_NO_REASON = {
    "ValueError", "TypeError", "any_other", "AttributeError", "ZeroDivisionError",
    "FloatingPointError", "MemoryError", "AssertionError", "StopIteration", "own_raise",
}  # fmt: skip
#: What is said of the inputs that are right.
_SPARED = ("seen.right_exactly",)
_SHARED = ("seen.fails_exactly", "seen.fails_exactly_also", "seen.right_on_shared")


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
        if any(keys.intersection(one.keys()) for one in observations):
            return said(f"step.{step}")
    shared = next((one for one in observations if one.key in _SHARED), None)
    if shared is not None:
        return said("step.tag", tag=_tag(shared))
    spared = next((one for one in observations if one.key in _SPARED), None)
    return None if spared is None else said("step.spared", tag=_tag(spared))


def after_stop(why: Said, observations: Sequence[Said] = ()) -> Said:
    """What to do about an exception, by the reason for it that was told.

    Parameters
    ----------
    why : Said
    observations : sequence of Said
        Where no reason is known, what they say of the inputs with which it comes leads further.
    """
    keys = {*map(_without_area, why.keys())}
    for step, reasons in _AFTER.items():
        if reasons & keys:
            return said(f"step.{step}")
    of_shapes = speaks_of_shapes(why) or bool(keys & _OF_PRODUCTS)
    if keys.isdisjoint(_NO_REASON) and not of_shapes:
        return said("step.stops_as_told")
    if with_some := stops_with(observations):
        return with_some
    return said("step.stops_at_shapes" if of_shapes else "step.start_with_that_line")


def _without_area(key: str) -> str:
    return key.removeprefix("crash.")


def stops_with(observations: Sequence[Said]) -> Said | None:
    """What to do about an exception that comes just with some kind of input."""
    exactly = (one for one in observations if one.key in _SHARED[:2])
    found = next(exactly, None)
    return None if found is None else said("step.stops_with", tag=_tag(found))


def _tag(observation: Said) -> InARow:
    """What the inputs have that fail, without what explains it."""
    values = dict(observation.values)
    tags = values["tags"].parts if "tags" in values else (values["tag"],)
    told = tags[:1] if tags[0].key.endswith(EXPLAINED) else tags
    return InARow(tuple(said(tag.key.removesuffix(EXPLAINED)) for tag in told))
