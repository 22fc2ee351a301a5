import numpy as np
from checking.evidence import agree, array, arrays, can_compare, leaves_alone, test_case

OK_FORMAT = False
name = "error_norms"

ERROR = np.array([1.0, -2.0])
CHAIN = [
    np.array([[3.0, 0.5, -1.0], [2.0, 4.0, 7.0]]),
    np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]]),
]


@test_case(name="one norm more than there are Jacobians")
def one_more(error_norms):
    array(error_norms, ERROR, CHAIN, shape=(3,))


@test_case(name="the example of the docstring")
def example(error_norms):
    found = array(error_norms, np.array([3.0, 4.0]), [np.diag([0.5, 0.5])], shape=(2,))
    agree(
        found, [5, 2.5], "error_norms([3, 4], [[[0.5, 0], [0, 0.5]]]) is the docstring's example."
    )


@test_case(name="no Jacobian: the norm of the error itself")
def empty_chain(error_norms):
    found = array(error_norms, np.array([3, 4]), [], shape=(1,))
    agree(found, [5], "error_norms([3, 4], []):")


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
