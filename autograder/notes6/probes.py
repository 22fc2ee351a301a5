"""The inputs on which every function is tried: named, tagged, and drawn anew for each seed.

A probe is either *public* (printed in the notes or made up for explanations, so its numbers may
be shown to a student) or hidden (drawn from the seed, never shown). A probe with a ``case``
counts towards the marks; one without serves the diagnosis alone.

The graded ones cover every special value that the contract allows, so that "right" is said of no
function that is wrong on one: equal entries and matrices; exact zeros, exactly −1 and close to it;
one entry and fifty; one neuron, no Jacobian, twelve of them, twelve layers; all, none and just one
blocked; sizes from 1e-6 to 1e6, exponents beyond what exp can take; an error of zeros, a dead
layer, a perfect prediction; targets one-hot, soft and of any size; learning rates of 0, below 0
and above 1; examples that are repeated and contradict each other, losses that rise and that are
nearly 0; results that share memory with the arguments.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.notes6 import draws
from autograder.notes6.contract import FUNCTIONS
from autograder.notes6.draws import Array, Network, Random, moved, moved_together

Arguments = tuple[Any, ...]

HAND_X = np.array([0.3, -1.8, -0.2, 0.4, 0.9])
HAND_ERROR = np.array([1, 2])
HAND_JACOBIAN = np.array([[3, -3], [4, -4]])
HAND_SECOND_JACOBIAN = np.array([[1, 0], [0, 1]])

UNCHANGED_ARGUMENTS = "leaves its arguments alone"


@dataclass(frozen=True, eq=False)
class Probe:
    """One call of one function.

    Attributes
    ----------
    function : str
        The function of the contract.
    arguments : tuple
        What it is called with; nobody may change them.
    tags : frozenset of str
        What is special about the input, in words that fit after "an input with ...".
    case : str or None
        The graded test case that it belongs to.
    public : bool
        Whether its numbers may be shown to students.
    part : int or None
        The one item of the returned list that the case judges; None judges all.
    copied : bool
        Whether what is returned must be new: none of the arguments, nor a view of one.
    """

    function: str
    arguments: Arguments
    tags: frozenset[str] = field(default_factory=frozenset)
    case: str | None = None
    public: bool = False
    part: int | None = None
    copied: bool = False

    @property
    def steps(self) -> int:
        """The examples that a network learns from, each as often as it meets it; else 1."""
        if self.function != "train":
            return 1
        _, inputs, _, _, epochs = self.arguments
        return len(inputs) * int(epochs)


class Probes:
    """All probes of one run, by function.

    Parameters
    ----------
    seed : int
        The same seed gives the same probes, so that a re-grade is identical.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._by_function = {name: list(_probes(name, seed)) for name in FUNCTIONS}
        self._rows = {name: self._rows_of(name) for name in FUNCTIONS}

    def __getitem__(self, function: str) -> list[Probe]:
        return self._by_function[function]

    def cases(self, function: str) -> dict[str, list[Probe]]:
        """Graded probes by test case, in the order of the tests.

        Functions with arguments have one more case, over all their graded probes: that they
        leave their arguments alone.
        """
        rows = self.rows(function)
        return {case: [self[function][row] for row in at] for case, at in rows.items()}

    def rows(self, function: str) -> dict[str, list[int]]:
        """As ``cases``, but where in the function's probes they stand."""
        return self._rows[function]

    def cheapest_first(self, function: str) -> list[int]:
        """Where the function's probes stand, those that take the fewest steps first."""
        probes = self[function]
        return sorted(range(len(probes)), key=lambda row: probes[row].steps)

    def _rows_of(self, function: str) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row, probe in enumerate(self[function]):
            if probe.case is not None:
                rows.setdefault(probe.case, []).append(row)
        if FUNCTIONS[function].parameters:
            rows[UNCHANGED_ARGUMENTS] = sorted(row for at in rows.values() for row in at)
        return rows

    def more(self, function: str, count: int, salt: int) -> list[Probe]:
        """Further ordinary probes, for a diagnosis that the first ones leave open."""
        draw = _ORDINARY.get(function)
        if draw is None:
            return []
        rng = _rng(self.seed, f"{function} {salt}")
        return [Probe(function, draw(rng)) for _ in range(count)]


def _rng(seed: int, name: str) -> Random:
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def _probes(name: str, seed: int) -> Iterator[Probe]:
    """All probes of a function; those that give marks are hidden but for the notes' examples."""
    if name == "practice_6_3":
        yield Probe(name, (), case="the first step", public=True, part=0)
        yield Probe(name, (), case="the second step", public=True, part=1)
        return
    if not FUNCTIONS[name].parameters:
        yield Probe(name, (), case="worked by hand", public=True)
        return
    yield from _MAKERS[name](name, _rng(seed, name))


