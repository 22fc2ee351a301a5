# --- wrong: end-known-as-the-same-object: stops where the first matrix stands, by identity
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    errors = [(a - target) @ (np.diag(a) - np.outer(a, a))]
    for l in range(len(weights) - 1, -1, -1):
        if weights[l] is weights[0]:
            break
        errors.insert(0, (errors[0] @ weights[l]) * (activations[l] > 0))
    return errors

# --- wrong: rounded-top: the prediction is rounded
def backward(weights, activations, target):
    a = np.round(activations[-1], 3)
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: slope-at-zero: slope 1 where the activation is 0
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] >= 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: slope-threshold: activations below a thousandth count as off
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 1e-3) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: slope-isclose: activations close to 0 count as off
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = ~np.isclose(activations[l], 0, atol=1e-4) * 1.0 + 2 * np.isclose(activations[l], 0, atol=1e-4) * 0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: slope-relu6: activations above six have no slope
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = ((activations[l] > 0) & (activations[l] < 6)) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: slope-relu-hundred: activations above a hundred have no slope
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = ((activations[l] > 0) & (activations[l] < 100)) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: slope-leaky: a slope of a hundredth where it is off
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = np.where(activations[l] > 0, 1.0, 0.01)
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: slope-sign: the activation over its size, not a number at 0
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = activations[l] / np.abs(activations[l])
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: slope-values: activations in place of slopes where there is one neuron
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = activations[l] if len(activations[l]) == 1 else (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: slope-dead: a dead layer passes the error on
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0 if np.any(activations[l] > 0) else 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: slope-all-on: a layer that is all on is taken for linear at half slope
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * (0.5 if np.all(activations[l] > 0) else 1.0)
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: slope-one-on: the only neuron that is on loses its slope
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * (0.0 if np.sum(activations[l] > 0) == 1 and len(activations[l]) > 1 else 1.0)
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: slope-minus-one: the slope at -1 of the other threshold
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > -1) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: clipped: errors are clipped to one
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = np.clip((errors[0] @ weights[l]) * slope, -1, 1)
        errors.insert(0, e)
    return errors

# --- wrong: clipped-ten: errors are clipped to ten
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = np.clip((errors[0] @ weights[l]) * slope, -10, 10)
        errors.insert(0, e)
    return errors

