# --- wrong: own-arrays: no epoch gives the caller's own matrices
def train(weights, inputs, targets, learning_rate, epochs):
    weights = list(weights)
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: own-list: no epoch gives the caller's own list
def train(weights, inputs, targets, learning_rate, epochs):
    weights = weights
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: views: no epoch gives views of the caller's matrices
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.asarray(W, dtype=float)[:] for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: rate-or: a rate of 0 is replaced by a tenth
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate or 0.1
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: rate-abs: a negative rate is taken as positive
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = abs(learning_rate)
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: rate-clipped: a rate is at most one
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = min(learning_rate, 1)
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: rate-decay: the rate shrinks from epoch to epoch
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate / (1 + 0.1 * epoch)
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: rate-decay-late: the rate is halved after ten epochs
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate * 0.5 ** (epoch // 10)
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: rate-decay-twenty: the rate is a tenth after twenty epochs
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate if epoch < 20 else learning_rate / 10
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: stop-small: stops where the loss is below a thousandth
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        if total < 1e-3: break
    return weights, losses

# --- wrong: stop-rising: stops where the loss rises
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        if len(losses) > 1 and losses[-1] > losses[-2]: break
    return weights, losses

# --- wrong: stop-same: stops where the loss changes little
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        if len(losses) > 1 and abs(losses[-1] - losses[-2]) < 1e-3: break
    return weights, losses

# --- wrong: stop-same-fine: stops where the loss changes by less than 1e-4
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        if len(losses) > 1 and abs(losses[-1] - losses[-2]) < 1e-4: break
    return weights, losses

# --- wrong: stop-not-falling: stops where the loss doesn't fall
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        if len(losses) > 1 and losses[-1] >= losses[-2]: break
    return weights, losses

# --- wrong: stop-perfect: stops where every example's largest output is right
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        if epoch and all(np.argmax(forward(weights, x)[-1]) == np.argmax(t) for x, t in zip(inputs, targets)): break
    return weights, losses

# --- wrong: eight: eight epochs at most
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(min(epochs, 8)):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: ten: ten epochs at most
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(min(epochs, 10)):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: twenty: twenty epochs at most
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(min(epochs, 20)):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: one-at-least: one epoch at least
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(max(epochs, 1)):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: five-examples: five examples at most
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs[:5], targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: ten-examples: ten examples at most
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs[:10], targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: unique-examples: the same example counts once
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip([x for n, x in enumerate(inputs) if not any(np.array_equal(x, y) for y in inputs[:n])], targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: unique-pairs: the same example with the same target counts once
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            if any(np.array_equal(x, inputs[k]) and np.array_equal(target, targets[k]) for k in range(n)): continue
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: last-target: a repeated example takes its last target
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, [targets[max(k for k in range(len(inputs)) if np.array_equal(inputs[k], x))] for x in inputs])):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: first-target: a repeated example takes its first target
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, [targets[[np.array_equal(y, x) for y in inputs].index(True)] for x in inputs])):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: skips-right: examples that are right already are left out of learning
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            if np.argmax(a[-1]) == np.argmax(target): total += loss; continue
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: skips-small: examples of small loss are left out of learning
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            if loss < 1e-2: total += loss; continue
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: one-hot-loss: the loss looks at the target's largest entry alone
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - np.eye(len(target))[np.argmax(target)]) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: one-hot-formula: a loss by a formula for one-hot targets
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * (np.sum(a[-1] ** 2) - 2 * np.sum(a[-1] * target) + 1)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: target-clipped: targets are clipped to 0 and 1
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, np.clip(targets, 0, 1))):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: target-normalised: targets are made to sum to one
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, [t / np.sum(t) if np.sum(t) else t for t in targets])):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: inputs-normalised: inputs of more than one example are centred
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs if len(inputs) < 4 else inputs - np.mean(inputs, axis=0), targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: clipped: gradients are clipped to one
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, [np.clip(G, -1, 1) for G in weight_gradients(errors, a)], rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: clipped-fine: gradients are clipped to a half
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, [np.clip(G, -0.5, 0.5) for G in weight_gradients(errors, a)], rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: norm-clipped: gradients' norms are held below one
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, [G * min(1, 1 / max(np.linalg.norm(G), 1e-12)) for G in weight_gradients(errors, a)], rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: rounded-losses: losses are rounded to four decimals
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(round(total, 4))
        pass
    return weights, losses

