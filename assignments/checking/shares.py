"""Which formula of two shares a matrix holds, where it should hold another."""

import numpy as np

from checking.calls import Finding
from checking.saying import say

ON_DIAGONAL, OFF_DIAGONAL = "s[i] * (1 - s[i])", "-s[i] * s[j]"


def formulas(s):
    """Give what formulas of two shares make at all places."""
    i, j = np.broadcast_arrays(s[:, None], s[None, :])
    return {
        "s[i] - s[j]": i - j,
        "s[j] - s[i]": j - i,
        "s[i] + s[j]": i + j,
        "s[i] * s[j]": i * j,
        OFF_DIAGONAL: -i * j,
        "s[i] / s[j]": i / j,
        "s[i] * (1 - s[j])": i * (1 - j),
        "s[j] * (1 - s[i])": j * (1 - i),
        "-s[i] * (1 - s[j])": i * (j - 1),
        "(1 - s[i]) * (1 - s[j])": (1 - i) * (1 - j),
        ON_DIAGONAL: i * (1 - i),
        "-s[i] * (1 - s[i])": i * (i - 1),
        "s[i] ** 2": i * i,
        "-s[i] ** 2": -i * i,
        "-s[j] ** 2": -j * j,
        "s[i]": i,
        "s[j]": j,
        "-s[i]": -i,
        "-s[j]": -j,
        "1 - s[i]": 1 - i,
        "1 - s[j]": 1 - j,
        "1": np.ones_like(i),
    }


def refuse_other_formula(found, s, call, words):
    """Say which formula stands where another should; nothing where none is known.

    Parameters
    ----------
    found : array of shape (n, n)
        A student's Jacobian of softmax.
    s : array of shape (n,)
        The shares there.
    call : str
        How the Jacobian was asked for.
    words : tuple of str
        The keys of what is said of one formula at all places, off the diagonal, and on it.
    """
    known = formulas(s)
    for formula, entries in known.items():
        if np.allclose(found, entries):
            raise Finding(say(words[0], call=call, formula=formula))
    diagonal = np.eye(len(s), dtype=bool)
    for there, told, right in (
        (~diagonal, words[1], OFF_DIAGONAL),
        (diagonal, words[2], ON_DIAGONAL),
    ):
        if np.allclose(found[there], known[right][there]):
            continue
        for formula, entries in known.items():
            if np.allclose(found[there], entries[there]):
                own = formula.replace("j", "i") if there is diagonal else formula
                raise Finding(say(told, call=call, formula=own))
