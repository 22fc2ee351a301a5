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

OK_FORMAT = False
name = "error_norms"

ERROR = np.array([1.0, -2.0])
CHAIN = [
    np.array([[3.0, 0.5, -1.0], [2.0, 4.0, 7.0]]),
    np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]]),
]


@test_case(name="one norm more than there are Jacobians")
def one_more(error_norms):
    each = "one for the error itself and one after each Jacobian"
    array(error_norms, ERROR, CHAIN, shape=(3,), each=each)


@test_case(name="an error twice as long has lengths twice as large")
def proportional(error_norms):
    once = array(error_norms, ERROR, CHAIN, shape=(3,))
    twice = array(error_norms, 2 * ERROR, CHAIN, shape=(3,))
    if np.allclose(twice, 4 * once):
        raise Finding(
            "An error twice as long should have lengths twice as large; yours are 4 times as "
            "large, as squares are. Which step undoes the squares?"
        )
    squares = np.isclose(twice, 4 * once)
    if squares.any() and np.allclose(twice[~squares], 2 * once[~squares]):
        raise Finding(
            "An error twice as long should have lengths twice as large. Entry "
            f"[{np.argmax(squares)}] of yours is 4 times as large, as squares are; others aren't. "
            "Which step is left out there?"
        )
    if np.allclose(twice[0], 2 * once[0]) and np.allclose(twice[1:], once[1:]):
        raise Finding(
            "An error twice as long should have lengths twice as large. From entry [1] on yours "
            "stay as they are, whatever the error. What is measured there: the Jacobian, or the "
            "error that comes out of it?"
        )
    claim = "An error twice as long should have lengths twice as large:"
    agree(twice, 2 * once, claim, other="twice the first")


@test_case(name="the length is Euclid's")
def euclidean(error_norms):
    found = array(error_norms, np.array([3.0, 4.0]), [], shape=(1,))
    claim = (
        "The way from [0, 0] to [3, 4] as the crow flies: sqrt(sum(v ** 2)), each entry squared, "
        "then added up, then the root."
    )
    agree(found, [5], claim)


@test_case(name="no Jacobian: the norm of the error itself")
def empty_chain(error_norms):
    found = array(error_norms, np.array([0, -7]), [], shape=(1,))
    below = " A length is never below 0." if found[0] < 0 else ""
    claim = (
        "error_norms([0, -7], []): the length of [0, -7] is 7, since it goes 0 along one axis and "
        f"7 along the other.{below}"
    )
    agree(found, [7], claim)


@test_case(name="a Jacobian that changes nothing leaves the length")
def identity(error_norms):
    found = array(error_norms, np.array([3.0, 4.0]), [np.eye(2), np.eye(2)], shape=(3,))
    claim = "[[1, 0], [0, 1]] passes every error on, so [3, 4] stays as long as it was:"
    if np.allclose(found[1:] / found[:-1], np.sqrt(2)):
        claim = (
            "Yours multiplies the error's length by the length of each Jacobian. How long the "
            f"error becomes depends on its direction too, so it has to go through. {claim}"
        )
    agree(found[1:], [found[0], found[0]], claim, other="before it")


@test_case(name="what comes out of one Jacobian goes into the next")
def goes_on(error_norms):
    half = 0.5 * np.eye(2)
    found = array(error_norms, ERROR, [half, half, half], shape=(4,))
    claim = "Each Jacobian halves the error, so each length is half of the one before it:"
    agree(found[1:], found[:-1] / 2, claim, other="half of the one before")


@test_case(name="the lengths of your propagate_chain's errors")
def agrees_with_your_chain(error_norms, propagate_chain):
    if not can_compare(propagate_chain, "propagate_chain"):
        return
    errors = arrays(propagate_chain, ERROR, CHAIN, shapes=[(3,), (2,)])
    found = array(error_norms, ERROR, CHAIN, shape=(3,))
    expected = [np.sqrt(np.sum(e**2)) for e in (ERROR, *errors)]
    claim = "These should be the lengths of the errors that your propagate_chain gives:"
    agree(found, expected, claim, other="from propagate_chain")


@test_case(name="the arguments stay as they are")
def arguments_stay(error_norms):
    leaves_alone(error_norms, ERROR, CHAIN)


@test_case(name="the example of the docstring")
def example(error_norms):
    found = array(error_norms, np.array([3.0, 4.0]), [np.diag([0.5, 0.5])], shape=(2,))
    claim = "error_norms([3, 4], [[[0.5, 0], [0, 0.5]]]) is the docstring's example."
    agree(found, [5, 2.5], claim, kind=Example)
