import numpy as np


def activate(z, top):
    if top:
        z = np.exp(z - z.max())
        return z / z.sum()
    return np.where(z > 0, z, 0)


def forward(weights, x):
    L = len(weights)
    a = [None] * (L + 1)
    a[0] = np.array(x)
    for l in range(1, L + 1):
        a[l] = activate(weights[l - 1] @ a[l - 1], l == L)
    return a


def backward(weights, activations, target):
    """e_l = (a_L - target) @ (product of everything between z_l and a_L)"""
    s = np.asarray(activations[-1])
    path = np.diag(s) - np.outer(s, s)
    errors = [(s - target) @ path]
    for W, a in zip(weights[:0:-1], activations[-2:0:-1]):
        path = path @ W @ np.diag(np.asarray(a) > 0)
        errors.append((s - target) @ path)
    return errors[::-1]


def weight_gradients(errors, activations):
    return [np.tile(a, (len(e), 1)) * np.reshape(e, (-1, 1)) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    return list(map(lambda W, G: W - np.multiply(learning_rate, G), weights, gradients))


def train(weights, inputs, targets, learning_rate, epochs):
    flat = np.concatenate([np.ravel(W) for W in weights]).astype(float)
    views, start = [], 0
    for W in weights:
        views.append(flat[start:start + W.size].reshape(W.shape))
        start += W.size
    losses = []
    for _ in range(epochs):
        parts = []
        for x, t in zip(inputs, targets):
            a = forward(views, x)
            d = a[-1] - t
            parts.append(d @ d / 2)
            e = a[-1] * (d - a[-1] @ d)
            step = []
            for l in reversed(range(len(views))):
                step.insert(0, np.outer(e, a[l]).ravel())
                e = (e @ views[l]) * (a[l] > 0)
            flat -= learning_rate * np.concatenate(step)
        losses.append(sum(parts))
    return [v.copy() for v in views], losses


def error_norms(error, jacobians):
    row = np.reshape(error, (1, -1))
    norms = [np.linalg.norm(row)]
    for J in jacobians:
        row = row @ J
        norms.append(np.linalg.norm(row, 2))
    return np.ravel(norms)
