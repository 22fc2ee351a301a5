import numpy as np
from checking.evidence import agree, array, leaves_alone, test_case

OK_FORMAT = False
name = "threshold"


@test_case(name="one output for each input")
def one_output_for_each_input(threshold):
    array(threshold, np.array([0.5, -3.0, 2.0]), shape=(3,))


@test_case(name="values above -1 pass, the others become 0")
def values_above_minus_one_pass(threshold):
    found = array(threshold, np.array([-0.9, -1.1, 4.0]), shape=(3,))
    claim = (
        "threshold([-0.9, -1.1, 4]): each value is compared with -1 (6.2), and becomes 0 or stays."
    )
    agree(found, [-0.9, 0, 4], claim)


@test_case(name="-1 itself becomes 0")
def minus_one_becomes_zero(threshold):
    found = array(threshold, np.array([-1.0, 3.0]), shape=(2,))
    agree(found, [0, 3], "threshold([-1, 3]): -1 is not above -1.")


@test_case(name="the argument stays as it is")
def argument_stays(threshold):
    leaves_alone(threshold, np.array([0.5, -3.0]))


@test_case(name="whole numbers")
def whole_numbers(threshold):
    found = array(threshold, np.array([2, -3, 0]), shape=(3,))
    agree(found, [2, 0, 0], "threshold([2, -3, 0]), an array of whole numbers:")
