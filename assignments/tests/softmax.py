import numpy as np
from checking.evidence import Example, Finding, agree, array, leaves_alone, test_case
from checking.saying import say

OK_FORMAT = False
name = "softmax"

X = np.array([0.5, -3.0, 2.0])
MIXED = np.array([0.5, 2.0, -3.0])  # the first, the largest and the last are three


@test_case(name="one output for each input")
def one_output_for_each_input(softmax):
    array(softmax, X, shape=(3,), each=say("shared.one_for_each_input"))


def what_divides(found, softmax):
    """Say by which number all exps are divided, where that is one that is known; else nothing."""
    if np.isclose(found.sum(), 1):
        return ""
    from checking.patterns import divides  # which only a wrong one needs

    for shifted in (MIXED - MIXED.max(), MIXED):
        if np.allclose(found, np.exp(shifted)) and not divides(softmax):
            return say("softmax.not_divided", total=f"{found.sum():.4g}")
    for shifted in (MIXED, MIXED - MIXED.max(), MIXED - MIXED.min(), MIXED - MIXED.mean()):
        e = np.exp(shifted)
        known = {
            say("softmax.exp_of_the_sum"): np.exp(shifted.sum()),
            say("softmax.sum_before_exp"): shifted.sum(),
            say("softmax.first_exp"): e[0],
            say("softmax.last_exp"): e[-1],
            say("softmax.largest_exp"): e.max(),
            say("softmax.number_of_inputs"): len(MIXED),
            say("softmax.length"): np.sqrt(e @ e),
            say("softmax.product_of_exps"): e.prod(),
            say("softmax.largest_input"): MIXED.max(),
        }
        for what, divisor in known.items():
            if np.allclose(found * divisor, e):
                return say("softmax.divided_by", total=f"{found.sum():.4g}", what=what)
    return ""


def what_comes_last(found):
    """Say that exp is taken of what was divided, where that is so; else nothing."""
    if found.max() < 0 and np.isclose(np.exp(found).sum(), 1):
        return say("softmax.logs_of_shares")
    if found.min() <= 0 or np.isclose(found.sum(), 1):
        return ""
    for shifted in (X, X - X.max()):
        for divisor in (np.exp(shifted).sum(), X.sum(), shifted.sum()):
            if np.allclose(np.log(found) * divisor, shifted):
                return say("softmax.exp_taken_last", total=f"{found.sum():.4g}")
    return ""


@test_case(name="the outputs sum to 1")
def sums_to_one(softmax):
    found = array(softmax, X, shape=(3,))
    if told := what_divides(array(softmax, MIXED, shape=(3,)), softmax) or what_comes_last(found):
        raise Finding(told)
    others = [array(softmax, np.array(v), shape=(3,)) for v in ([0.5, 0, 0], [0, 0, 2.0])]
    alone = np.isclose(others[0][0], found[0]) and np.isclose(others[1][2], found[2])
    if alone and found.min() > 0:
        raise Finding(say("softmax.own_input_alone"))
    moved = array(softmax, X + 1, shape=(3,))
    bar = ""
    if found.min() < 0:
        bar = f" {say('softmax.some_below_0')}"
    elif np.isfinite(found).all() and not np.isclose(found.sum(), moved.sum()):
        sums = {"sum": f"{found.sum():.4g}", "other": f"{moved.sum():.4g}"}
        raise Finding(say("softmax.another_sum_there", **sums))
    claim = say("softmax.sum_of_shares", bar=bar)
    agree(found.sum(), 1, claim)


@test_case(name="every share is above 0, and larger inputs have larger ones")
def positive(softmax):
    found = array(softmax, X, shape=(3,))
    if found[2] == 0 < found[:2].min():
        raise Finding(say("softmax.largest_has_0"))
    if found.min() <= 0:
        raise Finding(say("softmax.share_not_above_0", smallest=f"{found.min():.6g}"))
    slopes = np.diff(np.log(found)) / np.diff(X)
    others = np.diff(np.log(np.abs(array(softmax, X + 1, shape=(3,))))) / np.diff(X)
    if np.isclose(*slopes) and np.isclose(*others) and not np.isclose(slopes[0], others[0]):
        raise Finding(say("softmax.goes_into_exp", factor=f"{slopes[0]:.3g}"))
    if np.array_equal(found, np.sort(found)):
        raise Finding(say("softmax.sorted"))
    if not found[1] < found[0] < found[2]:
        raise Finding(say("softmax.larger_has_larger"))


@test_case(name="equal inputs share equally")
def equal_shares(softmax):
    found = array(softmax, np.array([1.5, 1.5, 1.5, 1.5]), shape=(4,))
    claim = say("softmax.equal_shares")
    agree(found, [0.25] * 4, claim)


@test_case(name="shares are proportional to exp")
def proportional_to_exp(softmax):
    found = array(softmax, np.log([1.0, 3.0, 4.0]), shape=(3,))
    base = (found[2] / found[1]) ** (1 / np.log(4 / 3)) if found.min() > 0 else np.nan
    if not np.isclose(base, np.e) and np.isclose(found[1] / found[0], base ** np.log(3)):
        raise Finding(say("softmax.other_base", base=f"{base:.4g}"))
    went_in = np.log(found / found[0]) if found.min() > 0 else np.zeros(3)
    rounded = np.allclose(found, [0.125, 0.375, 0.5], atol=0.01)
    if np.isclose(found.sum(), 1) and not rounded:
        second, third = (f"{v + 0.0:.3g}" for v in went_in[1:])
        raise Finding(say("softmax.other_inputs", second=second, third=third))
    claim = say("softmax.proportional_to_exp")
    agree(found, [0.125, 0.375, 0.5], claim)


@test_case(name="adding the same number to every input changes nothing")
def only_differences_count(softmax):
    base = array(softmax, np.array([0.0, 1.0, -1.0]), shape=(3,))
    for added in (5.0, 100.0):
        found = array(softmax, np.array([0.0, 1.0, -1.0]) + added, shape=(3,))
        claim = say("softmax.same_number_added", added=f"{added:g}")
        agree(found, base, claim, other=say("softmax.without_it"))


@test_case(name="very large inputs")
def large(softmax):
    base = array(softmax, np.array([0.0, 1.0, -1.0]), shape=(3,))
    found = array(softmax, np.array([0.0, 1.0, -1.0]) + 1000, shape=(3,))
    claim = say("softmax.too_large")
    agree(found, base, claim, other=say("softmax.without_1000"))


@test_case(name="very small inputs")
def small(softmax):
    base = array(softmax, np.array([0.0, 1.0, -1.0]), shape=(3,))
    found = array(softmax, np.array([0.0, 1.0, -1.0]) - 1000, shape=(3,))
    claim = say("softmax.too_small")
    agree(found, base, claim, other=say("softmax.without_minus_1000"))


@test_case(name="the argument stays as it is")
def argument_stays(softmax):
    leaves_alone(softmax, np.array([0.5, -3.0]))


@test_case(name="whole numbers")
def whole_numbers(softmax):
    found = array(softmax, np.array([2, -3000, 2]), shape=(3,))
    agree(found, [0.5, 0, 0.5], say("softmax.whole_numbers"))


@test_case(name="the example of the docstring")
def example(softmax):
    found = array(softmax, np.array([0.0, 0.0]), shape=(2,))
    agree(found, [0.5, 0.5], say("softmax.example"), kind=Example)