# --- vectors: threshold, softmax and their Jacobians -------------------------------------------

_ALL_ABOVE = "every entry above −1"
_ALL_BELOW = "no entry above −1"
_AT = "an entry exactly at −1"
_NEAR = "an entry close to −1"
_AT_ZERO = "an entry exactly at 0"
_WHOLE = "whole numbers"
_LARGE = "very large values"
_TINY = "very small values"
_SINGLE = "a single entry"
_MANY = "ten entries or more"
_EQUAL = "equal entries"
_DEEP = "an entry below −3"

#: Values in every stretch between two thresholds, in orders that favour no place.
_FURTHER = (
    [0.34, -1.4, -0.34, 1.4],
    [1.6, -0.3, -3.4, 0.62, -1.4, 2.4],
    [-4.4, 3.4, -0.15, 0.62, -2.4, 1.4, -0.65, -1.3, 0.15],
)
_FIFTY = np.resize([0.34, -1.4, 3.4, -0.34, 1.4, -2.4, 0.7, 0.15, -3.4, -0.62], 50)


def _ordinary_vector(rng: Random) -> Array:
    """Values on both sides of −1 and of 0, none of them near either."""
    return rng.permutation(moved(rng, _FURTHER[int(rng.integers(2))]))


def _vector_tags(x: Array) -> set[str]:
    holds = {
        _ALL_ABOVE: np.all(x > -1),
        _ALL_BELOW: np.all(x <= -1),
        _AT: np.any(x == -1),
        _NEAR: np.any((x != -1) & (np.abs(x + 1) < 0.05)),
        _DEEP: np.any(x <= -3),
        _AT_ZERO: np.any(x == 0),
        _WHOLE: x.dtype.kind == "i",
        _LARGE: np.any(np.abs(x) > 20),
        _TINY: np.any((x != 0) & (np.abs(x) < 1e-2)),
        _SINGLE: x.size == 1,
        _MANY: x.size >= 10,
        _EQUAL: len(np.unique(x)) < x.size,
    }
    return {tag for tag, found in holds.items() if found}


def _vector_probe(name: str, x: object, case: str | None = None, public: bool = False) -> Probe:
    x = np.asarray(x)
    return Probe(name, (x,), frozenset(_vector_tags(x)), case, public)


def _vector_probes(name: str, rng: Random, *, kink: bool, notes: Array) -> Iterator[Probe]:
    for shown in ([1.5, -0.5, -2.0, 0.25], [2, -3, 0, 1], [1000.0, 999.0, -1000.0]):
        yield _vector_probe(name, shown, public=True)
    for shown in ([0.7, 25.0, -30.0, 24.0, 21.5], [0.7], [-2.5], [0.4, 0.4, -1.5, -1.5]):
        yield _vector_probe(name, shown, public=True)
    if kink:
        yield _vector_probe(name, [0.5, -1.0, -2.0, -0.75], public=True)
    yield _vector_probe(name, notes, "the example of the notes", public=True)
    for base in (_FURTHER[0], _FURTHER[2]):
        yield _vector_probe(name, moved(rng, base), "further inputs")
    a, b, c, d = np.array([7, 4, 4, 7]) + rng.integers(0, 2, 4)
    yield _vector_probe(name, np.array([a, -b, 0, 1, -2, c, 3, -d]), "whole numbers")
    for alike in ([0.7, -0.34, 1.4, 0.7, 0.7, -0.34, -1.6, 0.0, 1.4, -1.6, 0.0], [0.62] * 3):
        yield _vector_probe(name, moved_together(rng, alike), "zeros and equal entries")
    # A Jacobian of fifty columns would be most of what is sent.
    most = 30 if name.endswith("jacobian") else 50
    for size in (1, 2, most):
        yield _vector_probe(name, moved(rng, _FIFTY[:size]), "one entry, or many")
    yield _vector_probe(name, moved(rng, [-2.4]), "one entry, or many")
    same_values = moved(rng, _FURTHER[1])
    for ordered in (same_values, same_values[::-1].copy()):
        yield _vector_probe(name, ordered, "further inputs")
    yield from _beyond_the_kink(name, rng) if kink else _beyond_exp(name, rng)
    yield _vector_probe(name, moved(rng, [0.34, 2.4, 1.4, 0.62]))
    yield _vector_probe(name, rng.uniform(-0.9, 3.0, 5).round(2))


