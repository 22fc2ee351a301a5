"""Graded cases of ``error_norms`` (6.5): how an error vanishes or explodes."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "error_norms"
points = points_for(name)


@test_case(name="a short chain")
def a_short_chain(error_norms):
    judge(error_norms, "a short chain")


@test_case(name="Jacobians of different sizes")
def jacobians_of_different_sizes(error_norms):
    judge(error_norms, "Jacobians of different sizes")


@test_case(name="a long chain")
def a_long_chain(error_norms):
    judge(error_norms, "a long chain")


@test_case(name="whole numbers")
def whole_numbers(error_norms):
    judge(error_norms, "whole numbers")


@test_case(name="one Jacobian, and none")
def one_jacobian_and_none(error_norms):
    judge(error_norms, "one Jacobian, and none")


@test_case(name="a single entry")
def a_single_entry(error_norms):
    judge(error_norms, "a single entry")


@test_case(name="zeros, identities and equal Jacobians")
def zeros_identities_and_equal_jacobians(error_norms):
    judge(error_norms, "zeros, identities and equal Jacobians")


@test_case(name="large and small values")
def large_and_small_values(error_norms):
    judge(error_norms, "large and small values")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(error_norms):
    judge(error_norms, "leaves its arguments alone")
