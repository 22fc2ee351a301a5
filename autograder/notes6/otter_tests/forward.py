"""Graded cases of ``forward`` (6.4): the activations of a network."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "forward"
points = points_for(name)


@test_case(name="two layers")
def two_layers(forward):
    judge(forward, "two layers")


@test_case(name="a single layer")
def a_single_layer(forward):
    judge(forward, "a single layer")


@test_case(name="many layers")
def many_layers(forward):
    judge(forward, "many layers")


@test_case(name="one neuron, or many")
def one_neuron_or_many(forward):
    judge(forward, "one neuron, or many")


@test_case(name="layers of equal width")
def layers_of_equal_width(forward):
    judge(forward, "layers of equal width")


@test_case(name="all, none or one switched on")
def all_none_or_one_switched_on(forward):
    judge(forward, "all, none or one switched on")


@test_case(name="large and small values")
def large_and_small_values(forward):
    judge(forward, "large and small values")


@test_case(name="whole numbers")
def whole_numbers(forward):
    judge(forward, "whole numbers")


@test_case(name="very large weights")
def very_large_weights(forward):
    judge(forward, "very large weights")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(forward):
    judge(forward, "leaves its arguments alone")