def _beyond_the_kink(name: str, rng: Random) -> Iterator[Probe]:
    """What is special to a threshold at −1."""
    exact = moved(rng, [0.34, -1.0, -1.4, 1.4, -1.0, -0.34, 0.7])
    exact[[1, 4]] = -1
    yield _vector_probe(name, exact, "at the threshold")
    yield _vector_probe(name, -1 + moved(rng, [0.03, -0.03, 3e-6, -3e-6, 1.4]), "at the threshold")
    for base in (
        [-1.4, -2.4, -3.4],
        [-1.4, 0.7, -2.4, -3.4],
        [0.7, 1.4, -0.3],
    ):
        yield _vector_probe(name, moved(rng, base), "all, none or one above")
    for x in (
        moved(rng, [1400.0, -1400.0, 7e5, -7e5, 3.4e4, -150.0]),
        moved(rng, [1.4e-6, -1.4e-6, 3.4e-4, -2.4e-3]),
    ):
        yield _vector_probe(name, x, "large and small values")


def _beyond_exp(name: str, rng: Random) -> Iterator[Probe]:
    """What is special to an exponential."""
    # In single precision these are the same numbers.
    large, huge = float(rng.integers(1000, 1500)), float(rng.integers(30_000, 40_000))
    for x in (
        -large + np.array([0.0, -1.5, 0.75]),
        np.array([-large - 400, -large, -large - 8, -large + 2, 1.25, 0.5]),
        np.array([large + 900, -large, large + 899, 0.5, -large, -large]),
        np.array([huge, huge - 1.5, -huge, huge - 0.5]),
        moved(rng, [0.7, -12.4, 1.4, -9.3, -6.6]),
        draws.nearly_one(rng),
        moved(rng, [1.4e-3, -3.4e-3, 2.4e-3, -0.7e-3]),
    ):
        yield _vector_probe(name, x, "large and small values")


# --- errors and Jacobians ----------------------------------------------------------------------

_SQUARE = "a square Jacobian"
_WIDE = "a wide Jacobian (more inputs than outputs)"
_TALL = "a tall Jacobian (more outputs than inputs)"
_ROW = "a Jacobian of one row"
_COLUMN = "a Jacobian of one column"
_ZEROS = "an error that is zero in places"
_ZERO_ERROR = "an error of zeros"
_IDENTITY = "an identity Jacobian"
_ZERO_JACOBIAN = "a Jacobian of zeros"


def _sizes_tag(arrays: list[Array]) -> set[str]:
    sizes = np.concatenate([np.abs(array[array != 0]).ravel() for array in arrays])
    large, tiny = bool((sizes > 20).any()), bool((sizes < 1e-2).any())
    return {tag for tag, found in ((_LARGE, large), (_TINY, tiny)) if found}


def _is_identity(J: Array) -> bool:
    return J.shape[0] == J.shape[1] and np.array_equal(J, np.eye(len(J)))


def _jacobian_tags(error: Array, jacobians: list[Array]) -> set[str]:
    holds = {
        _ZERO_ERROR: not error.any(),
        _ZEROS: bool(error.any() and not error.all()),
        _IDENTITY: any(_is_identity(J) for J in jacobians),
        _ZERO_JACOBIAN: any(not J.any() for J in jacobians),
        _WHOLE: any(array.dtype.kind == "i" for array in (error, *jacobians)),
    }
    return {tag for tag, found in holds.items() if found} | _sizes_tag([error, *jacobians])


def _product_probe(
    name: str, error: object, jacobian: object, case: str | None = None, public: bool = False
) -> Probe:
    e, J = np.asarray(error), np.asarray(jacobian)
    rows, columns = J.shape
    tags = {_SQUARE if rows == columns else _WIDE if rows < columns else _TALL}
    tags |= {tag for tag, size in ((_ROW, rows), (_COLUMN, columns)) if size == 1}
    return Probe(name, (e, J), frozenset(tags | _jacobian_tags(e, [J])), case, public)


