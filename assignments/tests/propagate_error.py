import numpy as np
from checking.evidence import Example, Finding, agree, array, leaves_alone, test_case

OK_FORMAT = False
name = "propagate_error"

WIDE = np.array([[3.0, 0.5, -1.0], [2.0, 4.0, 7.0]])
SQUARE = np.array([[3.0, 4.0], [5.0, 6.0]])


@test_case(name="one value for each column")
def one_value_for_each_column(propagate_error):
    array(propagate_error, np.array([1.0, 2.0]), WIDE, shape=(3,), each="one for each column")


@test_case(name="an error in one output alone brings back that output's row")
def one_output_alone(propagate_error):
    for J in (SQUARE, WIDE):
        for i, error in enumerate(([1.0, 0.0], [0.0, 1.0])):
            found = array(propagate_error, np.array(error), J, shape=J.shape[1:])
            if J is SQUARE and not np.allclose(found, J[i]) and np.allclose(found, J[:, i]):
                raise Finding(
                    f"With the error [{error[0]:g}, {error[1]:g}], only output {i} is in error. "
                    f"Through [[3, 4], [5, 6]] your function brings back column {i} of the matrix; "
                    f"what moves output {i} stands in row {i}. The error is a row vector: on which "
                    "side of the matrix does it stand?"
                )
            if i == 0 and not found.any():
                last = array(propagate_error, np.array([0.0, 1.0]), J, shape=J.shape[1:])
                if np.allclose(last, J[1]):
                    raise Finding(
                        "With the error [1, 0] your function brings back nothing but 0, with "
                        "[0, 1] it brings back row 1: only the last output's share is left. Does "
                        "each product take the place of the one before it, where they should be "
                        "added up?"
                    )
            claim = (
                f"With the error [{error[0]:g}, {error[1]:g}], only output {i} is wrong, so row "
                f"{i} of the Jacobian, {J[i].tolist()}, should come back: each input gathers from "
                "its own column."
            )
            agree(found, J[i], claim)


@test_case(name="the errors of two outputs add up")
def linear(propagate_error):
    once, other = np.array([1.0, -2.0]), np.array([0.5, 3.0])
    parts = [array(propagate_error, e, WIDE, shape=(3,)) for e in (once, other)]
    found = array(propagate_error, 2 * once + other, WIDE, shape=(3,))
    claim = "Twice the error [1, -2] plus [0.5, 3] should bring back twice the one plus the other."
    agree(found, 2 * parts[0] + parts[1], claim)


@test_case(name="the arguments stay as they are")
def arguments_stay(propagate_error):
    leaves_alone(propagate_error, np.array([1.0, 2.0]), WIDE)


@test_case(name="whole numbers and fractions together")
def whole_numbers(propagate_error):
    found = array(propagate_error, np.array([1, 2]), np.array([[0.5], [0.25]]), shape=(1,))
    agree(found, [1], "propagate_error([1, 2], [[0.5], [0.25]]), with whole numbers in the error:")


@test_case(name="the example of section 6.3")
def example(propagate_error):
    found = array(propagate_error, np.array([1.0, 2.0]), SQUARE, shape=(2,))
    claim = (
        "propagate_error([1, 2], [[3, 4], [5, 6]]) is the example of 6.3: 1*3 + 2*5 and "
        "1*4 + 2*6. Each input gathers from its own column, one entry for each output."
    )
    agree(found, [13, 16], claim, kind=Example)
