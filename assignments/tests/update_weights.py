import numpy as np
from checking.evidence import agree, all_agree, arrays, leaves_alone, test_case

OK_FORMAT = False
name = "update_weights"

WEIGHTS = [np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]]), np.array([[1.0, -1.0, 2.0]])]
GRADIENTS = [np.array([[10.0, 0.0], [0.0, 10.0], [-20.0, 5.0]]), np.array([[2.0, 0.0, -4.0]])]
SHAPES = [(3, 2), (1, 3)]


@test_case(name="one new matrix for each layer")
def one_matrix_for_each_layer(update_weights):
    arrays(update_weights, WEIGHTS, GRADIENTS, 0.1, shapes=SHAPES)


@test_case(name="the example of the docstring")
def example(update_weights):
    weights, gradients = [np.array([[1.0, 2.0]])], [np.array([[10.0, -10.0]])]
    found = arrays(update_weights, weights, gradients, 0.1, shapes=[(1, 2)])
    agree(found[0], [[0, 3]], "update_weights should give the docstring's example.")


@test_case(name="every layer moves")
def every_layer_moves(update_weights):
    found = arrays(update_weights, WEIGHTS, GRADIENTS, 0.5, shapes=SHAPES)
    claim = "Row [0] of W_1 is [1, 2], its gradient [10, 0]; with the learning rate 0.5:"
    agree(found[0][0], [-4, 2], claim)
    claim = "Row [0] of W_2 is [1, -1, 2], its gradient [2, 0, -4]; with the learning rate 0.5:"
    agree(found[1][0], [0, -1, 4], claim)


@test_case(name="a learning rate of 0 changes nothing")
def no_learning(update_weights):
    found = arrays(update_weights, WEIGHTS, GRADIENTS, 0.0, shapes=SHAPES)
    all_agree(found, WEIGHTS, "With the learning rate 0 the weights stay:")


@test_case(name="twice the learning rate, twice the step")
def proportional_to_the_rate(update_weights):
    once = arrays(update_weights, WEIGHTS, GRADIENTS, 0.25, shapes=SHAPES)
    twice = arrays(update_weights, WEIGHTS, GRADIENTS, 0.5, shapes=SHAPES)
    expected = [2 * new - old for new, old in zip(once, WEIGHTS, strict=True)]
    all_agree(
        twice,
        expected,
        "With the learning rate 0.5 instead of 0.25, each weight should move twice as far:",
    )


@test_case(name="the arguments stay as they are")
def arguments_stay(update_weights):
    leaves_alone(update_weights, WEIGHTS, GRADIENTS, 0.1)


@test_case(name="whole numbers")
def whole_numbers(update_weights):
    weights, gradients = [np.array([[1, 2]])], [np.array([[1, -1]])]
    found = arrays(update_weights, weights, gradients, 0.5, shapes=[(1, 2)])
    agree(found[0], [[0.5, 2.5]], "The weights [[1, 2]], whole numbers, with the rate 0.5:")
