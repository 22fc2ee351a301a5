"""Graded cases of ``softmax`` (6.2): the softmax."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "softmax"
points = points_for(name)


@test_case(name="the example of the notes")
def the_example_of_the_notes(softmax):
    judge(softmax, "the example of the notes")


@test_case(name="further inputs")
def further_inputs(softmax):
    judge(softmax, "further inputs")


@test_case(name="whole numbers")
def whole_numbers(softmax):
    judge(softmax, "whole numbers")


@test_case(name="zeros and equal entries")
def zeros_and_equal_entries(softmax):
    judge(softmax, "zeros and equal entries")


@test_case(name="one entry, or many")
def one_entry_or_many(softmax):
    judge(softmax, "one entry, or many")


@test_case(name="large and small values")
def large_and_small_values(softmax):
    judge(softmax, "large and small values")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(softmax):
    judge(softmax, "leaves its arguments alone")
