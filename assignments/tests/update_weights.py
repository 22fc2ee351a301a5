import numpy as np
from checking.evidence import (
    Example,
    Finding,
    agree,
    all_agree,
    arrays,
    leaves_alone,
    test_case,
)
from checking.showing import show

OK_FORMAT = False
name = "update_weights"

WEIGHTS = [np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]]), np.array([[1.0, -1.0, 2.0]])]
GRADIENTS = [np.array([[10.0, 0.0], [0.0, 10.0], [-20.0, 5.0]]), np.array([[2.0, 0.0, -4.0]])]
SHAPES = [(3, 2), (1, 3)]


@test_case(name="one new matrix for each layer")
def one_matrix_for_each_layer(update_weights):
    each = "one for each layer"
    arrays(update_weights, WEIGHTS, GRADIENTS, 0.1, shapes=SHAPES, each=each)


@test_case(name="a learning rate of 0 changes nothing")
def no_learning(update_weights):
    found = arrays(update_weights, WEIGHTS, GRADIENTS, 0.0, shapes=SHAPES)
    claim = "With the learning rate 0 there is no step, so the weights stay:"
    if not any(W.any() for W in found):
        claim = (
            "With the learning rate 0 the step is 0, and the weights stay; yours gives 0, the step "
            "alone. From what is a step taken?"
        )
    products = [W * G for W, G in zip(WEIGHTS, GRADIENTS, strict=True)]
    if all(map(np.allclose, found, products)):
        claim = (
            "With the learning rate 0 the weights stay; yours gives the weights times the "
            "gradients. Which two belong together first, and do the parentheses say so?"
        )
    all_agree(found, WEIGHTS, claim)


@test_case(name="downhill: against the gradient")
def downhill(update_weights):
    weights, gradients = [np.array([[1.0, 2.0, 3.0]])], [np.array([[10.0, -10.0, 0.0]])]
    moved = arrays(update_weights, weights, gradients, 0.1, shapes=[(1, 3)])[0] - weights[0]
    if not moved.any():
        raise Finding(
            "The weights come back as they were, with the gradient [[10, -10, 0]] and the rate "
            "0.1. Are the new matrices the ones that are returned?"
        )
    if moved[0, 0] > 0 > moved[0, 1]:
        raise Finding(
            "Where the gradient is above 0 the loss rises with the weight, so the weight should "
            "go down. Yours goes up: the step is taken uphill."
        )
    ones = [np.ones((1, 3))]
    of_ones = arrays(update_weights, ones, gradients, 0.1, shapes=[(1, 3)])[0] - ones[0]
    if not np.allclose(of_ones, moved):
        raise Finding(
            "With the same gradient [[10, -10, 0]] and rate 0.1, the weights [[1, 2, 3]] move by "
            f"{show(moved)} and [[1, 1, 1]] by {show(of_ones)}. A step is made of the rate and "
            "the gradient alone, so both should move alike. Where do the weights come into yours?"
        )
    claim = "With the gradient [[10, -10, 0]] and the rate 0.1, the weights move by [[-1, 1, 0]]:"
    agree(moved, [[-1, 1, 0]], claim)


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


@test_case(name="every layer moves")
def every_layer_moves(update_weights):
    found = arrays(update_weights, WEIGHTS, GRADIENTS, 0.5, shapes=SHAPES)
    still = [l for l, (new, old) in enumerate(zip(found, WEIGHTS, strict=True), 1)
             if np.array_equal(new, old)]  # fmt: skip
    if still:
        raise Finding(
            f"Of two layers, W_{still[0]} comes back as it was, though its gradient isn't 0. Does "
            "every layer get its step, and is every new matrix put into the list?"
        )
    claim = "Row [0] of W_1 is [1, 2], its gradient [10, 0]; with the learning rate 0.5:"
    agree(found[0][0], [-4, 2], claim)
    claim = "Row [0] of W_2 is [1, -1, 2], its gradient [2, 0, -4]; with the learning rate 0.5:"
    agree(found[1][0], [0, -1, 4], claim)


@test_case(name="the arguments stay as they are")
def arguments_stay(update_weights):
    leaves_alone(update_weights, WEIGHTS, GRADIENTS, 0.1)


@test_case(name="whole numbers")
def whole_numbers(update_weights):
    weights, gradients = [np.array([[1, 2]])], [np.array([[1, -1]])]
    found = arrays(update_weights, weights, gradients, 0.5, shapes=[(1, 2)])
    agree(found[0], [[0.5, 2.5]], "The weights [[1, 2]], whole numbers, with the rate 0.5:")


@test_case(name="the example of the docstring")
def example(update_weights):
    weights, gradients = [np.array([[1.0, 2.0]])], [np.array([[10.0, -10.0]])]
    found = arrays(update_weights, weights, gradients, 0.1, shapes=[(1, 2)])
    agree(found[0], [[0, 3]], "update_weights should give the docstring's example.", kind=Example)
