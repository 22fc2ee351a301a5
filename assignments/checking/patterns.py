"""What wrong numbers have in common with those that they should be, in one sentence."""

import numpy as np

RELATIVE, ABSOLUTE = 1e-4, 1e-6
#: Factors that come of a forgotten or doubled half, sum or mean.
PLAIN = (-1.0, 2.0, 0.5, -2.0, -0.5, 3.0, 1 / 3, 4.0, 0.25)


def describe(found, expected, within=ABSOLUTE):
    """Say how numbers depart from others of the same shape; empty if nothing plain is to be seen.

    Parameters
    ----------
    found, expected : arrays of one shape
    within : float
        How exactly `expected` is known.

    Returns
    -------
    str
    """
    found, expected = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    if not np.isfinite(found).all():
        return (
            "inf is what a division by 0 gives, and exp of a number above about 709; nan is what "
            "0/0 or inf/inf gives, and the log or root of a number below 0. Print what you divide "
            "by, and what goes into exp."
        )
    if np.ptp(expected) < ABSOLUTE and found.size > 1 and np.abs(expected).max() < ABSOLUTE:
        return ""
    for known in (of_rounding, of_zeros, of_one_factor, of_order, of_squares, of_places):
        told = known(found, expected, lambda a, b: np.allclose(a, b, rtol=RELATIVE, atol=within))
        if told:
            return told
    return ""


def of_zeros(found, expected, alike):
    if found.size > 1 and not found.any():
        return "All numbers of yours are 0."
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
        return "Yours has the right size and the other sign" + (
            ": every sign is turned." if there.sum() > 1 else "."
        )
    much = f"{factor:.4g} times what it should be"
    return f"Every number of yours is {much}." if there.sum() > 1 else f"Yours is {much}."


def of_order(found, expected, alike):
    if found.ndim == 2 and found.shape[0] == found.shape[1] and alike(found.T, expected):
        return "Yours is right but for its rows, which stand where the columns should: transposed."
    if found.ndim and len(found) > 1 and alike(found[::-1], expected):
        return "Yours has the right numbers in the reverse order."
    if alike(np.abs(found), np.abs(expected)):
        return "The sizes are right; some signs aren't."
    return ""


def of_rounding(found, expected, alike):
    if np.array_equal(found, np.trunc(expected)) and not alike(expected, np.trunc(expected)):
        return (
            "Yours are whole numbers: the decimals are cut off. An array that was made of whole "
            "numbers can store no others; make one of floats (np.zeros does)."
        )
    for decimals in (0, 1, 2, 3, 4):
        if np.array_equal(found, np.round(expected, decimals)) and not np.array_equal(
            found, np.round(found, max(decimals - 1, 0)) if decimals else found + 1
        ):
            return "Yours look rounded: leave the numbers as they are."
    return ""


def of_squares(found, expected, alike):
    if alike(np.abs(expected), 1) or alike(expected, expected**2):
        return ""
    if alike(found, expected**2):
        return (
            "Yours are the squares of what they should be."
            if found.size > 1
            else ("Yours is the square of what it should be.")
        )
    return ""


def of_places(found, expected, alike):
    """Name the places that are right, where the others are not."""
    if found.ndim == 2 and found.shape[0] == found.shape[1] > 1:
        off = ~np.eye(len(found), dtype=bool)
        if alike(np.diag(found), np.diag(expected)):
            return "Your diagonal is right; what stands off it isn't."
        if alike(found[off], expected[off]):
            return "What stands off your diagonal is right; the diagonal isn't."
    if found.ndim == 1 < found.size and alike(found, np.cumsum(expected)):
        return (
            "Yours are running totals: each holds all before it as well. Where is the sum set back "
            "to 0?"
        )
    if found.ndim == 1 and found.size > 2:
        for last, first, way in (
            (-1, slice(-1), "end too early"),
            (0, slice(1, None), "begin too late"),
        ):
            if found[last] == 0 != expected[last] and alike(found[first], expected[first]):
                place = "last" if last else "first"
                return f"All are right but the {place}, which is still 0: does a loop {way}?"
    if alike(found - found.mean(), expected - expected.mean()) and found.size > 2:
        return "Every number of yours is off by one and the same amount."
    return ""
