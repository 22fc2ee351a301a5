"""Graded cases of ``cross_entropy_error``."""

from otter.test_files import test_case

from autograder.marking.scoring import Cases

OK_FORMAT = False
cases = Cases("tests/second_assignment")
name = "cross_entropy_error"
points = cases.points_for(name)


@test_case(name="an example")
def an_example(cross_entropy_error):
    cases.judge(cross_entropy_error, "an example")


@test_case(name="further inputs")
def further_inputs(cross_entropy_error):
    cases.judge(cross_entropy_error, "further inputs")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(cross_entropy_error):
    cases.judge(cross_entropy_error, "leaves its arguments alone")
