import numpy as np
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

OK_FORMAT = False
name = "forward"

DEEP = [np.array([[1.0, -1.0], [-1.0, 1.0], [2.0, 0.5]]), np.ones((4, 3)), np.eye(2, 4)]
SHAPES = [(2,), (3,), (4,), (2,)]


@test_case(name="the input and one activation for each layer")
def one_activation_for_each_layer(forward):
    each = "the input and one for each layer"
    arrays(forward, DEEP, np.array([1.0, 2.0]), shapes=SHAPES, each=each)


@test_case(name="a_0 is the input")
def begins_with_the_input(forward):
    x = np.array([-1.0, 2.0])
    found = arrays(forward, DEEP, x, shapes=SHAPES)
    agree(found[0], x, "The first entry of what forward gives is the input, even if negative:")


@test_case(name="hidden layers hold nothing below 0")
def hidden_layers_are_rectified(forward):
    weights = [np.array([[1.0], [-1.0], [-0.25]]), np.zeros((2, 3))]
    found = arrays(forward, weights, np.array([2.0]), shapes=[(1,), (3,), (2,)])[1]
    if (found < 0).any():
        raise Finding(
            "The hidden layer's z is [2, -2, -0.5], and its threshold lets through what is above 0 "
            "(not -1 here) and makes the rest 0. Yours holds a number below 0: "
            f"{found.tolist()}."
        )
    if np.array_equal(found, [1, 0, 0]):
        raise Finding(
            "The hidden layer's z is [2, -2, -0.5], and yours makes [1, 0, 0] of it, which tells "
            "whether each is above 0 (its slope). What is above 0 passes as it is."
        )
    if np.isclose(found.sum(), 1):
        raise Finding(
            "The hidden layer's z is [2, -2, -0.5], and yours makes shares of it that add up to 1, "
            "as softmax does. Only the top layer's threshold is softmax; a hidden layer lets "
            "through what is above 0."
        )
    claim = (
        "The hidden layer's z is [2, -2, -0.5]. The rectified linear threshold is at 0, not at -1: "
        "what is above passes as it is, with nothing added, and all else becomes 0."
    )
    agree(found, [2, 0, 0], claim)


@test_case(name="every hidden layer works on the one below it")
def each_on_the_one_below(forward):
    weights = [np.eye(2), 2 * np.eye(2), 3 * np.eye(2), np.zeros((2, 2))]
    found = arrays(forward, weights, np.array([1.0, 0.5]), shapes=[(2,)] * 5)
    told = ["as they are", "times 2", "times 2, then 3"]
    for layer, factor in enumerate((1, 2, 6), 1):
        claim = (
            f"Hidden layers that multiply by 1, by 2 and by 3: the input [1, 0.5] arrives in layer "
            f"{layer} {told[layer - 1]}. Does each layer take the activation of the layer below?"
        )
        agree(found[layer], [factor, factor / 2], claim)


@test_case(name="the top layer is a probability distribution")
def top_is_softmax(forward):
    found = arrays(forward, DEEP, np.array([1.0, 2.0]), shapes=SHAPES)
    claim = "The sum of a_L: the top layer's threshold is softmax, whose shares add up to 1."
    agree(found[-1].sum(), 1, claim)


@test_case(name="one layer is a top layer")
def one_layer(forward, softmax):
    weights = [np.log([[0.25], [0.75]])]
    found = arrays(forward, weights, np.array([1.0]), shapes=[(1,), (2,)])[-1]
    claim = "A network with one layer has no hidden layer: z = [log 0.25, log 0.75] is for softmax."
    if can_compare(softmax, "softmax", waits=False):
        twice = array(softmax, np.array([0.25, 0.75]), shape=(2,))
        if np.allclose(found, twice):
            raise Finding(f"{claim} Yours is what softmax gives when it is taken twice.")
        cut = array(softmax, np.zeros(2), shape=(2,))
        if np.allclose(found, cut):
            raise Finding(
                f"{claim} Both are below 0. Yours is what softmax gives for [0, 0]: does z go "
                "through the hidden layers' threshold before it comes to softmax?"
            )
    agree(found, [0.25, 0.75], claim)


@test_case(name="large whole numbers")
def large_numbers(forward):
    weights = [np.array([[1000], [1000]])]
    found = arrays(forward, weights, np.array([1]), shapes=[(1,), (2,)])
    agree(found[-1], [0.5, 0.5], "The top layer's z is [1000, 1000], which softmax should bear:")


@test_case(name="the arguments stay as they are")
def arguments_stay(forward):
    leaves_alone(forward, DEEP, np.array([1.0, 2.0]))


@test_case(name="the example of the docstring")
def example(forward):
    weights = [np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [0.0, 5.0]])]
    found = arrays(forward, weights, np.array([3.0, 1.0]), shapes=[(2,)] * 3)
    claim = "forward should give the docstring's example: W @ a, then the layer's own threshold."
    all_agree(found, [[3, 1], [5, 1], [0.5, 0.5]], claim, kind=Example)
