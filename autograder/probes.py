"""The inputs on which every function is tried: named, tagged, and drawn anew for each seed.

A probe is either *public* (printed in the notes or made up for explanations, so its numbers may
be shown to a student) or hidden (drawn from the seed, never shown). A probe with a ``case``
counts towards the marks; one without serves the diagnosis alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.contract import FUNCTIONS

Array = NDArray[Any]
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
    """

    function: str
    arguments: Arguments
    tags: frozenset[str] = field(default_factory=frozenset)
    case: str | None = None
    public: bool = False
    part: int | None = None

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


def _rng(seed: int, name: str) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def _probes(name: str, seed: int) -> Iterator[Probe]:
    if name == "practice_6_3":
        yield Probe(name, (), case="the first step", public=True, part=0)
        yield Probe(name, (), case="the second step", public=True, part=1)
        return
    if not FUNCTIONS[name].parameters:
        yield Probe(name, (), case="worked by hand", public=True)
        return
    yield from _MAKERS[name](name, _rng(seed, name))


# --- vectors: threshold, softmax and their Jacobians -------------------------------------------


def _ordinary_vector(rng: np.random.Generator, size: int | None = None) -> Array:
    """Values on both sides of -1 and of 0, none of them near either."""
    n = int(rng.integers(4, 7)) if size is None else size
    low, middle = rng.uniform(-2.9, -1.1, n), rng.uniform(-0.9, -0.1, n)
    x = np.where(rng.random(n) < 0.4, rng.uniform(0.1, 2.5, n), middle)
    x[: min(3, n)] = [low[0], middle[0], rng.uniform(0.2, 2.0)][: min(3, n)]
    if n > 3:
        x[3] = low[3]
    return np.round(rng.permutation(x), 3)


def _with_exact(rng: np.random.Generator, value: float) -> Array:
    x = _ordinary_vector(rng, 6)
    x[rng.choice(6, 2, replace=False)] = value
    return np.append(x, rng.uniform(0.2, 2.0))


def _whole(rng: np.random.Generator) -> Array:
    x = rng.permutation(np.array([-5, -3, -2, 0, 1, 2, 3, 4]))
    return x[: int(rng.integers(6, 9))]


_ALL_ABOVE = "every entry above −1"
_AT = "an entry exactly at −1"
_AT_ZERO = "an entry exactly at 0"
_WHOLE = "whole numbers"
_LARGE = "very large or very small values"
_SINGLE = "a single entry"
_EQUAL = "equal entries"
_DEEP = "an entry below −3"


def _vector_probes(
    name: str, rng: np.random.Generator, *, kink: bool, notes: Array
) -> Iterator[Probe]:
    def probe(x: object, *tags: str, case: str | None = None, public: bool = False) -> Probe:
        x = np.asarray(x)
        found = set(tags)
        if np.all(x > -1):
            found.add(_ALL_ABOVE)
        if np.any(x <= -3):
            found.add(_DEEP)
        if np.any(x == 0):
            found.add(_AT_ZERO)
        return Probe(name, (x,), frozenset(found), case, public)

    yield probe([1.5, -0.5, -2.0, 0.25], public=True)
    yield probe(notes, case="the example of the notes", public=True)
    for _ in range(3):
        yield probe(_ordinary_vector(rng), case="further inputs")
    yield probe(rng.uniform(-4.5, 4.5, 9).round(2), case="further inputs")
    if kink:
        yield probe([0.5, -1.0, -2.0], _AT, public=True)
        yield probe(_with_exact(rng, -1.0), _AT, case="exactly at the threshold")
    yield probe([2, -3, 0, 1], _WHOLE, public=True)
    yield probe(_whole(rng), _WHOLE, case="whole numbers")
    yield probe([1000.0, 999.0, -1000.0], _LARGE, public=True)
    # In single precision these are the same numbers.
    large = float(rng.integers(1000, 1500))
    yield probe([large, -large, large + 1.25, large / 512], _LARGE, case="large values")
    yield probe([-1000.0, -1001.5, -999.0], _LARGE, case=None if kink else "large values")
    yield probe(np.array([0.7, 25.0, -30.0, 24.0, 21.5]), _LARGE, public=True)
    yield probe([0.7], _SINGLE, public=True)
    yield probe([-2.5], _SINGLE, public=True)
    yield probe([0.4, 0.4, -1.5, -1.5], _EQUAL, public=True)
    yield probe(np.abs(_ordinary_vector(rng)))
    yield probe(rng.uniform(-0.9, 3.0, 5).round(2))


# --- errors and Jacobians ----------------------------------------------------------------------

