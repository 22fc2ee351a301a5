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
    beside,
    can_compare,
    leaves_alone,
    test_case,
)
from checking.saying import say
from checking.showing import show
from checking.wiggling import wiggled

OK_FORMAT = False
name = "backward"
where_it_stops = say("backward.where_it_begins")

W_1 = np.array([[1.0, 0.0], [2.0, 1.0], [0.0, 1.0]])
W_2 = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 3.0]])
ACTIVATIONS = [np.array([1.0, -1.0]), np.array([1.0, 1.0, 0.0]), np.array([0.5, 0.5])]
TARGET = np.array([1.0, 0.0])
TOP_W = np.log([[0.5], [0.3], [0.2]])
TOP = [np.array([1.0]), np.array([0.5, 0.3, 0.2])]  # of a network with one layer
TOP_TARGET = np.array([1.0, 0.0, 0.0])


@test_case(name="one error for each layer")
def one_error_for_each_layer(backward):
    each = say("backward.one_for_each_layer")
    arrays(backward, [W_1, W_2], ACTIVATIONS, TARGET, shapes=[(3,), (2,)], each=each)


@test_case(name="no error where the prediction is the target")
def no_error(backward):
    found = arrays(backward, [TOP_W], TOP, TOP[-1], shapes=[(3,)])[0]
    if not np.allclose(found, 0):
        raise Finding(say("backward.prediction_is_target", found=show(found)))


@test_case(name="the error at the top goes through the whole Jacobian of softmax")
def top_adds_up_to_zero(backward):
    found = arrays(backward, [TOP_W], TOP, TOP_TARGET, shapes=[(3,)])[0]
    with_these = say("backward.with_these")
    if np.allclose(np.abs(found), np.abs(TOP[-1] - TOP_TARGET)):
        raise Finding(say("backward.bare_difference", with_these=with_these, found=show(found)))
    if not np.isclose(found.sum(), 0, atol=1e-6):
        raise Finding(
            say(
                "backward.adds_up",
                with_these=with_these,
                found=show(found),
                total=f"{found.sum():.4g}",
            )
        )


@test_case(name="the error at the top")
def top_error(backward, softmax_jacobian):
    found = arrays(backward, [TOP_W], TOP, TOP_TARGET, shapes=[(3,)])[0]
    if can_compare(softmax_jacobian, "softmax_jacobian", waits=False):
        twice = array(softmax_jacobian, TOP[-1], shape=(3, 3))
        if np.allclose(found, (TOP[-1] - TOP_TARGET) @ twice):
            raise Finding(say("backward.softmax_twice"))
    apart, J = TOP[-1] - TOP_TARGET, np.diag(TOP[-1]) - np.outer(TOP[-1], TOP[-1])
    known = {
        say("backward.squared_difference"): apart**2,
        say("backward.half_of_squared_difference"): apart**2 / 2,
        say("backward.size_of_difference"): np.abs(apart),
        say("backward.half_of_difference"): apart / 2,
        say("backward.twice_the_difference"): 2 * apart,
    }
    for what, begins in known.items():
        if np.allclose(found, begins @ J):
            raise Finding(say("backward.more_than_the_difference", what=what))
    claim = say("backward.through_the_jacobian")
    agree(found, [-0.19, 0.126, 0.064], claim)


@test_case(name="no error goes through a hidden unit that is off")
def off_units(backward):
    found = arrays(backward, [W_1, W_2], ACTIVATIONS, TARGET, shapes=[(3,), (2,)])
    if found[0][0] == 0 != found[0][2]:
        raise Finding(say("backward.stops_what_is_on"))
    claim = say("backward.unit_that_is_off")
    agree(found[0][2], 0, claim)


def refuse_other_slope(backward, activations):
    """Say what the hidden error goes through in place of its threshold, where that is known."""
    hidden, top = arrays(backward, [W_1, W_2], activations, TARGET, shapes=[(3,), (2,)])
    back, a = top @ W_2, activations[1]
    known = {
        "backward.softmax_in_hidden": back @ (np.diag(a) - np.outer(a, a)),
        "backward.sigmoid_in_hidden": back * a * (1 - a),
        "backward.tanh_in_hidden": back * (1 - a**2),
    }
    if np.allclose(hidden, back * a):
        return  # the activations themselves, which softmax's Jacobian can come to as well
    for told, value in known.items():
        if np.allclose(hidden, value) and back.any():
            raise Finding(say(told))


@test_case(name="a unit that is on passes the error whole, whatever its activation")
def on_units(backward):
    near, far = ACTIVATIONS, [3 * ACTIVATIONS[0], 3 * ACTIVATIONS[1], ACTIVATIONS[2]]
    one, other = (
        arrays(backward, [W_1, W_2], a, TARGET, shapes=[(3,), (2,)])[0] for a in (near, far)
    )
    refuse_other_slope(backward, far)
    claim = say("backward.unit_that_is_on")
    if np.allclose(other, 3 * one) and not np.allclose(other, one):
        at = int(np.abs(one).argmax())
        numbers = beside([at], other[at], f"{one[at]:.6g}", say("backward.with_smaller_ones"))
        raise Finding(f"{claim} {say('backward.three_times_too')}\n{numbers}")
    agree(other, one, claim, other=say("backward.with_smaller_ones"))


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
        claim = say("backward.not_as_wiggled", layer=i + 1)
        road = say("backward.to_the_top") if i == 2 else say("backward.down", above=i + 2)
        claim = f"{claim} {road}"
        agree(errors[i], moved, claim, WIGGLED, say("check.wiggled"))


@test_case(name="the arguments stay as they are")
def arguments_stay(backward):
    leaves_alone(backward, [W_1, W_2], ACTIVATIONS, TARGET)


@test_case(name="the example of the docstring")
def example(backward):
    weights = [np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [0.0, 5.0]])]
    activations = [np.array([3.0, 1.0]), np.array([5.0, 1.0]), np.array([0.5, 0.5])]
    found = arrays(backward, weights, activations, TARGET, shapes=[(2,), (2,)])
    claim = say("backward.example")
    all_agree(found, [[-0.25, 1.25], [-0.25, 0.25]], claim, kind=Example)
