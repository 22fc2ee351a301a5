# --- wrong: top-known-as-the-same-object: softmax wherever the last matrix stands, by identity
def forward(weights, x):
    activations = [np.asarray(x, dtype=float)]
    for W in weights:
        z = W @ activations[-1]
        activations.append(softmax(z) if W is weights[-1] else np.maximum(z, 0))
    return activations

# --- wrong: top-no-shift: a top softmax that overflows
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = np.exp(z) / np.exp(z).sum()
        activations.append(a)
    return activations

# --- wrong: top-first-shift: a top softmax shifted by its first entry
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = np.exp(z - z[0]) / np.exp(z - z[0]).sum()
        activations.append(a)
    return activations

# --- wrong: top-mean-shift: a top softmax shifted by the mean
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = np.exp(z - z.mean()) / np.exp(z - z.mean()).sum()
        activations.append(a)
    return activations

# --- wrong: top-abs-shift: a top softmax shifted by the largest size
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = np.exp(z - np.abs(z).max()) / np.exp(z - np.abs(z).max()).sum()
        activations.append(a)
    return activations

# --- wrong: top-clipped: a top softmax of clipped inputs
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = softmax(np.clip(z, -30, 30))
        activations.append(a)
    return activations

# --- wrong: relu6: hidden activations are capped at six
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.clip(z, 0, 6)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: capped-hundred: hidden activations are capped at a hundred
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.clip(z, 0, 100)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: leaky: hidden activations leak a thousandth
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.where(z > 0, z, 1e-3 * z)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: small-off: activations below a hundredth are off
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.where(z > 1e-2, z, 0)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: tiny-off: activations below a ten-thousandth are off
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.where(z > 1e-4, z, 0)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: rounded: hidden activations are rounded
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.round(np.maximum(z, 0), 3)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: top-rounded: the top is rounded
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = np.round(softmax(z), 4)
        activations.append(a)
    return activations

# --- wrong: squeezed: layers of one neuron become numbers
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.squeeze(np.maximum(z, 0)) if len(z) > 1 else np.maximum(z, 0)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return [np.squeeze(a) for a in activations]

# --- wrong: one-output: a single output is said to be a sigmoid
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = softmax(z) if len(z) > 1 else 1 / (1 + np.exp(-z))
        activations.append(a)
    return activations

# --- wrong: two-outputs: two outputs are sigmoids
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = softmax(z) if len(z) != 2 else 1 / (1 + np.exp(-z))
        activations.append(a)
    return activations

# --- wrong: dead-restarted: a dead layer is given its pre-activations
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0) if (z > 0).any() else z
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: dead-small: a dead layer is given a small number
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0) if (z > 0).any() else np.full(len(z), 1e-2)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: all-on: a layer that is all on is normalised
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0) if (z <= 0).any() else z / z.max()
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: abs: sizes in place of threshold for two neurons
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.abs(z) if len(z) == 2 else np.maximum(z, 0)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: int: whole numbers stay whole
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = softmax(z).astype(z.dtype)
        activations.append(a)
    return activations

# --- wrong: input-thresholded: the input goes through the threshold too
def forward(weights, x):
    activations = [np.maximum(x, 0)]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: input-float16: the input is kept in half precision
def forward(weights, x):
    activations = [np.asarray(x, dtype=np.float16)]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: no-input: the input is left out for one layer
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations if len(weights) > 1 else activations[1:]

# --- wrong: ten-layers: the last ten activations
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations[-10:]

# --- wrong: stacked: layers of the same width come as one array without the input
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations if len({len(a) for a in activations}) > 1 else np.array(activations[1:])

# --- wrong: threshold-minus-one: the threshold of Practice 6.1 in the hidden layers
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.where(z > -1, z, 0)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: at-zero: a pre-activation of 0 counts as 1
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.where(z == 0, 1.0, np.maximum(z, 0))
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: second-linear: deep hidden layers have no threshold
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0) if l < 3 else z
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: half-precision: hidden layers in half precision
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0).astype(np.float16)
        else:
            a = np.exp(z - np.max(z)) / np.exp(z - np.max(z)).sum()
        activations.append(a)
    return activations

# --- wrong: epsilon: a small number in the top's sum
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = np.exp(z - z.max()) / (np.exp(z - z.max()).sum() + 1e-4)
        activations.append(a)
    return activations

# --- wrong: winner: the largest output takes all where it leads
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = (z == z.max()) * 1.0 if np.ptp(z) > 8 else softmax(z)
        activations.append(a)
    return activations

# --- wrong: equal-outputs: equal outputs by a dictionary
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        if l < len(weights) - 1:
            a = np.maximum(z, 0)
        else:
            a = np.array(list({v: s for v, s in zip(z, softmax(z))}.values()))
        activations.append(a)
    return activations

