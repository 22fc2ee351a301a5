"""What an error through Jacobians is about wherever it occurs: its product with one of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from autograder.assignment.allowed import fit, matrix, vector
from autograder.assignment.judging import Floats
from autograder.assignment.output_faults import (
    WRONG_SIGN,
    declare,
)
from autograder.assignment.probe import Random
from autograder.assignment.recipe import Recipe, Step, same
from autograder.notes6 import draws
from autograder.notes6.draws import LARGE, TINY, WHOLE, Array, moved
from autograder.notes6.hand_slips import left_to_right
from autograder.source.phrases import said

_ZEROS = "tags.an_error_that_is_zero_in_places"
_IDENTITY = "tags.an_identity_Jacobian"
_ZERO_JACOBIAN = "tags.a_Jacobian_of_zeros"
ZERO_ERROR = "tags.an_error_of_zeros"


def _sizes_tag(arrays: list[Array]) -> set[str]:
    sizes = np.concatenate([np.abs(array[array != 0]).ravel() for array in arrays])
    large, tiny = bool((sizes > 20).any()), bool((sizes < 1e-2).any())
    return {tag for tag, found in ((LARGE, large), (TINY, tiny)) if found}


def _is_identity(J: Array) -> bool:
    return J.shape[0] == J.shape[1] and np.array_equal(J, np.eye(len(J)))


def jacobian_tags(error: Array, jacobians: list[Array]) -> set[str]:
    holds = {
        ZERO_ERROR: not error.any(),
        _ZEROS: bool(error.any() and not error.all()),
        _IDENTITY: any(_is_identity(J) for J in jacobians),
        _ZERO_JACOBIAN: any(not J.any() for J in jacobians),
        WHOLE: any(array.dtype.kind == "i" for array in (error, *jacobians)),
    }
    return {tag for tag, found in holds.items() if found} | _sizes_tag([error, *jacobians])


def special_jacobians(rng: Random) -> list[Array]:
    """Jacobians of which one thing makes believe that they are simpler than they are.

    The first have three rows, the last have two, so that an error can go through one after the
    other. From an error such as ``[0.7, 1.4, 2.4]`` no small difference of large numbers comes on
    the way.
    """
    a, b, c = moved(rng, [0.7, -1.4, 2.4])
    (p, q), angles = draws.exact(rng, [1.4, 0.7]), moved(rng, [0.7, 0.3])
    shares = draws.softmax(moved(rng, [1.4, 0.34, 0.7]))
    (cos, other_cos), (sin, other_sin) = np.cos(angles), np.sin(angles)
    return [
        # Its transpose is itself.
        np.array([[a, b, c], [b, c, a], [c, a, 0.34]]),
        # The entries move round.
        np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]),
        # The rows add up to 0, and they do in the Jacobian of a softmax.
        np.array([[p, q, -p - q], [-q, 2 * p, q - 2 * p], [p, -q, q - p]]),
        np.diag(shares) - np.outer(shares, shares),
        # One 1 in each row, two in a column.
        np.array([[0.0, 1.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]),
        # Its transpose is itself with the other sign.
        np.array([[0.0, a, b], [-a, 0.0, c], [-b, -c, 0.0]]),
        # Ones on the diagonal, zeros below.
        np.array([[1.0, a, b], [0.0, 1.0, c], [0.0, 0.0, 1.0]]),
        # All rows are multiples of one, and two columns are equal.
        np.outer([a, b, c], [1.4, 1.4, 0.34]),
        # Slopes of 0 and 1.
        np.diag([1.0, 0.0, 1.0]),
        # No identity, as its shape says.
        np.eye(3, 2),
        # Columns of length 1: a rotation, and one that is none.
        np.array([[cos, -sin], [sin, cos]]),
        np.array([[other_cos, other_sin], [other_sin, other_cos]]),
        np.eye(2, 4),
    ]


def allowed(error: object, jacobian: object) -> tuple[Floats, Floats]:
    """An error and a Jacobian with a row for each of its entries."""
    e, J = vector(error), matrix(jacobian)
    fit(len(e), len(J), said("refusal.error_and_jacobian"))
    return e, J


# --- one error through one Jacobian -------------------------------------------------------------


def right_product(e: Any, J: Any) -> Any:
    """The error through one Jacobian; the step that the faults of the product replace."""
    return e @ J


#: The steps by which one error meets one Jacobian.
PRODUCT_STEPS: dict[str, Step] = {"error": same, "jacobian": same, "product": right_product}

#: The products that along a chain say the same as another fault of it, or grow without bound.
NOT_IN_A_CHAIN = ("element-wise-summed-along-rows", "jacobian-unchanged", "outer-product")


def declare_products(recipe: Recipe, without: Collection[str] = ()) -> None:
    """What takes the place of ``e @ J`` in a recipe that has the ``PRODUCT_STEPS``."""
    products = {id: {"product": product} for id, product in _PRODUCTS.items()}
    declare(recipe, products | _FACTORS, without)


def _along_rows_by_index(e: Any, J: Any) -> Any:
    """``J @ e`` as two loops, which get as far as the columns reach."""
    return np.array([sum(e[j] * row[j] for j in range(len(row))) for row in J])


def _along_rows_by_zip(e: Any, J: Any) -> Any:
    """``J @ e`` by ``zip``, which drops what has no partner."""
    n = min(J.shape)
    return J[:, :n] @ e[:n]


def _columns_scaled_by_index(e: Any, J: Any) -> Any:
    """``e[j] * J[i, j]`` added up over i in two loops, as far as the error reaches."""
    return np.array([e[j] * J[:, j].sum() for j in range(J.shape[1])])


def _rows_counted_by_columns(e: Any, J: Any) -> Any:
    return sum(e[i] * J[i] for i in range(J.shape[1]))


def _columns_counted_by_rows(e: Any, J: Any) -> Any:
    return np.array([e @ J[:, j] for j in range(len(e))])


def _as_long_as_the_error(e: Any, J: Any) -> Any:
    result = np.zeros(len(e))
    for j in range(J.shape[1]):
        result[j] = e @ J[:, j]
    return result


def _wide_part_left_at_0(e: Any, J: Any) -> Any:
    reached = np.arange(J.shape[1]) < len(e)
    return np.where(reached, e @ J, 0)


def _diagonal_by_index(e: Any, J: Any) -> Any:
    """``e[j] * J[j, j]``, as far as there is a diagonal; the result is as long as it should be."""
    return e @ (J * np.eye(*J.shape))


def _last_entry_left_at_0(e: Any, J: Any) -> Any:
    return np.append((e @ J)[:-1], 0)


_PRODUCTS: dict[str, Step] = {
    # The rows of the Jacobian where its columns were meant.
    "jacobian-times-error": lambda e, J: J @ e,
    "jacobian-reshaped": lambda e, J: J.reshape(J.shape[::-1]) @ e,
    "rows-times-error-by-index": _along_rows_by_index,
    "rows-times-error-by-zip": _along_rows_by_zip,
    "rows-scaled-summed-along-rows": lambda e, J: (e[:, None] * J).sum(axis=1),
    # Products of entries that do not meet, or that are not added up.
    "element-wise-along-columns": lambda e, J: (e * J).sum(axis=0),
    "columns-scaled-by-index": _columns_scaled_by_index,
    "element-wise-summed-along-rows": lambda e, J: (e * J).sum(axis=1),
    "element-wise-unsummed": lambda e, J: e * J,
    "rows-scaled-unsummed": lambda e, J: e[:, None] * J,
    "outer-product": lambda e, J: np.outer(e, J),
    "diagonal-of-jacobian-only": lambda e, J: e * np.diagonal(J),
    "diagonal-by-index-only": _diagonal_by_index,
    # Sums of the wrong things.
    "error-and-columns-summed-apart": lambda e, J: e.sum() * J.sum(axis=0),
    "column-sums-without-error": lambda e, J: J.sum(axis=0),
    "row-sums-without-error": lambda e, J: J.sum(axis=1),
    "averaged-over-outputs": lambda e, J: e @ J / len(e),
    "sum-not-begun-anew": lambda e, J: np.cumsum(e @ J),
    "largest-contribution-only": lambda e, J: (e[:, None] * J).max(axis=0),
    "first-row-only": lambda e, J: e[0] * J[0],
    "last-row-only": lambda e, J: e[-1] * J[-1],
    "last-output-left-out": lambda e, J: e[:-1] @ J[:-1],
    "first-output-left-out": lambda e, J: e[1:] @ J[1:],
    # Other operations in place of the product.
    "added-instead-of-multiplied": lambda e, J: (e[:, None] + J).sum(axis=0),
    "multiplied-instead-of-added": lambda e, J: (e[:, None] * J).prod(axis=0),
    "divided-by-jacobian": lambda e, J: (e[:, None] / J).sum(axis=0),
    "jacobian-inverted": lambda e, J: e @ np.linalg.inv(J),
    "jacobian-solved": lambda e, J: np.linalg.solve(J, e),
    "pseudo-inverse": lambda e, J: np.linalg.pinv(J) @ e,
    "error-split-in-shares": lambda e, J: e @ (J / J.sum(axis=1, keepdims=True)),
    "error-unchanged": lambda e, J: e,
    "jacobian-unchanged": lambda e, J: J,
    "error-added-on": lambda e, J: e + e @ J,
    "result-taken-off-the-error": lambda e, J: e - e @ J,
    # Sizes mixed up, which shows only where the Jacobian is not square.
    "rows-counted-by-columns": _rows_counted_by_columns,
    "columns-counted-by-rows": _columns_counted_by_rows,
    "result-as-long-as-error": _as_long_as_the_error,
    "wide-part-left-at-0": _wide_part_left_at_0,
    "last-entry-left-at-0": _last_entry_left_at_0,
}

#: What the product is made of, before it is made: these compose with the faults above.
_FACTORS: dict[str, dict[str, Step]] = {
    "magnitudes-of-jacobian": {"jacobian": np.abs},
    "negative-effects-left-out": {"jacobian": lambda J: np.maximum(J, 0)},
    "magnitudes-of-error": {"error": np.abs},
    "negative-errors-left-out": {"error": lambda e: np.maximum(e, 0)},
    "squared-error": {"error": np.square},
}

#: Of two by two numbers the same mistakes come out: one id of each stands for all of them.
_SAME_BY_HAND = (
    "jacobian-reshaped",
    "rows-times-error-by-index",
    "rows-times-error-by-zip",
    "columns-scaled-by-index",
    "element-wise-summed-along-rows",
    "row-sums-without-error",
    "diagonal-by-index-only",
    "averaged-over-outputs",
    "sum-not-begun-anew",
    "last-output-left-out",
    "first-output-left-out",
    "jacobian-solved",
    "rows-counted-by-columns",
    "columns-counted-by-rows",
    "result-as-long-as-error",
    "wide-part-left-at-0",
    "last-entry-left-at-0",
    "magnitudes-of-error",
    "negative-errors-left-out",
    "negative-effects-left-out",
    "error-split-in-shares",
    "jacobian-inverted",
)


#: What the numbers of a product by hand are there to show.
HAND_PRODUCTS_TO_SHOW = (
    "jacobian-times-error",
    "rows-scaled-summed-along-rows",
    "element-wise-along-columns",
    "diagonal-of-jacobian-only",
    "column-sums-without-error",
    "error-and-columns-summed-apart",
    "first-row-only",
    "last-row-only",
    "error-unchanged",
    "entries-of-error-exchanged",
    "products-subtracted",
    "wrong-sign",
)


def declare_hand_products(recipe: Recipe) -> None:
    """The products that give numbers of their own for the error and Jacobian of the practice."""
    declare_products(recipe, without=_SAME_BY_HAND)
    recipe.add("minus-of-first-row-lost", jacobian=lambda J: np.vstack([np.abs(J[0]), J[1:]]))
    recipe.add("minus-of-last-row-lost", jacobian=lambda J: np.vstack([J[:-1], np.abs(J[-1])]))
    recipe.add("entries-of-error-exchanged", error=lambda e: e[::-1])
    recipe.add("second-error-used-twice", error=lambda e: np.full_like(e, e[1]))
    recipe.add("worked-from-left-to-right", product=left_to_right)
    recipe.add("products-subtracted", product=lambda e, J: e[0] * J[0] - e[1] * J[1])
    recipe.add("second-entry-along-the-row", product=lambda e, J: np.array([e @ J[:, 0], J[1] @ e]))
    recipe.add("first-entry-along-the-row", product=lambda e, J: np.array([J[0] @ e, e @ J[:, 1]]))
    recipe.add(
        "second-entry-first-product-only",
        product=lambda e, J: np.array([e @ J[:, 0], e[0] * J[0, 1]]),
    )
    recipe.add(
        "second-entry-last-product-only",
        product=lambda e, J: np.array([e @ J[:, 0], e[1] * J[1, 1]]),
    )


_PRODUCT = r"@|\bdot\b|matmul|einsum"
#: An entry at a place that is counted through all rows: ``flat[i * n + j]``.
_ONE_BY_ONE = r"(?<=[\w)\]])\[[^\]]*(?:\*[^\]]*\+|\+[^\]]*\*)[^\]]*\]"
_STAR = r"(?<!\*)\*(?!\*)|multiply"
#: What puts one more pair of brackets around a name.
_ROW = (
    r"\barray\(\[[A-Za-z_]\w*\](?:,[^\[\]]*)?\)|\[(?:None|np\.newaxis),|reshape\(\(?1,|"
    r"\batleast_2d\(|np\.(?:mat|matrix|asmatrix)\("
)

#: How lines look that cause these.
LOOKS = {
    "jacobian-times-error": _PRODUCT,
    "jacobian-reshaped": rf"reshape|resize|\.shape\s*=(?!=)|{_ONE_BY_ONE}",
    "element-wise-along-columns": _STAR,
    "element-wise-unsummed": _STAR,
    "element-wise": _STAR,
    "inner-product": rf"{_PRODUCT}|inner|vdot",
    "row-shape": _ROW,
    "wrong-sign": WRONG_SIGN,
}
#: How several lines look of which the one that is told turns round what the other multiplies by.
LOOKS_ABOVE = {
    "jacobian-times-error": (
        rf"(?P<told>^ *(\w+) ?= ?(?!.*(?:{_PRODUCT}))(?=.*\b(?:\w*jac\w*|J\w*|M|[mM]at\w*)\b)"
        r".*(?:\.T|\.transpose\(\)|\btranspose\([^,]*\)|swapaxes\(.*\)))$"
        r"(?=(?:\n.*)*\n.*(?:@ ?\2|\b(?:dot|matmul)\((?:[^,()]*, ?)?\2\))\)*$)"
    ),
}