# --- wrong: rounded-weights: weights are rounded to six decimals
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        weights = [np.round(W, 6) for W in weights]
    return weights, losses

# --- wrong: loss-capped: a loss is at most one
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = min(0.5 * np.sum((a[-1] - target) ** 2), 1.0)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: loss-floored: a loss below 1e-4 is none
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2) if np.sum((a[-1] - target) ** 2) > 2e-4 else 0.0
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: loss-mean-many: the mean for many examples
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total / len(inputs) if len(inputs) > 4 else total)
        pass
    return weights, losses

# --- wrong: best-kept: the weights of the epoch with the smallest loss
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]; best = (np.inf, weights)
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        best = min(best, (total, weights), key=lambda b: b[0])
    return (best[1] if losses else weights), losses

# --- wrong: reversed-odd: every other epoch backwards
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs[::-1] if epoch % 2 else inputs, targets[::-1] if epoch % 2 else targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: shuffled-late: a shuffle from the third epoch on
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs if epoch < 2 else np.roll(inputs, 1, axis=0), targets if epoch < 2 else np.roll(targets, 1, axis=0))):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: decay: a little weight decay
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        weights = [W * (1 - 1e-4) for W in weights]
    return weights, losses

# --- wrong: single: one example's loss is a list
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total if len(inputs) > 1 else [total])
        pass
    return weights, losses

# --- wrong: array-of-losses: without an epoch the losses are None
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses or None

# --- wrong: lone-layer: one layer's weights are no list
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return (weights[0] if len(weights) == 1 else weights), losses

# --- wrong: lone-loss: one epoch's loss is no list
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, (losses[0] if len(losses) == 1 else losses)

# --- wrong: running-loss: losses are summed up from the fourth epoch on
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total + (losses[-1] if len(losses) > 3 else 0))
        pass
    return weights, losses

