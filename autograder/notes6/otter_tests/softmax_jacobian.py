"""Graded cases of ``softmax_jacobian`` (6.2): its Jacobian."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "softmax_jacobian"
points = points_for(name)


@test_case(name="the example of the notes")
def the_example_of_the_notes(softmax_jacobian):
    judge(softmax_jacobian, "the example of the notes")


@test_case(name="further inputs")
def further_inputs(softmax_jacobian):
    judge(softmax_jacobian, "further inputs")


@test_case(name="whole numbers")
def whole_numbers(softmax_jacobian):
    judge(softmax_jacobian, "whole numbers")


@test_case(name="zeros and equal entries")
def zeros_and_equal_entries(softmax_jacobian):
    judge(softmax_jacobian, "zeros and equal entries")


@test_case(name="one entry, or many")
def one_entry_or_many(softmax_jacobian):
    judge(softmax_jacobian, "one entry, or many")


@test_case(name="large and small values")
def large_and_small_values(softmax_jacobian):
    judge(softmax_jacobian, "large and small values")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(softmax_jacobian):
    judge(softmax_jacobian, "leaves its arguments alone")
