import numpy as np
from checking.evidence import (
    ABSOLUTE,
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
from checking.saying import say
from checking.wiggling import wiggled

OK_FORMAT = False
name = "threshold_jacobian"

X = np.array([2.0, -0.5, -1.5, -4.0])


@test_case(name="a row for each output, a column for each input")
def square(threshold_jacobian):
    array(threshold_jacobian, X, shape=(4, 4), each=say("shared.row_for_output"))


@test_case(name="inputs don't interact")
def no_interaction(threshold_jacobian):
    found = array(threshold_jacobian, X, shape=(4, 4))
    off = found - np.diag(np.diag(found))
    places = np.argwhere(np.abs(off) > ABSOLUTE)
    if len(places):
        i, j = places[0]
        from checking.matrices import layout  # which only a wrong one needs

        claim = say("threshold_jacobian.own_input", x=f"{X[j]:g}", other=f"{X[i]:g}")
        place = beside([int(i), int(j)], off[i, j], 0)
        raise Finding(f"{layout(found, threshold_jacobian)}\n{claim}\n{place}".strip())


@test_case(name="a slope says how far the output moves, not where it is")
def slopes(threshold_jacobian):
    near = array(threshold_jacobian, np.array([0.5, -3.0]), shape=(2, 2))
    far = array(threshold_jacobian, np.array([4.0, -30.0]), shape=(2, 2))
    claim = say("threshold_jacobian.same_slopes")
    if np.allclose(np.diag(far), [4, 0]) and np.allclose(np.diag(near), [0.5, 0]):
        claim = f"{say('threshold_jacobian.values_themselves')} {claim}"
    for i in np.flatnonzero(~np.isclose(np.diag(far), np.diag(near))).tolist()[:1]:
        smaller = say("threshold_jacobian.for_the_smaller")
        numbers = beside([i, i], far[i, i], f"{near[i, i]:.6g}", smaller)
        raise Finding(f"{claim}\n{numbers}")


@test_case(name="agrees with wiggling your threshold")
def agrees_with_the_wiggle(threshold, threshold_jacobian):
    if not can_compare(threshold, "threshold"):
        return
    found = array(threshold_jacobian, X, shape=(4, 4))
    moved = wiggled(lambda v: array(threshold, v, shape=v.shape), X, STEP)
    for i, x in enumerate(X):
        told = "threshold_jacobian.passing" if moved[i, i] else "threshold_jacobian.blocked"
        claim = say(told, x=f"{x:g}", i=i)
        agree(found[i, i], moved[i, i], claim, WIGGLED, say("check.wiggled"))
    claim = say("threshold_jacobian.not_as_wiggled")
    agree(found, moved, claim, WIGGLED, say("check.wiggled"))


@test_case(name="the slope changes at -1")
def slope_changes_at_minus_one(threshold_jacobian):
    found = array(threshold_jacobian, np.array([-1.0, -0.5]), shape=(2, 2))
    claim = say("threshold_jacobian.not_above")
    agree(found, [[0, 0], [0, 1]], claim)


@test_case(name="the argument stays as it is")
def argument_stays(threshold_jacobian):
    leaves_alone(threshold_jacobian, X)


@test_case(name="whole numbers")
def whole_numbers(threshold_jacobian):
    found = array(threshold_jacobian, np.array([-3, 0, 2]), shape=(3, 3))
    claim = say("threshold_jacobian.whole_numbers")
    agree(found, np.diag([0, 1, 1]), claim)


@test_case(name="the example of the docstring")
def example(threshold_jacobian):
    found = array(threshold_jacobian, np.array([0.5, -3.0]), shape=(2, 2))
    claim = say("threshold_jacobian.example")
    agree(found, [[1, 0], [0, 0]], claim, kind=Example)