def _propagate_error_probes(name: str, rng: Random) -> Iterator[Probe]:
    def probe(error: object, jacobian: object, case: str | None = None) -> Probe:
        return _product_probe(name, error, jacobian, case)

    def drawn(rows: int, columns: int, case: str | None = None) -> Probe:
        return probe(*draws.product(rng, rows, columns), case)

    yield _product_probe(name, [2.0, -1.0], [[0.5, 3.0], [4.0, 1.5]], public=True)
    for error, J in (
        ([1.0, -2.0], [[0.5, 2.0, -1.0], [3.0, 1.5, 0.25]]),
        ([1.0, -2.0, 0.5], [[0.5, 2.0], [3.0, 1.5], [-1.0, 4.0]]),
        ([2, -1], [[3, 1], [-2, 5]]),
        ([0.5], [[2.0, -3.0, 4.0]]),
    ):
        yield _product_probe(name, error, J, public=True)
    notes = [[3.0, 4.0], [5.0, 6.0]]
    yield _product_probe(name, [1.0, 2.0], notes, "the example of the notes", public=True)
    for size in (2, 4):
        yield drawn(size, size, "square Jacobians")
    for rows, columns in ((2, 4), (5, 3), (11, 12)):
        yield drawn(rows, columns, "Jacobians that are not square")
    for rows, columns in ((3, 2), (3, 3)):
        yield probe(draws.whole(rng, 1, rows)[0], draws.whole(rng, rows, columns), "whole numbers")
    yield probe(draws.whole(rng, 1, 3)[0], draws.matrix(rng, 3, 4), "whole numbers")
    for rows, columns in ((1, 3), (3, 1), (1, 1)):
        yield drawn(rows, columns, "a single row or column")
    special = "zeros, identities and equal entries"
    yield probe(np.zeros(3), draws.matrix(rng, 3, 2), special)
    yield probe(moved(rng, [0.0, 1.4, 0.0, -0.7]), draws.matrix(rng, 4, 3), special)
    yield probe(draws.vector(rng, 3), np.eye(3), special)
    yield probe(draws.vector(rng, 2), np.zeros((2, 3)), special)
    equal_rows = moved_together(rng, [[0.7, 1.4, 0.7], [0.7, 1.4, 0.7], [1.4, 0.0, -0.7]])
    yield probe(draws.vector(rng, 3), equal_rows, special)
    equal = moved_together(rng, [0.7, 0.7, 1.4])
    yield probe(equal, np.abs(draws.matrix(rng, 3, 3)), special)
    sizes = "large and small values"
    yield probe(draws.vector(rng, 3) * 1e3, draws.matrix(rng, 3, 3) * 1e3, sizes)
    yield probe(draws.vector(rng, 3) * 1e-5, draws.matrix(rng, 3, 4), sizes)
    yield probe(draws.vector(rng, 3) * 1e4, draws.matrix(rng, 3, 2) * 1e-4, sizes)
    yield drawn(3, 3)


_NO_JACOBIAN = "no Jacobian at all"
_ONE_JACOBIAN = "a single Jacobian"
_TWO = "two Jacobians"
_LONG = "a long chain"
_NARROWS = "Jacobians of different sizes"
_REPEATED = "the same Jacobian more than once"
_SINGLES = "an error of a single entry"


def _chain_probe(
    name: str, error: Array, jacobians: list[Array], case: str | None = None, public: bool = False
) -> Probe:
    tags = {{0: _NO_JACOBIAN, 1: _ONE_JACOBIAN, 2: _TWO}.get(len(jacobians), _LONG)}
    known = {(J.shape, J.tobytes()) for J in jacobians}
    holds = {
        _NARROWS: len({n for J in jacobians for n in J.shape}) > 1,
        _REPEATED: len(known) < len(jacobians),
        _SINGLES: error.size == 1,
    }
    tags |= {tag for tag, found in holds.items() if found} | _jacobian_tags(error, jacobians)
    return Probe(name, (error, jacobians), frozenset(tags), case, public)


def _chain_probes(name: str, rng: Random) -> Iterator[Probe]:
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
    yield probe(error, [one, np.zeros((3, 3)), two], special)
    yield probe(moved(rng, [0.0, -1.4, 0.0]), [np.eye(3), two], special)
    for e, size in ((1e-2, 0.04), (1e-5, 10.0), (1e4, 30.0)):
        steps = draws.chain(rng, (2,) * 5, salt=8)
        yield probe(steps[0] * e, [J * size for J in steps[1]], "large and small values")
    yield drawn(3, 3, 3, 3)
    yield drawn(2, 3, 2)


# --- networks ----------------------------------------------------------------------------------

_ONE_LAYER = "a single layer"
_TWO_LAYERS = "two layers"
_MANY_LAYERS = "three layers or more"
_HIDDEN = "a hidden layer"
_SAME_WIDTH = "layers of equal width"
_SAME_WEIGHTS = "the same weights in two layers"
_ONE_NEURON = "a layer of one neuron"
_DEAD = "a hidden layer that is all off"
_ALL_ON = "hidden layers that are all on"
_Z_ZERO = "a hidden pre-activation of exactly 0"
_NO_INPUT = "an input of zeros"
_EXTREME = "very large pre-activations at the top"
_LARGE_HIDDEN = "very large hidden activations"
_TINY_HIDDEN = "very small hidden activations"

# Two networks with round numbers, whose values may be shown. One hidden neuron of each is off.
_SHOWN = Network(
    [
        np.array([[0.5, -1.0], [1.0, 0.5], [-0.5, -0.5]]),
        np.array([[1.0, -0.5, 0.8], [0.2, 1.5, 0.4]]),
    ],
    np.array([1.0, 2.0]),
    np.array([1.0, 0.0]),
)
_SHOWN_SINGLE = Network(
    [np.array([[0.5, -1.0, 0.3], [1.0, 0.5, -0.2]])],
    np.array([1.0, 0.5, -1.0]),
    np.array([0.0, 1.0]),
)


