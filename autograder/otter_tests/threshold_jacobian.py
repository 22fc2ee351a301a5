"""Graded cases of ``threshold_jacobian`` (6.2): its Jacobian."""

from otter.test_files import test_case

from autograder.scoring import judge, points_for

OK_FORMAT = False
name = "threshold_jacobian"
points = points_for(name)


@test_case(name="the example of the notes")
def the_example_of_the_notes(threshold_jacobian):
    judge(threshold_jacobian, "the example of the notes")


@test_case(name="further inputs")
def further_inputs(threshold_jacobian):
    judge(threshold_jacobian, "further inputs")


@test_case(name="exactly at the threshold")
def exactly_at_the_threshold(threshold_jacobian):
    judge(threshold_jacobian, "exactly at the threshold")


@test_case(name="whole numbers")
def whole_numbers(threshold_jacobian):
    judge(threshold_jacobian, "whole numbers")


@test_case(name="large values")
def large_values(threshold_jacobian):
    judge(threshold_jacobian, "large values")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(threshold_jacobian):
    judge(threshold_jacobian, "leaves its arguments alone")
