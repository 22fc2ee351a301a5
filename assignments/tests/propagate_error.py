import numpy as np
from checking.evidence import Example, Finding, agree, array, leaves_alone, test_case
from checking.saying import say

OK_FORMAT = False
name = "propagate_error"

WIDE = np.array([[3.0, 0.5, -1.0], [2.0, 4.0, 7.0]])
SQUARE = np.array([[3.0, 4.0], [5.0, 6.0]])


@test_case(name="one value for each column")
def one_value_for_each_column(propagate_error):
    array(
        propagate_error,
        np.array([1.0, 2.0]),
        WIDE,
        shape=(3,),
        each=say("propagate_error.one_for_each_column"),
    )


def refuse_other_sum(propagate_error):
    """Say what is added up in place of each row times its error, where that is known."""
    error, J = np.array([2.0, 3.0]), SQUARE
    found = array(propagate_error, error, J, shape=(2,))
    known = {
        "propagate_error.each_error_each_row": error.sum() * J.sum(axis=0),
        "propagate_error.rows_without_errors": J.sum(axis=0),
        "propagate_error.first_row_alone": error[0] * J[0],
        "propagate_error.last_row_alone": error[1] * J[1],
        "propagate_error.diagonal_alone": error * np.diag(J),
        "propagate_error.multiplied_down": np.prod(error[:, None] * J, axis=0),
        "propagate_error.largest_alone": np.max(error[:, None] * J, axis=0),
    }
    for told, value in known.items():
        if np.allclose(found, value):
            raise Finding(say(told))


@test_case(name="an error in one output alone brings back that output's row")
def one_output_alone(propagate_error):
    for J in (SQUARE, WIDE, WIDE.T):
        for i, error in enumerate(np.eye(len(J)).tolist()):
            found = array(propagate_error, np.array(error), J, shape=J.shape[1:])
            if J is SQUARE and not np.allclose(found, J[i]) and np.allclose(found, J[:, i]):
                raise Finding(
                    say(
                        "propagate_error.brings_back_column",
                        first=f"{error[0]:g}",
                        second=f"{error[1]:g}",
                        i=i,
                    )
                )
            if i == 0 and not found.any():
                last = array(propagate_error, np.eye(len(J))[-1], J, shape=J.shape[1:])
                if np.allclose(last, J[-1]):
                    raise Finding(say("propagate_error.last_share_alone"))
            if J is SQUARE and not np.allclose(found, J[i]):
                refuse_other_sum(propagate_error)
            claim = say(
                "propagate_error.row_comes_back",
                error=", ".join(f"{e:g}" for e in error),
                i=i,
                row=J[i].tolist(),
            )
            agree(found, J[i], claim)


@test_case(name="the errors of two outputs add up")
def linear(propagate_error):
    once, other = np.array([1.0, -2.0]), np.array([0.5, 3.0])
    parts = [array(propagate_error, e, WIDE, shape=(3,)) for e in (once, other)]
    found = array(propagate_error, 2 * once + other, WIDE, shape=(3,))
    claim = say("propagate_error.add_up")
    agree(found, 2 * parts[0] + parts[1], claim)


@test_case(name="the arguments stay as they are")
def arguments_stay(propagate_error):
    leaves_alone(propagate_error, np.array([1.0, 2.0]), WIDE)


@test_case(name="whole numbers and fractions together")
def whole_numbers(propagate_error):
    found = array(propagate_error, np.array([1, 2]), np.array([[0.5], [0.25]]), shape=(1,))
    agree(found, [1], say("propagate_error.whole_numbers"))


@test_case(name="the example of section 6.3")
def example(propagate_error):
    found = array(propagate_error, np.array([1.0, 2.0]), SQUARE, shape=(2,))
    claim = say("propagate_error.example")
    agree(found, [13, 16], claim, kind=Example)
