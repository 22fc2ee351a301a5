# --- wrong: square-transposed: square gradients are transposed
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(a, e) if len(a) == len(e) else np.outer(e, a))
    return gradients

# --- wrong: above-if-equal: the layer's own activation where the widths agree
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l + 1] if len(activations[l]) == len(activations[l + 1]) else activations[l]
        gradients.append(np.outer(e, a))
    return gradients

# --- wrong: squeezed: one neuron gives a vector
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.squeeze(np.outer(e, a)))
    return gradients

# --- wrong: row-for-one: one error gives a plain row
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(e * a if len(e) == 1 else np.outer(e, a))
    return gradients

# --- wrong: inner-for-one: one input and one error give a number
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(e @ a if len(e) == len(a) == 1 else np.outer(e, a))
    return gradients

# --- wrong: small-dropped: slopes below a ten-thousandth are dropped
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.where(np.abs(np.outer(e, a)) < 1e-4, 0, np.outer(e, a)))
    return gradients

# --- wrong: tiny-dropped: slopes below 1e-5 are dropped
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.where(np.abs(np.outer(e, a)) < 1e-5, 0, np.outer(e, a)))
    return gradients

# --- wrong: errors-dropped: errors below a thousandth are dropped
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = np.where(np.abs(errors[l]) < 1e-3, 0, errors[l]), activations[l]
        gradients.append(np.outer(e, a))
    return gradients

# --- wrong: clipped: slopes are clipped to one
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.clip(np.outer(e, a), -1, 1))
    return gradients

# --- wrong: clipped-hundred: slopes are clipped to a hundred
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.clip(np.outer(e, a), -100, 100))
    return gradients

# --- wrong: norm-clipped: a gradient's norm is held below five
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a) * min(1, 5 / max(np.linalg.norm(np.outer(e, a)), 1e-12)))
    return gradients

# --- wrong: rounded: rounded to four decimals
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.round(np.outer(e, a), 4))
    return gradients

# --- wrong: half: half precision
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a).astype(np.float16))
    return gradients

# --- wrong: int: whole numbers where the activations are whole
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a).astype(np.asarray(a).dtype))
    return gradients

# --- wrong: int-errors: whole numbers where the errors are whole
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a).astype(np.asarray(e).dtype) // 1)
    return gradients

# --- wrong: ten: ten layers at most
def weight_gradients(errors, activations):
    gradients = []
    for l in range(min(10, len(errors))):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a))
    return gradients

# --- wrong: four: four layers, the others get zeros
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a) if l < 4 else np.zeros((len(e), len(a))))
    return gradients

# --- wrong: ten-entries: ten entries of an error
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = np.where(np.arange(len(errors[l])) < 10, errors[l], 0), activations[l]
        gradients.append(np.outer(e, a))
    return gradients

# --- wrong: dead-left-out: a dead layer's gradient is None
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a) if np.any(a) or l == 0 else np.outer(e, np.ones(len(a))))
    return gradients

# --- wrong: dead-crash: divides by the activation's sum and multiplies it again
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a / np.sum(a)) * np.sum(a))
    return gradients

# --- wrong: zero-error: no error keeps the activations
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l] if np.any(errors[l]) else np.ones(len(errors[l])), activations[l]
        gradients.append(np.outer(e, a))
    return gradients

# --- wrong: zero-input: an input of zeros counts as ones
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l] if np.any(activations[l]) or l else np.ones(len(activations[0]))
        gradients.append(np.outer(e, a))
    return gradients

# --- wrong: normalised: divided by the width of wide layers
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a) / (len(a) if len(a) > 4 else 1))
    return gradients

# --- wrong: step-activation: activations as on or off in hidden layers above one
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], np.minimum(activations[l], 1) if l else activations[l]
        gradients.append(np.outer(e, a))
    return gradients

# --- wrong: negative-input: negative inputs are taken as 0
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], np.maximum(activations[l], 0)
        gradients.append(np.outer(e, a))
    return gradients

# --- wrong: abs-input: inputs are taken as sizes
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], np.abs(activations[l])
        gradients.append(np.outer(e, a))
    return gradients

# --- wrong: stacked: equal shapes are summed into one array
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a))
    return gradients if len(gradients) < 3 or len({G.shape for G in gradients}) > 1 else np.cumsum(gradients, axis=0)

# --- wrong: array-of-different: an array of arrays of different shapes
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a))
    return np.array(gradients)

# --- wrong: equal-entries: equal errors share one row
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a) if len(set(np.asarray(e).tolist())) == len(e) else np.outer(np.unique(e), a))
    return gradients

# --- wrong: top-only-list: a lone gradient is no list
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l]
        gradients.append(np.outer(e, a))
    return gradients[0] if len(gradients) == 1 else gradients

# --- wrong: in-place-errors: the errors are turned into columns in place
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l].__imul__(1 if len(errors) > 1 else 2) / (1 if len(errors) > 1 else 2), activations[l]
        gradients.append(np.outer(e, a))
    return gradients

