"""Graded cases of ``backward`` (6.4): the errors of a network."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "backward"
points = points_for(name)


@test_case(name="two layers")
def two_layers(backward):
    judge(backward, "two layers")


@test_case(name="a single layer")
def a_single_layer(backward):
    judge(backward, "a single layer")


@test_case(name="many layers")
def many_layers(backward):
    judge(backward, "many layers")


@test_case(name="one neuron, or many")
def one_neuron_or_many(backward):
    judge(backward, "one neuron, or many")


@test_case(name="layers of equal width")
def layers_of_equal_width(backward):
    judge(backward, "layers of equal width")


@test_case(name="all, none or one switched on")
def all_none_or_one_switched_on(backward):
    judge(backward, "all, none or one switched on")


@test_case(name="large and small values")
def large_and_small_values(backward):
    judge(backward, "large and small values")


@test_case(name="whole numbers")
def whole_numbers(backward):
    judge(backward, "whole numbers")


@test_case(name="targets of any kind")
def targets_of_any_kind(backward):
    judge(backward, "targets of any kind")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(backward):
    judge(backward, "leaves its arguments alone")
