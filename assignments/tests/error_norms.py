import numpy as np
from checking.evidence import (
    Example,
    Finding,
    agree,
    array,
    arrays,
    can_compare,
    leaves_alone,
    test_case,
)
from checking.saying import say

OK_FORMAT = False
name = "error_norms"

ERROR = np.array([1.0, -2.0])
CHAIN = [
    np.array([[3.0, 0.5, -1.0], [2.0, 4.0, 7.0]]),
    np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]]),
]


@test_case(name="one norm more than there are Jacobians")
def one_more(error_norms):
    each = say("error_norms.one_more")
    array(error_norms, ERROR, CHAIN, shape=(3,), each=each)


@test_case(name="an error twice as long has lengths twice as large")
def proportional(error_norms):
    once = array(error_norms, ERROR, CHAIN, shape=(3,))
    twice = array(error_norms, 2 * ERROR, CHAIN, shape=(3,))
    if np.allclose(twice, 4 * once):
        raise Finding(say("error_norms.squares"))
    if once.any() and not once.all():
        raise Finding(say("error_norms.left_at_0", place=np.argmin(np.abs(once))))
    squares = np.isclose(twice, 4 * once)
    if squares.any() and np.allclose(twice[~squares], 2 * once[~squares]):
        raise Finding(say("error_norms.square_at_one_place", place=np.argmax(squares)))
    if np.allclose(twice[0], 2 * once[0]) and np.allclose(twice[1:], once[1:]):
        raise Finding(say("error_norms.stay_as_they_are"))
    claim = say("error_norms.twice_as_long")
    agree(twice, 2 * once, claim, other=say("shared.twice_the_first"))


@test_case(name="the length is Euclid's")
def euclidean(error_norms):
    found = array(error_norms, np.array([3.0, 4.0]), [], shape=(1,))
    known = {
        3.5: "error_norms.mean_of_sizes",
        12.5: "error_norms.mean_of_squares",
        np.sqrt(12.5): "error_norms.root_of_mean",
        4.0: "error_norms.one_entry_alone",
        3.0: "error_norms.one_entry_alone",
    }
    claim = say("error_norms.as_the_crow_flies")
    for value, told in known.items():
        if np.isclose(found[0], value):
            claim = f"{say(told)} {claim}"
    agree(found, [5], claim)


@test_case(name="no Jacobian: the norm of the error itself")
def empty_chain(error_norms):
    found = array(error_norms, np.array([0, -7]), [], shape=(1,))
    below = f" {say('error_norms.below_0')}" if found[0] < 0 else ""
    claim = say("error_norms.no_jacobian", below=below)
    agree(found, [7], claim)


@test_case(name="a Jacobian that changes nothing leaves the length")
def identity(error_norms):
    found = array(error_norms, np.array([3.0, 4.0]), [np.eye(2), np.eye(2)], shape=(3,))
    claim = say("error_norms.identity")
    if np.allclose(found[1:] / found[:-1], np.sqrt(2)):
        claim = say("error_norms.length_of_jacobian", claim=claim)
    before = np.concatenate([found[:1], found[:-1]])
    agree(found, before, claim, other=say("error_norms.before_it"))


@test_case(name="what comes out of one Jacobian goes into the next")
def goes_on(error_norms):
    half = 0.5 * np.eye(2)
    found = array(error_norms, ERROR, [half, half, half], shape=(4,))
    claim = say("error_norms.halves")
    halves = np.concatenate([found[:1], found[:-1] / 2])
    agree(found, halves, claim, other=say("error_norms.half_of_the_one_before"))


@test_case(name="the lengths of your propagate_chain's errors")
def agrees_with_your_chain(error_norms, propagate_chain):
    if not can_compare(propagate_chain, "propagate_chain"):
        return
    errors = arrays(propagate_chain, ERROR, CHAIN, shapes=[(3,), (2,)])
    found = array(error_norms, ERROR, CHAIN, shape=(3,))
    expected = [np.sqrt(np.sum(e**2)) for e in (ERROR, *errors)]
    claim = say("error_norms.of_propagate_chain")
    agree(found, expected, claim, other=say("error_norms.from_propagate_chain"))


@test_case(name="the arguments stay as they are")
def arguments_stay(error_norms):
    leaves_alone(error_norms, ERROR, CHAIN)


@test_case(name="the example of the docstring")
def example(error_norms):
    found = array(error_norms, np.array([3.0, 4.0]), [np.diag([0.5, 0.5])], shape=(2,))
    claim = say("error_norms.example")
    agree(found, [5, 2.5], claim, kind=Example)
