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
from checking.saying import say

OK_FORMAT = False
name = "propagate_chain"

ERROR = np.array([1.0, -2.0])
CHAIN = [
    np.array([[3.0, 0.5, -1.0], [2.0, 4.0, 7.0]]),
    np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]]),
]
# Square ones, so that each step can be tried in each place.
TURNS = [np.array([[1.0, 2.0], [0.0, 3.0]]), np.array([[0.5, 0.0], [4.0, 1.0]])]


@test_case(name="one error after each Jacobian")
def one_error_after_each(propagate_chain):
    each = say("propagate_chain.one_after_each")
    arrays(propagate_chain, ERROR, CHAIN, shapes=[(3,), (2,)], each=each)
    arrays(propagate_chain, np.array([1.0, -2.0, 0.5]), CHAIN[1:], shapes=[(2,)], each=each)


@test_case(name="the first error comes from the first Jacobian")
def first_step(propagate_chain):
    first, last = (arrays(propagate_chain, ERROR, [J], shapes=[(2,)])[0] for J in TURNS)
    found = arrays(propagate_chain, ERROR, TURNS, shapes=[(2,), (2,)])
    if not np.allclose(found[0], first) and np.allclose(found[0], last):
        raise Finding(say("propagate_chain.last_first"))
    claim = say("propagate_chain.not_on_those_after")
    agree(found[0], first, claim, other=say("propagate_chain.with_one"))


@test_case(name="what comes out of one Jacobian goes into the next")
def goes_on(propagate_chain):
    found = arrays(propagate_chain, ERROR, TURNS, shapes=[(2,), (2,)])
    follows = arrays(propagate_chain, found[0], TURNS[1:], shapes=[(2,)])[0]
    afresh = arrays(propagate_chain, ERROR, TURNS[1:], shapes=[(2,)])[0]
    if not np.allclose(found[1], follows) and np.allclose(found[1], afresh):
        raise Finding(say("propagate_chain.original_into_each"))
    claim = say("propagate_chain.into_the_next")
    agree(found[1], follows, claim, other=say("propagate_chain.from_the_first"))
    thrice = arrays(propagate_chain, ERROR, [*TURNS, TURNS[0]], shapes=[(2,), (2,), (2,)])
    third = arrays(propagate_chain, thrice[1], TURNS[:1], shapes=[(2,)])[0]
    agree(thrice[2], third, say("propagate_chain.into_the_third"))


@test_case(name="an error in one output alone brings back that output's row")
def one_output_alone(propagate_chain):
    for J in (TURNS[:1], CHAIN):
        found = arrays(propagate_chain, np.array([0, 1]), J, shapes=[(m.shape[1],) for m in J])
        claim = say("propagate_chain.row_comes_out", row=J[0][1].tolist())
        agree(found[0], J[0][1], claim)


@test_case(name="no Jacobian, no error after it")
def empty_chain(propagate_chain):
    arrays(propagate_chain, ERROR, [], shapes=[])


@test_case(name="each step is your propagate_error")
def steps(propagate_chain, propagate_error):
    if not can_compare(propagate_error, "propagate_error"):
        return
    first = array(propagate_error, ERROR, CHAIN[0], shape=(3,))
    second = array(propagate_error, first, CHAIN[1], shape=(2,))
    found = arrays(propagate_chain, ERROR, CHAIN, shapes=[(3,), (2,)])
    claim = say("propagate_chain.step_by_step")
    all_agree(found, [first, second], claim, other=say("propagate_chain.steps"))


@test_case(name="a longer chain begins like a shorter one")
def longer_chain(propagate_chain):
    short = arrays(propagate_chain, ERROR, CHAIN[:1], shapes=[(3,)])
    long = arrays(propagate_chain, ERROR, CHAIN, shapes=[(3,), (2,)])
    claim = say("propagate_chain.not_on_those_after")
    agree(long[0], short[0], claim, other=say("propagate_chain.with_one"))


@test_case(name="the identity matrix passes every error on")
def identity(propagate_chain):
    error = np.array([0.5, -3.0])
    jacobians = [2 * np.eye(2), np.eye(2), 2 * np.eye(2)]
    found = arrays(propagate_chain, error, jacobians, shapes=[(2,)] * 3)
    claim = say("propagate_chain.identity")
    all_agree(found, [2 * error, 2 * error, 4 * error], claim)


@test_case(name="the arguments stay as they are")
def arguments_stay(propagate_chain):
    leaves_alone(propagate_chain, ERROR, CHAIN)


@test_case(name="whole numbers and fractions together")
def whole_numbers(propagate_chain):
    jacobians = [np.array([[0.5], [0.25]])]
    found = arrays(propagate_chain, np.array([1, 2]), jacobians, shapes=[(1,)])
    agree(found[0], [1], say("propagate_chain.whole_numbers"))


@test_case(name="the example of the docstring")
def example(propagate_chain):
    jacobians = [np.diag([2.0, 3.0]), np.array([[1.0], [1.0]])]
    found = arrays(propagate_chain, np.array([1.0, 1.0]), jacobians, shapes=[(2,), (1,)])
    claim = say("propagate_chain.example")
    all_agree(found, [[2, 3], [5]], claim, kind=Example)