def _network_tags(net: Network) -> set[str]:
    layers = len(net.weights)
    before = [W @ a for W, a in zip(net.weights, net.activations, strict=False)]
    hidden = net.activations[1:-1]
    on = np.concatenate([*hidden, np.zeros(0)])
    known = {(W.shape, W.tobytes()) for W in net.weights}
    holds = {
        _SAME_WIDTH: len(set(net.sizes)) == 1,
        _SAME_WEIGHTS: len(known) < layers,
        _ONE_NEURON: 1 in net.sizes[1:],
        _HIDDEN: layers > 1,
        _DEAD: any(not a.any() for a in hidden) and net.x.any(),
        _ALL_ON: bool(hidden) and on.all(),
        _Z_ZERO: any((z == 0).any() for z in before[:-1]) and net.x.any(),
        _NO_INPUT: not net.x.any(),
        _EXTREME: np.abs(before[-1]).max() > 100,
        _LARGE_HIDDEN: (on > 100).any(),
        _TINY_HIDDEN: ((on > 0) & (on < 1e-2)).any(),
        _WHOLE: net.weights[0].dtype.kind == "i",
    }
    length = _ONE_LAYER if layers == 1 else _TWO_LAYERS if layers == 2 else _MANY_LAYERS
    return {length} | {tag for tag, found in holds.items() if found}


_SHAPES: dict[str, tuple[tuple[int, ...], ...]] = {
    "two layers": ((3, 4, 2), (2, 3, 3)),
    "a single layer": ((4, 3),),
    "many layers": ((3, 5, 4, 3), (3, 2, 3, 3, 2, 3, 2), (3,) * 13),
    "one neuron, or many": ((1, 1, 1), (3, 1, 2), (2, 3, 1), (11, 12, 5)),
    "layers of equal width": ((3, 3, 3, 3),),
}

ArgumentsOf = Callable[[Random, Network], Arguments]


def _network_probe(
    name: str,
    rng: Random,
    arguments: ArgumentsOf,
    net: Network,
    case: str | None = None,
    *tags: str,
    public: bool = False,
) -> Probe:
    return Probe(name, arguments(rng, net), frozenset(_network_tags(net) | {*tags}), case, public)


def _network_probes(
    name: str, rng: Random, arguments: ArgumentsOf, *switched: Callable[[Network], Network]
) -> Iterator[Probe]:
    """Networks of all kinds, with hidden layers that are ``switched`` on or off in these ways."""

    def probe(net: Network, case: str | None = None) -> Probe:
        return _network_probe(name, rng, arguments, net, case)

    for shown in (_SHOWN, _SHOWN_SINGLE):
        # What is drawn for these is the same in every run: their numbers are shown.
        fixed = np.random.default_rng(6)
        yield _network_probe(name, fixed, arguments, shown, public=True)
    for case, shapes in _SHAPES.items():
        for shape in shapes:
            yield probe(draws.network(rng, *shape), case)
    yield probe(draws.alike(rng, 3, 3), "layers of equal width")
    net = draws.network(rng, 3, 4, 3)
    for special in switched:
        yield probe(special(net), "all, none or one switched on")
    for size in (1e-4, 2e3):
        yield probe(draws.rescaled(net, size), "large and small values")
    for shape in ((4, 4, 4), (2, 6, 2), (3, 3)):
        yield probe(draws.network(rng, *shape, salt=1))


_SWITCHED = (draws.all_off, draws.one_on, draws.all_on, draws.without_input)


def _at_zero_and_whole(rng: Random) -> Iterator[tuple[Network, str]]:
    yield draws.at_zero(rng), "all, none or one switched on"
    yield draws.whole_network(rng), "whole numbers"


def _forward_probes(name: str, rng: Random) -> Iterator[Probe]:
    def arguments(rng: Random, net: Network) -> Arguments:
        return net.weights, net.x

    yield from _network_probes(name, rng, arguments, *_SWITCHED)
    for net, case in _at_zero_and_whole(rng):
        yield _network_probe(name, rng, arguments, net, case)
    huge = draws.network(rng, 3, 4, 3, salt=2)
    for size, sign in ((2000, -1), (3e4, 1)):
        net = draws.saturated(huge, size, sign)
        yield _network_probe(name, rng, arguments, net, "very large weights")
    yield _network_probe(name, rng, arguments, draws.leading(huge, 9), "very large weights")
    # All far below 0, and apart by little.
    top = -np.abs(huge.weights[-1])
    lift = 1500 / np.abs(top @ draws.all_on(huge).activations[-2]).max()
    below = draws.all_on(huge)
    net = Network([below.weights[0], top * lift], below.x, below.target)
    yield _network_probe(name, rng, arguments, net, "very large weights")


_PERFECT = "a perfect prediction"
_ANY_TARGET = "a target beyond 0 and 1"


