import numpy as np


def sm(z):
    z = np.exp(z - np.max(z))
    return z / np.sum(z)


def forward(weights, x):
    acts = [np.asarray(x, dtype=float)]
    for k, W in enumerate(weights):
        z = np.einsum('ij,j->i', W, acts[-1])
        acts.append(z * (z > 0) if k + 1 < len(weights) else sm(z))
    return acts


def backward(weights, activations, target):
    a = np.asarray(activations[-1], dtype=float)
    e = a * (a - target) - a * np.sum(a * (a - target))
    errors = [e]
    for W, a in zip(reversed(weights), reversed(activations[:-1])):
        e = np.einsum('i,ij->j', e, W) * (np.asarray(a) > 0)
        errors = [e] + errors
    return errors


def weight_gradients(errors, activations):
    return [np.einsum('i,j->ij', e, a) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    return [np.array(W) - learning_rate * np.array(G) for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    w = [1.0 * np.asarray(W) for W in weights]
    losses = []
    for _ in range(epochs):
        total = 0
        for x, t in zip(inputs, targets):
            acts = [1.0 * np.asarray(x)]
            for W in w[:-1]:
                acts.append((W @ acts[-1]).clip(min=0))
            y = sm(w[-1] @ acts[-1])
            total += ((y - t) ** 2).sum() / 2
            e = y * ((y - t) - y @ (y - t))
            new = []
            for W, a in zip(w[::-1], acts[::-1]):
                new.insert(0, W - learning_rate * np.outer(e, a))
                e = (e @ W) * (a > 0)
            w = new
        losses.append(total)
    return w, losses


def error_norms(error, jacobians):
    es = [np.asarray(error, dtype=float)]
    for J in jacobians:
        es.append(np.einsum('i,ij->j', es[-1], J))
    return np.array([np.sqrt((e ** 2).sum()) for e in es])
