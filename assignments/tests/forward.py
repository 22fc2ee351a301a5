import numpy as np
from checking.calls import Misshapen, call
from checking.evidence import (
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
from checking.saying import say
from checking.shapes import shape_of

OK_FORMAT = False
name = "forward"

DEEP = [np.array([[1.0, -1.0], [-1.0, 1.0], [2.0, 0.5]]), np.ones((4, 3)), np.eye(2, 4)]
SHAPES = [(2,), (3,), (4,), (2,)]


@test_case(name="the input and one activation for each layer")
def one_activation_for_each_layer(forward):
    each = say("forward.input_and_one_for_each_layer")
    found = call(forward, DEEP, np.array([1.0, 2.0]))
    shapes = list(map(shape_of, found)) if isinstance(found, (list, tuple)) else []
    if shapes == [*SHAPES[:-1], SHAPES[-2]]:
        raise Misshapen(say("forward.top_without_weights", shape=shapes[-1]))
    arrays(forward, DEEP, np.array([1.0, 2.0]), shapes=SHAPES, each=each)


@test_case(name="a_0 is the input")
def begins_with_the_input(forward):
    x = np.array([-1.0, 2.0])
    found = arrays(forward, DEEP, x, shapes=SHAPES)
    agree(found[0], x, say("forward.begins_with_the_input"))


@test_case(name="hidden layers hold nothing below 0")
def hidden_layers_are_rectified(forward):
    weights = [np.array([[1.0], [-1.0], [-0.25]]), np.zeros((2, 3))]
    found = arrays(forward, weights, np.array([2.0]), shapes=[(1,), (3,), (2,)])[1]
    if (found < 0).any():
        raise Finding(say("forward.holds_below_0", found=found.tolist()))
    if np.array_equal(found, [1, 0, 0]):
        raise Finding(say("forward.slopes"))
    if np.isclose(found.sum(), 1):
        raise Finding(say("forward.softmax_below"))
    claim = say("forward.threshold_at_0")
    agree(found, [2, 0, 0], claim)


@test_case(name="every hidden layer works on the one below it")
def each_on_the_one_below(forward):
    weights = [np.eye(2), 2 * np.eye(2), 3 * np.eye(2), np.zeros((2, 2))]
    found = arrays(forward, weights, np.array([1.0, 0.5]), shapes=[(2,)] * 5)
    told = [say("forward.as_it_is"), say("forward.times_2"), say("forward.times_2_and_3")]
    for layer, factor in enumerate((1, 2, 6), 1):
        claim = say("forward.each_on_the_one_below", layer=layer, times=told[layer - 1])
        agree(found[layer], [factor, factor / 2], claim)
    one_is_off, by_it = np.array([[1.0], [-1.0]]), np.array([[0.0, -1.0], [0.0, 0.0]])
    shapes, claim = [(1,), (2,), (2,), (2,)], say("forward.off_passes_nothing_on")
    found = arrays(forward, [one_is_off, by_it, np.eye(2)], np.array([2.0]), shapes=shapes)
    agree(found[2], [0, 0], claim)
    found = arrays(forward, [one_is_off, by_it], np.array([2.0]), shapes=shapes[:3])
    if np.isclose(found[2].sum(), 1):
        agree(found[2], [0.5, 0.5], claim)


@test_case(name="the top layer is a probability distribution")
def top_is_softmax(forward):
    found = arrays(forward, DEEP, np.array([1.0, 2.0]), shapes=SHAPES)
    claim = say("forward.shares_add_up")
    agree(found[-1].sum(), 1, claim)


@test_case(name="one layer is a top layer")
def one_layer(forward, softmax):
    weights = [np.log([[0.25], [0.75]])]
    found = arrays(forward, weights, np.array([1.0]), shapes=[(1,), (2,)])[-1]
    claim = say("forward.one_layer")
    if can_compare(softmax, "softmax", waits=False):
        twice = array(softmax, np.array([0.25, 0.75]), shape=(2,))
        if np.allclose(found, twice):
            raise Finding(f"{claim} {say('forward.softmax_twice')}")
        cut = array(softmax, np.zeros(2), shape=(2,))
        if np.allclose(found, cut):
            raise Finding(f"{claim} {say('forward.threshold_before_softmax')}")
    z = np.log([0.25, 0.75])
    for told, value in {"forward.parts_of_z": z / z.sum(), "forward.z_itself": z}.items():
        if np.allclose(found, value):
            raise Finding(f"{claim} {say(told)}")
    agree(found, [0.25, 0.75], claim)


@test_case(name="large whole numbers")
def large_numbers(forward):
    weights = [np.array([[1000], [1000]])]
    found = arrays(forward, weights, np.array([1]), shapes=[(1,), (2,)])
    agree(found[-1], [0.5, 0.5], say("forward.large_numbers"))


@test_case(name="the arguments stay as they are")
def arguments_stay(forward):
    leaves_alone(forward, DEEP, np.array([1.0, 2.0]))


@test_case(name="the example of the docstring")
def example(forward):
    weights = [np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [0.0, 5.0]])]
    found = arrays(forward, weights, np.array([3.0, 1.0]), shapes=[(2,)] * 3)
    claim = say("forward.example")
    all_agree(found, [[3, 1], [5, 1], [0.5, 0.5]], claim, kind=Example)
