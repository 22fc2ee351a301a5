import numpy as np
from checking.evidence import (
    STEP,
    WIGGLED,
    Example,
    Finding,
    agree,
    array,
    can_compare,
    leaves_alone,
    test_case,
)
from checking.patterns import describe
from checking.wiggling import wiggled

OK_FORMAT = False
name = "softmax_jacobian"

X = np.array([0.5, -1.0, 2.0, 0.25])
AT_X = "softmax_jacobian([0.5, -1, 2, 0.25])"


@test_case(name="a row for each output, a column for each input")
def square(softmax_jacobian):
    array(softmax_jacobian, X, shape=(4, 4), each="a row for each output, a column for each input")


@test_case(name="where all inputs rise alike, it stays")
def only_differences_count(softmax_jacobian):
    base = array(softmax_jacobian, X, shape=(4, 4))
    found = array(softmax_jacobian, X + 5, shape=(4, 4))
    claim = (
        "softmax gives the same at [0.5, -1, 2, 0.25] and at those numbers + 5, so its Jacobian is "
        "the same too; yours isn't. Is it made of the shares, softmax(x), or of x itself?"
    )
    agree(found, base, claim, other="without the 5")


@test_case(name="every input moves every output")
def all_interact(softmax_jacobian):
    found = array(softmax_jacobian, X, shape=(4, 4))
    zeros = np.argwhere(found == 0)
    off = found[~np.eye(4, dtype=bool)]
    if not found.any():
        raise Finding(
            f"{AT_X}: all of yours is 0, as if no output moved. (softmax of one number alone is "
            "always 1, and doesn't move: shares are shares of a whole vector.) What goes into your "
            "softmax?"
        )
    if len(zeros):
        where = f"entry {zeros[0].tolist()}"
        if not off.any():
            where = "everything off the diagonal"
        elif not np.diag(found).any():
            where = "the whole diagonal"
        raise Finding(
            f"{AT_X}: the outputs share one sum, so they interact (6.2): "
            "when an input rises, its own share grows and every other share shrinks a little. So "
            f"no entry is 0. In yours {where} is 0:\n"
            f"    at {zeros[0].tolist()}: yours 0, should be another number"
        )


@test_case(name="each pair has an effect of its own")
def pairs_differ(softmax_jacobian):
    found = array(softmax_jacobian, X, shape=(4, 4))
    off = found[~np.eye(4, dtype=bool)]
    if np.ptp(off) < 1e-9 and off.any():
        raise Finding(
            f"{AT_X}: off the diagonal yours holds {off[0]:.4g} "
            "everywhere. How far one input moves another output depends on both of them. Does a "
            "step make one number of two vectors, such as np.dot, `@` or a sum?"
        )
    for axis, lines, whose in ((0, "column", "input"), (1, "row", "output")):
        kept = np.array([np.delete(v, k) for k, v in enumerate(found.T if axis == 0 else found)])
        if np.ptp(kept, axis=1).max() < 1e-9 < np.ptp(off):
            raise Finding(
                f"{AT_X}: off the diagonal each {lines} of yours holds one and the same number "
                f"({lines} 0: {kept[0, 0]:.4g}), as if only its {whose} counted. How far an input "
                "moves an output depends on both of them: on two shares."
            )
    if np.ptp(found, axis=0).max() < 1e-9 or np.ptp(found, axis=1).max() < 1e-9:
        same = "rows" if np.ptp(found, axis=0).max() < 1e-9 else "columns"
        raise Finding(
            f"{AT_X}: all {same} of yours are the same. Each entry "
            "[i, j] depends on both its output i and its input j, and the diagonal is different "
            "from the rest."
        )


@test_case(name="its own share grows, the others shrink")
def signs(softmax_jacobian):
    found = array(softmax_jacobian, X, shape=(4, 4))
    for (i, j), value in np.ndenumerate(found):
        if (value > 0) != (i == j):
            which, way = ("its own share", "grows") if i == j else ("another share", "shrinks")
            raise Finding(
                f"{AT_X}: [{i}, {j}] is how far {which} moves when the "
                f"input {X[j]:g} rises. That share {way}, so the entry should be "
                f"{'above' if i == j else 'below'} 0. Yours is {value:.6g}."
            )


@test_case(name="each row sums to 0")
def rows_sum_to_zero(softmax_jacobian, softmax):
    found = array(softmax_jacobian, X, shape=(4, 4))
    part = ""
    departs = not np.allclose(found.sum(axis=1), 0)
    if departs and can_compare(softmax, "softmax", waits=False):
        moved = wiggled(lambda v: array(softmax, v, shape=v.shape), X, STEP)
        part = describe(found, moved, WIGGLED)
        array(softmax_jacobian, X, shape=(4, 4))  # the last call is what a clue is read from
    claim = (
        f"The sums of the rows of {AT_X}: when all inputs rise alike, no "
        "output changes, so each row sums to 0. (The notes round to one decimal, which hides it.)"
        f" {part}"
    )
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
        raise Finding(
            f"{AT_X} is what your softmax does at softmax(x), and not at x: softmax is taken twice "
            "on the way. Where does each of the two stand in your code?"
        )
    claim = (
        f"{AT_X} disagrees with your own softmax, wiggled there (see "
        "wiggle.py). Entry [i, j] is how far output i moves as input j moves."
    )
    agree(found, moved, claim, WIGGLED, "wiggled")


@test_case(name="numbers of any size")
def large_numbers(softmax_jacobian):
    found = array(softmax_jacobian, np.array([1000.0, 1000.0, -1000.0]), shape=(3, 3))
    claim = (
        "softmax_jacobian([1000, 1000, -1000]): exp(1000) overflows. See softmax's docstring; does "
        "this function take its own exp, where it could call your softmax?"
    )
    agree(found, [[0.25, -0.25, 0], [-0.25, 0.25, 0], [0, 0, 0]], claim)


@test_case(name="the argument stays as it is")
def argument_stays(softmax_jacobian):
    leaves_alone(softmax_jacobian, X)


@test_case(name="whole numbers")
def whole_numbers(softmax_jacobian):
    found = array(softmax_jacobian, np.array([3, 3]), shape=(2, 2))
    claim = "softmax_jacobian([3, 3]), an array of whole numbers:"
    agree(found, [[0.25, -0.25], [-0.25, 0.25]], claim)


@test_case(name="the example of the docstring")
def example(softmax_jacobian):
    found = array(softmax_jacobian, np.array([0.0, 0.0]), shape=(2, 2))
    claim = "softmax_jacobian([0, 0]) is the docstring's example."
    agree(found, [[0.25, -0.25], [-0.25, 0.25]], claim, kind=Example)
