"""What some code can have written, by the words of it: see ``source.written.words``.

Of formulas that come to the same numbers, that one is told in which the code is recognised.
"""

from __future__ import annotations

from collections.abc import Collection

#: By which one number can be divided by another, or taken from it.
_DIVISIONS, _DIFFERENCES = {"/", "/=", "//", "**"}, {"-", "-=", "subtract"}
#: What divides nothing, whether it is called by its name or as one of an array or of NumPy.
_DIVIDES_NOTHING = {
    "abs", "add", "all", "amax", "any", "append", "arange", "array", "asarray", "astype",
    "atleast_1d", "atleast_2d", "broadcast_to", "concatenate", "copy", "diag", "diag_indices",
    "diagonal", "dot", "dtype", "empty", "empty_like", "enumerate", "exp", "expand_dims", "extend",
    "eye", "fill", "fill_diagonal", "flatten", "float", "float32", "float64", "full", "full_like",
    "identity", "insert", "int", "ix_", "len", "list", "matmul", "max", "maximum", "meshgrid",
    "min", "minimum", "multiply", "ndim", "negative", "newaxis", "ones", "ones_like", "outer",
    "print", "range", "ravel", "repeat", "reshape", "round", "shape", "size", "squeeze", "stack",
    "subtract", "sum", "T", "tile", "transpose", "tuple", "vstack", "where", "zeros", "zeros_like",
    "zip",
}  # fmt: skip


def _divides(words: Collection[str]) -> bool:
    """Whether some code may divide anything, itself or by what it calls."""
    called = {word[:-1] for word in words if word.endswith("(")}
    called |= {word.rpartition(".")[2] for word in words if "." in word and word[0] != "["}
    return bool(_DIVISIONS & {*words}) or not called <= _DIVIDES_NOTHING


def subtracts(words: Collection[str]) -> bool:
    """Whether some code takes one number from another."""
    return bool(_DIFFERENCES & {*words})


def has_exponentials_alone(words: Collection[str]) -> bool:
    """Whether some code takes exponentials, and makes no shares of them: it divides nothing."""
    return "exp" in words and not _divides(words)
