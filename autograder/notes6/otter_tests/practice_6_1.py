"""Graded cases of ``practice_6_1`` (6.2): a Jacobian worked by hand."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "practice_6_1"
points = points_for(name)


@test_case(name="worked by hand")
def worked_by_hand(practice_6_1):
    judge(practice_6_1, "worked by hand")
