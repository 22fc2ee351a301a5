"""What wrong numbers have in common with those that they should be, in one sentence."""

import ast

import numpy as np

from checking.saying import say
from checking.showing import read_function

RELATIVE, ABSOLUTE = 1e-4, 1e-6
#: What isn't defined for a number below 0.
ROOTS = {"sqrt", "log", "log2", "log10", "power"}
#: Factors that come of a forgotten or doubled half, sum or mean.
PLAIN = (-1.0, 2.0, 0.5, -2.0, -0.5, 3.0, 1 / 3, 4.0, 0.25)


def describe(found, expected, within=ABSOLUTE, function=None):
    """Say how numbers depart from others of the same shape; empty if nothing plain is to be seen.

    Parameters
    ----------
    found, expected : arrays of one shape
    within : float
        How exactly `expected` is known.
    function : function, optional
        The one that gave them.

    Returns
    -------
    str
    """
    found, expected = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    if not np.isfinite(found).all():
        return say("pattern.not_finite", ways=say("lists.or").join(ways_to_nan(function)))
    if np.ptp(expected) < ABSOLUTE and found.size > 1 and np.abs(expected).max() < ABSOLUTE:
        return ""
    for known in (of_rounding, of_zeros, of_slopes, of_one_factor, of_order, of_squares, of_places):
        told = known(found, expected, lambda a, b: np.allclose(a, b, rtol=RELATIVE, atol=within))
        if told:
            return told
    return ""


def ways_to_nan(function):
    """Name what in a function's code can give a number that is none."""
    node = read_function(function)
    parts = list(ast.walk(node)) if node else []
    named = {part.attr for part in parts if isinstance(part, ast.Attribute)}
    calculated = [part for part in parts if isinstance(part, ast.BinOp)]
    powers = [part for part in calculated if isinstance(part.op, ast.Pow)]
    of_e = [part for part in powers if ast.unparse(part.left) in ("math.e", "np.e", "e")]
    operations = {type(part.op) for part in calculated if part not in of_e}
    divides = ast.Div in operations or "divide" in named
    ways = [
        say("pattern.too_large_for_exp") if "exp" in named or of_e else "",
        say("pattern.divided_by_0") if divides else "",
        say("pattern.below_0") if named & ROOTS or ast.Pow in operations else "",
    ]
    return list(filter(None, ways)) or [say("pattern.divided_by_0"), say("pattern.too_large")]


def divides(function):
    """Tell whether a function's code divides anything."""
    node = read_function(function)
    parts = list(ast.walk(node)) if node else []
    named = {part.attr for part in parts if isinstance(part, ast.Attribute)}
    return "divide" in named or any(isinstance(part, ast.Div) for part in parts)


def of_zeros(found, expected, alike):
    if found.size > 1 and not found.any():
        return say("pattern.zeros")
    if found.size > 1 and np.ptp(found) == 0 < np.ptp(expected):
        return say("pattern.all_the_same", number=f"{found.flat[0]:.6g}")
    return ""


def of_slopes(found, expected, alike):
    if found.size > 1 and alike(found, expected > 0) and not alike(found, expected):
        return say("pattern.whether_above_0") if found.any() else ""
    return ""


def of_one_factor(found, expected, alike):
    there = np.abs(expected) > ABSOLUTE
    if not there.any():
        return ""
    factors = found[there] / expected[there]
    factor = float(np.median(factors))
    if abs(factor) < ABSOLUTE or not alike(found, factor * expected):
        return ""
    plain = [p for p in PLAIN if np.isclose(factor, p, rtol=1e-3)]
    if there.sum() < 2 and not plain:
        return ""
    if np.isclose(factor, -1, rtol=1e-3):
        return say("pattern.signs_turned") if there.sum() > 1 else say("pattern.sign_turned")
    if there.sum() > 1:
        return say("pattern.all_times", factor=f"{factor:.4g}")
    return say("pattern.times", factor=f"{factor:.4g}")


def of_order(found, expected, alike):
    if found.ndim == 2 and found.shape[0] == found.shape[1] and alike(found.T, expected):
        return say("pattern.transposed")
    if found.ndim and len(found) > 1 and alike(found[::-1], expected):
        return say("pattern.reversed")
    if found.ndim == 1 and alike(np.sort(found), np.sort(expected)):
        return say("pattern.other_places")
    if alike(np.abs(found), np.abs(expected)):
        return say("pattern.some_signs")
    return ""


def of_rounding(found, expected, alike):
    whole = np.allclose(expected, np.round(expected), atol=1e-2)
    if np.array_equal(found, np.trunc(expected)) and not whole:
        return say("pattern.decimals_cut_off")
    for decimals in (0, 1, 2, 3, 4):
        if np.array_equal(found, np.round(expected, decimals)) and not np.array_equal(
            found, np.round(found, max(decimals - 1, 0)) if decimals else found + 1
        ):
            return say("pattern.rounded")
    return ""


def of_squares(found, expected, alike):
    if alike(np.abs(expected), 1) or alike(expected, expected**2):
        return ""
    if alike(found, expected**2):
        return say("pattern.squares") if found.size > 1 else say("pattern.square")
    return ""


def of_places(found, expected, alike):
    """Name the places that are right, where the others are not."""
    if found.ndim == 2 and found.shape[0] == found.shape[1] > 1:
        off = ~np.eye(len(found), dtype=bool)
        if alike(np.diag(found), np.diag(expected)):
            return say("pattern.off_the_diagonal")
        if alike(found[off], expected[off]):
            return say("pattern.on_the_diagonal")
    if found.ndim == 1 < found.size and alike(found, np.cumsum(expected)):
        return say("pattern.running_totals")
    if found.ndim == 1 and found.size > 2:
        for left, others, told in (
            (-1, slice(-1), "pattern.last_left"),
            (0, slice(1, None), "pattern.first_left"),
        ):
            if found[left] == 0 != expected[left] and alike(found[others], expected[others]):
                return say(told)
    if alike(found - found.mean(), expected - expected.mean()) and found.size > 2:
        apart = float((found - expected).mean())
        return say("pattern.larger" if apart > 0 else "pattern.smaller", by=f"{abs(apart):.4g}")
    return ""
