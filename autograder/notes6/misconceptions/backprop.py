"""Misconceptions of one pass through a network: forward, backward, gradients and update."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.assignment.output_faults import (
    OUTPUT_STEPS,
    add_list_faults,
    finish,
    whole_number_buffer,
)
from autograder.assignment.recipe import Recipe, same

#: What a list of vectors cannot suffer from: they are flat already.
VECTORS = ("flattened",)


def _arrays(values: Any) -> list[Any]:
    return [np.asarray(value) for value in values]


def _kept(result: Any, *_: Any) -> Any:
    return result


def _rectify(z: Any) -> Any:
    return np.maximum(z, 0)


def _sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def _on(a: Any) -> Any:
    """1 where a neuron is switched on, else 0: the slope of the rectified linear threshold."""
    return (a > 0).astype(float)


def _softmax_jacobian(a: Any) -> Any:
    return np.diag(a) - np.outer(a, a)


def _transposed_if_square(W: Any) -> Any:
    """What a student multiplies by who adds ``.T`` until the shapes no longer complain."""
    return W.T if W.shape[0] == W.shape[1] else W


# --- forward: z = W @ a, hidden threshold, softmax at the top -----------------------------------


def _forward(s: Any, c: Any, weights: Any, x: Any) -> Any:
    matrices = s.weights(_arrays(weights))
    a = s.input(np.asarray(x))
    before, activations = [], [a]
    incoming = a
    for layer, W in enumerate(matrices, start=1):
        z = s.bias(s.product(W, incoming))
        if layer < len(matrices):
            a = s.hidden(z, c, layer)
        else:
            a = s.keep(s.top(z, c, activations[-1]), z)
        before.append(z)
        activations.append(a)
        incoming = s.passed(a, z, activations[0])
    return finish(s, s.collected(activations, before))


forward = Recipe(
    "forward",
    _forward,
    weights=same,
    input=same,
    product=lambda W, a: W @ a,
    bias=same,
    hidden=lambda z, c, layer: _rectify(z),
    top=lambda z, c, below: c.softmax(z),
    keep=_kept,
    passed=lambda a, z, x: a,
    collected=lambda activations, before: activations,
    **OUTPUT_STEPS,
)
forward.add("weights-in-reverse-order", weights=lambda weights: weights[::-1])
forward.add("top-weights-unused", weights=lambda weights: weights[:-1])
forward.add("first-weights-throughout", weights=lambda weights: [weights[0]] * len(weights))
forward.add("input-rectified", input=_rectify)

forward.add("activation-times-weights", product=lambda W, a: a @ W)
forward.add("weights-transposed-if-square", product=lambda W, a: _transposed_if_square(W) @ a)
forward.add("element-wise-unsummed", product=lambda W, a: W * a)
forward.add("element-wise-along-columns", product=lambda W, a: (W * a).sum(axis=0))
forward.add("rows-and-input-summed-apart", product=lambda W, a: W.sum(axis=1) * a.sum())
forward.add("row-sums-without-input", product=lambda W, a: W.sum(axis=1))
forward.add("averaged-over-inputs", product=lambda W, a: W @ a / len(a))
forward.add("added-instead-of-multiplied", product=lambda W, a: (W + a).sum(axis=1))
forward.add("magnitudes-of-weights", product=lambda W, a: np.abs(W) @ a)
forward.add("largest-contribution-only", product=lambda W, a: (W * a).max(axis=1))
forward.add("bias-of-one", bias=lambda z: z + 1)

forward.add("hidden-threshold-missing", hidden=lambda z, c, layer: z)
forward.add("sigmoid-in-hidden", hidden=lambda z, c, layer: _sigmoid(z))
forward.add("tanh-in-hidden", hidden=lambda z, c, layer: np.tanh(z))
forward.add("softmax-in-hidden", hidden=lambda z, c, layer: c.softmax(z))
forward.add("leaky-threshold", hidden=lambda z, c, layer: np.where(z > 0, z, 0.01 * z))
forward.add("leaky-threshold-tenth", hidden=lambda z, c, layer: np.where(z > 0, z, 0.1 * z))
forward.add("threshold-at-minus-one", hidden=lambda z, c, layer: np.where(z > -1, z, 0))
forward.add("clipped-at-minus-one", hidden=lambda z, c, layer: np.maximum(z, -1))
forward.add("threshold-at-one", hidden=lambda z, c, layer: np.where(z > 1, z, 0))
forward.add("capped-at-one", hidden=lambda z, c, layer: np.clip(z, 0, 1))
forward.add("slope-instead-of-value", hidden=lambda z, c, layer: _on(z))
forward.add("magnitudes-in-hidden", hidden=lambda z, c, layer: np.abs(z))
forward.add("negative-side-kept", hidden=lambda z, c, layer: np.minimum(z, 0))
forward.add("softplus-in-hidden", hidden=lambda z, c, layer: np.logaddexp(0, z))
forward.add("all-or-nothing", hidden=lambda z, c, layer: z * np.all(z > 0))
forward.add("largest-entry-only", hidden=lambda z, c, layer: np.max(z))
forward.add("rectified-and-normalised", hidden=lambda z, c, layer: _rectify(z) / _rectify(z).sum())
forward.add(
    "threshold-in-first-layer-only", hidden=lambda z, c, layer: _rectify(z) if layer == 1 else z
)
forward.add(
    "softmax-after-first-layer",
    hidden=lambda z, c, layer: _rectify(z) if layer == 1 else c.softmax(z),
)

forward.add("softmax-missing-at-top", top=lambda z, c, below: z)
forward.add("threshold-at-top", top=lambda z, c, below: _rectify(z))
forward.add("sigmoid-at-top", top=lambda z, c, below: _sigmoid(z))
forward.add("tanh-at-top", top=lambda z, c, below: np.tanh(z))
forward.add("threshold-before-softmax", top=lambda z, c, below: c.softmax(_rectify(z)))
forward.add("softmax-of-layer-below", top=lambda z, c, below: c.softmax(below))
forward.add("softmax-twice", top=lambda z, c, below: c.softmax(c.softmax(z)))
forward.add("softmax-of-negatives", top=lambda z, c, below: c.softmax(-z))
forward.add("softmax-overflows", top=lambda z, c, below: np.exp(z) / np.exp(z).sum())
forward.add("softmax-without-exp", top=lambda z, c, below: z / z.sum())
forward.add("softmax-without-sum", top=lambda z, c, below: np.exp(z))
forward.add("softmax-over-its-largest", top=lambda z, c, below: np.exp(z - z.max()))
forward.add("softmax-over-sum-of-inputs", top=lambda z, c, below: np.exp(z) / z.sum())
forward.add("threshold-and-normalised-top", top=lambda z, c, below: _rectify(z) / _rectify(z).sum())
forward.add("logarithm-of-softmax", top=lambda z, c, below: np.log(c.softmax(z)))
forward.add("winner-takes-all", top=lambda z, c, below: (z == z.max()).astype(float))
forward.add("number-of-the-winner", top=lambda z, c, below: np.argmax(z))
forward.add("whole-number-buffer", keep=whole_number_buffer)

forward.add("pre-activation-passed-on", passed=lambda a, z, x: z)
forward.add("input-into-every-layer", passed=lambda a, z, x: x)
forward.add("pre-activations-listed", collected=lambda a, before: [a[0], *before])
forward.add("hidden-pre-activations-listed", collected=lambda a, z: [a[0], *z[:-1], a[-1]])
forward.add(
    "both-kinds-listed",
    collected=lambda a, z: [a[0], *(v for both in zip(z, a[1:], strict=True) for v in both)],
)
forward.add("input-listed-twice", collected=lambda a, z: [a[0], *a])
forward.add("input-listed-last", collected=lambda a, z: [*a[1:], a[0]])
forward.add("top-listed-twice", collected=lambda a, z: [*a, a[-1]])
forward.add("hidden-layers-only", collected=lambda a, z: a[1:-1])
forward.add("stopped-after-the-first-layer", collected=lambda a, z: a[:2])
forward.add("stopped-after-the-first-threshold", collected=lambda a, z: [a[0], _rectify(z[0])])
forward.add("first-layer-alone", collected=lambda a, z: a[1])
forward.add("input-and-top-only", collected=lambda a, z: [a[0], a[-1]])
add_list_faults(forward, without=VECTORS)


# --- backward: e_L = (a_L - t) @ J_L, then e @ W and the slope of each threshold -----------------


def _backward(s: Any, c: Any, weights: Any, activations: Any, target: Any) -> Any:
    W, a, t = _arrays(weights), _arrays(activations), np.asarray(target)
    raw = s.difference(a[-1], t)
    top = s.keep(s.top_jacobian(raw, a[-1], t), t)
    errors, carried = [s.top_listed(top, raw)], s.top_passed(top, raw)
    switched = s.switched(W, a)
    for layer in range(len(W) - 1, 0, -1):
        through = s.product(carried, W, layer)
        after = s.slope(through, switched, layer)
        errors.insert(0, s.listed(after, through))
        carried = s.passed(after, through, top)
    return finish(s, s.collected(errors, raw, carried, W, a))


def _masked(through: Any, a: Any, layer: int) -> Any:
    return through * _on(a[layer])


def _slope_from_neighbour(offset: int, *, if_it_fits: bool = False) -> Any:
    def slope(through: Any, a: Any, layer: int) -> Any:
        fits = a[layer + offset].shape == a[layer].shape
        return _masked(through, a, layer + offset if fits or not if_it_fits else layer)

    return slope


def _above_minus_one(W: Any, a: Any) -> Any:
    """By layer what is above 0 where z, computed anew, is above -1."""
    return [a[0], *(w @ below + 1 for w, below in zip(W, a, strict=False))]


def _own_weights_if_they_fit(e: Any, W: Any, layer: int) -> Any:
    return e @ W[layer - 1 if W[layer - 1].shape == W[layer].shape else layer]


def _with_input_error(rectified: bool) -> Any:
    def collected(errors: Any, raw: Any, carried: Any, W: Any, a: Any) -> Any:
        bottom = carried @ W[0]
        return [_masked(bottom, a, 0) if rectified else bottom, *errors]

    return collected


def _places_left_empty(errors: Any) -> Any:
    """A list made as long as the network, returned after the first round of the loop."""
    return [None] * len(errors[:-2]) + errors[-2:]


backward = Recipe(
    "backward",
    _backward,
    difference=lambda a, t: a - t,
    top_jacobian=lambda d, a, t: d @ _softmax_jacobian(a),
    keep=_kept,
    top_listed=lambda top, raw: top,
    top_passed=lambda top, raw: top,
    product=lambda e, W, layer: e @ W[layer],
    switched=lambda W, a: a,
    slope=_masked,
    listed=lambda after, through: after,
    passed=lambda after, through, top: after,
    collected=lambda errors, *_: errors,
    **OUTPUT_STEPS,
)
backward.add("prediction-without-target", difference=lambda a, t: a)
backward.add("sum-instead-of-difference", difference=lambda a, t: a + t)
backward.add("squared-difference", difference=lambda a, t: (a - t) ** 2)
backward.add("magnitudes-of-difference", difference=lambda a, t: np.abs(a - t))
backward.add("sign-of-difference", difference=lambda a, t: np.sign(a - t))
backward.add("difference-averaged", difference=lambda a, t: (a - t) / len(a))
backward.add("winner-minus-target", difference=lambda a, t: (a == a.max()) - t)

backward.add("top-jacobian-missing", top_jacobian=lambda d, a, t: d)
backward.add("top-jacobian-diagonal-only", top_jacobian=lambda d, a, t: d * a * (1 - a))
backward.add("top-activation-instead-of-jacobian", top_jacobian=lambda d, a, t: d * a)
backward.add("tanh-slope-at-top", top_jacobian=lambda d, a, t: d * (1 - a**2))
backward.add(
    "softmax-applied-again",
    top_jacobian=lambda d, a, t: d @ _softmax_jacobian(np.exp(a) / np.exp(a).sum()),
)
backward.add("top-jacobian-of-target", top_jacobian=lambda d, a, t: d @ _softmax_jacobian(t))
backward.add("top-jacobian-outer-only", top_jacobian=lambda d, a, t: d @ np.outer(a, a))
backward.add(
    "top-jacobian-plus-outer",
    top_jacobian=lambda d, a, t: d @ (np.diag(a) + np.outer(a, a)),
)
backward.add(
    "top-jacobian-off-diagonal-positive",
    top_jacobian=lambda d, a, t: d @ np.abs(_softmax_jacobian(a)),
)
backward.add(
    "top-jacobian-ones-minus-outer",
    top_jacobian=lambda d, a, t: d @ (np.eye(len(a)) - np.outer(a, a)),
)
backward.add(
    "top-jacobian-twice",
    top_jacobian=lambda d, a, t: d @ _softmax_jacobian(a) @ _softmax_jacobian(a),
)
backward.add("top-jacobian-unsummed", top_jacobian=lambda d, a, t: d * _softmax_jacobian(a))
backward.add("whole-number-buffer", keep=whole_number_buffer)

backward.add("weights-times-error", product=lambda e, W, layer: W[layer] @ e)
backward.add(
    "weights-transposed-if-square", product=lambda e, W, layer: e @ _transposed_if_square(W[layer])
)
backward.add("weights-of-own-layer", product=lambda e, W, layer: e @ W[layer - 1])
backward.add("weights-of-own-layer-if-they-fit", product=_own_weights_if_they_fit)
backward.add("top-weights-throughout", product=lambda e, W, layer: e @ W[-1])
backward.add("weights-left-out", product=lambda e, W, layer: e)
backward.add("magnitudes-of-weights", product=lambda e, W, layer: e @ np.abs(W[layer]))
backward.add("column-sums-without-error", product=lambda e, W, layer: W[layer].sum(axis=0))
backward.add(
    "error-and-columns-summed-apart",
    product=lambda e, W, layer: e.sum() * W[layer].sum(axis=0),
)
backward.add("averaged-over-outputs", product=lambda e, W, layer: e @ W[layer] / len(e))
backward.add("rows-scaled-unsummed", product=lambda e, W, layer: e[:, None] * W[layer])
backward.add(
    "largest-contribution-only", product=lambda e, W, layer: (e[:, None] * W[layer]).max(axis=0)
)

backward.add("hidden-slope-missing", slope=lambda e, a, layer: e)
backward.add("slope-from-minus-one", switched=_above_minus_one, slope=_masked)
backward.add("activation-instead-of-slope", slope=lambda e, a, layer: e * a[layer])
backward.add("slope-from-layer-below", slope=_slope_from_neighbour(-1))
backward.add("slope-from-layer-below-if-it-fits", slope=_slope_from_neighbour(-1, if_it_fits=True))
backward.add("slope-from-layer-above", slope=_slope_from_neighbour(1))
backward.add("slope-from-layer-above-if-it-fits", slope=_slope_from_neighbour(1, if_it_fits=True))
backward.add("sigmoid-slope", slope=lambda e, a, layer: e * a[layer] * (1 - a[layer]))
backward.add("tanh-slope", slope=lambda e, a, layer: e * (1 - a[layer] ** 2))
backward.add("slope-turned-round", slope=lambda e, a, layer: e * (1 - _on(a[layer])))
backward.add("leaky-slope", slope=lambda e, a, layer: e * np.where(a[layer] > 0, 1, 0.01))
backward.add("error-rectified", slope=lambda e, a, layer: _rectify(e))
backward.add("error-rectified-too", slope=lambda e, a, layer: _rectify(_masked(e, a, layer)))
backward.add(
    "softmax-jacobian-in-hidden", slope=lambda e, a, layer: e @ _softmax_jacobian(a[layer])
)
backward.add("slopes-in-every-row", slope=lambda e, a, layer: e.sum() * _on(a[layer]))
backward.add("slopes-on-a-diagonal-unsummed", slope=lambda e, a, layer: e * np.diag(_on(a[layer])))
backward.add("switched-off-neurons-dropped", slope=lambda e, a, layer: e[a[layer] > 0])
backward.add(
    "slope-missing-in-first-layer",
    slope=lambda e, a, layer: e if layer == 1 else _masked(e, a, layer),
)
backward.add(
    "slope-in-first-layer-only",
    slope=lambda e, a, layer: _masked(e, a, layer) if layer == 1 else e,
)

backward.add("stored-before-slope", listed=lambda after, through: through)
backward.add("top-stored-before-jacobian", top_listed=lambda top, raw: raw)
backward.add(
    "all-stored-before-jacobians",
    listed=lambda after, through: through,
    top_listed=lambda top, raw: raw,
)
backward.add("passed-on-before-slope", passed=lambda after, through, top: through)
backward.add("top-passed-on-before-jacobian", top_passed=lambda top, raw: raw)
backward.add(
    "all-passed-on-before-jacobians",
    passed=lambda after, through, top: through,
    top_passed=lambda top, raw: raw,
)
backward.add("every-layer-from-the-top", passed=lambda after, through, top: top)
backward.add("error-of-input-included", collected=_with_input_error(rectified=False))
backward.add("rectified-error-of-input-included", collected=_with_input_error(rectified=True))
backward.add("stopped-after-one-step-back", collected=lambda errors, *_: errors[-2:])
# A function that comes to no return gives None.
backward.add(
    "return-inside-the-loop",
    collected=lambda errors, *_: errors[-2:] if len(errors) > 1 else None,
)
backward.add("return-inside-the-loop-places-left-empty", shape=_places_left_empty)
backward.add("difference-listed-too", collected=lambda errors, raw, *_: [*errors, raw])
# No error reaches 1, so that cutting and rounding leave the same.
add_list_faults(backward, without=(*VECTORS, "cut-to-whole-numbers"))


# --- weight_gradients: outer(e_l, a_(l-1)) -------------------------------------------------------


def _weight_gradients(s: Any, c: Any, errors: Any, activations: Any) -> Any:
    triples = s.pairs(_arrays(errors), _arrays(activations))
    return finish(s, [s.product(s.error(e), s.activation(a), own) for e, a, own in triples])


def _zip(errors: Any, below: Any, own: Any) -> Any:
    return zip(errors, below, own, strict=False)


def _inner_cut_to_fit(e: Any, a: Any, own: Any) -> Any:
    n = min(len(e), len(a))
    return e[:n] @ a[:n]


weight_gradients = Recipe(
    "weight_gradients",
    _weight_gradients,
    pairs=lambda errors, a: _zip(errors, a[:-1], a[1:]),
    error=same,
    activation=same,
    product=lambda e, a, own: np.outer(e, a),
    **OUTPUT_STEPS,
)
weight_gradients.add("activations-of-own-layer", pairs=lambda e, a: _zip(e, a[1:], a[1:]))
weight_gradients.add("input-throughout", pairs=lambda e, a: _zip(e, [a[0]] * len(e), a[1:]))
weight_gradients.add("top-activation-throughout", pairs=lambda e, a: _zip(e, a[-1:] * len(e), a))
weight_gradients.add("activations-in-reverse-order", pairs=lambda e, a: _zip(e, a[::-1], a[1:]))
weight_gradients.add(
    "activations-below-in-reverse-order", pairs=lambda e, a: _zip(e, a[-2::-1], a[1:])
)
weight_gradients.add("errors-in-reverse-order", pairs=lambda e, a: _zip(e[::-1], a, a[1:]))
weight_gradients.add("top-error-throughout", pairs=lambda e, a: _zip(e[-1:] * len(e), a, a[1:]))

weight_gradients.add("magnitudes-of-error", error=np.abs)
weight_gradients.add("squared-error", error=np.square)
weight_gradients.add("negative-activations-cut", activation=_rectify)
weight_gradients.add("slope-instead-of-activation", activation=_on)
weight_gradients.add("sigmoid-slope-of-activation", activation=lambda a: a * (1 - a))
weight_gradients.add("bias-column-added", activation=lambda a: np.append(a, 1.0))

weight_gradients.add("outer-product-transposed", product=lambda e, a, own: np.outer(a, e))
weight_gradients.add("inner-product", product=lambda e, a, own: e @ a)
weight_gradients.add("inner-product-cut-to-fit", product=_inner_cut_to_fit)
weight_gradients.add("element-wise", product=lambda e, a, own: e * a)
weight_gradients.add("error-only", product=lambda e, a, own: e)
weight_gradients.add("activation-only", product=lambda e, a, own: a)
weight_gradients.add(
    "error-in-every-column", product=lambda e, a, own: np.outer(e, np.ones(len(a)))
)
weight_gradients.add(
    "activation-in-every-row", product=lambda e, a, own: np.outer(np.ones(len(e)), a)
)
weight_gradients.add("activations-summed", product=lambda e, a, own: e * a.sum())
weight_gradients.add("errors-summed", product=lambda e, a, own: e.sum() * a)
weight_gradients.add("all-products-summed", product=lambda e, a, own: np.outer(e, a).sum())
weight_gradients.add(
    "added-instead-of-multiplied", product=lambda e, a, own: e[:, None] + a[None, :]
)
weight_gradients.add("error-with-itself", product=lambda e, a, own: np.outer(e, e))
weight_gradients.add("activation-with-itself", product=lambda e, a, own: np.outer(a, a))
weight_gradients.add("slope-applied-again", product=lambda e, a, own: np.outer(e * own, a))
add_list_faults(weight_gradients)
weight_gradients.add("list-of-first-only", shape=lambda gradients: gradients[:1])


# --- update_weights: W - rate * G ----------------------------------------------------------------


def _update_weights(s: Any, c: Any, weights: Any, gradients: Any, learning_rate: Any) -> Any:
    W, G = _arrays(weights), s.gradients(_arrays(gradients))
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


update_weights = Recipe(
    "update_weights",
    _update_weights,
    gradients=same,
    gradient=same,
    rate=lambda r, layer, layers: r,
    combine=lambda w, r, g: w - r * g,
    keep=_kept,
    selected=lambda new, old: new,
    **OUTPUT_STEPS,
)
update_weights.add("gradients-in-reverse-order", gradients=lambda G: G[::-1])
update_weights.add("first-gradient-throughout", gradients=lambda G: G[:1] * len(G))
update_weights.add("last-gradient-throughout", gradients=lambda G: G[-1:] * len(G))

update_weights.add("gradient-transposed", gradient=lambda g: g.T)
update_weights.add("gradient-transposed-if-square", gradient=_transposed_if_square)
update_weights.add("gradient-averaged-to-a-number", gradient=np.mean)
update_weights.add("gradient-summed-to-a-number", gradient=np.sum)
update_weights.add("gradient-divided-by-size", gradient=lambda g: g / g.size)
update_weights.add("gradient-divided-by-rows", gradient=lambda g: g / len(g))
update_weights.add("sign-of-gradient", gradient=np.sign)
update_weights.add("gradient-of-length-one", gradient=lambda g: g / np.linalg.norm(g))
update_weights.add("magnitudes-of-gradient", gradient=np.abs)
update_weights.add("gradient-clipped-at-one", gradient=lambda g: np.clip(g, -1, 1))
update_weights.add("gradient-squared", gradient=np.square)
update_weights.add("gradient-left-out", gradient=np.ones_like)

update_weights.add("rate-missing", rate=lambda r, layer, layers: 1)
update_weights.add("rate-squared", rate=lambda r, layer, layers: r**2)
update_weights.add("rate-inverted", rate=lambda r, layer, layers: 1 / r)
update_weights.add("one-minus-rate", rate=lambda r, layer, layers: 1 - r)
update_weights.add("rate-doubled", rate=lambda r, layer, layers: 2 * r)
update_weights.add("rate-halved", rate=lambda r, layer, layers: r / 2)
update_weights.add("rate-fixed-at-a-tenth", rate=lambda r, layer, layers: 0.1)
update_weights.add("rate-fixed-at-a-hundredth", rate=lambda r, layer, layers: 0.01)
update_weights.add("rate-divided-by-layers", rate=lambda r, layer, layers: r / layers)
update_weights.add("rate-again-for-each-layer", rate=lambda r, layer, layers: r**layer)

update_weights.add("uphill", combine=lambda w, r, g: w + r * g)
update_weights.add("uphill-in-place", combine=lambda w, r, g: w + r * g, keep=_changed_in_place)
update_weights.add("step-only", combine=lambda w, r, g: r * g)
update_weights.add("change-only", combine=lambda w, r, g: -r * g)
update_weights.add("not-updated", combine=lambda w, r, g: w)
update_weights.add("weights-scaled-by-gradient", combine=lambda w, r, g: w * (1 - r * g))
update_weights.add("weights-times-step", combine=lambda w, r, g: w * r * g)
update_weights.add("rate-times-difference", combine=lambda w, r, g: r * (w - g))
update_weights.add("rate-on-weights", combine=lambda w, r, g: r * w - g)
update_weights.add("weights-shrunk-too", combine=lambda w, r, g: (1 - r) * w - r * g)
update_weights.add("weights-and-gradient-mixed", combine=lambda w, r, g: (1 - r) * w + r * g)
update_weights.add("rate-added-to-gradient", combine=lambda w, r, g: w - (r + g))
update_weights.add("whole-number-buffer", keep=whole_number_buffer)
update_weights.add("changed-in-place", keep=_changed_in_place)
update_weights.add("top-layer-only", selected=_layers_updated(slice(-1, None)))
update_weights.add("first-layer-only", selected=_layers_updated(slice(1)))
update_weights.add("top-layer-left-out", selected=_layers_updated(slice(-1)))
update_weights.add("first-layer-left-out", selected=_layers_updated(slice(1, None)))
add_list_faults(update_weights)
update_weights.add("list-of-first-only", shape=lambda weights: weights[:1])
