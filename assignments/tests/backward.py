import numpy as np
from checking.evidence import (
    STEP,
    WIGGLED,
    agree,
    all_agree,
    arrays,
    can_compare,
    leaves_alone,
    test_case,
)
from wiggle import numerical_jacobian

OK_FORMAT = False
name = "backward"

W_1 = np.array([[1.0, 0.0], [2.0, 1.0], [0.0, 1.0]])
W_2 = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 3.0]])
ACTIVATIONS = [np.array([1.0, -1.0]), np.array([1.0, 1.0, 0.0]), np.array([0.5, 0.5])]
TARGET = np.array([1.0, 0.0])


@test_case(name="one error for each layer")
def one_error_for_each_layer(backward):
    arrays(backward, [W_1, W_2], ACTIVATIONS, TARGET, shapes=[(3,), (2,)])


@test_case(name="the error at the top")
def top_error(backward):
    W, activations = np.log([[0.25], [0.75]]), [np.array([1.0]), np.array([0.25, 0.75])]
    found = arrays(backward, [W], activations, TARGET, shapes=[(2,)])
    claim = (
        "With the prediction [0.25, 0.75] and the target [1, 0]: e_L is (a_L - target) taken "
        "through the Jacobian of softmax (6.4)."
    )
    agree(found[-1], [-0.28125, 0.28125], claim)


@test_case(name="no error where the prediction is the target")
def no_error(backward):
    found = arrays(backward, [W_1, W_2], ACTIVATIONS, ACTIVATIONS[-1], shapes=[(3,), (2,)])
    all_agree(found, [np.zeros(3), np.zeros(2)], "The prediction is the target, but:")


@test_case(name="the example of the docstring")
def example(backward):
    weights = [np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [0.0, 5.0]])]
    activations = [np.array([3.0, 1.0]), np.array([5.0, 1.0]), np.array([0.5, 0.5])]
    found = arrays(backward, weights, activations, TARGET, shapes=[(2,), (2,)])
    claim = "backward should give the docstring's example, with e_1 first."
    all_agree(found, [[-0.25, 1.25], [-0.25, 0.25]], claim)


@test_case(name="no error goes through a hidden unit that is off")
def off_units(backward):
    found = arrays(backward, [W_1, W_2], ACTIVATIONS, TARGET, shapes=[(3,), (2,)])
    claim = (
        "Hidden unit 2 has the activation 0: the slope of its threshold is 0, so its error is 0:"
    )
    agree(found[0][2], 0, claim)


@test_case(name="agrees with wiggling the weights of your forward")
def agrees_with_the_wiggle(backward, forward):
    if not can_compare(forward, "forward"):
        return
    weights = [
        np.array([[0.8, -0.3, 0.1], [-0.6, 0.2, 0.3], [0.5, 0.8, 0.7]]),
        np.array([[0.4, -0.6, 0.2], [0.7, 0.5, 0.1], [-0.9, 0.1, 0.3]]),
        np.array([[0.9, -0.4, 0.6], [-0.2, 0.7, 0.5]]),
    ]
    x, target, shapes = np.array([1.0, 0.5, -0.8]), np.array([0.0, 1.0]), [(3,), (3,), (3,), (2,)]
    activations = arrays(forward, weights, x, shapes=shapes)
    errors = arrays(backward, weights, activations, target, shapes=shapes[1:])
    for i, (W, error) in enumerate(zip(weights, errors, strict=True)):

        def loss(column, i=i, W=W):
            moved = [*weights[:i], np.column_stack([column, W[:, 1:]]), *weights[i + 1 :]]
            prediction = arrays(forward, moved, x, shapes=shapes)[-1]
            return 0.5 * np.sum((prediction - target) ** 2)

        # Moving the weight W_l[j, 0] moves z_l[j] as well, a_(l-1)[0] times as far.
        wiggled = numerical_jacobian(loss, W[:, 0], STEP)[0] / activations[i][0]
        claim = (
            f"In a network with three layers, the error e_{i + 1} of your backward isn't what "
            f"wiggling the weights W_{i + 1} shows in the loss of your forward. Follow the error "
            "down to this layer: through the weights above it, then through its own threshold."
        )
        agree(error, wiggled, claim, WIGGLED, "wiggled")


@test_case(name="the arguments stay as they are")
def arguments_stay(backward):
    leaves_alone(backward, [W_1, W_2], ACTIVATIONS, TARGET)