def _backward_probes(name: str, rng: Random) -> Iterator[Probe]:
    def arguments(rng: Random, net: Network) -> Arguments:
        return net.weights, net.activations, net.target

    def probe(net: Network, case: str, *tags: str) -> Probe:
        return _network_probe(name, rng, arguments, net, case, *tags)

    yield from _network_probes(name, rng, arguments, *_SWITCHED)
    for net, case in _at_zero_and_whole(rng):
        yield probe(net, case)
    targets = "targets of any kind"
    net, single = draws.network(rng, 3, 4, 3, salt=2), draws.network(rng, 2, 3, salt=2)
    yield probe(draws.outside(rng, net), targets, _ANY_TARGET)
    yield probe(draws.outside(rng, single), targets, _ANY_TARGET)
    offset = moved_together(rng, [700.0] * 3) + moved(rng, [0.7, -1.4, 0.3])
    yield probe(Network(net.weights, net.x, offset), targets, _ANY_TARGET)
    yield probe(Network(net.weights, net.x, np.eye(3)[1]), targets)
    yield probe(Network(net.weights, net.x, np.full(3, 1 / 3)), targets)
    yield probe(draws.perfect(net), targets, _PERFECT)
    sizes = "large and small values"
    yield probe(draws.saturated(net, 900), sizes)
    yield probe(draws.leading(net, 4.7), sizes)
    faint = Network([net.weights[0] * 2e4, net.weights[1] * 5e-5], net.x, net.target)
    yield probe(faint, sizes)


def _gradient_arguments(rng: Random, net: Network) -> Arguments:
    errors = [draws.vector(rng, len(W), salt) for salt, W in enumerate(net.weights)]
    return errors, net.activations


_TINY_ERRORS = "very small errors"
_LARGE_ERRORS = "very large errors"


def _gradient_probes(name: str, rng: Random) -> Iterator[Probe]:
    switched = draws.all_off, draws.without_input
    yield from _network_probes(name, rng, _gradient_arguments, *switched)
    tags = frozenset({_TWO_LAYERS, _HIDDEN, _WHOLE})
    errors = [draws.whole(rng, 1, 3)[0], draws.whole(rng, 1, 2)[0]]
    whole = [draws.whole(rng, 1, 2, 1)[0], np.array([3, 0, 2]), np.array([1, 0])]
    yield Probe(name, (errors, whole), tags, "whole numbers")
    errors = [draws.vector(rng, 3, 5), draws.vector(rng, 2, 5)]
    yield Probe(name, (errors, whole), tags, "whole numbers")
    net = draws.network(rng, 3, 4, 3, salt=2)
    plain, activations = _gradient_arguments(rng, net)
    tags = frozenset(_network_tags(net))
    for size, tag in ((1e-4, _TINY_ERRORS), (1e5, _LARGE_ERRORS)):
        scaled = [e * size for e in plain]
        yield Probe(name, (scaled, activations), tags | {tag}, "large and small values")
    zeros = [e * zero for e, zero in zip(plain, (0.0, 1.0), strict=True)]
    yield Probe(name, (zeros, activations), tags | {_ZERO_ERROR}, "zeros and equal entries")
    equal = [moved_together(rng, np.resize([0.7, -1.4], len(e))) for e in plain]
    yield Probe(name, (equal, activations), tags | {_EQUAL}, "zeros and equal entries")


def _update_arguments(rng: Random, net: Network) -> Arguments:
    gradients = [draws.matrix(rng, len(W), W.shape[1], n) for n, W in enumerate(net.weights)]
    return net.weights, gradients, float(moved(rng, 0.745))


_RATE_ZERO = "a learning rate of 0"
_RATE_NEGATIVE = "a negative learning rate"
_ZERO_GRADIENT = "a gradient of zeros"
_ZERO_WEIGHTS = "weights of zeros"
_RATE_ABOVE_1 = "a learning rate above 1"


def _update_probes(name: str, rng: Random) -> Iterator[Probe]:
    yield from _network_probes(name, rng, _update_arguments)
    weights = [draws.whole(rng, 2, 2), draws.whole(rng, 1, 2)]
    gradients = [draws.whole(rng, 2, 2, 1), draws.whole(rng, 1, 2, 1)]
    tags = frozenset({_TWO_LAYERS, _HIDDEN, _WHOLE})
    yield Probe(name, (weights, gradients, 0.25), tags, "whole numbers")
    net = draws.network(rng, 3, 4, 3, salt=2)
    weights, gradients, rate = _update_arguments(rng, net)
    tags = frozenset(_network_tags(net))
    for tag, rate in (
        (_RATE_ZERO, 0.0),
        (_RATE_NEGATIVE, float(moved(rng, -0.62))),
        (_RATE_ABOVE_1, float(moved(rng, 14.0))),
        (_RATE_ABOVE_1, 3),
    ):
        yield Probe(name, (weights, gradients, rate), tags | {tag}, "learning rates of any kind")
    zeros = [G * zero for G, zero in zip(gradients, (0.0, 1.0), strict=True)]
    yield Probe(name, (weights, zeros, 0.34), tags | {"gradients of zeros"}, "zeros")
    yield Probe(
        name, ([W * 0.0 for W in weights], gradients, 0.34), tags | {"weights of zeros"}, "zeros"
    )
    for size, tag in ((1e-4, _TINY), (3e4, _LARGE)):
        arguments = [W * size for W in weights], [G * size for G in gradients], 1.4e-2
        yield Probe(name, arguments, tags | {tag}, "large and small values")


