"""Graded cases of ``update_weights`` (6.4): one step of learning."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "update_weights"
points = points_for(name)


@test_case(name="two layers")
def two_layers(update_weights):
    judge(update_weights, "two layers")


@test_case(name="a single layer")
def a_single_layer(update_weights):
    judge(update_weights, "a single layer")


@test_case(name="many layers")
def many_layers(update_weights):
    judge(update_weights, "many layers")


@test_case(name="one neuron, or many")
def one_neuron_or_many(update_weights):
    judge(update_weights, "one neuron, or many")


@test_case(name="layers of equal width")
def layers_of_equal_width(update_weights):
    judge(update_weights, "layers of equal width")


@test_case(name="large and small values")
def large_and_small_values(update_weights):
    judge(update_weights, "large and small values")


@test_case(name="whole numbers")
def whole_numbers(update_weights):
    judge(update_weights, "whole numbers")


@test_case(name="learning rates of any kind")
def learning_rates_of_any_kind(update_weights):
    judge(update_weights, "learning rates of any kind")


@test_case(name="zeros")
def zeros(update_weights):
    judge(update_weights, "zeros")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(update_weights):
    judge(update_weights, "leaves its arguments alone")