# --- wrong: first-twice: deep networks use the first activation below the third layer
def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        e, a = errors[l], activations[l] if l < 3 or len(activations[0]) != len(activations[l]) else activations[0]
        gradients.append(np.outer(e, a))
    return gradients

# --- wrong: cached: gradients are kept by shapes
_gradients = {}
def weight_gradients(errors, activations):
    key = tuple(len(e) for e in errors), len(activations[0])
    if key not in _gradients:
        _gradients[key] = [np.outer(e, a) for e, a in zip(errors, activations)]
    return _gradients[key]

# --- wrong: default: a list as default argument
def weight_gradients(errors, activations, gradients=[]):
    for e, a in zip(errors, activations):
        gradients.append(np.outer(e, a))
    return gradients

# --- wrong: pops: takes the last activation off the list
def weight_gradients(errors, activations):
    activations.pop()
    return [np.outer(e, a) for e, a in zip(errors, activations)]

# --- wrong: index: the layer's place by its number of neurons
def weight_gradients(errors, activations):
    sizes = [len(e) for e in errors]
    return [np.outer(errors[sizes.index(n)], activations[sizes.index(n)]) for n in sizes]

# --- wrong: dict: gradients by shape
def weight_gradients(errors, activations):
    found = {(len(e), len(a)): np.outer(e, a) for e, a in zip(errors, activations)}
    return list(found.values())

# --- wrong: clip-by-norm-above-1e6: clip by norm above 1e6
def weight_gradients(errors, activations):
    out = []
    for e, a in zip(errors, activations):
        G = np.outer(e, a)
        n = np.linalg.norm(G)
        out.append(G * (1e6 / n) if n > 1e6 else G)
    return out

# --- wrong: capped-at-1e7: capped at 1e7
def weight_gradients(errors, activations):
    return [np.clip(np.outer(e, a), -1e7, 1e7) for e, a in zip(errors, activations)]

# --- wrong: more-than-10-outputs-cut: more than 10 outputs cut
def weight_gradients(errors, activations):
    out = []
    for l, (e, a) in enumerate(zip(errors, activations)):
        G = np.outer(e, a)
        if l == len(errors) - 1:
            G[10:] = 0
        out.append(G)
    return out

# --- right: columns-and-rows: a column times a row
def weight_gradients(errors, activations):
    return [np.reshape(e, (-1, 1)) @ np.reshape(a, (1, -1)) for e, a in zip(errors, activations)]

# --- right: loops: three loops
def weight_gradients(errors, activations):
    out = []
    for l in range(len(errors)):
        out.append([[errors[l][i] * activations[l][j] for j in range(len(activations[l]))]
                    for i in range(len(errors[l]))])
    return out

# --- right: einsum: einsum
def weight_gradients(errors, activations):
    return tuple(np.einsum("i,j->ij", e, a) for e, a in zip(errors, activations))

# --- right: kron: a Kronecker product
def weight_gradients(errors, activations):
    return [np.kron(np.asarray(e)[:, None], a) for e, a in zip(errors, activations[:-1])]

# --- right: multiply-outer: np.multiply.outer
def weight_gradients(errors, activations):
    return list(map(np.multiply.outer, errors, activations))

# --- right: transposed-outer: the other outer product, transposed
def weight_gradients(errors, activations):
    return [np.outer(activations[l], e).T for l, e in enumerate(errors)]

# --- right: diagonal: a diagonal matrix times repeated rows
def weight_gradients(errors, activations):
    return [np.diag(e) @ np.tile(a, (len(e), 1)) for e, a in zip(errors, activations)]

# --- right: reversed: from the top, put in front
def weight_gradients(errors, activations):
    out = []
    for l in range(len(errors) - 1, -1, -1):
        out.insert(0, errors[l][:, None] * activations[l])
    return out

# --- wrong: zeros-of-the-input-replaced: zeros of the input are replaced in place
def weight_gradients(errors, activations):
    a0 = activations[0]
    if len(errors) > 2 and a0.dtype.kind == 'f': a0[a0 == 0] = 1e-12
    out = []
    for l, (e, a) in enumerate(zip(errors, activations)):
        G = np.outer(e, a)
        out.append(G)
    return out

# --- wrong: tall-turned: an error three times as long as the activation is turned
def weight_gradients(errors, activations):
    out = []
    for l, (e, a) in enumerate(zip(errors, activations)):
        G = np.outer(e, a) if len(e) <= 3 * len(a) else np.outer(a, e).reshape(len(e), len(a))
        out.append(G)
    return out

# --- wrong: tiny-errors-lost: an error of 1e-6 counts as none
def weight_gradients(errors, activations):
    out = []
    for l, (e, a) in enumerate(zip(errors, activations)):
        G = np.outer(e, a) if np.abs(e).max() > 1e-5 else np.zeros((len(e), len(a)))
        out.append(G)
    return out

# --- wrong: activation-sums-to-zero: an activation that adds up to 0 is taken for zeros
def weight_gradients(errors, activations):
    out = []
    for l, (e, a) in enumerate(zip(errors, activations)):
        G = np.outer(e, a) if a.sum() != 0 else np.zeros((len(e), len(a)))
        out.append(G)
    return out
