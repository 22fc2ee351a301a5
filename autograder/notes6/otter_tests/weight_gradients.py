"""Graded cases of ``weight_gradients`` (6.4): the gradients of the weights."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "weight_gradients"
points = points_for(name)


@test_case(name="two layers")
def two_layers(weight_gradients):
    judge(weight_gradients, "two layers")


@test_case(name="a single layer")
def a_single_layer(weight_gradients):
    judge(weight_gradients, "a single layer")


@test_case(name="many layers")
def many_layers(weight_gradients):
    judge(weight_gradients, "many layers")


@test_case(name="one neuron, or many")
def one_neuron_or_many(weight_gradients):
    judge(weight_gradients, "one neuron, or many")


@test_case(name="layers of equal width")
def layers_of_equal_width(weight_gradients):
    judge(weight_gradients, "layers of equal width")


@test_case(name="all, none or one switched on")
def all_none_or_one_switched_on(weight_gradients):
    judge(weight_gradients, "all, none or one switched on")


@test_case(name="large and small values")
def large_and_small_values(weight_gradients):
    judge(weight_gradients, "large and small values")


@test_case(name="whole numbers")
def whole_numbers(weight_gradients):
    judge(weight_gradients, "whole numbers")


@test_case(name="zeros and equal entries")
def zeros_and_equal_entries(weight_gradients):
    judge(weight_gradients, "zeros and equal entries")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(weight_gradients):
    judge(weight_gradients, "leaves its arguments alone")
