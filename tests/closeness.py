"""Whether two arrays are the same but for rounding, for tests that compare thousands of them."""

from __future__ import annotations

from typing import Any

import numpy as np

RELATIVE, ABSOLUTE = 1e-5, 1e-7


def close(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    """As ``np.allclose`` with ``equal_nan``, and of one shape, in a fraction of its time."""
    if one.shape != other.shape:
        return False
    with np.errstate(all="ignore"):
        near = np.abs(one - other) <= ABSOLUTE + RELATIVE * np.abs(other)
        near &= np.isfinite(other)
        # What is not a number is all that differs from itself.
        near |= (one == other) | ((one != one) & (other != other))
    return bool(near.all())