_SQUARE = "a square Jacobian"
_WIDE = "a wide Jacobian (more inputs than outputs)"
_TALL = "a tall Jacobian (more outputs than inputs)"
_ROW = "a Jacobian of one row"
_COLUMN = "a Jacobian of one column"
_ZEROS = "an error that is zero in places"


def _matrix(rng: np.random.Generator, rows: int, columns: int) -> Array:
    """Entries of both signs, none near 0 or 1 in size."""
    size = rng.uniform(0.3, 2.0, (rows, columns))
    matrix: Array = np.round(size * rng.choice([-1.0, 1.0], (rows, columns)), 3)
    return matrix


def _error(rng: np.random.Generator, size: int) -> Array:
    row: Array = _matrix(rng, 1, size)[0]
    return row


def _product_probe(name: str, error: object, jacobian: object, *tags: str, **kind: object) -> Probe:
    e, J = np.asarray(error), np.asarray(jacobian)
    rows, columns = J.shape
    shape = _SQUARE if rows == columns else _WIDE if rows < columns else _TALL
    extra = {_ROW: rows == 1, _COLUMN: columns == 1, _ZEROS: bool(np.any(e == 0))}
    found = frozenset({shape, *tags, *(tag for tag, holds in extra.items() if holds)})
    return Probe(name, (e, J), found, **kind)  # type: ignore[arg-type]


def _propagate_error_probes(name: str, rng: np.random.Generator) -> Iterator[Probe]:
    def probe(error: object, jacobian: object, *tags: str, **kind: object) -> Probe:
        return _product_probe(name, error, jacobian, *tags, **kind)

    yield probe([2.0, -1.0], [[0.5, 3.0], [4.0, 1.5]], public=True)
    yield probe([1.0, 2.0], [[3.0, 4.0], [5.0, 6.0]], case="the example of the notes", public=True)
    yield probe([1.0, -2.0], [[0.5, 2.0, -1.0], [3.0, 1.5, 0.25]], public=True)
    yield probe([1.0, -2.0, 0.5], [[0.5, 2.0], [3.0, 1.5], [-1.0, 4.0]], public=True)
    for rows, columns, case in (
        (3, 3, "square Jacobians"),
        (4, 4, "square Jacobians"),
        (2, 4, "Jacobians that are not square"),
        (3, 5, "Jacobians that are not square"),
        (5, 3, "Jacobians that are not square"),
        (4, 2, "Jacobians that are not square"),
    ):
        yield probe(_error(rng, rows), _matrix(rng, rows, columns), case=case)
    yield probe([2, -1], [[3, 1], [-2, 5]], _WHOLE, public=True)
    whole = rng.choice([-4, -3, -2, 2, 3, 4], (3, 3))
    yield probe(whole[0], rng.choice([-4, -3, -2, 2, 3, 5], (3, 2)), _WHOLE, case="whole numbers")
    yield probe(whole[0], whole, _WHOLE, case="whole numbers")
    yield probe([0.5], [[2.0, -3.0, 4.0]], public=True)
    yield probe(_error(rng, 1), _matrix(rng, 1, 3), case="a single row or column")
    yield probe(_error(rng, 3), _matrix(rng, 3, 1), case="a single row or column")
    yield probe(_error(rng, 1), _matrix(rng, 1, 1))
    yield probe([0.0, 1.5, 0.0], _matrix(rng, 3, 4))
    yield probe(_error(rng, 3) * 1e3, _matrix(rng, 3, 3) * 1e3, _LARGE, case="square Jacobians")


_IDENTITY = "an identity Jacobian"
_SMALL = "a very small error"
_ZERO_ERROR = "an error of zeros"
_NO_JACOBIAN = "no Jacobian at all"
_ONE_JACOBIAN = "a single Jacobian"
_TWO = "two Jacobians"
_LONG = "a long chain"
_NARROWS = "Jacobians of different sizes"


def _chain(rng: np.random.Generator, sizes: Sequence[int]) -> Arguments:
    return _error(rng, sizes[0]), [_matrix(rng, i, j) for i, j in pairwise(sizes)]


def _chain_probe(name: str, arguments: Arguments, *tags: str, **kind: object) -> Probe:
    jacobians = arguments[1]
    assert isinstance(jacobians, list)
    length = {0: _NO_JACOBIAN, 1: _ONE_JACOBIAN, 2: _TWO}.get(len(jacobians), _LONG)
    sizes = {n for J in jacobians for n in J.shape}
    found = {length, *tags} | ({_NARROWS} if len(sizes) > 1 else set())
    return Probe(name, arguments, frozenset(found), **kind)  # type: ignore[arg-type]


