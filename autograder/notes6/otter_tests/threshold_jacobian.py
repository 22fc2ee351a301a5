"""Graded cases of ``threshold_jacobian`` (6.2): its Jacobian."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "threshold_jacobian"
points = points_for(name)


@test_case(name="the example of the notes")
def the_example_of_the_notes(threshold_jacobian):
    judge(threshold_jacobian, "the example of the notes")


@test_case(name="further inputs")
def further_inputs(threshold_jacobian):
    judge(threshold_jacobian, "further inputs")


@test_case(name="whole numbers")
def whole_numbers(threshold_jacobian):
    judge(threshold_jacobian, "whole numbers")


@test_case(name="zeros and equal entries")
def zeros_and_equal_entries(threshold_jacobian):
    judge(threshold_jacobian, "zeros and equal entries")


@test_case(name="one entry, or many")
def one_entry_or_many(threshold_jacobian):
    judge(threshold_jacobian, "one entry, or many")


@test_case(name="at the threshold")
def at_the_threshold(threshold_jacobian):
    judge(threshold_jacobian, "at the threshold")


@test_case(name="all, none or one above")
def all_none_or_one_above(threshold_jacobian):
    judge(threshold_jacobian, "all, none or one above")


@test_case(name="large and small values")
def large_and_small_values(threshold_jacobian):
    judge(threshold_jacobian, "large and small values")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(threshold_jacobian):
    judge(threshold_jacobian, "leaves its arguments alone")
