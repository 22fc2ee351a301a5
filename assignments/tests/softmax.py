import numpy as np
from checking.evidence import agree, array, leaves_alone, test_case

OK_FORMAT = False
name = "softmax"


@test_case(name="one output for each input")
def one_output_for_each_input(softmax):
    array(softmax, np.array([0.5, -3.0, 2.0]), shape=(3,))


@test_case(name="the outputs sum to 1")
def sums_to_one(softmax):
    found = array(softmax, np.array([0.5, -3.0, 2.0]), shape=(3,))
    agree(found.sum(), 1, "The sum of softmax([0.5, -3, 2]): a probability distribution sums to 1.")


@test_case(name="equal inputs share equally")
def equal_shares(softmax):
    found = array(softmax, np.array([0.0, 0.0]), shape=(2,))
    agree(found, [0.5, 0.5], "softmax([0, 0]) is the docstring's example.")


@test_case(name="shares are proportional to exp")
def proportional_to_exp(softmax):
    found = array(softmax, np.log([1.0, 3.0, 4.0]), shape=(3,))
    claim = "softmax([log 1, log 3, log 4]): exp gives 1, 3 and 4; divide them by their sum."
    agree(found, [0.125, 0.375, 0.5], claim)


@test_case(name="adding the same number to every input changes nothing")
def only_differences_count(softmax):
    base = array(softmax, np.array([0.0, 1.0, -1.0]), shape=(3,))
    for added in (5.0, 100.0, -1000.0, 1000.0):
        found = array(softmax, np.array([0.0, 1.0, -1.0]) + added, shape=(3,))
        claim = (
            f"softmax([0, 1, -1] + {added:g}) differs from softmax([0, 1, -1]). If the numbers "
            "grow too large for exp: the docstring tells how to keep them small."
        )
        agree(found, base, claim)


@test_case(name="the argument stays as it is")
def argument_stays(softmax):
    leaves_alone(softmax, np.array([0.5, -3.0]))


@test_case(name="whole numbers")
def whole_numbers(softmax):
    found = array(softmax, np.array([2, -3000, 2]), shape=(3,))
    agree(found, [0.5, 0, 0.5], "softmax([2, -3000, 2]), an array of whole numbers:")
