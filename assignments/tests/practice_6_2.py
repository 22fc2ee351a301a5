from checking.by_hand import ERROR, JACOBIAN, alike, by_outputs
from checking.calls import Misshapen, call
from checking.evidence import agree, array, can_compare, test_case
from checking.saying import say

OK_FORMAT = False
name = "practice_6_2"


@test_case(name="one value for each column")
def one_value_for_each_column(practice_6_2):
    if alike(call(practice_6_2), ERROR[:, None] * JACOBIAN):
        raise Misshapen(say("practice_6_2.products_alone"))
    array(practice_6_2, shape=(2,), each=say("practice_6_2.one_for_each_column"))


@test_case(name="each output sends its row back, as often as its error says")
def each_output(practice_6_2):
    by_outputs(array(practice_6_2, shape=(2,)))


@test_case(name="agrees with your propagate_error")
def agrees_with_your_code(practice_6_2, propagate_error):
    by_hand = array(practice_6_2, shape=(2,))
    if can_compare(propagate_error, "propagate_error", waits=False):
        by_code = array(propagate_error, ERROR, JACOBIAN, shape=(2,))
        claim = say("practice_6_2.by_hand_and_code")
        agree(by_hand, by_code, claim, other=say("practice_6_2.by_code"))
