import numpy as np
from checking.calls import Misshapen, call
from checking.evidence import Example, agree, all_agree, arrays, leaves_alone, test_case
from checking.saying import say
from checking.shapes import shape_of

OK_FORMAT = False
name = "weight_gradients"

ERRORS = [np.array([0.5, -1.0, 2.0]), np.array([1.0, -0.25])]
ACTIVATIONS = [np.array([3.0, 1.0, 0.0, -1.0]), np.array([0.0, 2.0, 4.0]), np.array([0.5, 0.5])]
SHAPES = [(3, 4), (2, 3)]


@test_case(name="each gradient is shaped as its weights")
def shapes(weight_gradients):
    entry = say("weight_gradients.row_for_unit")
    each = say("shared.one_for_each_layer")
    found = call(weight_gradients, ERRORS, ACTIVATIONS)
    for layer, shape in enumerate(SHAPES) if isinstance(found, list) and len(found) == 2 else ():
        has = shape_of(found[layer])
        taken = [k for k, a in enumerate(ACTIVATIONS) if has == (shape[0], len(a))]
        if has != shape and len(taken) == 1:
            raise Misshapen(
                say("weight_gradients.other_activation", layer=layer, has=has, taken=taken[0])
            )
    arrays(weight_gradients, ERRORS, ACTIVATIONS, shapes=SHAPES, each=each, entry=entry)


@test_case(name="where a unit has no error, its weights have no gradient")
def one_unit_alone(weight_gradients):
    errors = [np.array([0.0, 1.0, 0.0]), np.array([0.0, 1.0])]
    found = arrays(weight_gradients, errors, ACTIVATIONS, shapes=SHAPES)
    for layer, (G, error) in enumerate(zip(found, errors, strict=True)):
        below = ACTIVATIONS[layer]
        claim = say("weight_gradients.one_unit_alone", layer=layer + 1, below=below.tolist())
        agree(G[1], below, claim)
        agree(G[error == 0], np.zeros((len(G) - 1, len(below))), claim)


@test_case(name="each error goes with the activation below it")
def activation_below(weight_gradients):
    found = arrays(weight_gradients, ERRORS, ACTIVATIONS, shapes=SHAPES)
    claim = say("weight_gradients.row_of_first")
    agree(found[0][0], [1.5, 0.5, 0, -0.5], claim)
    claim = say("weight_gradients.row_of_second")
    agree(found[1][0], [0, 2, 4], claim)


@test_case(name="twice the error, twice the gradient")
def proportional(weight_gradients):
    once = arrays(weight_gradients, ERRORS, ACTIVATIONS, shapes=SHAPES)
    twice = arrays(weight_gradients, [2 * e for e in ERRORS], ACTIVATIONS, shapes=SHAPES)
    claim = say("weight_gradients.twice_as_large")
    all_agree(twice, [2 * G for G in once], claim, other=say("shared.twice_the_first"))


@test_case(name="the arguments stay as they are")
def arguments_stay(weight_gradients):
    leaves_alone(weight_gradients, ERRORS, ACTIVATIONS)


@test_case(name="whole numbers")
def whole_numbers(weight_gradients):
    found = arrays(
        weight_gradients, [np.array([2])], [np.array([3, 0.5]), np.array([1])], shapes=[(1, 2)]
    )
    agree(found[0], [[6, 1]], say("weight_gradients.first_whole"))
    found = arrays(
        weight_gradients, [np.array([1, 3])], [np.array([5]), np.array([1, 0])], shapes=[(2, 1)]
    )
    agree(found[0], [[5], [15]], say("weight_gradients.all_whole"))


@test_case(name="the example of the docstring")
def example(weight_gradients):
    activations = [np.array([1.0, 2.0, 3.0]), np.array([0.5, 0.5])]
    found = arrays(weight_gradients, [np.array([0.5, -0.5])], activations, shapes=[(2, 3)])
    claim = say("weight_gradients.example")
    all_agree(found, [[[0.5, 1, 1.5], [-0.5, -1, -1.5]]], claim, kind=Example)
