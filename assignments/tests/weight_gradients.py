import numpy as np
from checking.evidence import agree, all_agree, arrays, leaves_alone, test_case

OK_FORMAT = False
name = "weight_gradients"

ERRORS = [np.array([0.5, -1.0, 2.0]), np.array([1.0, -0.25])]
ACTIVATIONS = [np.array([3.0, 1.0]), np.array([0.0, 2.0, 4.0]), np.array([0.5, 0.5])]


@test_case(name="each gradient is shaped as its weights")
def shapes(weight_gradients):
    arrays(weight_gradients, ERRORS, ACTIVATIONS, shapes=[(3, 2), (2, 3)])


@test_case(name="the example of the docstring")
def example(weight_gradients):
    activations = [np.array([1.0, 2.0, 3.0]), np.array([0.5, 0.5])]
    found = arrays(weight_gradients, [np.array([0.5, -0.5])], activations, shapes=[(2, 3)])
    claim = "weight_gradients should give the docstring's example."
    all_agree(found, [[[0.5, 1, 1.5], [-0.5, -1, -1.5]]], claim)


@test_case(name="each error goes with the activation below it")
def activation_below(weight_gradients):
    found = arrays(weight_gradients, ERRORS, ACTIVATIONS, shapes=[(3, 2), (2, 3)])
    claim = "Row [0] of the first gradient: the error 0.5 of the first unit times the input [3, 1]."
    agree(found[0][0], [1.5, 0.5], claim)
    claim = "Row [0] of the second gradient: the error 1 times the activation below, [0, 2, 4]."
    agree(found[1][0], [0, 2, 4], claim)


@test_case(name="the arguments stay as they are")
def arguments_stay(weight_gradients):
    leaves_alone(weight_gradients, ERRORS, ACTIVATIONS)


@test_case(name="whole numbers")
def whole_numbers(weight_gradients):
    found = arrays(
        weight_gradients, [np.array([2])], [np.array([3, 0.5]), np.array([1])], shapes=[(1, 2)]
    )
    agree(found[0], [[6, 1]], "The error [2], a whole number, with the activation [3, 0.5]:")
