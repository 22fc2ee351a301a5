"""Graded cases of ``sigmoid``."""

from otter.test_files import test_case

from autograder.marking.scoring import Cases

OK_FORMAT = False
cases = Cases("tests/second_assignment")
name = "sigmoid"
points = cases.points_for(name)


@test_case(name="an example")
def an_example(sigmoid):
    cases.judge(sigmoid, "an example")


@test_case(name="further inputs")
def further_inputs(sigmoid):
    cases.judge(sigmoid, "further inputs")


@test_case(name="large values")
def large_values(sigmoid):
    cases.judge(sigmoid, "large values")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(sigmoid):
    cases.judge(sigmoid, "leaves its arguments alone")