def _chain_probes(name: str, rng: np.random.Generator) -> Iterator[Probe]:
    def probe(arguments: Arguments, *tags: str, **kind: object) -> Probe:
        return _chain_probe(name, arguments, *tags, **kind)

    def array(values: object) -> Array:
        return np.asarray(values)

    first, second = array([[0.5, 3.0], [4.0, 1.5]]), array([[1.0, -2.0], [0.5, 3.0]])
    yield probe((array([2.0, -1.0]), [first, second]), public=True)
    yield probe((array([2.0, -1.0]), [first]), public=True)
    notes = array([[3.0, 4.0], [5.0, 6.0]])
    yield probe((array([1.0, 2.0]), [notes, second]), case="a short chain", public=True)
    yield probe(_chain(rng, [3, 3, 3]), case="a short chain")
    yield probe(
        (array([1.0, -2.0]), [array([[0.5, 2.0, -1.0], [3.0, 1.5, 0.25]]), _matrix(rng, 3, 2)]),
        public=False,
    )
    for sizes in ([2, 3, 4], [4, 2, 3, 1], [3, 5, 2, 2]):
        yield probe(_chain(rng, sizes), case="Jacobians of different sizes")
    yield probe(_chain(rng, [3] * 7), case="a long chain")
    yield probe(_chain(rng, [2] * 5), case="a long chain")
    whole = [rng.choice([-3, -2, 2, 3], (2, 3)), rng.choice([-3, -2, 2, 3], (3, 2))]
    yield probe((array([2, -3]), whole), _WHOLE, case="whole numbers")
    yield probe((array([2, -3]), [w[:2, :2] for w in whole]), _WHOLE, case="whole numbers")
    error, (first, second) = _chain(rng, [3, 3, 3])
    yield probe((error, [first, np.eye(3), second]), _IDENTITY, case="a long chain")
    yield probe((error * 0.01, [first * 0.1, second]), _SMALL, case="a short chain")
    yield probe((error * 0.0, [first, second]), _ZERO_ERROR, case="a short chain")
    yield probe(_chain(rng, [3, 2]), case="one Jacobian, and none")
    yield probe(_chain(rng, [3]), case="one Jacobian, and none")
    yield probe(_chain(rng, [3, 3, 3, 3]))


# --- networks ----------------------------------------------------------------------------------

_ONE_LAYER = "a single layer"
_TWO_LAYERS = "two layers"
_MANY_LAYERS = "three layers or more"
_HIDDEN = "a hidden layer"
_SAME_WIDTH = "layers of equal width"
_HUGE = "very large weights"


@dataclass(frozen=True)
class _Network:
    weights: list[Array]
    x: Array
    target: Array
    tags: frozenset[str]


def _forward(weights: Sequence[Array], x: Array) -> list[Array]:
    """The pass that makes the inputs of ``backward`` and ``weight_gradients``."""
    activations: list[Array] = [np.asarray(x, dtype=float)]
    for layer, W in enumerate(weights, start=1):
        z = np.asarray(W, dtype=float) @ activations[-1]
        if layer < len(weights):
            activations.append(np.where(z > 0, z, 0.0))
        else:
            e = np.exp(z - z.max())
            activations.append(e / e.sum())
    return activations


def _network(rng: np.random.Generator, sizes: Sequence[int]) -> _Network:
    """Random weights under which each hidden layer has neurons both on and off."""
    target = np.eye(sizes[-1])[int(rng.integers(sizes[-1]))]
    if sizes[-1] > 2:
        target = np.round(rng.dirichlet(np.ones(sizes[-1])), 2)
    for _ in range(2000):
        weights = [_matrix(rng, rows, columns) * 0.6 for columns, rows in pairwise(sizes)]
        x = _error(rng, sizes[0])
        hidden = _forward(weights, x)[1:-1]
        mixed = all((a > 0).any() and ((a == 0).any() or a.size == 1) for a in hidden)
        if mixed and _forward(weights, x)[-1].max() < 0.9:
            break
    return _Network(weights, x, target, _network_tags(sizes))


def _network_tags(sizes: Sequence[int]) -> frozenset[str]:
    layers = len(sizes) - 1
    tags = {_ONE_LAYER if layers == 1 else _TWO_LAYERS if layers == 2 else _MANY_LAYERS}
    if len(set(sizes)) == 1:
        tags.add(_SAME_WIDTH)
    if layers > 1:
        tags.add(_HIDDEN)
    return frozenset(tags)


