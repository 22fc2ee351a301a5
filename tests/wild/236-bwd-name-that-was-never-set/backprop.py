import numpy as np


def relu(z):
    return np.maximum(z, 0)


def soft(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def forward(weights, x):
    acts = [np.asarray(x, dtype=float)]
    for l in range(len(weights)):
        z = np.dot(weights[l], acts[l])
        if l < len(weights) - 1:
            acts.append(relu(z))
        else:
            acts.append(soft(z))
    return acts


def backward(weights, activations, target):
    layer2 = np.asarray(activations[-1], dtype=float)
    layer2_error = layer2 - np.asarray(target)
    # use it to compute the gradient
    layer2_gradient = l2_error @ (np.diag(layer2) - np.outer(layer2, layer2))
    errors = [layer2_gradient]
    for l in range(len(weights) - 1, 0, -1):
        e = np.dot(errors[0], weights[l]) * (np.asarray(activations[l]) > 0)
        errors.insert(0, e)
    return errors


def weight_gradients(errors, activations):
    grads = []
    for l in range(len(errors)):
        grads.append(np.outer(errors[l], activations[l]))
    return grads


def update_weights(weights, gradients, learning_rate):
    new = []
    for W, G in zip(weights, gradients):
        new.append(np.asarray(W) - learning_rate * np.asarray(G))
    return new


def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        total = 0
        for x, t in zip(inputs, targets):
            acts = forward(weights, x)
            total += 0.5 * np.sum((acts[-1] - t) ** 2)
            errs = backward(weights, acts, t)
            grads = weight_gradients(errs, acts)
            weights = update_weights(weights, grads, learning_rate)
        losses.append(total)
    return weights, losses


def error_norms(error, jacobians):
    e = np.asarray(error, dtype=float)
    norms = [np.linalg.norm(e)]
    for J in jacobians:
        e = e @ J
        norms.append(np.linalg.norm(e))
    return np.array(norms)
