"""Graded cases of ``propagate_error`` (6.3): an error through one Jacobian."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "propagate_error"
points = points_for(name)


@test_case(name="the example of the notes")
def the_example_of_the_notes(propagate_error):
    judge(propagate_error, "the example of the notes")


@test_case(name="square Jacobians")
def square_jacobians(propagate_error):
    judge(propagate_error, "square Jacobians")


@test_case(name="Jacobians that are not square")
def jacobians_that_are_not_square(propagate_error):
    judge(propagate_error, "Jacobians that are not square")


@test_case(name="whole numbers")
def whole_numbers(propagate_error):
    judge(propagate_error, "whole numbers")


@test_case(name="a single row or column")
def a_single_row_or_column(propagate_error):
    judge(propagate_error, "a single row or column")


@test_case(name="zeros, identities and equal entries")
def zeros_identities_and_equal_entries(propagate_error):
    judge(propagate_error, "zeros, identities and equal entries")


@test_case(name="large and small values")
def large_and_small_values(propagate_error):
    judge(propagate_error, "large and small values")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(propagate_error):
    judge(propagate_error, "leaves its arguments alone")