_NETWORKS: tuple[tuple[tuple[int, ...], str], ...] = (
    ((3, 4, 2), "two layers"),
    ((2, 3, 3), "two layers"),
    ((3, 2), "a single layer"),
    ((4, 3), "a single layer"),
    ((3, 5, 4, 3), "many layers"),
    ((2, 4, 3, 4, 2), "many layers"),
    ((3, 3, 3, 3), "layers of equal width"),
)

# Two networks with round numbers, whose values may be shown. One hidden neuron of each is off.
_SHOWN = _Network(
    [
        np.array([[0.5, -1.0], [1.0, 0.5], [-0.5, -0.5]]),
        np.array([[1.0, -0.5, 0.8], [0.2, 1.5, 0.4]]),
    ],
    np.array([1.0, 2.0]),
    np.array([1.0, 0.0]),
    frozenset({_TWO_LAYERS, _HIDDEN}),
)
_SHOWN_SINGLE = _Network(
    [np.array([[0.5, -1.0, 0.3], [1.0, 0.5, -0.2]])],
    np.array([1.0, 0.5, -1.0]),
    np.array([0.0, 1.0]),
    frozenset({_ONE_LAYER}),
)


def _network_probes(
    name: str,
    rng: np.random.Generator,
    arguments: Callable[[np.random.Generator, _Network], Arguments],
    *,
    whole: bool = True,
) -> Iterator[Probe]:
    for shown in (_SHOWN, _SHOWN_SINGLE):
        # What is drawn for these is the same in every run: their numbers are shown.
        yield Probe(name, arguments(np.random.default_rng(6), shown), shown.tags, public=True)
    for sizes, case in _NETWORKS:
        net = _network(rng, sizes)
        yield Probe(name, arguments(rng, net), net.tags, case)
    if whole:
        net = _whole_network(rng)
        yield Probe(name, arguments(rng, net), net.tags | {_WHOLE}, "whole numbers")
    for sizes in ((4, 4, 4), (2, 6, 2), (3, 3)):
        net = _network(rng, sizes)
        yield Probe(name, arguments(rng, net), net.tags)


def _whole_network(rng: np.random.Generator) -> _Network:
    """Whole numbers throughout; the two top pre-activations are close, so that no error is 0."""
    W1 = rng.permutation(np.array([[1, -2], [2, 1], [-1, -1]]))
    W2 = np.array([[1, 0, 1], [0, 1, 1]])[:, rng.permutation(3)]
    x = np.array([int(rng.integers(1, 3)), int(rng.integers(-2, 2))])
    return _Network([W1, W2], x, np.array([0, 1]), _network_tags((2, 3, 2)))


def _forward_probes(name: str, rng: np.random.Generator) -> Iterator[Probe]:
    yield from _network_probes(name, rng, lambda _, net: (net.weights, net.x))
    huge = _network(rng, (3, 4, 3))
    hidden = _forward(huge.weights, huge.x)[-2]
    # Scaled so that the largest top pre-activation is well beyond what exp can take.
    top = huge.weights[-1] * (2000 / max(np.abs(huge.weights[-1] @ hidden).max(), 1e-3))
    top *= np.sign((top @ hidden)[np.abs(top @ hidden).argmax()])
    yield Probe(name, ([huge.weights[0], top], huge.x), huge.tags | {_HUGE}, "very large weights")
    at_zero = [np.array([[1.0, -1.0], [0.5, 2.0], [2.0, -2.0]]), _matrix(rng, 2, 3)]
    yield Probe(name, (at_zero, np.array([0.5, 0.5])), frozenset({_TWO_LAYERS, _HIDDEN, _AT_ZERO}))


def _backward_probes(name: str, rng: np.random.Generator) -> Iterator[Probe]:
    yield from _network_probes(
        name, rng, lambda _, net: (net.weights, _forward(net.weights, net.x), net.target)
    )


def _gradient_arguments(rng: np.random.Generator, net: _Network) -> Arguments:
    errors = [_error(rng, W.shape[0]) for W in net.weights]
    return errors, _forward(net.weights, net.x)


def _gradient_probes(name: str, rng: np.random.Generator) -> Iterator[Probe]:
    yield from _network_probes(name, rng, _gradient_arguments, whole=False)
    errors = [np.array([2, -1, 3]), np.array([-2, 1])]
    activations = [np.array([1, -2]), np.array([3, 0, 2]), np.array([1, 0])]
    yield Probe(
        name, (errors, activations), frozenset({_TWO_LAYERS, _HIDDEN, _WHOLE}), "whole numbers"
    )