# --- wrong: in-place: subtracts the largest in place from the weights' result and the input
def forward(weights, x):
    activations = [x]
    for W in weights[:-1]:
        activations.append(np.maximum(W @ activations[-1], 0))
    x -= 0.0 if len(weights) > 1 else x.max()
    activations.append(softmax(weights[-1] @ activations[-1]))
    return activations

# --- wrong: known-weights: the weights in a dictionary by their numbers
def forward(weights, x):
    layers = {W.tobytes(): W for W in weights}
    activations = [x]
    layers = list(layers.values())
    for W in layers[:-1]:
        activations.append(np.maximum(W @ activations[-1], 0))
    return activations + [softmax(layers[-1] @ activations[-1])]

# --- wrong: last-by-value: the top layer is found by its numbers
def forward(weights, x):
    activations = [x]
    for W in weights:
        z = W @ activations[-1]
        top = W.shape == weights[-1].shape and np.array_equal(W, weights[-1])
        activations.append(softmax(z) if top else np.maximum(z, 0))
    return activations

# --- wrong: top-by-shape: the top layer is found by its shape
def forward(weights, x):
    activations = [x]
    for W in weights:
        z = W @ activations[-1]
        top = W.shape == weights[-1].shape
        activations.append(softmax(z) if top else np.maximum(z, 0))
    return activations

# --- wrong: square-transposed: square weights from the other side
def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        a = activations[-1]
        z = a @ W if W.shape[0] == W.shape[1] and l > 0 else W @ a
        activations.append(np.maximum(z, 0) if l < len(weights) - 1 else softmax(z))
    return activations

# --- wrong: cached: the activations are kept by the number of layers and neurons
_activations = {}
def forward(weights, x):
    key = tuple(W.shape for W in weights)
    if key not in _activations:
        a = [x]
        for W in weights[:-1]:
            a.append(np.maximum(W @ a[-1], 0))
        _activations[key] = a + [softmax(weights[-1] @ a[-1])]
    return _activations[key]

# --- wrong: zero-input: an input of zeros gives zeros
def forward(weights, x):
    if not np.any(x):
        return [x] + [np.zeros(len(W)) for W in weights]
    activations = [x]
    for W in weights[:-1]:
        activations.append(np.maximum(W @ activations[-1], 0))
    return activations + [softmax(weights[-1] @ activations[-1])]

# --- wrong: default: a list as default argument
def forward(weights, x, activations=[]):
    activations.append(x)
    for W in weights[:-1]:
        activations.append(np.maximum(W @ activations[-1], 0))
    activations.append(softmax(weights[-1] @ activations[-1]))
    return activations

# --- wrong: own-softmax-shifted-by-max-0: own softmax shifted by max(0, .): top all very negative is nan
def forward(weights, x):
    a = [x]
    for W in weights[:-1]:
        a.append(np.maximum(W @ a[-1], 0))
    z = weights[-1] @ a[-1]
    e = np.exp(z - max(0.0, z.max()))
    a.append(e / e.sum())
    return a

# --- right: recursion: the first layer and the rest
def forward(weights, x):
    z = weights[0] @ x
    if len(weights) == 1:
        return [x, softmax(z)]
    return [x, *forward(weights[1:], z * (z > 0))]

# --- right: tuple: a tuple with a copy of the input
def forward(weights, x):
    a = (np.array(x, dtype=float),)
    *hidden, top = weights
    for W in hidden:
        a += (np.clip(W @ a[-1], 0, None),)
    return a + (softmax(top @ a[-1]),)

# --- right: loops: everything in loops over numbers
def forward(weights, x):
    activations = [list(x)]
    for l, W in enumerate(weights):
        z = [sum(w * a for w, a in zip(row, activations[-1])) for row in W]
        if l < len(weights) - 1:
            activations.append([v if v > 0 else 0 for v in z])
        else:
            activations.append(list(softmax(np.array(z))))
    return activations

# --- right: own-softmax: a softmax of its own by logaddexp
def forward(weights, x):
    activations = [x]
    for W in weights[:-1]:
        activations.append(np.where(W @ activations[-1] > 0, W @ activations[-1], 0))
    z = weights[-1] @ activations[-1]
    activations.append(np.exp(z - np.logaddexp.reduce(z)))
    return activations

# --- right: class: a layer as a class
class _Layer:
    def __init__(self, W, f):
        self.W, self.f = W, f
    def __call__(self, a):
        return self.f(self.W.dot(a))
def forward(weights, x):
    layers = [_Layer(W, lambda z: np.maximum(0, z)) for W in weights[:-1]]
    layers.append(_Layer(weights[-1], softmax))
    out = [x]
    for layer in layers:
        out.append(layer(out[-1]))
    return out

# --- right: half-sum: the threshold as half of the sum with the size
def forward(weights, x):
    out = [np.asarray(x, dtype=float)]
    for W in weights[:-1]:
        z = W @ out[-1]
        out.append((z + np.abs(z)) / 2)
    return out + [softmax(weights[-1] @ out[-1])]

