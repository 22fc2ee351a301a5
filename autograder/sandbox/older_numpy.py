"""Names that NumPy 1.26 has and a newer one may lack: the hand-out allows either."""

from __future__ import annotations

from typing import Any

import numpy as np

#: Those that are other names of what both have.
SAME = {
    "Inf": "inf", "Infinity": "inf", "PINF": "inf", "infty": "inf", "NaN": "nan", "NAN": "nan",
    "float_": "float64", "complex_": "complex128", "cfloat": "complex128", "unicode_": "str_",
    "string_": "bytes_", "singlecomplex": "complex64", "longfloat": "longdouble",
    "round_": "round", "product": "prod", "cumproduct": "cumprod", "alltrue": "all",
    "sometrue": "any", "row_stack": "vstack", "mat": "asmatrix", "trapz": "trapezoid",
}  # fmt: skip


def _in1d(ar1: Any, ar2: Any, *more: Any, **options: Any) -> Any:
    return np.isin(np.ravel(ar1), ar2, *more, **options)


def _asfarray(a: Any, dtype: Any = np.float64) -> Any:
    return np.asarray(a, dtype if np.issubdtype(dtype, np.inexact) else np.float64)


def _msort(a: Any) -> Any:
    return np.sort(a, axis=0)


OTHERS: dict[str, Any] = {
    "NINF": -np.inf, "PZERO": 0.0, "NZERO": -0.0,
    "in1d": _in1d, "asfarray": _asfarray, "msort": _msort,
}  # fmt: skip


def give_older_names() -> None:
    """Have NumPy know the names that it has dropped since 1.26."""
    for name, new in SAME.items():
        if not _has(name) and _has(new):
            setattr(np, name, getattr(np, new))
    for name, value in OTHERS.items():
        if not _has(name):
            setattr(np, name, value)


def _has(name: str) -> bool:
    # NumPy warns of some that it has still.
    return name in vars(np)
