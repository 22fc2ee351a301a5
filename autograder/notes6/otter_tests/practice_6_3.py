"""Graded cases of ``practice_6_3`` (6.3): worked by hand, in two steps."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "practice_6_3"
points = points_for(name)


@test_case(name="the first step")
def the_first_step(practice_6_3):
    judge(practice_6_3, "the first step")


@test_case(name="the second step")
def the_second_step(practice_6_3):
    judge(practice_6_3, "the second step")
