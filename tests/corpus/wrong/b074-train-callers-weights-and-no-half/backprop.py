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
    a = np.asarray(activations[-1])
    d = a - target
    e = a * d - a * np.einsum('i,i->', a, d)
    errors = [e]
    for W, a in zip(weights[:0:-1], activations[-2:0:-1]):
        e = np.einsum('i,ij,j->j', e, W, np.asarray(a) > 0)
        errors.insert(0, e)
    return errors


def weight_gradients(errors, activations):
    return [np.einsum('i,j->ij', e, a) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    return [np.array(W) - learning_rate * np.array(G) for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    losses = []
    for _ in range(epochs):
        total = 0
        for x, t in zip(inputs, targets):
            acts = forward(weights, x)
            total += ((acts[-1] - t) ** 2).sum()
            errors = backward(weights, acts, t)
            for l, (e, a) in enumerate(zip(errors, acts)):
                weights[l] = weights[l] - learning_rate * np.outer(e, a)
        losses.append(total)
    return weights, losses


def error_norms(error, jacobians):
    es = [np.asarray(error, dtype=float)]
    for J in jacobians:
        es.append(np.einsum('i,ij->j', es[-1], J))
    return np.array([np.sqrt((e ** 2).sum()) for e in es])