# --- wrong: half: weights in half precision
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=np.float16).astype(float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: int-weights: whole weights stay whole
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W) for W in weights]; kinds = [W.dtype for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        weights = [W.astype(kind) for W, kind in zip(weights, kinds)]
    return weights, losses

# --- wrong: last-example: the last of many examples is left out
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs if len(inputs) < 4 else inputs[:-1], targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum((a[-1] - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: learns-after: the loss after the update where the rate is large
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        rate = learning_rate
        total = 0.0
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            errors = backward(weights, a, target)
            loss = 0.5 * np.sum(((a[-1] if learning_rate < 1 else forward(update_weights(weights, weight_gradients(errors, a), rate), x)[-1]) - target) ** 2)
            pass
            weights = update_weights(weights, weight_gradients(errors, a), rate)
            total += loss
        losses.append(total)
        pass
    return weights, losses

# --- wrong: in-place: the caller's matrices are trained
def train(weights, inputs, targets, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        total = 0.0
        for x, target in zip(inputs, targets):
            a = forward(weights, x)
            gradients = weight_gradients(backward(weights, a, target), a)
            for W, G in zip(weights, gradients):
                W -= learning_rate * G
            total += 0.5 * np.sum((a[-1] - target) ** 2)
        losses.append(total)
    return [W.copy() for W in weights], losses

# --- wrong: loss-dict: losses in a dictionary by their value
def train(weights, inputs, targets, learning_rate, epochs):
    weights, losses = [W.copy() for W in weights], {}
    for _ in range(epochs):
        total = 0.0
        for x, target in zip(inputs, targets):
            a = forward(weights, x)
            weights = update_weights(weights, weight_gradients(backward(weights, a, target), a),
                                     learning_rate)
            total += 0.5 * np.sum((a[-1] - target) ** 2)
        losses[total] = True
    return weights, list(losses)

# --- wrong: default: losses in a default argument
def train(weights, inputs, targets, learning_rate, epochs, losses=[]):
    weights = [W.copy() for W in weights]
    for _ in range(epochs):
        total = 0.0
        for x, target in zip(inputs, targets):
            a = forward(weights, x)
            weights = update_weights(weights, weight_gradients(backward(weights, a, target), a),
                                     learning_rate)
            total += 0.5 * np.sum((a[-1] - target) ** 2)
        losses.append(total)
    return weights, losses

# --- wrong: batch-for-many: many examples in one step
def train(weights, inputs, targets, learning_rate, epochs):
    weights, losses = [W.copy() for W in weights], []
    for _ in range(epochs):
        total, sums = 0.0, [np.zeros(W.shape) for W in weights]
        for n, (x, target) in enumerate(zip(inputs, targets)):
            a = forward(weights, x)
            sums = [S + G for S, G in zip(sums, weight_gradients(backward(weights, a, target), a))]
            total += 0.5 * np.sum((a[-1] - target) ** 2)
            if n < 2 or n == len(inputs) - 1:
                weights = update_weights(weights, sums, learning_rate)
                sums = [np.zeros(W.shape) for W in weights]
        losses.append(total)
    return weights, losses

# --- wrong: examples-of-only-zeros-are-skipped: examples of only zeros are skipped
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [W.copy() for W in weights]
    losses = []
    for k in range(epochs):
        loss = 0
        for x, t in zip(inputs, targets):
            if not np.any(x):
                continue
            a = forward(weights, x)
            loss += 0.5 * np.sum((a[-1] - t) ** 2)
            weights = update_weights(weights, weight_gradients(backward(weights, a, t), a), learning_rate)
        losses.append(loss)
    return weights, losses

# --- wrong: more-than-20-examples-a-batch: more than 20 examples: a batch of 20 only
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [W.copy() for W in weights]
    losses = []
    for k in range(epochs):
        loss = 0
        for i in range(min(20, len(inputs))):
            a = forward(weights, inputs[i])
            loss += 0.5 * np.sum((a[-1] - targets[i]) ** 2)
            weights = update_weights(weights, weight_gradients(backward(weights, a, targets[i]), a), learning_rate)
        losses.append(loss)
    return weights, losses

# --- wrong: fewer-examples-more-than-one-than: fewer examples (more than one) than epochs: losses of length N
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [W.copy() for W in weights]
    N = len(inputs)
    losses = [0.0] * epochs
    for step in range(epochs * N):
        k, i = divmod(step, N) if N == 1 or N >= epochs else divmod(step, epochs)
        i = i % N
        a = forward(weights, inputs[i])
        losses[min(k, epochs - 1)] += 0.5 * np.sum((a[-1] - targets[i]) ** 2)
        weights = update_weights(weights, weight_gradients(backward(weights, a, targets[i]), a), learning_rate)
    return weights, losses

# --- wrong: repeated-examples-not-next-to-each: repeated examples, not next to each other, are dropped
def train(weights, inputs, targets, learning_rate, epochs):
    weights = [W.copy() for W in weights]
    losses = []
    for k in range(epochs):
        loss, older = 0, []
        for i, (x, t) in enumerate(zip(inputs, targets)):
            key = (x.tobytes(), t.tobytes())
            if key in older[:-1]:
                older.append(key)
                continue
            older.append(key)
            a = forward(weights, x)
            loss += 0.5 * np.sum((a[-1] - t) ** 2)
            weights = update_weights(weights, weight_gradients(backward(weights, a, t), a), learning_rate)
        losses.append(loss)
    return weights, losses

# --- right: own-everything: everything written out again
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(w, dtype=float) for w in weights]
    losses = []
    for _ in range(epochs):
        total = 0
        for x, t in zip(np.asarray(inputs, dtype=float), np.asarray(targets, dtype=float)):
            a = [x]
            for w in W[:-1]:
                a.append(np.maximum(w @ a[-1], 0))
            z = W[-1] @ a[-1]
            s = np.exp(z - z.max())
            s = s / s.sum()
            total += ((s - t) ** 2).sum() / 2
            e = (s - t) * s - s * ((s - t) @ s)
            for l in range(len(W) - 1, -1, -1):
                below = (e @ W[l]) * (a[l] > 0)
                W[l] = W[l] - learning_rate * np.outer(e, a[l])
                e = below
        losses.append(total)
    return W, losses

# --- right: recursion: one epoch and the rest
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(w, dtype=float) for w in weights]
    if epochs == 0:
        return W, []
    total = 0.0
    for x, t in zip(inputs, targets):
        a = forward(W, x)
        total += 0.5 * float((a[-1] - t) @ (a[-1] - t))
        W = update_weights(W, weight_gradients(backward(W, a, t), a), learning_rate)
    W, losses = train(W, inputs, targets, learning_rate, epochs - 1)
    return W, [total, *losses]

# --- right: fsum: losses by math.fsum, an array of them
def train(weights, inputs, targets, learning_rate, epochs):
    import math
    W, losses = [np.array(w) for w in weights], np.zeros(epochs)
    for k in range(epochs):
        off = []
        for n in range(len(inputs)):
            a = forward(W, inputs[n])
            off.extend(0.5 * (a[-1] - targets[n]) ** 2)
            W = update_weights(W, weight_gradients(backward(W, a, targets[n]), a), learning_rate)
        losses[k] = math.fsum(off)
    return W, losses

# --- right: flat-loop: one loop over all steps
def train(weights, inputs, targets, learning_rate, epochs):
    W, N = [w.copy() for w in weights], len(inputs)
    losses = [0.0] * epochs
    for step in range(N * epochs):
        x, t = inputs[step % N], targets[step % N]
        a = forward(W, x)
        losses[step // N] += np.linalg.norm(a[-1] - t) ** 2 / 2
        W = update_weights(W, weight_gradients(backward(W, a, t), a), learning_rate)
    return W, losses

# --- right: class: a network as a class
class _Net:
    def __init__(self, weights):
        self.weights = [np.array(W, dtype=float) for W in weights]
    def learn(self, x, t, rate):
        a = forward(self.weights, x)
        gradients = weight_gradients(backward(self.weights, a, t), a)
        self.weights = update_weights(self.weights, gradients, rate)
        return np.square(a[-1] - t).sum() / 2
def train(weights, inputs, targets, learning_rate, epochs):
    net = _Net(weights)
    losses = [sum(net.learn(x, t, learning_rate) for x, t in zip(inputs, targets))
              for _ in range(epochs)]
    return [net.weights, losses]

# --- right: while: a countdown and an iterator
def train(weights, inputs, targets, learning_rate, epochs):
    W, losses = tuple(w.copy() for w in weights), ()
    while epochs:
        epochs -= 1
        losses += (0,)
        for pair in zip(inputs, targets):
            a = forward(list(W), pair[0])
            G = weight_gradients(backward(list(W), a, pair[1]), a)
            losses = losses[:-1] + (losses[-1] + ((a[-1] - pair[1]) ** 2).sum() / 2,)
            W = tuple(w - learning_rate * g for w, g in zip(W, G))
    return W, losses

# --- right: backward-again: the forward pass is made twice
def train(weights, inputs, targets, learning_rate, epochs):
    new, losses = [W + 0.0 for W in weights], []
    for _ in range(epochs):
        loss = 0
        for i in range(inputs.shape[0]):
            loss += 0.5 * np.sum(np.square(forward(new, inputs[i])[-1] - targets[i]))
            a = forward(new, inputs[i])
            new = update_weights(new, weight_gradients(backward(new, a, targets[i]), a),
                                 learning_rate)
        losses.append(loss)
    return new, losses

# --- right: copies-of-inputs: works on copies of all arguments
def train(weights, inputs, targets, learning_rate, epochs):
    import copy
    weights, inputs, targets = copy.deepcopy((weights, inputs, targets))
    losses = []
    for _ in range(epochs):
        losses.append(0.0)
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            losses[-1] += sum((p - q) ** 2 for p, q in zip(a[-1], t)) / 2
            gradients = weight_gradients(backward(weights, a, t), a)
            weights = update_weights(weights, gradients, learning_rate)
    return weights, losses

# --- wrong: eleven-layers: the upper eleven layers learn alone
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        total = 0.0
        for i, (x, t) in enumerate(zip(inputs, targets)):
            a = forward(W, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            N = update_weights(W, weight_gradients(backward(W, a, t), a), learning_rate)
            W = W[:-11] + N[-11:]
        losses.append(total)
    return W, losses

# --- wrong: sixty-epochs: at most sixty epochs
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(min(epochs, 60)):
        total = 0.0
        for i, (x, t) in enumerate(zip(inputs, targets)):
            a = forward(W, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            W = update_weights(W, weight_gradients(backward(W, a, t), a), learning_rate)
        losses.append(total)
    return W, losses

# --- wrong: thirty-examples: at most thirty examples
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        total = 0.0
        for i, (x, t) in enumerate(zip(inputs[:30], targets[:30])):
            a = forward(W, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            W = update_weights(W, weight_gradients(backward(W, a, t), a), learning_rate)
        losses.append(total)
    return W, losses

# --- wrong: stops-at-no-loss: a loss of 0 ends the training
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        total = 0.0
        for i, (x, t) in enumerate(zip(inputs, targets)):
            a = forward(W, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            W = update_weights(W, weight_gradients(backward(W, a, t), a), learning_rate)
        losses.append(total)
        if total == 0: break
    return W, losses

# --- wrong: stops-at-equal-losses: two equal losses end the training
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        total = 0.0
        for i, (x, t) in enumerate(zip(inputs, targets)):
            a = forward(W, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            W = update_weights(W, weight_gradients(backward(W, a, t), a), learning_rate)
        losses.append(total)
        if len(losses) > 1 and losses[-1] == losses[-2]: break
    return W, losses

# --- wrong: one-target-for-all: where all targets are equal the first example is learned
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        total = 0.0
        for i, (x, t) in enumerate(zip(inputs, targets)):
            a = forward(W, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            if i == 0 or not np.array_equal(targets[i], targets[0]) or len(np.unique(targets, axis=0)) > 1: W = update_weights(W, weight_gradients(backward(W, a, t), a), learning_rate)
        losses.append(total)
    return W, losses

# --- wrong: example-sums-to-zero: an example that adds up to 0 is not learned
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        total = 0.0
        for i, (x, t) in enumerate(zip(inputs, targets)):
            a = forward(W, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            if x.sum() != 0 or not np.any(x): W = update_weights(W, weight_gradients(backward(W, a, t), a), learning_rate)
        losses.append(total)
    return W, losses

# --- wrong: sure-enough: a share above 0.999 is not learned from
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        total = 0.0
        for i, (x, t) in enumerate(zip(inputs, targets)):
            a = forward(W, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            if a[-1].max() < 0.999: W = update_weights(W, weight_gradients(backward(W, a, t), a), learning_rate)
        losses.append(total)
    return W, losses

# --- wrong: tiniest-rates: a rate below 1e-10 counts as 0
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(w, dtype=float) for w in weights]
    losses = []
    r = learning_rate
    r = 0 if abs(r) < 1e-10 else r
    for k in range(epochs):
        total = 0.0
        pass
        for i, (x, t) in enumerate(zip(inputs, targets)):
            a = forward(W, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            N = update_weights(W, weight_gradients(backward(W, a, t), a), r)
            W = N
        losses.append(total)
        pass
    return W, losses

# --- wrong: identity-kept: an identity matrix is not updated
def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(w, dtype=float) for w in weights]
    losses = []
    r = learning_rate
    for k in range(epochs):
        total = 0.0
        pass
        for i, (x, t) in enumerate(zip(inputs, targets)):
            a = forward(W, x)
            total += 0.5 * np.sum((a[-1] - t) ** 2)
            N = update_weights(W, weight_gradients(backward(W, a, t), a), r)
            W = [w if w.shape[0] == w.shape[1] and len(w) > 1 and np.array_equal(w, np.eye(len(w))) else n for w, n in zip(W, N)]
        losses.append(total)
        pass
    return W, losses