# --- training ----------------------------------------------------------------------------------

_ONE_EPOCH = "one epoch"
_EPOCHS = "several epochs"
_NO_EPOCH = "no epoch at all"
_ONE_EXAMPLE = "a single example"
_MANY_EXAMPLES = "more than ten examples"
_MANY_EPOCHS = "more than twenty epochs"
_CONTRADICTING = "examples that contradict each other"
_SMALL_LOSS = "a loss of nearly 0"


def _train_probe(
    name: str,
    weights: list[Array],
    inputs: Array,
    targets: Array,
    rate: float,
    epochs: int,
    case: str | None = None,
    *tags: str,
    public: bool = False,
) -> Probe:
    net = Network(weights, inputs[0], targets[0])
    layers = {_ONE_LAYER, _TWO_LAYERS, _MANY_LAYERS, _HIDDEN, _SAME_WIDTH, _ONE_NEURON, _WHOLE}
    holds = {
        {0: _NO_EPOCH, 1: _ONE_EPOCH}.get(epochs, _EPOCHS): True,
        _MANY_EPOCHS: epochs > 20,
        _ONE_EXAMPLE: len(inputs) == 1,
        _MANY_EXAMPLES: len(inputs) > 10,
        _RATE_ZERO: rate == 0,
        _RATE_NEGATIVE: rate < 0,
        _RATE_ABOVE_1: rate > 1,
        _ANY_TARGET: targets.min() < 0 or targets.max() > 1,
    }
    found = {*tags, *(_network_tags(net) & layers), *(tag for tag, is_so in holds.items() if is_so)}
    arguments = (weights, inputs, targets, rate, epochs)
    return Probe(name, arguments, frozenset(found), case, public, copied=epochs == 0)


def _examples(rng: Random, net: Network, count: int) -> tuple[Array, Array]:
    """The network's own input and further ones, with one-hot targets in turn."""
    size, outputs = net.sizes[0], net.sizes[-1]
    inputs = [net.x, *(draws.vector(rng, size, salt) for salt in range(1, count))]
    return np.array(inputs), np.eye(outputs)[np.arange(count) % outputs]


def _train_probes(name: str, rng: Random) -> Iterator[Probe]:
    def probe(
        sizes: tuple[int, ...],
        examples: int,
        epochs: int,
        case: str | None = None,
        *tags: str,
        rate: float = 0.34,
    ) -> Probe:
        net = draws.network(rng, *sizes)
        inputs, targets = _examples(rng, net, examples)
        by = float(moved(rng, rate))
        return _train_probe(name, net.weights, inputs, targets, by, epochs, case, *tags)

    inputs, targets = np.array([[1.0, 2.0], [-1.0, 0.5]]), np.array([[1.0, 0.0], [0.0, 1.0]])
    yield _train_probe(name, _SHOWN.weights, inputs, targets, 0.5, 2, public=True)
    yield _far_off(name, rng)
    yield probe((2, 3, 2), 1, 1, "one example, one epoch")
    yield probe((2, 3, 2), 11, 1, "several examples")
    yield probe((2, 3, 2), 3, 2, "several epochs")
    yield _long(name, rng)
    yield probe((3, 4, 3, 2), 2, 2, "many layers")
    yield probe((2, 3, 2, 3, 3, 2), 1, 1, "many layers")
    yield probe((2, 3, 2), 2, 0, "no epoch")
    yield _whole_training(name, rng)
    yield _contradicting(name, rng)
    for rate, epochs in ((0.0, 2), (-0.62, 1)):
        yield probe((2, 3, 2), 1, epochs, "learning rates of any kind", rate=rate)
    yield _steep(name, rng)
    for off, epochs in ((1e-5, 3), (5e-3, 1)):
        yield _nearly_perfect(name, rng, off, epochs)
    yield probe((2, 1, 1), 1, 1, "one neuron")
    yield probe((3, 3, 3), 3, 2)


def _far_off(name: str, rng: Random) -> Probe:
    """Targets that no output comes near."""
    net = draws.network(rng, 3, 2)
    targets, rate = moved(rng, [[2.4, -1.4]]), float(moved(rng, 0.34))
    return _train_probe(name, net.weights, net.x[None], targets, rate, 1, "one example, one epoch")


