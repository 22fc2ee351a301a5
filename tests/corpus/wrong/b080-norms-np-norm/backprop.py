import numpy as np


class Softmax:
    @staticmethod
    def value(z):
        e = np.exp(z - z.max())
        return e / e.sum()

    @staticmethod
    def jacobian(s):
        return np.diag(s) - np.outer(s, s)


class Rectified:
    @staticmethod
    def value(z):
        return np.where(z > 0, z, 0.0)

    @staticmethod
    def jacobian(a):
        return np.diag((np.asarray(a) > 0).astype(float))


def layer(l, weights):
    return Softmax if l == len(weights) else Rectified


def forward(weights, x):
    a = [x]
    for l, W in enumerate(weights, start=1):
        a.append(layer(l, weights).value(W @ a[l - 1]))
    return a


def backward(weights, activations, target):
    L = len(weights)
    e = (activations[L] - target) @ Softmax.jacobian(activations[L])
    errors = [e]
    for l in range(L - 1, 0, -1):
        e = e @ weights[l] @ Rectified.jacobian(activations[l])
        errors = [e] + errors
    return errors


def weight_gradients(errors, activations):
    return [np.asarray(e)[:, None] * np.asarray(a)[None, :] for e, a in zip(errors, activations[:-1])]


def update_weights(weights, gradients, learning_rate):
    return [np.subtract(W, learning_rate * np.asarray(G)) for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    current = [np.array(W, float) for W in weights]
    losses = []
    while len(losses) < epochs:
        losses.append(0.0)
        for x, t in zip(inputs, targets):
            a = forward(current, x)
            losses[-1] += np.sum(np.square(a[-1] - t)) / 2
            G = weight_gradients(backward(current, a, t), a)
            current = update_weights(current, G, learning_rate)
    return current, losses


def error_norms(error, jacobians):
    e = np.asarray(error, float)
    norms = [np.norm(e)]
    for J in jacobians:
        e = e @ J
        norms.append(np.norm(e))
    return norms
