import numpy as np
from checking.evidence import (
    STEP,
    WIGGLED,
    Example,
    Finding,
    agree,
    all_agree,
    array,
    arrays,
    can_compare,
    leaves_alone,
    test_case,
)
from checking.showing import show
from checking.wiggling import wiggled

OK_FORMAT = False
name = "backward"

W_1 = np.array([[1.0, 0.0], [2.0, 1.0], [0.0, 1.0]])
W_2 = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 3.0]])
ACTIVATIONS = [np.array([1.0, -1.0]), np.array([1.0, 1.0, 0.0]), np.array([0.5, 0.5])]
TARGET = np.array([1.0, 0.0])
TOP_W = np.log([[0.5], [0.3], [0.2]])
TOP = [np.array([1.0]), np.array([0.5, 0.3, 0.2])]  # of a network with one layer
TOP_TARGET = np.array([1.0, 0.0, 0.0])


@test_case(name="one error for each layer")
def one_error_for_each_layer(backward):
    each = "e_1 first, one for each layer but none for the input"
    arrays(backward, [W_1, W_2], ACTIVATIONS, TARGET, shapes=[(3,), (2,)], each=each)


@test_case(name="no error where the prediction is the target")
def no_error(backward):
    found = arrays(backward, [TOP_W], TOP, TOP[-1], shapes=[(3,)])[0]
    if not np.allclose(found, 0):
        raise Finding(
            "The prediction is the target, [0.5, 0.3, 0.2], so there is no error to send back, but "
            f"your e_L is {show(found)}. It begins with the difference of prediction and target, "
            "each as it is."
        )


@test_case(name="the error at the top goes through the whole Jacobian of softmax")
def top_adds_up_to_zero(backward):
    found = arrays(backward, [TOP_W], TOP, TOP_TARGET, shapes=[(3,)])[0]
    with_these = "With the prediction [0.5, 0.3, 0.2] and the target [1, 0, 0]"
    if np.allclose(np.abs(found), np.abs(TOP[-1] - TOP_TARGET)):
        raise Finding(
            f"{with_these} your e_L is the bare difference of the two, {show(found)}. That is the "
            "error at the outputs of softmax; e_L is the error at its inputs z_L (6.4). Which "
            "matrix leads from one to the other?"
        )
    if not np.isclose(found.sum(), 0, atol=1e-6):
        raise Finding(
            f"{with_these} your e_L is {show(found)}, which adds up to {found.sum():.4g}. When all "
            "z_L rise alike, the outputs of softmax stay, so e_L adds up to 0. The outputs "
            "interact: does the error go through the whole Jacobian of softmax, or through its "
            "diagonal alone?"
        )


@test_case(name="the error at the top")
def top_error(backward, softmax_jacobian):
    found = arrays(backward, [TOP_W], TOP, TOP_TARGET, shapes=[(3,)])[0]
    if can_compare(softmax_jacobian, "softmax_jacobian", waits=False):
        twice = array(softmax_jacobian, TOP[-1], shape=(3, 3))
        if np.allclose(found, (TOP[-1] - TOP_TARGET) @ twice):
            raise Finding(
                "Your e_L goes through softmax_jacobian(a_L). That function takes z_L, and "
                "softmax of it itself; a_L is what softmax has given already, so here softmax is "
                "taken twice. The docstring says how the Jacobian comes from a_L alone."
            )
    apart, J = TOP[-1] - TOP_TARGET, np.diag(TOP[-1]) - np.outer(TOP[-1], TOP[-1])
    known = {
        "the squared difference, which has lost its sign": apart**2,
        "the difference without its sign": np.abs(apart),
        "half of the difference": apart / 2,
        "twice the difference": 2 * apart,
    }
    for what, begins in known.items():
        if np.allclose(found, begins @ J):
            raise Finding(
                "With the prediction [0.5, 0.3, 0.2] and the target [1, 0, 0]: what goes through "
                f"the Jacobian of softmax in yours is {what}. The error is the bare difference, "
                "with its sign. Which step makes more of it?"
            )
    claim = (
        "With the prediction [0.5, 0.3, 0.2] and the target [1, 0, 0]: e_L is (a_L - target) taken "
        "through the Jacobian of softmax (6.4), and through nothing else."
    )
    agree(found, [-0.19, 0.126, 0.064], claim)


@test_case(name="no error goes through a hidden unit that is off")
def off_units(backward):
    found = arrays(backward, [W_1, W_2], ACTIVATIONS, TARGET, shapes=[(3,), (2,)])
    if found[0][0] == 0 != found[0][2]:
        raise Finding(
            "Yours stops the error of hidden unit 0, which is on (its activation is 1), and lets "
            "that of unit 2 through, which is off (0). The slope of a unit's threshold depends on "
            "what goes into the unit on the way up, not on the error. What do you compare with 0?"
        )
    claim = (
        "Hidden unit 2 has the activation 0: the slope of its threshold is 0, so its error is 0. "
        "Does each hidden error go through its own layer's threshold (which lies at 0 here, not "
        "at -1)?"
    )
    agree(found[0][2], 0, claim)


@test_case(name="a unit that is on passes the error whole, whatever its activation")
def on_units(backward):
    near, far = ACTIVATIONS, [3 * ACTIVATIONS[0], 3 * ACTIVATIONS[1], ACTIVATIONS[2]]
    one, other = (
        arrays(backward, [W_1, W_2], a, TARGET, shapes=[(3,), (2,)])[0] for a in (near, far)
    )
    claim = (
        "The same units are on, with the activations [1, 1, 0] and [3, 3, 0], and the error "
        "above is the same. The slope of a unit that is on is 1, whatever its activation, so e_1 "
        "should be the same; yours changes."
    )
    agree(other, one, claim, other="with [1, 1, 0] it is")


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
    for i in (2, 1, 0):  # from the top down, as the error goes
        W = weights[i]

        def loss(column, i=i, W=W):
            moved = [*weights[:i], np.column_stack([column, W[:, 1:]]), *weights[i + 1 :]]
            prediction = arrays(forward, moved, x, shapes=shapes)[-1]
            return 0.5 * np.sum((prediction - target) ** 2)

        # Moving the weight W_l[j, 0] moves z_l[j] as well, a_(l-1)[0] times as far.
        if not activations[i][0]:
            continue
        moved = wiggled(loss, W[:, 0], STEP)[0] / activations[i][0]
        above = "" if i == 2 else f"The error e_{i + 2} above it is right. "
        road = (
            "It is (a_L - target), through the Jacobian of softmax."
            if i == 2
            else f"From there it goes through the weights W_{i + 2}, each entry of them, and then "
            "through its own layer's threshold, and through nothing else."
        )
        claim = (
            f"In a network with three layers, the error e_{i + 1} of your backward isn't what "
            f"wiggling the weights W_{i + 1} shows in the loss of your forward. {above}{road}"
        )
        agree(errors[i], moved, claim, WIGGLED, "wiggled")


@test_case(name="the arguments stay as they are")
def arguments_stay(backward):
    leaves_alone(backward, [W_1, W_2], ACTIVATIONS, TARGET)


@test_case(name="the example of the docstring")
def example(backward):
    weights = [np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [0.0, 5.0]])]
    activations = [np.array([3.0, 1.0]), np.array([5.0, 1.0]), np.array([0.5, 0.5])]
    found = arrays(backward, weights, activations, TARGET, shapes=[(2,), (2,)])
    claim = "backward should give the docstring's example, with e_1 first."
    all_agree(found, [[-0.25, 1.25], [-0.25, 0.25]], claim, kind=Example)
