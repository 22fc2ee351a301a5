"""`weight_gradients`: each error beside the activation that its weights met (6.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.assignment.allowed import fit, items, vector
from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import Floats
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    add_list_faults,
    finish,
)
from autograder.assignment.probe import Arguments, Probe, Random
from autograder.assignment.recipe import Recipe, same
from autograder.notes6 import draws, networks
from autograder.notes6.draws import EQUAL, WHOLE, Array, moved, moved_together
from autograder.notes6.formulas import VOCABULARIES
from autograder.notes6.last_as_bias import bias_in_gradients
from autograder.notes6.networks import (
    HIDDEN,
    NETWORK_LOOKS,
    NOT_THERE,
    ONE_MORE_ACTIVATION,
    TWO_LAYERS,
    Network,
    arrays,
    network_inputs,
    network_tags,
    on,
    rectify,
    transposed_if_square,
)
from autograder.notes6.other_pairs import other_pairs
from autograder.notes6.products import ZERO_ERROR
from autograder.notes6.quantities import QUANTITIES
from autograder.notes6.shown_by import SHOWN_BY
from autograder.notes6.special_networks import FAR_APART, special_vectors
from autograder.source.phrases import said


def _weight_gradients(s: Any, c: Any, errors: Any, activations: Any) -> Any:
    triples = s.pairs(arrays(errors), arrays(activations))
    return finish(s, [s.product(s.error(e), s.activation(a), own) for e, a, own in triples])


def _zip(errors: Any, below: Any, own: Any) -> Any:
    return zip(errors, below, own, strict=False)


def _inner_cut_to_fit(e: Any, a: Any, own: Any) -> Any:
    n = min(len(e), len(a))
    return e[:n] @ a[:n]


recipe = Recipe(
    "weight_gradients",
    _weight_gradients,
    pairs=lambda errors, a: _zip(errors, a[:-1], a[1:]),
    error=same,
    activation=same,
    product=lambda e, a, own: np.outer(e, a),
    **OUTPUT_STEPS,
)
recipe.add("activations-of-own-layer", pairs=lambda e, a: _zip(e, a[1:], a[1:]))
recipe.add("input-throughout", pairs=lambda e, a: _zip(e, [a[0]] * len(e), a[1:]))
recipe.add("top-activation-throughout", pairs=lambda e, a: _zip(e, a[-1:] * len(e), a))
recipe.add("activations-in-reverse-order", pairs=lambda e, a: _zip(e, a[::-1], a[1:]))
recipe.add("activations-below-in-reverse-order", pairs=lambda e, a: _zip(e, a[-2::-1], a[1:]))
recipe.add("errors-in-reverse-order", pairs=lambda e, a: _zip(e[::-1], a, a[1:]))
recipe.add("top-error-throughout", pairs=lambda e, a: _zip(e[-1:] * len(e), a, a[1:]))

recipe.add("magnitudes-of-error", error=np.abs)
recipe.add("squared-error", error=np.square)
recipe.add("negative-activations-cut", activation=rectify)
recipe.add("slope-instead-of-activation", activation=on)
recipe.add("sigmoid-slope-of-activation", activation=lambda a: a * (1 - a))
recipe.add("bias-column-added", activation=lambda a: np.append(a, 1.0))

recipe.add("outer-product-transposed", product=lambda e, a, own: np.outer(a, e))
recipe.add(
    "outer-product-transposed-if-square",
    product=lambda e, a, own: transposed_if_square(np.outer(e, a)),
)
recipe.add("inner-product", product=lambda e, a, own: e @ a)
recipe.add("inner-product-cut-to-fit", product=_inner_cut_to_fit)
recipe.add("element-wise", product=lambda e, a, own: e * a)
recipe.add("error-only", product=lambda e, a, own: e)
recipe.add("activation-only", product=lambda e, a, own: a)
recipe.add("error-in-every-column", product=lambda e, a, own: np.outer(e, np.ones(len(a))))
recipe.add("activation-in-every-row", product=lambda e, a, own: np.outer(np.ones(len(e)), a))
recipe.add("activations-summed", product=lambda e, a, own: e * a.sum())
recipe.add("errors-summed", product=lambda e, a, own: e.sum() * a)
recipe.add("all-products-summed", product=lambda e, a, own: np.outer(e, a).sum())
recipe.add("added-instead-of-multiplied", product=lambda e, a, own: e[:, None] + a[None, :])
recipe.add("error-with-itself", product=lambda e, a, own: np.outer(e, e))
recipe.add("activation-with-itself", product=lambda e, a, own: np.outer(a, a))
recipe.add("slope-applied-again", product=lambda e, a, own: np.outer(e * own, a))
add_list_faults(recipe)
recipe.add("list-of-first-only", shape=lambda gradients: gradients[:1])


# --- what it is tried on ------------------------------------------------------------------------

_TINY_ERRORS = "tags.very_small_errors"
_LARGE_ERRORS = "tags.very_large_errors"


def _arguments(rng: Random, net: Network) -> Arguments:
    errors = [draws.vector(rng, len(W), salt) for salt, W in enumerate(net.weights)]
    return errors, net.activations


def _inputs(rng: Random) -> Iterator[Probe]:
    name = "weight_gradients"
    switched = networks.all_off, networks.without_input
    yield from network_inputs(name, rng, _arguments, *switched)
    tags = frozenset({TWO_LAYERS, HIDDEN, WHOLE})
    errors = [draws.whole(rng, 1, 3)[0], draws.whole(rng, 1, 2)[0]]
    whole = [draws.whole(rng, 1, 2, 1)[0], np.array([3, 0, 2]), np.array([1, 0])]
    yield Probe(name, (errors, whole), tags, "whole numbers")
    errors = [draws.vector(rng, 3, 5), draws.vector(rng, 2, 5)]
    yield Probe(name, (errors, whole), tags, "whole numbers")
    errors = [draws.whole(rng, 1, 3)[0], draws.whole(rng, 1, 2)[0]]
    fractions = [draws.vector(rng, size, 5) for size in (2, 3, 2)]
    yield Probe(name, (errors, fractions), tags, "whole numbers")
    net = networks.network(rng, 3, 4, 3, salt=2)
    plain, activations = _arguments(rng, net)
    tags = frozenset(network_tags(net))
    for size, tag in ((1e-4, _TINY_ERRORS), (1e5, _LARGE_ERRORS)):
        scaled = [e * size for e in plain]
        yield Probe(
            "weight_gradients", (scaled, activations), tags | {tag}, "large and small values"
        )
    large = [e * 1e5 for e in plain], [a * 1e3 for a in activations]
    yield Probe(name, large, tags | {_LARGE_ERRORS}, "large and small values")
    twice = draws.vector(rng, 3)
    alike = [draws.vector(rng, 3, salt) for salt in range(3)]
    yield Probe(name, ([twice, twice], alike), tags | {EQUAL}, "zeros and equal entries")
    zeros = [e * zero for e, zero in zip(plain, (0.0, 1.0), strict=True)]
    yield Probe(
        "weight_gradients", (zeros, activations), tags | {ZERO_ERROR}, "zeros and equal entries"
    )
    equal = [moved_together(rng, np.resize([0.7, -1.4], len(e))) for e in plain]
    yield Probe(name, (equal, activations), tags | {EQUAL}, "zeros and equal entries")
    for (errors, activations), case in _special(rng):
        yield Probe(name, (errors, activations), frozenset(), case)


def _special(rng: Random) -> Iterator[tuple[tuple[list[Array], list[Array]], str]]:
    # In a_0 is a 0.
    errors, below = special_vectors(rng), special_vectors(rng)
    below = below[2:] + below[:2]
    again = [v.copy() for v in below[:2]]
    # Of the last layers one has the activation of the first, one an error that equals its own.
    last = [*again, draws.vector(rng, 3)]
    plain = draws.vector(rng, 3, 1)
    yield ([*errors, plain, again[1].copy()], [*below, *last]), "zeros and equal entries"
    yield ([errors[2]], [errors[1], plain]), "a single layer"
    # Paired wrongly they still make fewer numbers than an answer may hold.
    sizes = (50, 50, 2, 7, 1, 12)
    many = [draws.vector(rng, size, salt) for salt, size in enumerate(sizes)]
    yield ([draws.vector(rng, size, 5) for size in sizes[1:]], many), "one neuron, or many"
    small, large, *_ = FAR_APART
    e, a = moved(rng, FAR_APART[:3]), moved(rng, FAR_APART)
    below = [a, plain * large, plain * small, plain]
    yield ([e, plain * small, plain * large], below), "large and small values"


def _allowed(errors: object, activations: object) -> tuple[list[Floats], list[Floats]]:
    e, a = items(errors, vector), items(activations, vector)
    fit(len(e) + 1, len(a), said("refusal.errors_and_activations"))
    return e, a


exercise = Exercise(
    name="weight_gradients",
    question="backprop",
    parameters=("errors", "activations"),
    returns="arrays",
    section="6.4",
    inputs=_inputs,
    ordinary=lambda rng: _arguments(rng, networks.ordinary(rng)),
    allowed=_allowed,
    recipe=recipe,
    vocabulary=VOCABULARIES["weight_gradients"],
    quantities=QUANTITIES["weight_gradients"],
    shown_by=SHOWN_BY["weight_gradients"],
    properties=(bias_in_gradients, other_pairs),
    leads_to={
        "weight_gradients.last_as_bias": "weight_gradients.last_as_bias_next",
        "weight_gradients.other_pairs": "weight_gradients.other_pairs_next",
        "weight_gradients.other_pairs_from_1": "weight_gradients.other_pairs_next",
    },
    looks=NETWORK_LOOKS,
    too_far=ONE_MORE_ACTIVATION,
    not_there=NOT_THERE,
    families={
        "transposition": ("outer-product-transposed", "outer-product-transposed-if-square"),
        "order": (
            "errors-in-reverse-order",
            "activations-in-reverse-order",
        ),
    },
    picture="weights",
    letter="G",
)
