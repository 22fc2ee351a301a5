import numpy as np


def relu(z):
    return np.maximum(z, 0)


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def forward(weights, x):
    activations = [np.asarray(x)]
    for W in weights[:-1]:
        activations.append(relu(W @ activations[-1]))
    activations.append(softmax(weights[-1] @ activations[-1]))
    return activations


def backward(weights, activations, target):
    s = activations[-1]
    errors = [(s - target) @ (np.diag(s) - np.outer(s, s))]
    for l in range(len(weights) - 1, 0, -1):
        errors.append((errors[-1] @ weights[l]) * (activations[l] > 0))
    errors.reverse()
    return errors


def weight_gradients(errors, activations):
    return [np.outer(e, a) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    return [W - learning_rate * G for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        loss = 0
        for x, t in zip(inputs, targets):
            activations = forward(weights, x)
            loss += 0.5 * np.sum((activations[-1] - t) ** 2)
            errors = backward(weights, activations, t)
            gradients = weight_gradients(errors, activations)
            weights = update_weights(weights, gradients, learning_rate)
        losses.append(loss)
        if len(losses) > 1 and losses[-1] > 0.9 * losses[-2]:      # no real progress any more
            break
    return weights, losses


def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms)
