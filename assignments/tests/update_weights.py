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
from checking.saying import say
from checking.showing import show

OK_FORMAT = False
name = "update_weights"

WEIGHTS = [np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]]), np.array([[1.0, -1.0, 2.0]])]
GRADIENTS = [np.array([[10.0, 0.0], [0.0, 10.0], [-20.0, 5.0]]), np.array([[2.0, 0.0, -4.0]])]
SHAPES = [(3, 2), (1, 3)]


@test_case(name="one new matrix for each layer")
def one_matrix_for_each_layer(update_weights):
    each = say("shared.one_for_each_layer")
    arrays(update_weights, WEIGHTS, GRADIENTS, 0.1, shapes=SHAPES, each=each)


@test_case(name="a learning rate of 0 changes nothing")
def no_learning(update_weights):
    found = arrays(update_weights, WEIGHTS, GRADIENTS, 0.0, shapes=SHAPES)
    claim = say("update_weights.no_step")
    if not any(W.any() for W in found):
        claim = say("update_weights.step_alone")
    products = [W * G for W, G in zip(WEIGHTS, GRADIENTS, strict=True)]
    if all(map(np.allclose, found, products)):
        claim = say("update_weights.weights_times_gradients")
    all_agree(found, WEIGHTS, claim)


@test_case(name="downhill: against the gradient")
def downhill(update_weights):
    weights, gradients = [np.array([[1.0, 2.0, 3.0]])], [np.array([[10.0, -10.0, 0.0]])]
    moved = arrays(update_weights, weights, gradients, 0.1, shapes=[(1, 3)])[0] - weights[0]
    if not moved.any():
        raise Finding(say("update_weights.as_they_were"))
    if moved[0, 0] > 0 > moved[0, 1]:
        raise Finding(say("update_weights.uphill"))
    ones = [np.ones((1, 3))]
    of_ones = arrays(update_weights, ones, gradients, 0.1, shapes=[(1, 3)])[0] - ones[0]
    if not np.allclose(of_ones, moved):
        raise Finding(
            say("update_weights.weights_in_the_step", moved=show(moved), of_ones=show(of_ones))
        )
    claim = say("update_weights.downhill")
    agree(moved, [[-1, 1, 0]], claim)


@test_case(name="twice the learning rate, twice the step")
def proportional_to_the_rate(update_weights):
    once = arrays(update_weights, WEIGHTS, GRADIENTS, 0.25, shapes=SHAPES)
    twice = arrays(update_weights, WEIGHTS, GRADIENTS, 0.5, shapes=SHAPES)
    expected = [2 * new - old for new, old in zip(once, WEIGHTS, strict=True)]
    all_agree(
        twice,
        expected,
        say("update_weights.twice_as_far"),
    )


@test_case(name="every layer moves")
def every_layer_moves(update_weights):
    found = arrays(update_weights, WEIGHTS, GRADIENTS, 0.5, shapes=SHAPES)
    still = [l for l, (new, old) in enumerate(zip(found, WEIGHTS, strict=True), 1)
             if np.array_equal(new, old)]  # fmt: skip
    if still:
        raise Finding(say("update_weights.one_layer_stays", layer=still[0]))
    claim = say("update_weights.row_of_first")
    agree(found[0][0], [-4, 2], claim)
    claim = say("update_weights.row_of_second")
    agree(found[1][0], [0, -1, 4], claim)


@test_case(name="the arguments stay as they are")
def arguments_stay(update_weights):
    leaves_alone(update_weights, WEIGHTS, GRADIENTS, 0.1)


@test_case(name="whole numbers")
def whole_numbers(update_weights):
    weights, gradients = [np.array([[1, 2]])], [np.array([[1, -1]])]
    found = arrays(update_weights, weights, gradients, 0.5, shapes=[(1, 2)])
    agree(found[0], [[0.5, 2.5]], say("update_weights.whole_numbers"))


@test_case(name="the example of the docstring")
def example(update_weights):
    weights, gradients = [np.array([[1.0, 2.0]])], [np.array([[10.0, -10.0]])]
    found = arrays(update_weights, weights, gradients, 0.1, shapes=[(1, 2)])
    agree(found[0], [[0, 3]], say("update_weights.example"), kind=Example)