def _update_arguments(rng: np.random.Generator, net: _Network) -> Arguments:
    gradients = [_matrix(rng, *W.shape) for W in net.weights]
    return net.weights, gradients, float(np.round(rng.uniform(0.05, 0.7), 2))


def _update_probes(name: str, rng: np.random.Generator) -> Iterator[Probe]:
    yield from _network_probes(name, rng, _update_arguments, whole=False)
    weights = [np.array([[2, -3], [1, 4]]), np.array([[5, -2]])]
    gradients = [np.array([[3, 1], [-2, 4]]), np.array([[1, -3]])]
    tags = frozenset({_TWO_LAYERS, _HIDDEN, _WHOLE})
    yield Probe(name, (weights, gradients, 0.25), tags, "whole numbers")


_ONE_EPOCH = "one epoch"
_EPOCHS = "several epochs"
_NO_EPOCH = "no epoch at all"
_ONE_EXAMPLE = "a single example"


def _train_probe(
    name: str,
    rng: np.random.Generator,
    sizes: Sequence[int],
    examples: int,
    epochs: int,
    rates: tuple[float, float] = (0.2, 0.6),
    **kind: object,
) -> Probe:
    net = _network(rng, sizes)
    inputs = np.vstack([net.x, *(_error(rng, sizes[0]) for _ in range(examples - 1))])
    targets = np.eye(sizes[-1])[np.arange(examples) % sizes[-1]]
    length = {0: _NO_EPOCH, 1: _ONE_EPOCH}.get(epochs, _EPOCHS)
    tags = net.tags | {length} | ({_ONE_EXAMPLE} if examples == 1 else set())
    rate = float(np.round(rng.uniform(*rates), 2))
    arguments = (net.weights, inputs, targets, rate, epochs)
    return Probe(name, arguments, tags, **kind)  # type: ignore[arg-type]


def _train_probes(name: str, rng: np.random.Generator) -> Iterator[Probe]:
    inputs, targets = np.array([[1.0, 2.0], [-1.0, 0.5]]), np.array([[1.0, 0.0], [0.0, 1.0]])
    shown = (_SHOWN.weights, inputs, targets, 0.5, 2)
    yield Probe(name, shown, _SHOWN.tags | {_EPOCHS}, public=True)
    for sizes, examples, epochs, case in (
        ((3, 2), 1, 1, "one example, one epoch"),
        ((2, 3, 2), 1, 1, "one example, one epoch"),
        ((2, 4, 3), 3, 1, "several examples"),
        ((3, 4, 2), 4, 1, "several examples"),
        ((2, 3, 2), 3, 2, "several epochs"),
        ((3, 2), 2, 6, "several epochs"),
        ((3, 4, 3, 2), 2, 2, "many layers"),
        ((2, 3, 2), 2, 0, "no epoch"),
    ):
        yield _train_probe(name, rng, sizes, examples, epochs, case=case)
    # The loss gets so small that a stop at a small loss shows.
    yield _train_probe(name, rng, (3, 2), 1, 8, (3.0, 5.0), case="several epochs")
    whole = _whole_network(rng)
    inputs, targets = np.array([[1, 1], [2, -1], [0, 1]]), np.array([[1, 0], [0, 1], [1, 0]])
    arguments = (whole.weights, inputs, targets, 0.25, 1)
    yield Probe(name, arguments, whole.tags | {_WHOLE, _ONE_EPOCH}, "whole numbers")
    yield _train_probe(name, rng, (3, 3, 3), 3, 2)


# --- the table of makers -----------------------------------------------------------------------

_JACOBIAN_NOTES = np.array([0.6, -1.4, -0.3, 1.2])

_MAKERS: dict[str, Callable[[str, np.random.Generator], Iterator[Probe]]] = {
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


def _ordinary_product(rng: np.random.Generator) -> Arguments:
    rows = int(rng.integers(2, 5))
    return _error(rng, rows), _matrix(rng, rows, int(rng.integers(2, 5)))


def _ordinary_chain(rng: np.random.Generator) -> Arguments:
    return _chain(rng, [int(n) for n in rng.integers(2, 5, size=4)])


def _ordinary_network(rng: np.random.Generator) -> _Network:
    return _network(rng, [int(n) for n in rng.integers(2, 5, size=4)])


def _ordinary_backward(rng: np.random.Generator) -> Arguments:
    net = _ordinary_network(rng)
    return net.weights, _forward(net.weights, net.x), net.target


_ORDINARY: dict[str, Callable[[np.random.Generator], Arguments]] = {
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
    "train": lambda r: _train_probe("train", r, (3, 3, 2), 3, 2).arguments,
}
