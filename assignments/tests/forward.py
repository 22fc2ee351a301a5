import numpy as np
from checking.evidence import agree, all_agree, arrays, leaves_alone, test_case

OK_FORMAT = False
name = "forward"

DEEP = [np.array([[1.0, -1.0], [-1.0, 1.0], [2.0, 0.5]]), np.ones((4, 3)), np.eye(2, 4)]
SHAPES = [(2,), (3,), (4,), (2,)]


@test_case(name="the input and one activation for each layer")
def one_activation_for_each_layer(forward):
    arrays(forward, DEEP, np.array([1.0, 2.0]), shapes=SHAPES)


@test_case(name="the example of the docstring")
def example(forward):
    weights = [np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0, 0.0], [0.0, 5.0]])]
    found = arrays(forward, weights, np.array([3.0, 1.0]), shapes=[(2,)] * 3)
    claim = "forward should give the docstring's example: W @ a, then the layer's own threshold."
    all_agree(found, [[3, 1], [5, 1], [0.5, 0.5]], claim)


@test_case(name="a_0 is the input")
def begins_with_the_input(forward):
    x = np.array([-1.0, 2.0])
    found = arrays(forward, DEEP, x, shapes=SHAPES)
    agree(found[0], x, "The first entry of what forward gives is the input, even if negative:")


@test_case(name="hidden layers hold nothing below 0")
def hidden_layers_are_rectified(forward):
    weights = [np.array([[1.0], [-1.0], [-0.25]]), np.zeros((2, 3))]
    found = arrays(forward, weights, np.array([2.0]), shapes=[(1,), (3,), (2,)])
    claim = (
        "The hidden layer's z is [2, -2, -0.5]; the rectified linear threshold is at 0, not at -1:"
    )
    agree(found[1], [2, 0, 0], claim)


@test_case(name="the top layer is a probability distribution")
def top_is_softmax(forward):
    found = arrays(forward, DEEP, np.array([1.0, 2.0]), shapes=SHAPES)
    agree(found[-1].sum(), 1, "The sum of a_L: the top layer's threshold is softmax.")


@test_case(name="one layer is a top layer")
def one_layer(forward):
    weights = [np.log([[0.25], [0.75]])]
    found = arrays(forward, weights, np.array([1.0]), shapes=[(1,), (2,)])
    claim = "A network with one layer has no hidden layer: z = [log 0.25, log 0.75] is for softmax."
    agree(found[-1], [0.25, 0.75], claim)


@test_case(name="large whole numbers")
def large_numbers(forward):
    weights = [np.array([[1000], [1000]])]
    found = arrays(forward, weights, np.array([1]), shapes=[(1,), (2,)])
    agree(found[-1], [0.5, 0.5], "The top layer's z is [1000, 1000], which softmax should bear:")


@test_case(name="the arguments stay as they are")
def arguments_stay(forward):
    leaves_alone(forward, DEEP, np.array([1.0, 2.0]))
