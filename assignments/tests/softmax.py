import numpy as np
from checking.evidence import Example, Finding, agree, array, leaves_alone, test_case

OK_FORMAT = False
name = "softmax"

X = np.array([0.5, -3.0, 2.0])
MIXED = np.array([0.5, 2.0, -3.0])  # the first, the largest and the last are three


@test_case(name="one output for each input")
def one_output_for_each_input(softmax):
    array(softmax, X, shape=(3,), each="one for each input")


def what_divides(found):
    """Say by which number all exps are divided, where that is one that is known; else nothing."""
    for shifted in (MIXED, MIXED - MIXED.max()):
        e = np.exp(shifted)
        known = {
            "exp of the sum of the inputs, and not the sum of the exps": np.exp(shifted.sum()),
            "the sum of the inputs, before exp": shifted.sum(),
            "the first exp alone": e[0],
            "the last exp alone": e[-1],
            "the largest exp alone": e.max(),
            "the number of inputs": len(MIXED),
            "the length of the vector (the root of the sum of the squares)": np.sqrt(e @ e),
            "the product of all exps": e.prod(),
            "the largest input, before exp": MIXED.max(),
        }
        for what, divisor in known.items():
            if np.allclose(found * divisor, e):
                return (
                    f"softmax([0.5, 2, -3]) adds up to {found.sum():.4g}; shares of one whole add "
                    f"up to 1. Yours are the exps, each divided by {what}. What is the whole of "
                    "which each exp is a share?"
                )
    return ""


def what_comes_last(found):
    """Say that exp is taken of what was divided, where that is so; else nothing."""
    if found.min() <= 0 or np.isclose(found.sum(), 1):
        return ""
    for shifted in (X, X - X.max()):
        for divisor in (np.exp(shifted).sum(), X.sum(), shifted.sum()):
            if np.allclose(np.log(found) * divisor, shifted):
                return (
                    f"softmax([0.5, -3, 2]) adds up to {found.sum():.4g}; shares of one whole add "
                    "up to 1. In yours exp is taken last, of numbers that are divided already. "
                    "Which parentheses say what exp is taken of?"
                )
    return ""


@test_case(name="the outputs sum to 1")
def sums_to_one(softmax):
    found = array(softmax, X, shape=(3,))
    if told := what_divides(array(softmax, MIXED, shape=(3,))) or what_comes_last(found):
        raise Finding(told)
    moved = array(softmax, X + 1, shape=(3,))
    bar = (
        ""
        if np.isclose(found.sum(), moved.sum())
        else " (At [1.5, -2, 3] yours add up to another number: do the same exps stand above and "
        "below the fraction bar?)"
    )
    if found.min() < 0:
        bar += (
            " Some of yours are below 0, which no share is: exp of any number is above 0. Is "
            "anything done after the division?"
        )
    claim = (
        "The sum of softmax([0.5, -3, 2]): the outputs are shares of one whole, so they add up to "
        f"1. Is each divided by the sum of all?{bar}"
    )
    agree(found.sum(), 1, claim)


@test_case(name="every share is above 0, and larger inputs have larger ones")
def positive(softmax):
    found = array(softmax, X, shape=(3,))
    if found[2] == 0 < found[:2].min():
        raise Finding(
            "softmax([0.5, -3, 2]): the largest input has the share 0 in yours, and it should have "
            "the largest. Is the largest taken off before exp, or after it?"
        )
    if found.min() <= 0:
        raise Finding(
            f"softmax([0.5, -3, 2]): shares are above 0, even that of -3, since exp of any number "
            f"is. Your smallest is {found.min():.6g}. Is exp taken before the division?"
        )
    if np.array_equal(found, np.sort(found)):
        raise Finding(
            "softmax([0.5, -3, 2]): the smallest input, -3, stands at [1], and so should the "
            "smallest share. Yours are in the order of their size: what sorts them?"
        )
    if not found[1] < found[0] < found[2]:
        raise Finding(
            "softmax([0.5, -3, 2]): the larger an input, the larger its share: -3 should have the "
            "smallest and 2 the largest. Which sign stands in your exp?"
        )


@test_case(name="equal inputs share equally")
def equal_shares(softmax):
    found = array(softmax, np.array([1.5, 1.5, 1.5, 1.5]), shape=(4,))
    claim = (
        "softmax([1.5, 1.5, 1.5, 1.5]): four equal inputs share 1 equally. What do you divide by?"
    )
    agree(found, [0.25] * 4, claim)


@test_case(name="shares are proportional to exp")
def proportional_to_exp(softmax):
    found = array(softmax, np.log([1.0, 3.0, 4.0]), shape=(3,))
    base = (found[2] / found[1]) ** (1 / np.log(4 / 3)) if found.min() > 0 else np.nan
    if not np.isclose(base, np.e) and np.isclose(found[1] / found[0], base ** np.log(3)):
        raise Finding(
            "softmax([log 1, log 3, log 4]): where one input is larger than another by 1, its "
            f"share is {base:.4g} times as large in yours; exp makes it e = 2.718 times as large. "
            "Of which number do you take the power?"
        )
    claim = "softmax([log 1, log 3, log 4]): exp gives 1, 3 and 4; divide them by their sum."
    agree(found, [0.125, 0.375, 0.5], claim)


@test_case(name="adding the same number to every input changes nothing")
def only_differences_count(softmax):
    base = array(softmax, np.array([0.0, 1.0, -1.0]), shape=(3,))
    for added in (5.0, 100.0):
        found = array(softmax, np.array([0.0, 1.0, -1.0]) + added, shape=(3,))
        claim = f"softmax([0, 1, -1] + {added:g}) differs from softmax([0, 1, -1])."
        agree(found, base, claim, other="without it")


@test_case(name="very large inputs")
def large(softmax):
    base = array(softmax, np.array([0.0, 1.0, -1.0]), shape=(3,))
    found = array(softmax, np.array([0.0, 1.0, -1.0]) + 1000, shape=(3,))
    claim = (
        "softmax([0, 1, -1] + 1000) differs from softmax([0, 1, -1]): the numbers grow too large "
        "for exp. The docstring tells what may be added to all inputs to keep them small."
    )
    agree(found, base, claim, other="without the 1000")


@test_case(name="very small inputs")
def small(softmax):
    base = array(softmax, np.array([0.0, 1.0, -1.0]), shape=(3,))
    found = array(softmax, np.array([0.0, 1.0, -1.0]) - 1000, shape=(3,))
    claim = (
        "softmax([0, 1, -1] - 1000) differs from softmax([0, 1, -1]): exp(-1000) is so small that "
        "the computer holds 0. What you add to keep the numbers small for exp has to suit these "
        "inputs too."
    )
    agree(found, base, claim, other="without the -1000")


@test_case(name="the argument stays as it is")
def argument_stays(softmax):
    leaves_alone(softmax, np.array([0.5, -3.0]))


@test_case(name="whole numbers")
def whole_numbers(softmax):
    found = array(softmax, np.array([2, -3000, 2]), shape=(3,))
    agree(found, [0.5, 0, 0.5], "softmax([2, -3000, 2]), an array of whole numbers:")


@test_case(name="the example of the docstring")
def example(softmax):
    found = array(softmax, np.array([0.0, 0.0]), shape=(2,))
    agree(found, [0.5, 0.5], "softmax([0, 0]) is the docstring's example.", kind=Example)