def _long(name: str, rng: Random) -> Probe:
    """More epochs than anyone stops after, the loss small in the end, but still falling."""
    net = draws.network(rng, 3, 2)
    rate = float(moved(rng, 2.4))
    targets = net.target[None]
    return _train_probe(name, net.weights, net.x[None], targets, rate, 21, "several epochs")


def _steep(name: str, rng: Random) -> Probe:
    """A rate above 1, with large weights and gradients."""
    net = draws.rescaled(draws.network(rng, 2, 3, 2), 9.0)
    rate = float(moved(rng, 3.4))
    return _train_probe(
        name, net.weights, net.x[None], net.target[None], rate, 2, "learning rates of any kind"
    )


def _contradicting(name: str, rng: Random) -> Probe:
    """Examples that come twice, once with another target, at a rate at which the loss rises."""
    net = draws.network(rng, 3, 3, salt=1)
    near, far = net.target[::-1] * 1.6 - 0.3, net.target * 1.4 - 0.15
    inputs = np.array([net.x, net.x, net.x, draws.vector(rng, 3, 1)])
    targets = moved(rng, [near, near, far, [0.34, 0.7, -0.2]])
    targets[1] = targets[0]
    case = "examples that come again"
    rate = float(moved(rng, 3.4))
    return _train_probe(name, net.weights, inputs, targets, rate, 3, case, _CONTRADICTING)


def _nearly_perfect(name: str, rng: Random, off: float, epochs: int) -> Probe:
    """A loss that is nearly 0 from the start and stays it."""
    net = draws.network(rng, 2, 3, 2)
    inputs, targets = net.x[None], net.activations[-1][None] + [[off, -off]]
    case = "examples that come again"
    return _train_probe(name, net.weights, inputs, targets, 0.34, epochs, case, _SMALL_LOSS)


def _whole_training(name: str, rng: Random) -> Probe:
    net = draws.whole_network(rng)
    inputs, targets = np.array([[1, 1], [2, -1], [0, 1]]), np.array([[1, 0], [0, 1], [1, 0]])
    return _train_probe(name, net.weights, inputs, targets, 0.25, 1, "whole numbers")


# --- the table of makers -----------------------------------------------------------------------

_JACOBIAN_NOTES = np.array([0.6, -1.4, -0.3, 1.2])

_MAKERS: dict[str, Callable[[str, Random], Iterator[Probe]]] = {
    "threshold": lambda n, r: _vector_probes(n, r, kink=True, notes=HAND_X),
    # At the notes' own vector its value is the answer of the practice, so another one serves.
    "threshold_jacobian": lambda n, r: _vector_probes(n, r, kink=True, notes=_JACOBIAN_NOTES),
    "softmax": lambda n, r: _vector_probes(n, r, kink=False, notes=HAND_X),
    "softmax_jacobian": lambda n, r: _vector_probes(n, r, kink=False, notes=HAND_X),
    "propagate_error": _propagate_error_probes,
    "propagate_chain": _chain_probes,
    "forward": _forward_probes,
    "backward": _backward_probes,
    "weight_gradients": _gradient_probes,
    "update_weights": _update_probes,
    "train": _train_probes,
    "error_norms": _chain_probes,
}


def _ordinary_product(rng: Random) -> Arguments:
    rows, columns = (int(n) for n in rng.integers(2, 5, 2))
    return draws.product(rng, rows, columns)


def _ordinary_chain(rng: Random) -> Arguments:
    return draws.chain(rng, [int(n) for n in rng.integers(2, 5, size=4)])


def _ordinary_network(rng: Random) -> Network:
    return draws.network(rng, *(int(n) for n in rng.integers(2, 5, size=4)), salt=3)


def _ordinary_backward(rng: Random) -> Arguments:
    net = _ordinary_network(rng)
    return net.weights, net.activations, net.target


def _ordinary_training(rng: Random) -> Arguments:
    net = _ordinary_network(rng)
    return (net.weights, *_examples(rng, net, 3), float(moved(rng, 0.34)), 2)


_ORDINARY: dict[str, Callable[[Random], Arguments]] = {
    "threshold": lambda r: (_ordinary_vector(r),),
    "threshold_jacobian": lambda r: (_ordinary_vector(r),),
    "softmax": lambda r: (_ordinary_vector(r),),
    "softmax_jacobian": lambda r: (_ordinary_vector(r),),
    "propagate_error": _ordinary_product,
    "propagate_chain": _ordinary_chain,
    "error_norms": _ordinary_chain,
    "forward": lambda r: (lambda net: (net.weights, net.x))(_ordinary_network(r)),
    "backward": _ordinary_backward,
    "weight_gradients": lambda r: _gradient_arguments(r, _ordinary_network(r)),
    "update_weights": lambda r: _update_arguments(r, _ordinary_network(r)),
    "train": _ordinary_training,
}
