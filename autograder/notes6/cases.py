"""What Otter's test files of this assignment call."""

from autograder.marking.scoring import Cases

_CASES = Cases("autograder.notes6")
judge, points_for = _CASES.judge, _CASES.points_for
