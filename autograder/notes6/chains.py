"""What an error on its way through several Jacobians is about: `propagate_chain`, `error_norms`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import accumulate
from typing import Any

import numpy as np

from autograder.assignment.allowed import fit, items, matrix, vector
from autograder.assignment.judging import Floats
from autograder.assignment.output_faults import (
    declare,
    unit,
)
from autograder.assignment.probe import Arguments, Probe, Random
from autograder.assignment.recipe import Recipe, Step, same
from autograder.notes6 import draws
from autograder.notes6.draws import Array, moved
from autograder.notes6.products import jacobian_tags, special_jacobians
from autograder.source.phrases import said

#: One error through one Jacobian, as far as the way along the chain is concerned.
Through = Callable[[Any, Any], Any]

_NO_JACOBIAN = "tags.no_Jacobian_at_all"
_ONE_JACOBIAN = "tags.a_single_Jacobian"
_TWO = "tags.two_Jacobians"
_LONG = "tags.a_long_chain"
_NARROWS = "tags.Jacobians_of_different_sizes"
_REPEATED = "tags.the_same_Jacobian_more_than_once"
_SINGLES = "tags.an_error_of_a_single_entry"
_PAIRS = "tags.errors_of_two_entries_throughout"


def _chain_probe(
    name: str, error: Array, jacobians: list[Array], case: str | None = None, public: bool = False
) -> Probe:
    tags = {{0: _NO_JACOBIAN, 1: _ONE_JACOBIAN, 2: _TWO}.get(len(jacobians), _LONG)}
    known = {(J.shape, J.tobytes()) for J in jacobians}
    holds = {
        _NARROWS: len({n for J in jacobians for n in J.shape}) > 1,
        _REPEATED: len(known) < len(jacobians),
        _SINGLES: error.size == 1,
        _PAIRS: {error.size, *(n for J in jacobians for n in J.shape)} == {2},
    }
    tags |= {tag for tag, found in holds.items() if found} | jacobian_tags(error, jacobians)
    return Probe(name, (error, jacobians), frozenset(tags), case, public)


def chain_inputs(name: str, rng: Random) -> Iterator[Probe]:
    """Errors with Jacobians of all kinds to go through."""

    def probe(error: Array, jacobians: list[Array], case: str | None = None) -> Probe:
        return _chain_probe(name, error, jacobians, case)

    def drawn(*sizes: int, case: str | None = None) -> Probe:
        return probe(*draws.chain(rng, sizes), case)

    shown = np.array([2.0, -1.0])
    first, second = np.array([[0.5, 3.0], [4.0, 1.5]]), np.array([[1.0, -2.0], [0.5, 3.0]])
    yield _chain_probe(name, shown, [first, second], public=True)
    yield _chain_probe(name, shown, [first], public=True)
    notes = np.array([[3.0, 4.0], [5.0, 6.0]])
    yield _chain_probe(name, np.array([1.0, 2.0]), [notes, second], "a short chain", public=True)
    yield drawn(3, 3, 3, case="a short chain")
    yield drawn(2, 2, 2, case="a short chain")
    for sizes in ((4, 2, 3, 1), (3, 5, 2, 2)):
        yield drawn(*sizes, case="Jacobians of different sizes")
    for length in ((3,) * 8, (2, 3) * 6 + (2,)):
        yield drawn(*length, case="a long chain")
    whole = [draws.whole(rng, 2, 3), draws.whole(rng, 3, 2)]
    yield probe(draws.whole(rng, 1, 2)[0], whole, "whole numbers")
    yield probe(draws.whole(rng, 1, 3)[0], draws.chain(rng, (3, 2, 2))[1], "whole numbers")
    yield probe(draws.vector(rng, 2, salt=2), whole, "whole numbers")
    yield drawn(3, 2, case="one Jacobian, and none")
    yield drawn(3, case="one Jacobian, and none")
    yield drawn(1, 1, 1, 1, case="a single entry")
    yield drawn(1, 3, 2, case="a single entry")
    yield probe(moved(rng, [0.7]), [], "a single entry")
    error, (one, two) = draws.chain(rng, (3, 3, 3), salt=4)
    special = "zeros, identities and equal Jacobians"
    yield probe(error, [one, np.eye(3), two], special)
    yield probe(error, [one, two, one, one], special)
    yield probe(error * 0.0, [one, two], special)
    yield probe(error * 0.0, [], special)
    # It adds up to 0.
    yield probe(moved(rng, [1.4]) * [1.0, -1.0], [draws.matrix(rng, 2, 3)], special)
    yield probe(error, [one, np.zeros((3, 3)), two], special)
    yield probe(moved(rng, [0.0, -1.4, 0.0]), [np.eye(3), two], special)
    for e, size in ((1e-2, 0.04), (1e-5, 10.0), (1e4, 30.0)):
        steps = draws.chain(rng, (2,) * 5, salt=8)
        yield probe(steps[0] * e, [J * size for J in steps[1]], "large and small values")
    far, large = draws.chain(rng, (2, 2, 2), salt=8)
    yield probe(far * 1e4, [J * 1e6 for J in large], "large and small values")
    steps = draws.chain(rng, (2,) * 4, salt=8)
    sized = [J * size for J, size in zip(steps[1], (1e-6, 1e-3, 1e6), strict=True)]
    # Nearly nothing is left of the error on the way, and it comes back.
    yield probe(steps[0] * 0.03, sized, "large and small values")
    three, (jacobian,) = draws.chain(rng, (3, 3), salt=8)
    for e, size in ((1e5, 1e4), (1e-5, 1e-2)):
        yield probe(three * e, [jacobian * size], "large and small values")
    # Nothing cancels, so that single precision can tell it.
    wide = [np.abs(draws.matrix(rng, 50, columns)) for columns in (50, 2)]
    yield probe(np.abs(draws.vector(rng, 50)), wide, "Jacobians of different sizes")
    yield drawn(3, 1, case="one Jacobian, and none")
    for error, jacobians in _coincidences(rng):
        yield probe(error, jacobians, special)
    yield probe(*_rotations(rng, 24), "a long chain")
    yield drawn(3, 3, 3, 3)
    yield drawn(2, 3, 2)


def _coincidences(rng: Random) -> Iterator[tuple[Array, list[Array]]]:
    """Errors and Jacobians of which one thing makes believe that a step is simpler than it is."""
    error, (one, two) = draws.chain(rng, (3, 3, 2), salt=4)
    # Nothing is left of the error, and what comes then has other columns.
    (a, b, c), widths = draws.exact(rng, [1.4, 0.7, 2.4]), draws.matrix(rng, 2, 3)
    yield np.array([a, a]), [np.array([[b, c], [-b, -c]]), widths]
    yield error, [np.zeros((3, 2)), widths]
    # All Jacobians are the same one.
    yield error, [one, one]
    # The errors' entries are equal.
    yield np.full(3, b), [np.eye(3), one, two]
    # Nothing is positive, and 0 the largest.
    yield moved(rng, [0.0, -1.4, -0.7]), [one, two]
    yield moved(rng, [0.7, 1.4, 2.4]), special_jacobians(rng)


def _rotations(rng: Random, count: int) -> tuple[Array, list[Array]]:
    """An error that many Jacobians turn and leave as long as it is."""
    # To and fro, so that none of its entries comes close to 0.
    angles = moved(rng, np.resize([0.4, -0.4], count))
    return moved(rng, [1.4, 1.1]), [
        np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]]) for t in angles
    ]


def ordinary(rng: Random) -> Arguments:
    """The arguments of one more call, with nothing special about them."""
    return draws.chain(rng, [int(n) for n in rng.integers(2, 5, size=4)])


def allowed(error: object, jacobians: object) -> tuple[Floats, list[Floats]]:
    """An error and Jacobians that it can go through one after the other."""
    e, matrices = vector(error), items(jacobians, matrix, fewest=0)
    sizes = [len(e), *(J.shape[1] for J in matrices)]
    for size, J in zip(sizes, matrices, strict=False):
        fit(size, len(J), said("refusal.error_and_jacobian"))
    return e, matrices


# --- the way along the chain -------------------------------------------------------------------
# A walk takes the error through the Jacobians and gives all errors that it meets, of which the
# first is the error before any Jacobian.


def _chained(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    return list(accumulate(jacobians, through, initial=e))


def _then(change: Callable[[Any], Any]) -> Step:
    """A walk that changes the error after each Jacobian before it takes it further."""

    def walk(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
        return _chained(lambda e, J: change(through(e, J)), e, jacobians)

    return walk


def _first(change: Callable[[Any], Any]) -> Step:
    """A walk that changes each error on its way into a Jacobian; it is kept as it was."""

    def walk(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
        return _chained(lambda e, J: through(change(e), J), e, jacobians)

    return walk


def _by_products(multiply: Callable[[Any, Any], Any]) -> Step:
    """A walk that first makes one matrix of the Jacobians so far, then takes the error through."""

    def walk(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
        return [e, *(through(e, product) for product in accumulate(jacobians, multiply))]

    return walk


def _each_from_the_original(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    return [e, *(through(e, J) for J in jacobians)]


def _from_two_back(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    """``errors[i - 1]`` where the initial error stands first: right in the first step alone."""
    errors = [e]
    for i, J in enumerate(jacobians):
        errors.append(through(errors[i - 1], J))
    return errors


def _from_the_first_result(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    """``errors[0]`` where what the first step made stands first."""
    if not jacobians:
        return [e]
    first = through(e, jacobians[0])
    return [e, first, *(through(first, J) for J in jacobians[1:])]


def _always(place: int) -> Step:
    def walk(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
        return _chained(through, e, [jacobians[place] for _ in jacobians])

    return walk


def _first_jacobian_twice(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    return _chained(through, e, [jacobians[0], *jacobians])


def _transposed_later(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    first = _chained(through, e, jacobians[:1])
    return [*first[:-1], *_chained(lambda e, J: J @ e, first[-1], jacobians[1:])]


def _transposed_first(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    first = _chained(lambda e, J: J @ e, e, jacobians[:1])
    return [*first[:-1], *_chained(through, first[-1], jacobians[1:])]


def _products_times_error(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    return [e, *(product @ e for product in accumulate(jacobians, np.matmul))]


def _error_left_out(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    return [e, *accumulate(jacobians, np.matmul)]


def _one_array(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    array = np.array(e)
    for J in jacobians:
        array[...] = through(array, J)
    return [array for _ in range(len(jacobians) + 1)]


def _one_list(through: Through, e: Any, jacobians: list[Any]) -> list[Any]:
    """As with one array, but a list takes another length."""
    return [_chained(through, e, jacobians)[-1] for _ in range(len(jacobians) + 1)]


def _unit_or_0(e: Any) -> Any:
    """An error of length 1; who divides by a length mostly leaves out an error that has none."""
    return unit(e) if np.any(e) else e


#: The steps of a way along the chain; the product's steps go with them.
WALK_STEPS: dict[str, Step] = {"order": same, "walk": _chained}

_WALKS: dict[str, dict[str, Step]] = {
    "last-jacobian-first": {"order": lambda jacobians: jacobians[::-1]},
    "each-jacobian-one-place-early": {"order": lambda jacobians: jacobians[-1:] + jacobians[:-1]},
    "first-jacobian-skipped": {"order": lambda jacobians: jacobians[1:]},
    "stopped-after-the-first-jacobian": {"order": lambda jacobians: jacobians[:1]},
    "first-jacobian-only-by-index": {"order": lambda jacobians: [jacobians[0]]},
    "each-from-the-original-error": {"walk": _each_from_the_original},
    "each-from-the-first-result": {"walk": _from_the_first_result},
    "each-from-two-steps-back": {"walk": _from_two_back},
    "product-built-on-the-left": {"walk": _by_products(lambda product, J: J @ product)},
    "jacobians-multiplied-element-wise": {"walk": _by_products(np.multiply)},
    "jacobians-added-up": {"walk": _by_products(np.add)},
    "products-of-jacobians-times-error": {"walk": _products_times_error},
    "error-left-out": {"walk": _error_left_out},
    "jacobians-themselves": {"walk": lambda through, e, jacobians: [e, *jacobians]},
    "first-jacobian-always": {"walk": _always(0)},
    "last-jacobian-always": {"walk": _always(-1)},
    "first-jacobian-twice": {"walk": _first_jacobian_twice},
    "along-rows-from-the-second-step": {"walk": _transposed_later},
    "along-rows-in-the-first-step": {"walk": _transposed_first},
    "normalised-at-each-step": {"walk": _then(unit)},
    "normalised-before-each-step": {"walk": _first(_unit_or_0)},
    "normalised-before-each-step-unguarded": {"walk": _first(unit)},
    "sign-turned-at-each-step": {"walk": _then(np.negative)},
    "cut-off-at-each-step": {"walk": _then(lambda e: np.clip(e, -1, 1))},
    "jacobians-scaled-to-length-one": {"order": lambda jacobians: [unit(J) for J in jacobians]},
    "negative-errors-dropped-at-each-step": {"walk": _then(lambda e: np.maximum(e, 0))},
    "one-array-changed-in-place": {"walk": _one_array},
    "one-list-changed-in-place": {"walk": _one_list},
}


def declare_walks(recipe: Recipe, without: Collection[str] = ()) -> None:
    """What goes wrong along the chain in a recipe that has the ``WALK_STEPS``."""
    declare(recipe, _WALKS, without)


def walk(s: Any, product: Through, error: Any, jacobians: Any) -> list[Any]:
    """All errors along the chain, the one before the first Jacobian included."""

    def through(e: Any, J: Any) -> Any:
        return product(s.error(e), s.jacobian(J))

    found: list[Any] = s.walk(
        through, np.asarray(error), s.order([np.asarray(J) for J in jacobians])
    )
    return found


def after_the_first(errors: list[Any]) -> list[Any]:
    """All errors but the one that was given."""
    return errors[1:]
