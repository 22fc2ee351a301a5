"""`update_weights`: one step downhill (6.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.assignment.allowed import fit, items, matrix, number
from autograder.assignment.exercise import Exercise
from autograder.assignment.judging import Floats
from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    add_list_faults,
    finish,
    whole_number_buffer,
)
from autograder.assignment.probe import Arguments, Probe, Random
from autograder.assignment.recipe import Recipe, same
from autograder.assignment.rows import Row, factor_in_words
from autograder.notes6 import draws, networks
from autograder.notes6.draws import LARGE, TINY, WHOLE, Array, moved
from autograder.notes6.formulas import VOCABULARIES
from autograder.notes6.networks import (
    HIDDEN,
    NOT_THERE,
    ONE_MORE_ACTIVATION,
    TWO_LAYERS,
    UPDATE_LOOKS,
    Network,
    arrays,
    kept,
    network_inputs,
    network_tags,
    transposed_if_square,
)
from autograder.notes6.quantities import QUANTITIES
from autograder.notes6.shown_by import SHOWN_BY
from autograder.notes6.special_networks import FAR_APART, exact, special_matrices
from autograder.notes6.step_lengths import cut_to_length
from autograder.sandbox.errors import Refused
from autograder.source.phrases import Said, said


def _update_weights(s: Any, c: Any, weights: Any, gradients: Any, learning_rate: Any) -> Any:
    W, G = arrays(weights), s.gradients(arrays(gradients))
    new = []
    for layer, (w, g) in enumerate(zip(W, G, strict=False), start=1):
        rate = s.rate(learning_rate, layer, len(W))
        new.append(s.keep(s.combine(w, rate, s.gradient(g)), w))
    return finish(s, s.selected(new, W))


def _changed_in_place(result: Any, w: Any) -> Any:
    """``W -= ...`` on an array of whole numbers, or a copy of one, which NumPy refuses."""
    copy = w.copy()
    copy -= w - result
    return copy


def _layers_updated(which: slice) -> Any:
    def selected(new: Any, old: Any) -> Any:
        kept = list(old)
        kept[which] = new[which]
        return kept

    return selected


recipe = Recipe(
    "update_weights",
    _update_weights,
    gradients=same,
    gradient=same,
    rate=lambda r, layer, layers: r,
    combine=lambda w, r, g: w - r * g,
    keep=kept,
    selected=lambda new, old: new,
    **OUTPUT_STEPS,
)
recipe.add("gradients-in-reverse-order", gradients=lambda G: G[::-1])
recipe.add("first-gradient-throughout", gradients=lambda G: G[:1] * len(G))
recipe.add("last-gradient-throughout", gradients=lambda G: G[-1:] * len(G))

recipe.add("gradient-transposed", gradient=lambda g: g.T)
recipe.add("gradient-transposed-if-square", gradient=transposed_if_square)
recipe.add("gradient-averaged-to-a-number", gradient=np.mean)
recipe.add("gradient-summed-to-a-number", gradient=np.sum)
recipe.add("gradient-divided-by-size", gradient=lambda g: g / g.size)
recipe.add("gradient-divided-by-rows", gradient=lambda g: g / len(g))
recipe.add("sign-of-gradient", gradient=np.sign)
recipe.add("gradient-of-length-one", gradient=lambda g: g / np.linalg.norm(g))
recipe.add("magnitudes-of-gradient", gradient=np.abs)
recipe.add("gradient-clipped-at-one", gradient=lambda g: np.clip(g, -1, 1))
recipe.add("gradient-squared", gradient=np.square)
recipe.add("gradient-left-out", gradient=np.ones_like)

recipe.add("rate-missing", rate=lambda r, layer, layers: 1)
recipe.add("rate-squared", rate=lambda r, layer, layers: r**2)
recipe.add("rate-inverted", rate=lambda r, layer, layers: 1 / r)
recipe.add("one-minus-rate", rate=lambda r, layer, layers: 1 - r)
recipe.add("rate-doubled", rate=lambda r, layer, layers: 2 * r)
recipe.add("rate-halved", rate=lambda r, layer, layers: r / 2)
recipe.add("rate-fixed-at-a-tenth", rate=lambda r, layer, layers: 0.1)
recipe.add("rate-fixed-at-a-hundredth", rate=lambda r, layer, layers: 0.01)
recipe.add("rate-divided-by-layers", rate=lambda r, layer, layers: r / layers)
recipe.add("rate-again-for-each-layer", rate=lambda r, layer, layers: r**layer)

recipe.add("uphill", combine=lambda w, r, g: w + r * g)
recipe.add("uphill-in-place", combine=lambda w, r, g: w + r * g, keep=_changed_in_place)
recipe.add("step-only", combine=lambda w, r, g: r * g)
recipe.add("change-only", combine=lambda w, r, g: -r * g)
recipe.add("gradients-returned", combine=lambda w, r, g: g)
recipe.add("not-updated", combine=lambda w, r, g: w)
recipe.add("weights-scaled-by-gradient", combine=lambda w, r, g: w * (1 - r * g))
recipe.add("weights-times-step", combine=lambda w, r, g: w * r * g)
recipe.add("rate-times-difference", combine=lambda w, r, g: r * (w - g))
recipe.add("rate-on-weights", combine=lambda w, r, g: r * w - g)
recipe.add("weights-shrunk-too", combine=lambda w, r, g: (1 - r) * w - r * g)
recipe.add("weights-and-gradient-mixed", combine=lambda w, r, g: (1 - r) * w + r * g)
recipe.add("rate-times-weights-taken-off", combine=lambda w, r, g: w - r * w - g)
recipe.add("old-weights-doubled", combine=lambda w, r, g: 2 * w - r * g)
recipe.add("old-weights-halved", combine=lambda w, r, g: w / 2 - r * g)
recipe.add("rate-added-to-gradient", combine=lambda w, r, g: w - (r + g))
recipe.add("whole-number-buffer", keep=whole_number_buffer)
recipe.add("changed-in-place", keep=_changed_in_place)
recipe.add("top-layer-only", selected=_layers_updated(slice(-1, None)))
recipe.add("first-layer-only", selected=_layers_updated(slice(1)))
recipe.add("top-layer-left-out", selected=_layers_updated(slice(-1)))
recipe.add("first-layer-left-out", selected=_layers_updated(slice(1, None)))
add_list_faults(recipe)
recipe.add("list-of-first-only", shape=lambda weights: weights[:1])


# --- what it is tried on ------------------------------------------------------------------------

RATE_ZERO = "tags.a_learning_rate_of_0"
RATE_NEGATIVE = "tags.a_negative_learning_rate"
RATE_ABOVE_1 = "tags.a_learning_rate_above_1"


def _arguments(rng: Random, net: Network) -> Arguments:
    gradients = [draws.matrix(rng, len(W), W.shape[1], n) for n, W in enumerate(net.weights)]
    # Equal matrices, and not one that stands there twice: deep copies may be changed in place.
    return [W.copy() for W in net.weights], gradients, float(moved(rng, 0.745))


def _inputs(rng: Random) -> Iterator[Probe]:
    for probe in _untagged(rng):
        rate = probe.arguments[2]
        tags = {RATE_ZERO: rate == 0, RATE_NEGATIVE: rate < 0, RATE_ABOVE_1: rate > 1}
        yield replace(probe, tags=probe.tags | {tag for tag, holds in tags.items() if holds})


def _untagged(rng: Random) -> Iterator[Probe]:
    """The inputs but for what is special about their rates."""
    name = "update_weights"
    yield from network_inputs(name, rng, _arguments)
    weights = [draws.whole(rng, 2, 2), draws.whole(rng, 1, 2)]
    gradients = [draws.whole(rng, 2, 2, 1), draws.whole(rng, 1, 2, 1)]
    tags = frozenset({TWO_LAYERS, HIDDEN, WHOLE})
    yield Probe(name, (weights, gradients, 0.25), tags, "whole numbers")
    fractions = [draws.matrix(rng, *G.shape) for G in gradients]
    yield Probe(name, (weights, fractions, 2), tags, "whole numbers")
    yield Probe(name, (fractions, gradients, 0.25), tags, "whole numbers")
    net = networks.network(rng, 3, 4, 3, salt=2)
    weights, gradients, rate = _arguments(rng, net)
    tags = frozenset(network_tags(net))
    for rate in (0.0, *(float(moved(rng, size)) for size in (-0.62, -2.4, 340.0, 14.0)), 3):
        yield Probe(name, (weights, gradients, rate), tags, "learning rates of any kind")
    zeros = [G * zero for G, zero in zip(gradients, (0.0, 1.0), strict=True)]
    yield Probe(name, (weights, zeros, 0.34), tags | {"tags.gradients_of_zeros"}, "zeros")
    yield Probe(
        "update_weights",
        ([W * 0.0 for W in weights], gradients, 0.34),
        tags | {"tags.weights_of_zeros"},
        "zeros",
    )
    for size, tag in ((1e-4, TINY), (3e4, LARGE)):
        arguments = [W * size for W in weights], [G * size for G in gradients], 1.4e-2
        yield Probe(name, arguments, tags | {tag}, "large and small values")
    steep = weights, [G * 1e5 for G in gradients], float(moved(rng, 34.0))
    yield Probe(name, steep, tags | {LARGE}, "large and small values")
    for arguments, case in _special(rng):
        yield Probe(name, arguments, frozenset(), case)


def _special(rng: Random) -> Iterator[tuple[Arguments, str]]:
    def plain(count: int, size: int = 3) -> list[Array]:
        return [draws.matrix(rng, size, size, salt) for salt in range(count)]

    equal, rate = "layers of equal width", float(moved(rng, 0.34))
    special = special_matrices(rng)
    yield (special, plain(len(special)), rate), equal
    # One gradient stands there twice, one equals its weights, and the rate is exactly 1.
    weights = [5 * W for W in plain(8)]
    gradients = [*special, special[3], weights[-1].copy()]
    yield (weights, gradients, 1.0), equal
    yield (special[2:3], special[3:4], rate), "a single layer"
    W, V, U = plain(3)
    a, b = exact(rng, [1.4, 0.62])
    pruned = np.array([[a, 0.0, -b], [0.0, b, 0.0], [-a, 0.0, 0.0], [0.0, a, -a]])
    slopes = np.array([[0.0, a, b], [a, 0.0, 0.0], [0.0, -b, -a], [0.0, 0.0, -a]])
    weights = [W, V, U, pruned, -np.abs(pruned.T)]
    gradients = [W.copy(), -V, U.T.copy(), slopes, -np.abs(slopes.T)]
    yield (weights, gradients, rate), "zeros"
    W, G = (draws.matrix(rng, 50, 50, salt) for salt in (0, 1))
    yield ([W], [G], rate), "one neuron, or many"
    weights, gradients = plain(3, 4), plain(3, 4)[::-1]
    small, large, *_ = FAR_APART
    apart = (
        [W * by for W, by in zip(weights, (FAR_APART, large, small), strict=True)],
        [G * by for G, by in zip(gradients, (FAR_APART[:, None], small, large), strict=True)],
    )
    for rate in moved(rng, [2.4e-6, 7e5]).tolist():
        yield (*apart, rate), "large and small values"


def _allowed(
    weights: object, gradients: object, learning_rate: object
) -> tuple[list[Floats], list[Floats], float]:
    W, G = items(weights, matrix), items(gradients, matrix)
    fit(len(W), len(G), said("refusal.weights_and_gradients"))
    for one, other in zip(W, G, strict=True):
        if one.shape != other.shape:
            raise Refused(said("refusal.gradient", other=str(other.shape), one=str(one.shape)))
    return W, G, number(learning_rate)


# --- what can be observed -----------------------------------------------------------------------


def _how_far(rows: list[Row]) -> Iterator[Said]:
    """What became of the step: brought to a length, or mixed with the old weights."""
    cut = list(cut_to_length(rows))
    yield from cut or _mixture(rows)


def _mixture(rows: list[Row]) -> Iterator[Said]:
    """How the new weights are mixed from the old ones and the step, if they are."""
    wrong = [row for row in rows if not row.is_right and row.given and row.has_right_shapes]
    if wrong and all(_still_old(row) for row in wrong):
        if first := _first_alone(rows):
            yield said(f"update_weights.still_old_but_{first}")
            return
        how = "_small" if _only_small(wrong) else "_as_a_whole" if _whole_matrices(wrong) else ""
        yield said(f"update_weights.still_old{how}")
        return
    mixed = _shares(wrong)
    if not mixed:
        return
    shares = [share for _, share in mixed]
    shown = [share for row, share in mixed if row.probe.public]
    old, step = shares[0]
    if any(abs(old - 1) > 1e-6 for old, _ in shares) and all(abs(s + 1) < 1e-5 for _, s in shares):
        factors = [own for own, _ in shown if abs(own - 1) > 1e-6]
        if factors:
            yield said("update_weights.old_multiplied_told", factor=f"{factors[0]:.4g}")
        else:
            yield said("update_weights.old_multiplied")
    elif all(np.allclose(share, (1, step), rtol=1e-4) for share in shares):
        if shown:
            factor = factor_in_words(-shown[0][1])
            yield said("update_weights.step_off_told", factor=factor)
        else:
            yield said("update_weights.step_off")
    elif shown:
        old, step = shown[0]
        if all(abs(own - 1) < 1e-6 for own, _ in shares):
            yield said("update_weights.step_off_in_one_case", factor=factor_in_words(-step))
            return
        everywhere = np.allclose(shares, (old, step), rtol=1e-4)
        key = "update_weights.mixture" if everywhere else "update_weights.mixture_in_one_case"
        yield said(key, old=f"{old:.3g}", step=f"{step:+.3g}")
    else:
        yield said("update_weights.mixture_of_both")


def _shares(rows: list[Row]) -> list[tuple[Row, Floats]]:
    """How much of the old weights and of the step each result holds; none if one is no mixture."""
    mixed = []
    for row in rows:
        weights, gradients, rate = row.probe.arguments
        old = np.concatenate([np.ravel(W) for W in weights])
        step = np.concatenate([rate * np.ravel(G) for G in gradients])
        if not old.any() or not step.any():
            continue  # how much of it is in the result cannot be told
        new = np.concatenate([g.ravel() for g in row.given or []])
        both = np.stack([old, step], axis=1)
        share, *_ = np.linalg.lstsq(both, new, rcond=None)
        if not np.allclose(both @ share, new, rtol=1e-5, atol=1e-7):
            return []
        mixed.append((row, share))
    return mixed


def _still_old(row: Row) -> bool:
    weights = row.probe.arguments[0]
    return all(
        np.allclose(np.atleast_1d(g)[mask], np.asarray(W, dtype=float)[mask])
        for g, W, mask in zip(row.given or [], weights, row.wrong(), strict=True)
    )


def _whole_matrices(rows: list[Row]) -> bool:
    """Whether each matrix has either got its whole step, or nothing of it."""
    return all(
        not np.any(mask) or np.array_equal(np.asarray(given), np.asarray(W, dtype=float))
        for row in rows
        for W, given, mask in zip(row.probe.arguments[0], row.given or (), row.wrong(), strict=True)
    )


def _first_alone(rows: list[Row]) -> str:
    """Which matrices alone get a step, in words; empty if it is not the first one or two."""
    told = [row for row in rows if row.given and row.has_right_shapes]
    wrong = [row for row in told if not row.is_right]
    got = {sum(not mask.any() for mask in row.wrong()) for row in wrong}
    lengths = [len(row.given or ()) for row in told if row.is_right]
    if len(wrong) < FEWEST_BY_LAYER or len(got) > 1 or not got <= {1, 2}:
        return ""
    first = got.pop()
    later = all(mask.any() for row in wrong for mask in row.wrong()[first:])
    if not later or not _whole_matrices(wrong) or max(lengths, default=0) > first:
        return ""
    return "the_first" if first == 1 else "the_first_two"


def _only_small(rows: list[Row]) -> bool:
    """Whether in all of them the weights left as they were have smaller gradients than others."""
    left, changed = [np.zeros(0)], [np.zeros(0)]
    for row in rows:
        weights, gradients, _ = row.probe.arguments
        for W, G, given in zip(weights, gradients, row.given or (), strict=True):
            sizes, moved_on = np.abs(np.asarray(G, dtype=float)), np.asarray(W) != given
            left.append(sizes[~moved_on & (sizes > 0)])
            changed.append(sizes[moved_on])
    small, large = np.concatenate(left), np.concatenate(changed)
    return min(len(small), len(large)) >= FEWEST_BY_LAYER and bool(small.max() <= large.min())


#: So many updates at least must show it.
FEWEST_BY_LAYER = 3


def _factor_by_layer(rows: list[Row]) -> Iterator[Said]:
    """Whether the steps are right but for a factor that differs from layer to layer."""
    factors, shown = [], []
    for row in rows:
        weights, gradients, rate = row.probe.arguments
        if row.is_right or not row.has_right_shapes or len(weights) < 2 or not rate:
            continue
        own = []
        for W, G, given in zip(weights, gradients, row.given or (), strict=True):
            step, right = np.asarray(W) - given, rate * np.asarray(G)
            if not right.any():
                continue
            factor = float(np.vdot(step, right) / np.vdot(right, right))
            rounding = 1e-7 * float(np.abs(W).max() + np.abs(right).max())
            if not np.allclose(step, factor * right, rtol=1e-4, atol=rounding):
                return
            own.append(factor)
        if len(own) > 1:
            factors.append(own)
            shown += [own] if row.probe.public else []
    if any(abs(factor) < 1e-9 for own in shown for factor in own) or all(
        min(abs(factor), abs(factor - 1)) < 1e-4 for own in factors for factor in own
    ):
        return  # What gets no step at all is told as that.
    if len(factors) < FEWEST_BY_LAYER or any(np.ptp(own) < 1e-3 for own in factors):
        return
    if shown:
        factors_told = ", ".join(f"{factor:.3g}" for factor in shown[0])
        yield said("update_weights.factor_by_layer_told", factors=factors_told)
    else:
        yield said("update_weights.factor_by_layer")


def _one_step_for_all(rows: list[Row]) -> Iterator[Said]:
    """Whether the same is taken from all weights of a matrix, each time."""
    seen = 0
    for row in rows:
        weights, gradients, rate = row.probe.arguments
        if row.is_right or not row.has_right_shapes or not rate:
            continue
        for W, G, given in zip(weights, gradients, row.given or (), strict=True):
            step = np.asarray(W) - given
            if not np.ptp(G) or not np.isfinite(step).all():
                continue
            if np.ptp(step) > 1e-9 * (np.abs(W).max() + np.abs(step).max()):
                return
            seen += bool(step.any())
    if seen >= FEWEST_BY_LAYER:
        yield said("update_weights.one_step_for_all")


#: A gradient that is smaller than this may be lost beside what is added to it.
SMALL_GRADIENT = 0.05
#: Steps of one size differ by no more than this part of it.
ONE_SIZE = 0.01


def _which_way(rows: list[Row]) -> Iterator[Said]:
    """Whether all weights go up where the gradient says that the loss rises."""
    steps = list(_steps(rows))
    if len(steps) >= FEWEST_BY_LAYER and all(
        np.array_equal(np.sign(step), np.sign(gradient)) for step, gradient in steps
    ):
        yield said("update_weights.goes_uphill")


def _size_of_steps(rows: list[Row]) -> Iterator[Said]:
    """Whether weights move by about one amount, whatever their gradients."""
    steps = [
        (np.abs(step), np.abs(gradient))
        for step, gradient in _steps(rows)
        if len(gradient) > 1 and np.abs(gradient).max() > 2 * np.abs(gradient).min()
    ]
    if len(steps) >= FEWEST_BY_LAYER and all(
        size.max() - size.min() <= ONE_SIZE * size.max() for size, _ in steps
    ):
        yield said("update_weights.steps_of_one_size")


def _steps(rows: list[Row]) -> Iterator[tuple[Floats, Floats]]:
    """How far weights move, each beside its gradient, where that is no small one."""
    for row in rows:
        weights, gradients, rate = row.probe.arguments
        if row.is_right or not row.has_right_shapes or rate <= 0:
            continue
        moved = zip(row.given or (), weights, strict=True)
        step = np.concatenate([np.ravel(np.asarray(given) - W) for given, W in moved])
        gradient = np.concatenate([np.ravel(G) for G in gradients]).astype(float)
        large = np.abs(gradient) > SMALL_GRADIENT
        if large.any() and np.isfinite(step).all():
            yield step[large], gradient[large]


exercise = Exercise(
    name="update_weights",
    question="backprop",
    parameters=("weights", "gradients", "learning_rate"),
    returns="arrays",
    section="6.4",
    inputs=_inputs,
    ordinary=lambda rng: _arguments(rng, networks.ordinary(rng)),
    allowed=_allowed,
    recipe=recipe,
    vocabulary=VOCABULARIES["update_weights"],
    quantities=QUANTITIES["update_weights"],
    shown_by=SHOWN_BY["update_weights"],
    properties=(_how_far, _factor_by_layer, _one_step_for_all, _size_of_steps, _which_way),
    of_change=("changed-in-place", "whole-number-buffer"),
    leads_to={
        **{
            f"update_weights.still_old_{which}": "update_weights.still_old_as_a_whole_next"
            for which in ("as_a_whole", "but_the_first", "but_the_first_two")
        },
        "update_weights.one_step_for_all": "update_weights.one_step_for_all_next",
        "update_weights.steps_of_one_size": "update_weights.steps_of_one_size_next",
        "update_weights.goes_uphill": "update_weights.goes_uphill_next",
        "update_weights.factor_by_layer": "update_weights.factor_by_layer_next",
        "update_weights.factor_by_layer_told": "update_weights.factor_by_layer_next",
        **{
            f"update_weights.cut_{which}": "update_weights.cut_next"
            for which in ("each", "each_told", "all", "all_told")
        },
    },
    looks=UPDATE_LOOKS,
    too_far=ONE_MORE_ACTIVATION,
    not_there=NOT_THERE,
    families={
        "sign": ("uphill",),
        "transposition": (
            "gradient-transposed",
            "gradient-transposed-if-square",
        ),
        "order": ("gradients-in-reverse-order",),
        "brackets": ("rate-times-difference",),
        "factor": (
            "rate-doubled",
            "rate-halved",
        ),
    },
    picture="weights",
)
