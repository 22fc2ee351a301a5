"""What an exception is called and what to do next about it, by the reason for it."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.assignment.probe import EXPLAINED
from autograder.source.crashes.reasons import speaks_of_shapes
from autograder.source.phrases import InARow, Said, said

#: By the step that it leads to, the reason of an exception; of several the first.
_AFTER = {
    "stops_at_yes_or_no": {
        "word_needs_one", "pythons_max", "pythons_min", "choice_needs_one", "and_or_needs_one",
        "needs_one_yes_or_no",
    },
    "stops_at_made_once": {"made_once"},
    "stops_at_no_function": {"wants_a_function", "wants_a_function_too"},
    "stops_at_value_for_place": {"value_for_place", "value_for_column"},
    "stops_at_axis": {"smaller_of_two", "larger_of_two"},
    "stops_at_one_number_of_all": {"calculate_with_two"},
    "stops_at_list": {
        "calculates_with_a_list", "calculates_with_a_list_of_numbers",
        "calculates_with_a_list_of_numbers_in_a_product", "calculates_with_given_lists",
        "calculates_with_a_given_list", "compares_a_list", "only_arrays_have",
        "whole_list_in_product", "whole_list_in_a_product",
        "parts_of_other_shapes", "list_plus_array", "stays_a_list", "numpys_and_no_lists",
    },
    "stops_at_growing": {"named_array_does_not_grow", "array_does_not_grow", "add_entries"},
    "stops_at_shrinking": {"array_keeps_its_length"},
    "stops_at_entries": {"entries_met"},
    "stops_at_unequal": {"list_of_other_shapes", "arrays_of_other_shapes"},
    "stops_at_generator": {"generator"},
    "stops_at_one_by_one": {"one_by_one"},
    "stops_at_reversed": {"not_reversible"},
    "stops_at_one_place": {
        "sequence_for_a_number", "array_into_one_place", "vector_for_a_number",
        "vector_for_an_entry", "row_of_one_length", "array_into_places", "array_into_a_mask",
    },
    "stops_at_many_numbers": {
        "single_number_needed", "pythons_round",
    },
    "stops_at_many_of": {"makes_one_number", "math_takes_one_number"},
    "stops_at_item": {"item_of_several"},
    "stops_at_given_number": {"number_by_the_task"},
    "stops_at_one_number": {"should_it_be_one", "all_of_a_number", "goes_through_a_number"},
    "stops_at_number": {
        "number_has_no", "number_has_no_entries", "entry_of_a_number", "entry_of_one_number",
        "entry_or_loop_of_a_number", "product_with_a_number", "entry_in_a_product",
        "item_in_a_product", "number_in_a_product", "number_by_this_line", "diag_of_a_number",
        "axis_of_a_number", "joins_numbers",
    },
    "stops_at_place_in_number": {"place_in_a_number", "one_place_in_a_number"},
    "stops_at_made_number": {"number_no_vector", "is_a_number_and_no_matrix"},
    "stops_at_rounds": {"loop_over_a_number"},
    "stops_at_rows": {"row_of_other_length", "comma_missing", "comma_missing_at_the_end"},
    "stops_at_empty": {
        "entry_of_empty", "entry_of_empty_at_last", "no_entry_along_axis", "largest_of_empty",
        "pop_from_empty", "one_side_is_empty", "still_empty", "joins_nothing",
    },
    "stops_at_empty_list": {"list_still_empty"},
    "stops_in_first_round": {
        "none_before_the_first", "last_of_empty", "no_key_before_the_first",
        "first_round_already",
    },
    "stops_at_multi_dot": {"multi_dot_of_one"},
    "stops_at_neighbours": {"differences_of_neighbours"},
    "stops_at_fixed_place": {"fixed_place_beside_loop"},
    "stops_at_index": {
        "no_such_entry", "no_such_entry_either_way", "asks_for_place", "too_large",
        "too_far_below", "too_far_in_row", "counts_another", "fixed_place", "row_too_far",
        "column_too_far", "entry_too_far", "no_place_behind_last", "second_in_first_round",
    },
    "stops_at_square_brackets": {
        "index_not_whole", "array_for_place", "values_of_where_for_places",
        "enumerate_counts_first", "loop_over_sizes", "list_has_no_keys",
    },
    "stops_at_dimensions": {
        "two_indices_of_a_vector", "two_indices_of_an_argument", "too_many_indices",
        "list_takes_one_index", "axes_of_a_vector",
    },
    "stops_at_no_such_axis": {
        "AxisError", "axis_to_leave_out", "axis_too_far", "axis_not_there",
    },
    "stops_at_range_for_two": {"range_of_a_list_for_two"},
    "stops_at_range": {"range_of_a_list", "range_of_a_quotient", "range_of_a_float"},
    "stops_at_size": {
        "range_of_a_shape", "range_of_an_array", "size_of_an_array", "size_of_a_shape",
        "size_not_whole", "shape_for_size", "size_below_0", "sizes_together",
        "numbers_for_a_shape",
    },
    "stops_at_name": {
        "nothing_called_so", "nothing_called_so_near", "no_loop_counts", "of_the_description",
        "no_size_called_so", "set_when_run_but_near", "in_brackets_alone",
    },
    "stops_at_set_when_run": {"set_when_run"},
    "stops_at_key": {"KeyError"},
    "stops_at_looking_up": {"looks_for_an_array", "compares_arrays"},
    "stops_at_looked_up": {"looked_up", "looked_up_by_a_cache"},
    "stops_at_arguments": {
        "shape_is_one_argument", "numbers_in_one_list", "rows_in_one_list", "arrays_in_one_list",
        "reshape_brackets",
    },
    "stops_at_call": {
        "too_few_arguments", "takes_two", "compares_two", "numpys_fewer_arguments",
        "closed_too_early", "closed_too_early_before_several",
        "numpys_too_many_arguments", "numpys_other_arguments", "called_with_nothing",
        "no_size_handed", "takes_more_arguments", "other_arguments", "append_takes",
        "other_arguments_here", "other_arguments_on_a_line",
        "insert_takes", "map_takes_two", "arguments_of_pythons", "where_needs_both",
        "array_for_a_setting", "np_append", "method_takes_an_axis",
        "enumerate_takes_one", "one_array_alone",
    },
    "stops_at_keyword": {"unknown_keyword", "unknown_keyword_but_near"},
    "stops_at_called": {
        "value_called", "value_called_with_nothing", "no_function_called", "module_called",
        "no_function", "entry_in_square_brackets",
    },
    "stops_at_number_called": {"number_called"},
    "stops_at_taken": {
        "taken_from_there", "taken_in_all", "hidden_function", "name_of_its_function",
    },
    "stops_at_uncalled": {
        "name_of_a_function", "not_called", "not_called_yet", "calculates_with_a_function",
        "entry_of_a_function", "pythons_own_for",
    },
    "stops_at_pythons_own": {"pythons_own"},
    "stops_at_function_itself": {"the_function_itself"},
    "stops_at_entries_of_itself": {"entries_of_itself", "entries_of_itself_but_near"},
    "stops_at_own_attribute": {
        "own_attribute_not_yet", "own_attribute_but_near", "own_attribute_never_set",
    },
    "stops_at_spelt_attribute": {"no_such_attribute_but_near"},
    "stops_at_attribute": {
        "no_such_attribute", "of_texts", "of_pytorch", "function_of_a_function",
    },
    "stops_at_text": {
        "calculates_with_a_text", "number_of_a_quoted_text", "number_of_a_text",
        "number_to_text",
    },
    "stops_at_power": {"power", "power_of_e"},
    "stops_at_level": {"one_level_deeper"},
    "stops_at_letters": {"other_letters"},
    "stops_at_spelling": {
        "comparisons_in_brackets", "e_to_the_power", "has_no_length_by_name",
        "import_math_missing", "import_numpy_missing", "negative_power",
        "no_file_in_front", "no_longer_in_numpy", "not_in_math", "not_in_numpy",
        "not_in_numpy_but_near", "not_in_numpy_so", "not_numpys", "numpy_has_another_name",
        "numpys", "numpys_and_not_an_arrays", "of_another_file",
        "pythons_own_keyword", "read_only_diagonal", "square_brackets",
    },
    "stops_at_axis_of_shape": {
        "no_such_axis", "no_such_axis_of_it", "length_of_an_entry",
    },
    "stops_at_asked_shape": {"no_such_axis_asked"},
    "stops_at_starred": {"takes_apart_starred"},
    "stops_at_taking_apart": {"takes_apart_more", "takes_apart_fewer"},
    "stops_at_pairs": {
        "unpacks_pairs", "parts_and_names", "enumerate_gives_two", "zip_gives",
        "numbers_are_no_pairs", "one_after_the_other", "entries_are_no_pairs",
        "entries_are_no_pairs_made",
    },
    "stops_at_unpacking": {"unpacks", "values_and_names", "unpacks_a_shape"},
    "stops_at_unset": {"no_value_yet", "UnboundLocalError", "not_made_yet", "defined_below"},
    "stops_at_own_none": {"none_of_its_call", "none_of_what_has_no_name"},
    "stops_at_default": {"name_is_none_by_default"},
    "stops_at_none": {"name_is_none", "name_is_none_of", "came_back_as_none", "places_hold_none"},
    "stops_at_large_number": {"OverflowError", "too_large_as_described"},
    "stops_at_number_not_allowed": {"math_not_defined", "nan_is_no_whole_number"},
    "stops_at_itself": {"RecursionError", "calls_itself_on_this_line"},
    "stops_in_place": {
        "in_place_on_what_is_given", "in_place_on_whole_numbers", "made_of_whole_numbers",
        "UFuncOutputCastingError",
    },
    "stops_at_second_place": {"second_is_the_place"},
    "stops_at_third_place": {"third_is_the_place"},
    "stops_at_assert": {"asserts_equal"},
    "stops_at_asserted_sizes": {"asserts_other_sizes", "asserts_sizes"},
    "stops_at_kronecker": {"kronecker"},
    "stops_at_tensordot": {"tensordot_takes_two_axes"},
    "stops_at_norm": {"norm_of_matrices", "no_such_norm", "norm_of_no_matrix"},
    "stops_at_lengths": {"zip_of_other_lengths"},
    "stops_at_einsum": {"einsum_letters", "einsum_groups"},
    "stops_at_inverse": {"inverse_of_no_matrix", "inverse_of_no_square", "LinAlgError"},
    "stops_at_column": {
        "transposed_vector", "column_times_vector", "column_times_matrix", "column_times_flat",
        "column_with_a_vector", "column_made_a_table", "both_are_rows", "both_are_columns",
        "column_on_the_left", "product_of_vectors", "times_of_vectors", "times_of_matrices",
        "product_of_vectors_turned", "times_of_vectors_turned",
    },
    "stops_at_picking": {"keeps_some"},
    "stops_at_each_with_each": {"each_with_each"},
    "stops_at_outside": {
        "SystemExit", "KeyboardInterrupt", "EOFError", "PermissionError", "FileNotFoundError",
    },
    "stops_at_module": {
        "ModuleNotFoundError", "ImportError", "not_installed", "left_out_import",
    },
    "stops_at_import": {"not_installed_but_near", "file_by_its_whole_name", "file_has_no_such"},
    "stops_at_no_such_function": {"no_function_called_so"},
    "stops_at_dots": {"dots"},
    "stops_at_value": {
        "ValueError", "no_such_dtype", "reshape_open_twice", "no_equal_parts",
    },
}  # fmt: skip
#: By step, what it is about of that which the reason tells.
_ABOUT = {"stops_at_taken": ("name",), "stops_at_axis": ("name", "other"),
          "stops_at_place_in_number": ("name",), "stops_at_keyword": ("name",),
          "stops_at_one_by_one": ("made_by",), "stops_at_number_called": ("what", "inside"),
          "stops_at_function_itself": ("name",), "stops_at_entries_of_itself": ("name",),
          "stops_at_own_none": ("name",),
          "stops_at_own_attribute": ("of", "name"),
          "stops_at_given_number": ("number",), "stops_at_one_number": ("number",),
          "stops_at_entries": ("name", "of"), "stops_at_fixed_place": ("name",),
          "stops_at_spelt_attribute": ("near",), "stops_at_second_place": ("name",),
          "stops_at_many_of": ("name",), "stops_at_letters": ("name", "other"),
          "stops_at_no_function": ("taker",),
          "stops_at_axis_of_shape": ("name",), "stops_at_asked_shape": ("name",),
          "stops_at_third_place": ("name",), "stops_at_empty_list": ("name",),
          "stops_at_pythons_own": ("name",), "stops_at_level": ("name",)}  # fmt: skip
#: By step, what its title tells of that.
_NAMED = {"stops_at_own_attribute": ("of", "name"), "stops_at_spelt_attribute": ("name",)}
#: Steps that take no input of the function's: they bring their own, or none is needed.
_OF_NO_INPUT = {
    "stops_at_axis", "stops_at_one_number_of_all", "stops_at_reversed", "stops_at_power",
    "stops_at_kronecker", "stops_at_tensordot", "stops_at_rows", "stops_at_neighbours",
    "stops_at_shrinking", "stops_at_second_place", "stops_at_third_place", "stops_at_spelling",
    "stops_at_level", "stops_at_taken", "stops_at_import", "stops_at_no_such_function",
    "stops_at_module", "stops_at_outside", "stops_at_inverse", "stops_at_keyword",
    "stops_at_number_called", "stops_at_own_attribute", "stops_at_own_none", "stops_at_pythons_own",
    "stops_at_range_for_two", "stops_at_norm", "stops_at_letters",
}  # fmt: skip
#: Reasons that name both shapes, and leave open which one is wrong.
_OF_PRODUCTS = {
    "shapes_of_product", "shapes_of_product_hint", "carried_over", "vector_through_a_matrix",
    "filled_of_another_shape",
}  # fmt: skip
#: What is said of the inputs that fail, where all of them have something and the others not.
EXACTLY = ("seen.fails_exactly", "seen.fails_exactly_also")


def after_stop(why: Said, observations: Sequence[Said] = ()) -> Said:
    """What to do about an exception, by the reason for it that was told.

    Parameters
    ----------
    why : Said
    observations : sequence of Said
        What they say of the inputs with which it comes tells which one to take.
    """
    failing = next((tags_of(one) for one in observations if one.key in EXACTLY), None)
    if step := _step(why):
        if failing and step == "stops_at_empty":
            return said("step.stops_at_empty_with", tag=failing)
        within = [one.values for _, one in why.values if isinstance(one, Said)]
        told = dict(pair for values in (*within, why.values) for pair in values)
        then = said(f"step.{step}", **{key: told.get(key, "") for key in _ABOUT.get(step, ())})
        needs_input = failing and step not in _OF_NO_INPUT
        return said("step.with_such", tag=failing, step=then) if needs_input else then
    if failing:
        return said("step.stops_with", tag=failing)
    return said("step.stops_at_shapes" if _is_of_shapes(why) else "step.start_with_that_line")


def name_of_stop(why: Said) -> Said:
    """What an exception is called above its explanation, by the reason for it that was told."""
    step = _step(why) or ("stops_at_shapes" if _is_of_shapes(why) else "")
    if not step:
        return said("titles.crashed")
    told = dict(why.values)
    return said(f"stop_titles.{step}", **{key: told[key] for key in _NAMED.get(step, ())})


def _step(why: Said) -> str:
    """The step that a reason leads to; empty if it has none of its own."""
    keys = _keys(why)
    return next((step for step, reasons in _AFTER.items() if reasons & keys), "")


def _is_of_shapes(why: Said) -> bool:
    return speaks_of_shapes(why) or bool(_keys(why) & _OF_PRODUCTS)


def _keys(why: Said) -> set[str]:
    return {*map(_without_area, why.keys())}


def _without_area(key: str) -> str:
    return key.removeprefix("crash.")


def tags_of(observation: Said) -> InARow:
    """What the inputs have that an observation speaks of, without what explains it."""
    values = dict(observation.values)
    tags = values["tags"].parts if "tags" in values else (values["tag"],)
    told = tags[:1] if tags[0].key.endswith(EXPLAINED) else tags
    return InARow(tuple(said(tag.key.removesuffix(EXPLAINED)) for tag in told))
