"""Graded cases of ``propagate_chain`` (6.3): an error through a chain of Jacobians."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "propagate_chain"
points = points_for(name)


@test_case(name="a short chain")
def a_short_chain(propagate_chain):
    judge(propagate_chain, "a short chain")


@test_case(name="Jacobians of different sizes")
def jacobians_of_different_sizes(propagate_chain):
    judge(propagate_chain, "Jacobians of different sizes")


@test_case(name="a long chain")
def a_long_chain(propagate_chain):
    judge(propagate_chain, "a long chain")


@test_case(name="whole numbers")
def whole_numbers(propagate_chain):
    judge(propagate_chain, "whole numbers")


@test_case(name="one Jacobian, and none")
def one_jacobian_and_none(propagate_chain):
    judge(propagate_chain, "one Jacobian, and none")


@test_case(name="a single entry")
def a_single_entry(propagate_chain):
    judge(propagate_chain, "a single entry")


@test_case(name="zeros, identities and equal Jacobians")
def zeros_identities_and_equal_jacobians(propagate_chain):
    judge(propagate_chain, "zeros, identities and equal Jacobians")


@test_case(name="large and small values")
def large_and_small_values(propagate_chain):
    judge(propagate_chain, "large and small values")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(propagate_chain):
    judge(propagate_chain, "leaves its arguments alone")
