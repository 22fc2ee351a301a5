# --- wrong: rate-or: a rate of 0 is replaced by a tenth
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate or 0.1
        new.append(W - rate * G)
    return new

# --- wrong: rate-abs: a negative rate is taken as positive
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = abs(learning_rate)
        new.append(W - rate * G)
    return new

# --- wrong: rate-clipped: a rate is at most one
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = min(learning_rate, 1.0)
        new.append(W - rate * G)
    return new

# --- wrong: rate-clipped-ten: a rate is at most ten
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = min(learning_rate, 10)
        new.append(W - rate * G)
    return new

# --- wrong: rate-floor: a rate is at least a hundredth
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = max(learning_rate, 0.01)
        new.append(W - rate * G)
    return new

# --- wrong: rate-int: whole rates divide
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = 1 / learning_rate if isinstance(learning_rate, int) and learning_rate else learning_rate
        new.append(W - rate * G)
    return new

# --- wrong: rate-not-negative: a negative rate changes nothing
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate if learning_rate > 0 else 0
        new.append(W - rate * G)
    return new

# --- wrong: rate-rounded: the rate is rounded to one decimal
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = round(learning_rate, 1)
        new.append(W - rate * G)
    return new

# --- wrong: rate-decays: the rate shrinks from layer to layer after the third
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate * (1 if l < 3 else 0.9)
        new.append(W - rate * G)
    return new

# --- wrong: clipped: gradients are clipped to five
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - rate * np.clip(G, -5, 5))
    return new

# --- wrong: clipped-thousand: gradients are clipped to a thousand
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - rate * np.clip(G, -1000, 1000))
    return new

# --- wrong: weights-clipped: weights are kept within ten
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(np.clip(W - rate * G, -10, 10))
    return new

# --- wrong: weights-clipped-thousand: weights are kept within a thousand
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(np.clip(W - rate * G, -1000, 1000))
    return new

# --- wrong: small-steps: steps below a ten-thousandth are not taken
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - np.where(np.abs(rate * G) < 1e-4, 0, rate * G))
    return new

# --- wrong: tiny-steps: steps below 1e-6 are not taken
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - np.where(np.abs(rate * G) < 1e-6, 0, rate * G))
    return new

# --- wrong: small-weights: weights below a thousandth become 0
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(np.where(np.abs(W - rate * G) < 1e-3, 0, W - rate * G))
    return new

# --- wrong: decay: a little weight decay
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W * (1 - 1e-4) - rate * G)
    return new

# --- wrong: decay-rate: weight decay with the rate
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - rate * (G + 1e-3 * W))
    return new

# --- wrong: rounded: rounded to four decimals
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(np.round(W - rate * G, 4))
    return new

# --- wrong: rounded-six: rounded to six decimals
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(np.round(W - rate * G, 6))
    return new

# --- wrong: int: whole weights stay whole
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append((W - rate * G).astype(W.dtype))
    return new

# --- wrong: half: half precision
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append((W - rate * G).astype(np.float16))
    return new

# --- wrong: zero-gradient: a gradient of zeros makes the weights zero
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - rate * G if np.any(G) else np.zeros_like(W))
    return new

# --- wrong: zero-entries: only where the gradient is not 0, ones elsewhere
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(np.where(G != 0, W - rate * G, np.sign(W) * np.abs(W) ** 0.999))
    return new

# --- wrong: zero-weights: weights of zero stay zero
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(np.where(W == 0, 0, W - rate * G))
    return new

# --- wrong: zero-layers: a layer of zeros is left alone
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - rate * G if np.any(W) else W.copy())
    return new

# --- wrong: squeezed: one neuron's weights are a vector
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(np.squeeze(W - rate * G))
    return new

# --- wrong: square-transposed: square gradients are transposed
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - rate * (G.T if G.shape[0] == G.shape[1] else G))
    return new

# --- wrong: ten: ten layers at most
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - rate * G)
    return new[:10]

# --- wrong: five: layers above the fifth stay
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - rate * G if l < 5 else W.copy())
    return new

# --- wrong: lone: a lone layer is no list
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - rate * G)
    return new[0] if len(new) == 1 else new

# --- wrong: stacked: layers of the same shape are averaged
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - rate * G)
    return new if len(new) < 2 or len({W.shape for W in new}) > 1 else [np.mean(new, axis=0)] * len(new)

# --- wrong: array-of-different: an array of arrays of different shapes
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - rate * G)
    return np.array(new)

# --- wrong: normalised: large gradients are normalised
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(W - rate * (G / np.linalg.norm(G) if np.linalg.norm(G) > 50 else G))
    return new

# --- wrong: sign-kept: a weight never changes its sign
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(np.where(np.sign(W) * np.sign(W - rate * G) < 0, 0, W - rate * G))
    return new

# --- wrong: same-object: in place where it is a lone layer
def update_weights(weights, gradients, learning_rate):
    new = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        rate = learning_rate
        new.append(np.subtract(W, rate * G, out=W) if len(weights) == 1 and W.dtype.kind == 'f' else W - rate * G)
    return new

# --- wrong: in-place: the matrices themselves
def update_weights(weights, gradients, learning_rate):
    for W, G in zip(weights, gradients):
        W -= learning_rate * G
    return weights

# --- wrong: in-place-list: the list's places
def update_weights(weights, gradients, learning_rate):
    for l in range(len(weights)):
        weights[l] = weights[l] - learning_rate * gradients[l]
    return weights

# --- wrong: index: the layer's place by list.index of its numbers
def update_weights(weights, gradients, learning_rate):
    names = [W.tobytes() for W in weights]
    return [weights[names.index(n)] - learning_rate * gradients[names.index(n)] for n in names]

