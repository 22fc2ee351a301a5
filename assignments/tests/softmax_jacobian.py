import numpy as np
from checking.evidence import (
    STEP,
    WIGGLED,
    Example,
    Finding,
    agree,
    array,
    beside,
    can_compare,
    leaves_alone,
    test_case,
)
from checking.patterns import describe
from checking.saying import say
from checking.wiggling import wiggled

OK_FORMAT = False
name = "softmax_jacobian"

X = np.array([0.5, -1.0, 2.0, 0.25])
AT_X = "softmax_jacobian([0.5, -1, 2, 0.25])"


def refuse_other_formula(softmax_jacobian, softmax):
    """Say which formula of the shares stands where another should; nothing if none is known."""
    if can_compare(softmax, "softmax", waits=False):
        from checking import shares  # which only a wrong one needs

        s = array(softmax, X, shape=(4,))
        found = array(softmax_jacobian, X, shape=(4, 4))  # the last call: a clue is read from it
        words = (
            "softmax_jacobian.one_formula",
            "softmax_jacobian.off_it",
            "softmax_jacobian.on_it",
        )
        shares.refuse_other_formula(found, s, AT_X, words)


@test_case(name="a row for each output, a column for each input")
def square(softmax_jacobian):
    array(softmax_jacobian, X, shape=(4, 4), each=say("shared.row_for_output"))


@test_case(name="where all inputs rise alike, it stays")
def only_differences_count(softmax_jacobian):
    base = array(softmax_jacobian, X, shape=(4, 4))
    found = array(softmax_jacobian, X + 5, shape=(4, 4))
    claim = say("softmax_jacobian.of_shares")
    agree(found, base, claim, other=say("softmax_jacobian.without_5"))


@test_case(name="every input moves every output")
def all_interact(softmax_jacobian, softmax):
    found = array(softmax_jacobian, X, shape=(4, 4))
    zeros = np.argwhere(found == 0)
    off = found[~np.eye(4, dtype=bool)]
    if not found.any() and np.asarray(softmax_jacobian(X.copy())).dtype.kind == "i":
        raise Finding(say("softmax_jacobian.whole_numbers_alone", call=AT_X))
    if not found.any():
        raise Finding(say("softmax_jacobian.nothing_moves", call=AT_X))
    if np.allclose(found, np.eye(4) - 1):
        raise Finding(say("softmax_jacobian.shares_of_one", call=AT_X))
    if len(zeros):
        refuse_other_formula(softmax_jacobian, softmax)
        where = say("softmax_jacobian.entry", place=zeros[0].tolist())
        if not off.any():
            where = say("softmax_jacobian.off_the_diagonal")
        elif not np.diag(found).any():
            where = say("softmax_jacobian.the_diagonal")
        claim = say("softmax_jacobian.no_entry_is_0", call=AT_X, where=where)
        another = say("softmax_jacobian.another_number")
        raise Finding(f"{claim}\n{beside(zeros[0].tolist(), 0, another)}")


@test_case(name="each pair has an effect of its own")
def pairs_differ(softmax_jacobian):
    found = array(softmax_jacobian, X, shape=(4, 4))
    off = found[~np.eye(4, dtype=bool)]
    if np.ptp(off) < 1e-9 and off.any():
        raise Finding(say("softmax_jacobian.same_everywhere", call=AT_X, number=f"{off[0]:.4g}"))
    for axis, told in ((0, "softmax_jacobian.same_columns"), (1, "softmax_jacobian.same_rows")):
        kept = np.array([np.delete(v, k) for k, v in enumerate(found.T if axis == 0 else found)])
        if np.ptp(kept, axis=1).max() < 1e-9 < np.ptp(off):
            raise Finding(say(told, call=AT_X, number=f"{kept[0, 0]:.4g}"))
    if np.ptp(found, axis=0).max() < 1e-9 or np.ptp(found, axis=1).max() < 1e-9:
        rows = np.ptp(found, axis=0).max() < 1e-9
        told = "softmax_jacobian.all_rows_alike" if rows else "softmax_jacobian.all_columns_alike"
        raise Finding(say(told, call=AT_X))


@test_case(name="its own share grows, the others shrink")
def signs(softmax_jacobian, softmax):
    found = array(softmax_jacobian, X, shape=(4, 4))
    wrong = [
        place for place, value in np.ndenumerate(found) if (value > 0) != (place[0] == place[1])
    ]
    if not wrong:
        return
    refuse_other_formula(softmax_jacobian, softmax)
    i, j = wrong[0]
    told = "softmax_jacobian.own_share" if i == j else "softmax_jacobian.other_share"
    yours = f"{found[i, j]:.6g}"
    raise Finding(say(told, call=AT_X, i=i, j=j, input=f"{X[j]:g}", yours=yours))


@test_case(name="each row sums to 0")
def rows_sum_to_zero(softmax_jacobian, softmax):
    found = array(softmax_jacobian, X, shape=(4, 4))
    part = ""
    departs = not np.allclose(found.sum(axis=1), 0)
    if departs:
        refuse_other_formula(softmax_jacobian, softmax)
    if departs and can_compare(softmax, "softmax", waits=False):
        moved = wiggled(lambda v: array(softmax, v, shape=v.shape), X, STEP)
        part = describe(found, moved, WIGGLED)
        array(softmax_jacobian, X, shape=(4, 4))  # the last call is what a clue is read from
    claim = say("softmax_jacobian.sums_of_rows", call=AT_X, part=part)
    agree(found.sum(axis=1), np.zeros(4), claim)


@test_case(name="agrees with wiggling your softmax")
def agrees_with_the_wiggle(softmax, softmax_jacobian):
    if not can_compare(softmax, "softmax"):
        return
    found = array(softmax_jacobian, X, shape=(4, 4))
    moved = wiggled(lambda v: array(softmax, v, shape=v.shape), X, STEP)
    of_shares = array(softmax, X, shape=(4,))
    if not np.allclose(found, moved, atol=WIGGLED) and np.allclose(
        found,
        wiggled(lambda v: array(softmax, v, shape=v.shape), of_shares, STEP),
        atol=WIGGLED,
    ):
        raise Finding(say("softmax_jacobian.softmax_twice", call=AT_X))
    claim = say("softmax_jacobian.not_as_wiggled", call=AT_X)
    agree(found, moved, claim, WIGGLED, say("check.wiggled"))


@test_case(name="numbers of any size")
def large_numbers(softmax_jacobian):
    found = array(softmax_jacobian, np.array([1000.0, 1000.0, -1000.0]), shape=(3, 3))
    claim = say("softmax_jacobian.large_numbers")
    agree(found, [[0.25, -0.25, 0], [-0.25, 0.25, 0], [0, 0, 0]], claim)


@test_case(name="the argument stays as it is")
def argument_stays(softmax_jacobian):
    leaves_alone(softmax_jacobian, X)


@test_case(name="whole numbers")
def whole_numbers(softmax_jacobian):
    found = array(softmax_jacobian, np.array([3, 3]), shape=(2, 2))
    claim = say("softmax_jacobian.whole_numbers")
    agree(found, [[0.25, -0.25], [-0.25, 0.25]], claim)


@test_case(name="the example of the docstring")
def example(softmax_jacobian):
    found = array(softmax_jacobian, np.array([0.0, 0.0]), shape=(2, 2))
    claim = say("softmax_jacobian.example")
    agree(found, [[0.25, -0.25], [-0.25, 0.25]], claim, kind=Example)
