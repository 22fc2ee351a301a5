import numpy as np


class Layer:
    """One layer: its weights and whether it is the top one."""

    def __init__(self, W, top):
        self.W = np.array(W, dtype=float)
        self.top = top

    def output(self, a):
        z = np.einsum('ij,j->i', self.W, a)
        if self.top:
            z = np.exp(z - z.max())
            return z / z.sum()
        return np.clip(z, 0, None)

    def jacobian(self, a):
        if self.top:
            return np.diag(a) - np.einsum('i,j->ij', a, a)
        return np.diag(np.sign(a))


def layers_of(weights):
    return [Layer(W, k == len(weights) - 1) for k, W in enumerate(weights)]


def run(layers, x):
    acts = [np.array(x, dtype=float)]
    for layer in layers:
        acts.append(layer.output(acts[-1]))
    return acts


def walk_back(layers, acts, target):
    errors = []
    row = acts[-1] - np.asarray(target)
    for layer, a in zip(layers[::-1], acts[:0:-1]):
        e = row @ layer.jacobian(a)
        errors.append(e)
        row = e @ layer.W
    errors.reverse()
    return errors


def forward(weights, x):
    return run(layers_of(weights), x)


def backward(weights, activations, target):
    layers = layers_of(weights)
    row = (np.asarray(target) - activations[-1]) @ layers[-1].jacobian(activations[-1])
    errors = [row]
    for layer in layers[:0:-1]:
        row = row @ layer.W
        errors.insert(0, row)
    return errors


def weight_gradients(errors, activations):
    return [np.einsum('i,j->ij', e, a) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    return [W - G * learning_rate for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    layers = layers_of(weights)
    losses = []
    for _ in range(epochs):
        losses.append(0.0)
        for x, t in zip(inputs, targets):
            acts = run(layers, x)
            losses[-1] += np.sum(np.square(acts[-1] - t)) / 2
            errors = walk_back(layers, acts, t)
            for layer, e, a in zip(layers, errors, acts):
                layer.W = layer.W - learning_rate * np.outer(e, a)
    return [layer.W for layer in layers], losses


def error_norms(error, jacobians):
    rows = [np.asarray(error)]
    for J in jacobians:
        rows.append(rows[-1] @ J)
    return np.array([np.linalg.norm(row) for row in rows])