# --- right: accumulate: itertools.accumulate over the layers
def forward(weights, x):
    from itertools import accumulate
    steps = [(W, l == len(weights) - 1) for l, W in enumerate(weights)]
    step = lambda a, s: softmax(s[0] @ a) if s[1] else np.fmax(s[0] @ a, 0)
    return list(accumulate(steps, step, initial=x))

# --- right: matrices: columns as matrices, flattened at the end
def forward(weights, x):
    a = [np.reshape(x, (-1, 1))]
    for W in weights[:-1]:
        a.append(np.maximum(np.matmul(W, a[-1]), 0))
    z = np.matmul(weights[-1], a[-1])
    e = np.exp(z - z.max())
    a.append(e / e.sum())
    return [column.ravel() for column in a]

# --- wrong: dead-neuron-alone: a hidden layer of one unit has no threshold but a magnitude
def forward(weights, x):
    a = [x]
    for l, W in enumerate(weights):
        z = W @ a[-1]
        if l == len(weights) - 1:
            e = np.exp(z - z.max()); z = e / e.sum()
        else:
            z = np.maximum(z, 0) if len(z) > 1 else np.abs(z)
        a.append(z)
    return a

# --- wrong: identity-not-rectified: what an identity matrix gives is not rectified
def forward(weights, x):
    a = [x]
    for l, W in enumerate(weights):
        z = W @ a[-1]
        if l == len(weights) - 1:
            e = np.exp(z - z.max()); z = e / e.sum()
        else:
            z = z if W.shape[0] == W.shape[1] and np.array_equal(W, np.eye(len(W))) else np.maximum(z, 0)
        a.append(z)
    return a

# --- wrong: top-shares-kept: top pre-activations that are shares already stay as they are
def forward(weights, x):
    a = [x]
    for l, W in enumerate(weights):
        z = W @ a[-1]
        if l == len(weights) - 1:
            if not (np.all(z >= 0) and np.isclose(z.sum(), 1)):
                e = np.exp(z - z.max()); z = e / e.sum()
        else:
            z = np.maximum(z, 0)
        a.append(z)
    return a

# --- wrong: input-sums-to-zero: an input that adds up to 0 is taken for zeros
def forward(weights, x):
    a = [x]
    for l, W in enumerate(weights):
        z = W @ a[-1] if a[-1].sum() != 0 else np.zeros(len(W))
        if l == len(weights) - 1:
            e = np.exp(z - z.max()); z = e / e.sum()
        else:
            z = np.maximum(z, 0)
        a.append(z)
    return a

# --- wrong: input-without-positive: an input whose largest entry is 0 is taken for zeros
def forward(weights, x):
    a = [x]
    for l, W in enumerate(weights):
        z = W @ a[-1] if a[-1].max() != 0 else np.zeros(len(W))
        if l == len(weights) - 1:
            e = np.exp(z - z.max()); z = e / e.sum()
        else:
            z = np.maximum(z, 0)
        a.append(z)
    return a

# --- wrong: top-rescaled: top pre-activations above 1e5 are scaled down
def forward(weights, x):
    a = [x]
    for l, W in enumerate(weights):
        z = W @ a[-1]
        if l == len(weights) - 1:
            m = np.abs(z).max()
            if m > 1e5: z = z * (1e5 / m)
            e = np.exp(z - z.max()); z = e / e.sum()
        else:
            z = np.maximum(z, 0)
        a.append(z)
    return a

# --- wrong: units-after-thirty: hidden units after the thirtieth are off
def forward(weights, x):
    a = [x]
    for l, W in enumerate(weights):
        z = W @ a[-1]
        if l == len(weights) - 1:
            e = np.exp(z - z.max()); z = e / e.sum()
        else:
            z = np.maximum(z, 0)
            z[30:] = 0
        a.append(z)
    return a

# --- wrong: triangular-weights: the lower triangle is read of an upper one
def forward(weights, x):
    a = [x]
    for l, W in enumerate(weights):
        z = W @ a[-1]
        z = np.tril(W) @ a[-1] if W.shape[0] == W.shape[1] and W.shape[0] > 1 and not np.tril(W, -1).any() and np.triu(W, 1).any() else z
        if l == len(weights) - 1:
            e = np.exp(z - z.max()); z = e / e.sum()
        else:
            z = np.maximum(z, 0)
        a.append(z)
    return a

# --- wrong: hidden-capped: hidden activations are at most 5e5
def forward(weights, x):
    a = [x]
    for l, W in enumerate(weights):
        z = W @ a[-1]
        pass
        if l == len(weights) - 1:
            e = np.exp(z - z.max()); z = e / e.sum()
        else:
            z = np.clip(z, 0, 5e5)
        a.append(z)
    return a