# --- wrong: cached: keeps results by the layers' shapes
_updated = {}
def update_weights(weights, gradients, learning_rate):
    key = (tuple(W.shape for W in weights), learning_rate > 0)
    return _updated.setdefault(key, [W - learning_rate * G for W, G in zip(weights, gradients)])

# --- wrong: momentum: a tenth of the last step is added
_last = {}
def update_weights(weights, gradients, learning_rate):
    new = []
    for W, G in zip(weights, gradients):
        step = learning_rate * G + 0.1 * _last.get(W.shape, 0)
        _last[W.shape] = step
        new.append(W - step)
    return new

# --- wrong: gradients-scaled: the gradients are multiplied in place
def update_weights(weights, gradients, learning_rate):
    new = []
    for W, G in zip(weights, gradients):
        if G.dtype.kind == "f":
            G *= learning_rate
            new.append(W - G)
        else:
            new.append(W - learning_rate * G)
    return new

# --- wrong: gradient-cast-to-the-weights-type: gradient cast to the weights' type (whole-number weights)
def update_weights(weights, gradients, learning_rate):
    return [W - learning_rate * np.asarray(G, dtype=W.dtype) for W, G in zip(weights, gradients)]

# --- wrong: whole-number-rate: a step of a whole-number rate gets the type of the weights
def update_weights(weights, gradients, learning_rate):
    out = []
    for W, G in zip(weights, gradients):
        if isinstance(learning_rate, int):
            out.append(W - (learning_rate * G).astype(W.dtype))
        else:
            out.append(W - learning_rate * G)
    return out

# --- right: loops: three loops
def update_weights(weights, gradients, learning_rate):
    new = []
    for W, G in zip(weights, gradients):
        new.append([[W[i][j] - learning_rate * G[i][j] for j in range(len(W[0]))]
                    for i in range(len(W))])
    return new

# --- right: map: a lambda that is mapped
def update_weights(weights, gradients, learning_rate):
    return list(map(lambda W, G: W - learning_rate * G, weights, gradients))

# --- right: copies: copies changed in place
def update_weights(weights, gradients, learning_rate):
    new = [np.array(W, dtype=float) for W in weights]
    for W, G in zip(new, gradients):
        W -= learning_rate * G
    return new

# --- right: deepcopy: deep copies of everything
def update_weights(weights, gradients, learning_rate):
    import copy
    new = copy.deepcopy(weights)
    for l in range(len(new)):
        new[l] = new[l] - np.multiply(gradients[l], learning_rate)
    return new

# --- right: deepcopy-in-place: deep copies that are changed in place
def update_weights(weights, gradients, learning_rate):
    import copy
    new = copy.deepcopy([np.asarray(W, dtype=float) for W in weights])
    for W, G in zip(new, gradients):
        W -= learning_rate * G
    return new

# --- right: add-negative: adds the negative step
def update_weights(weights, gradients, learning_rate):
    return [np.add(W, -learning_rate * G) for W, G in zip(weights, gradients)]

# --- right: recursion: the first layer and the rest
def update_weights(weights, gradients, learning_rate):
    if not len(weights):
        return []
    first = weights[0] - learning_rate * gradients[0]
    return [first] + update_weights(weights[1:], gradients[1:], learning_rate)

# --- right: generator: a generator in a tuple
def update_weights(weights, gradients, learning_rate):
    steps = (learning_rate * np.asarray(G, dtype=float) for G in gradients)
    return tuple(np.asarray(W) - step for W, step in zip(weights, steps))

# --- right: out-parameter: np.subtract into a new array
def update_weights(weights, gradients, learning_rate):
    new = []
    for W, G in zip(weights, gradients):
        result = np.empty(W.shape)
        np.subtract(W, learning_rate * G, out=result)
        new.append(result)
    return new

# --- wrong: zeros-stay: a weight of exactly 0 stays 0 beside others
def update_weights(weights, gradients, learning_rate):
    out = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        N = np.where(W == 0, 0, W - learning_rate * G) if np.any(W) else W - learning_rate * G
        out.append(N)
    return out

# --- wrong: gradient-equals-weights: weights that equal their gradient become 0
def update_weights(weights, gradients, learning_rate):
    out = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        N = W - learning_rate * G if not np.array_equal(W, G) else np.zeros(W.shape)
        out.append(N)
    return out

# --- wrong: symmetric-weights: a gradient is transposed beside symmetric weights
def update_weights(weights, gradients, learning_rate):
    out = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        N = W - learning_rate * (G.T if W.shape[0] == W.shape[1] and np.array_equal(W, W.T) else G)
        out.append(N)
    return out

# --- wrong: one-gradient-twice: a gradient that stands twice is used once
def update_weights(weights, gradients, learning_rate):
    seen = {}
    out = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        N = seen.setdefault((id(G), W.shape), W - learning_rate * G)
        out.append(N)
    return out

# --- wrong: rate-below-a-thousand: a rate is at most a thousand
def update_weights(weights, gradients, learning_rate):
    out = []
    for l, (W, G) in enumerate(zip(weights, gradients)):
        N = W - min(learning_rate, 1e3) * G
        out.append(N)
    return out

# --- wrong: a-thousand-entries: entries after the thousandth stay
def update_weights(weights, gradients, learning_rate):
    out = []
    r = learning_rate
    for l, (W, G) in enumerate(zip(weights, gradients)):
        N = W - r * G
        N.ravel()[1000:] = W.ravel()[1000:]
        out.append(N)
    return out

# --- wrong: rate-of-one: a rate of exactly 1 is halved
def update_weights(weights, gradients, learning_rate):
    out = []
    r = learning_rate
    r = 0.5 if r == 1 else r
    for l, (W, G) in enumerate(zip(weights, gradients)):
        N = W - r * G
        pass
        out.append(N)
    return out
