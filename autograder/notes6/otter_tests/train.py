"""Graded cases of ``train`` (6.4): online learning."""

from otter.test_files import test_case

from autograder.notes6.cases import judge, points_for

OK_FORMAT = False
name = "train"
points = points_for(name)


@test_case(name="one example, one epoch")
def one_example_one_epoch(train):
    judge(train, "one example, one epoch")


@test_case(name="several examples")
def several_examples(train):
    judge(train, "several examples")


@test_case(name="several epochs")
def several_epochs(train):
    judge(train, "several epochs")


@test_case(name="many layers")
def many_layers(train):
    judge(train, "many layers")


@test_case(name="no epoch")
def no_epoch(train):
    judge(train, "no epoch")


@test_case(name="whole numbers")
def whole_numbers(train):
    judge(train, "whole numbers")


@test_case(name="examples that come again")
def examples_that_come_again(train):
    judge(train, "examples that come again")


@test_case(name="learning rates of any kind")
def learning_rates_of_any_kind(train):
    judge(train, "learning rates of any kind")


@test_case(name="one neuron")
def one_neuron(train):
    judge(train, "one neuron")


@test_case(name="leaves its arguments alone")
def leaves_its_arguments_alone(train):
    judge(train, "leaves its arguments alone")
