"""Graded cases of ``sigmoid_jacobian``."""

from otter.test_files import test_case

from autograder.marking.scoring import Cases

OK_FORMAT = False
cases = Cases("tests/second_assignment")
name = "sigmoid_jacobian"
points = cases.points_for(name)


@test_case(name="an example")
def an_example(sigmoid_jacobian):
    cases.judge(sigmoid_jacobian, "an example")


@test_case(name="further inputs")
def further_inputs(sigmoid_jacobian):
    cases.judge(sigmoid_jacobian, "further inputs")


@test_case(name="large values")
def large_values(sigmoid_jacobian):
    cases.judge(sigmoid_jacobian, "large values")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(sigmoid_jacobian):
    cases.judge(sigmoid_jacobian, "leaves its arguments alone")