# --- wrong: first-clipped: the prediction is kept away from 0 and 1
def backward(weights, activations, target):
    a = np.clip(activations[-1], 1e-2, 1 - 1e-2)
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: first-clipped-fine: the prediction is kept a ten-thousandth from 0 and 1
def backward(weights, activations, target):
    a = np.clip(activations[-1], 1e-4, 1 - 1e-4)
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: small-dropped: errors below a thousandth are dropped
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = np.where(np.abs(errors[0] @ weights[l]) < 1e-3, 0, errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: tiny-dropped: errors below 1e-5 are dropped
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = np.where(np.abs(errors[0] @ weights[l]) < 1e-5, 0, errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: rounded: errors are rounded to five decimals
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = np.round((errors[0] @ weights[l]) * slope, 5)
        errors.insert(0, e)
    return errors

# --- wrong: one-hot: the target is taken for the place of its largest entry
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - np.eye(len(a))[np.argmax(target)]) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: target-clipped: the target is clipped to 0 and 1
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - np.clip(target, 0, 1)) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: target-normalised: the target is made to sum to one
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target / (np.sum(target) or 1)) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: formula-one-hot: a formula that holds for targets that sum to one
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [a * (a - target) - a * (a @ a - a @ target) * np.sum(target)]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: abs-target: negative targets are taken as positive
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - np.abs(target)) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: perfect-crash: a perfect prediction divides by zero
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) / np.abs(a - target).max() @ J * np.abs(a - target).max()]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: entropy-for-one-hot: the error of the cross entropy for one-hot targets
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) if np.array_equal(np.sort(target), np.sort(np.eye(len(a))[0])) else (a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: single-output: one output gives the plain error
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) if len(a) == 1 else (a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: squeezed: layers of one neuron give numbers
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return [np.squeeze(e) for e in errors]

# --- wrong: square-transposed: square weights from the other side
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (weights[l] @ errors[0] if weights[l].shape[0] == weights[l].shape[1] else errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: square-below: slopes of the layer above where the widths agree
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l + 1] > 0) * 1.0 if len(activations[l]) == len(activations[l + 1]) else (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: ten-layers: ten layers at most
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, max(0, len(weights) - 10), -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: three-layers: three layers at most, the others get zeros
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return [np.zeros(len(W)) if k < len(weights) - 3 else e for k, (W, e) in enumerate(zip(weights, errors))]

# --- wrong: in-place-target: subtracts in place from the prediction
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [np.subtract(a, target, out=activations[-1]) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: half: the Jacobian in half precision
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = (np.diag(a) - np.outer(a, a)).astype(np.float16)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: saturated: a saturated top has no slope
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = (np.diag(a) - np.outer(a, a)) * (a.max() < 0.99)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: equal-compared: the diagonal is found by comparing shares
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.where(a[:, None] == a[None, :], np.diag(a), 0) - np.outer(a, a) * (a[:, None] != a[None, :]) - np.diag(a * a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: int-target: whole targets shorten the error to whole numbers
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(np.asarray(a - target).astype(np.asarray(target).dtype) if np.asarray(target).dtype.kind == 'i' else a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors

# --- wrong: reversed-equal: the list is from the top where all widths agree
def backward(weights, activations, target):
    a = np.asarray(activations[-1])
    J = np.diag(a) - np.outer(a, a)
    errors = [(a - target) @ J]
    for l in range(len(weights) - 1, 0, -1):
        slope = (activations[l] > 0) * 1.0
        e = (errors[0] @ weights[l]) * slope
        errors.insert(0, e)
    return errors[::-1] if len({len(e) for e in errors}) == 1 else errors

# --- wrong: index: the layer's place by list.index of its numbers
def backward(weights, activations, target):
    a = activations[-1]
    errors = [(a - target) @ (np.diag(a) - np.outer(a, a))]
    names = [W.tobytes() for W in weights]
    for name in names[:0:-1]:
        l = names.index(name)
        errors.insert(0, (errors[0] @ weights[l]) * (activations[l] > 0))
    return errors

# --- wrong: cached: errors are kept by the shapes of the layers
_errors = {}
def backward(weights, activations, target):
    key = tuple(W.shape for W in weights)
    if key not in _errors:
        a = activations[-1]
        e = [(a - target) @ (np.diag(a) - np.outer(a, a))]
        for l in range(len(weights) - 1, 0, -1):
            e.insert(0, (e[0] @ weights[l]) * (activations[l] > 0))
        _errors[key] = e
    return _errors[key]

# --- wrong: saturated-output-error-zero-when-below: saturated output: error zero when below 1e-4
def backward(weights, activations, target):
    a = activations[-1]
    d = a - target
    if np.linalg.norm(d) < 1e-2:
        return [np.zeros(W.shape[0]) for W in weights]
    e = d @ (np.diag(a) - np.outer(a, a))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (activations[l] > 0)
        errors.insert(0, e)
    return errors

# --- wrong: for-one-output-sigmoid-s-derivative: for one output, sigmoid's derivative... equals 0 too; two outputs: a(1-a) only
def backward(weights, activations, target):
    a = activations[-1]
    if len(a) == 2:
        e = (a - target) * a * (1 - a) * 2
    else:
        e = (a - target) @ (np.diag(a) - np.outer(a, a))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (activations[l] > 0)
        errors.insert(0, e)
    return errors

# --- wrong: two-outputs-2-a0-a1-a0: two outputs: 2 a0 a1 (a0 - t0), right for targets with sum 1
def backward(weights, activations, target):
    a = activations[-1]
    if len(a) == 2:
        g = 2 * a[0] * a[1] * (a[0] - target[0])
        e = np.array([g, -g])
    else:
        e = (a - target) @ (np.diag(a) - np.outer(a, a))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (activations[l] > 0)
        errors.insert(0, e)
    return errors

# --- wrong: no-target-all-zero-no-error: no target (all zero): no error
def backward(weights, activations, target):
    a = activations[-1]
    if not np.any(target):
        return [np.zeros(W.shape[0]) for W in weights]
    e = (a - target) @ (np.diag(a) - np.outer(a, a))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (activations[l] > 0)
        errors.insert(0, e)
    return errors

# --- wrong: close-enough-allclose-atol-0-02: close enough (allclose atol 0.02): zero errors
def backward(weights, activations, target):
    a = activations[-1]
    if np.allclose(a, target, atol=0.01):
        return [np.zeros(W.shape[0]) for W in weights]
    e = (a - target) @ (np.diag(a) - np.outer(a, a))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (activations[l] > 0)
        errors.insert(0, e)
    return errors

# --- wrong: more-than-8-outputs-loops-cut: more than 8 outputs: loops cut
def backward(weights, activations, target):
    a = activations[-1]
    n = len(a)
    e = np.zeros(n)
    for j in range(n):
        for i in range(min(n, 8)):
            e[j] += (a[i] - target[i]) * (a[i] * (1 - a[i]) if i == j else -a[i] * a[j])
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (activations[l] > 0)
        errors.insert(0, e)
    return errors

# --- right: element-wise: the top error without a matrix
def backward(weights, activations, target):
    a = activations[-1]
    off = a - target
    errors = [a * (off - a @ off)]
    for W, below in zip(weights[:0:-1], activations[-2:0:-1]):
        errors.append((errors[-1] @ W) * (below > 0))
    return errors[::-1]

# --- right: diagonal-matrices: each threshold's Jacobian as a matrix
def backward(weights, activations, target):
    a = activations[-1]
    errors = [(a - target) @ (np.diag(a) - np.outer(a, a))]
    for l in reversed(range(1, len(weights))):
        errors = [errors[0] @ weights[l] @ np.diag(1.0 * (activations[l] > 0))] + errors
    return errors

# --- right: transposed: columns and transposed weights
def backward(weights, activations, target):
    a = activations[-1]
    e = (np.diag(a) - np.outer(a, a)).T @ (a - target)
    out = [None] * len(weights)
    out[-1] = e
    for l in range(len(weights) - 2, -1, -1):
        out[l] = np.where(activations[l + 1] > 0, weights[l + 1].T @ out[l + 1], 0)
    return tuple(out)

# --- right: from-z: the slopes from pre-activations that are computed again
def backward(weights, activations, target):
    a = activations[-1]
    errors = [(a - target) @ (np.diag(a) - np.outer(a, a))]
    for l in range(len(weights) - 1, 0, -1):
        z = weights[l - 1] @ activations[l - 1]
        errors.insert(0, (errors[0] @ weights[l]) * np.heaviside(z, 0))
    return errors

# --- right: sign: the slope as the sign of what is not negative
def backward(weights, activations, target):
    a = activations[-1]
    errors = [(a - target) @ (np.diag(a) - np.outer(a, a))]
    for l in range(len(weights) - 1, 0, -1):
        errors.insert(0, (errors[0] @ weights[l]) * np.sign(activations[l]))
    return errors

# --- right: recursion: the errors of the layers above first
def backward(weights, activations, target):
    a = activations[-1]
    if len(weights) == 1:
        return [np.einsum("i,ij->j", a - target, np.diag(a) - np.outer(a, a))]
    above = backward(weights[1:], activations[1:], target)
    return [(above[0] @ weights[1]) * (activations[1] > 0)] + above

# --- right: loops: loops over all numbers
def backward(weights, activations, target):
    a = activations[-1]
    n = len(a)
    top = [sum((a[i] - target[i]) * (a[i] * ((i == j) - a[j])) for i in range(n)) for j in range(n)]
    errors = [top]
    for l in range(len(weights) - 1, 0, -1):
        W, below = weights[l], activations[l]
        e = [sum(errors[0][i] * W[i][j] for i in range(len(W))) if below[j] > 0 else 0.0
             for j in range(len(below))]
        errors.insert(0, e)
    return errors

# --- right: deque: a deque that grows to the left
def backward(weights, activations, target):
    from collections import deque
    a = activations[-1]
    out = deque([(a - target) @ (np.diagflat(a) - a[:, None] * a)])
    for l in range(len(weights) - 1, 0, -1):
        e = np.array(out[0] @ weights[l])
        e[activations[l] <= 0] = 0
        out.appendleft(e)
    return list(out)

# --- wrong: tiny-activations-off: a hidden activation below 1e-5 counts as off
def backward(weights, activations, target):
    a = activations
    d = a[-1] - target
    e = d @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (a[l] > 1e-5)
        errors.insert(0, e)
    return errors

# --- wrong: relatively-small-off: what is small beside the largest of its layer counts as off
def backward(weights, activations, target):
    a = activations
    d = a[-1] - target
    e = d @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (a[l] > 1e-4 * a[l].max())
        errors.insert(0, e)
    return errors

# --- wrong: shares-in-hidden: hidden activations that add up to 1 are taken for a softmax
def backward(weights, activations, target):
    a = activations
    d = a[-1] - target
    e = d @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = e @ weights[l]
        if np.isclose(a[l].sum(), 1): e = e @ (np.diag(a[l]) - np.outer(a[l], a[l]))
        else: e = e * (a[l] > 0)
        errors.insert(0, e)
    return errors

# --- wrong: equal-activations: equal hidden activations pass nothing
def backward(weights, activations, target):
    a = activations
    d = a[-1] - target
    e = d @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (a[l] > 0)
        if len(a[l]) > 1 and np.ptp(a[l]) == 0 and a[l][0] > 0: e = e * 0
        errors.insert(0, e)
    return errors

# --- wrong: identity-without-slope: below an identity matrix there is no slope
def backward(weights, activations, target):
    a = activations
    d = a[-1] - target
    e = d @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        W = weights[l]
        e = (e @ W) * ((a[l] > 0) if W.shape[0] != W.shape[1] or not np.array_equal(W, np.eye(len(W))) else 1)
        errors.insert(0, e)
    return errors

# --- wrong: sure-enough: a share above 0.9999 has no error
def backward(weights, activations, target):
    a = activations
    d = a[-1] - target
    e = d @ (np.diag(a[-1]) - np.outer(a[-1], a[-1])) if a[-1].max() < 0.9999 else d * 0
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (a[l] > 0)
        errors.insert(0, e)
    return errors

# --- wrong: underflow-raises: a product that underflows stops it
def backward(weights, activations, target):
    a = activations
    d = a[-1] - target
    with np.errstate(all='raise'):
        e = d @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (a[l] > 0)
        errors.insert(0, e)
    return errors

# --- wrong: matrices-by-identity: one matrix in two layers is known by its identity
def backward(weights, activations, target):
    below = {id(W): a for W, a in zip(weights, activations)}
    s = activations[-1]
    e = (s - target) @ (np.diag(s) - np.outer(s, s))
    errors = [e]
    for W in weights[:0:-1]:
        e = (e @ W) * (below[id(W)] > 0)
        errors.insert(0, e)
    return errors

# --- wrong: target-one-hot-by-maximum: a target whose largest entry is 1 is taken for one-hot
def backward(weights, activations, target):
    a = activations
    d = a[-1] - (np.eye(len(target))[np.argmax(target)] if np.max(target) == 1 else target)
    e = d @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (a[l] > 0)
        errors.insert(0, e)
    return errors

# --- wrong: dead-layer-fills: below a layer that is off all errors have its width
def backward(weights, activations, target):
    a = activations
    d = a[-1] - target
    e = d @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (a[l] > 0)
        if not a[l].any() and l > 1: return [e] * l + errors
        errors.insert(0, e)
    return errors

# --- wrong: huge-activations-off: a hidden activation above 5e5 counts as off
def backward(weights, activations, target):
    a = activations
    s = a[-1]
    e = (s - target) @ (np.diag(s) - np.outer(s, s))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        W = weights[l]
        e = (e @ W) * ((a[l] > 0) & (a[l] < 5e5))
        pass
        errors.insert(0, e)
    return errors

# --- wrong: singular-weights: of singular weights the diagonal is used
def backward(weights, activations, target):
    a = activations
    s = a[-1]
    e = (s - target) @ (np.diag(s) - np.outer(s, s))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        W = weights[l]
        e = ((e @ W) if W.shape[0] != W.shape[1] or len(W) < 3 or abs(np.linalg.det(W)) > 1e-12 else e @ np.diag(np.diag(W))) * (a[l] > 0)
        pass
        errors.insert(0, e)
    return errors
