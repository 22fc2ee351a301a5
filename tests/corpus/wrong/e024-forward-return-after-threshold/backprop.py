import numpy as np
from math import sqrt


def relu(z):
    return np.maximum(z, 0.0)


def stable_softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


def forward(weights, x):
    activations = [np.array(x, dtype=float)]
    for W in weights:
        activations.append(relu(W @ activations[-1]))
        return activations


def backward(weights, activations, target):
    a = activations[-1]
    error = (a - target) @ (np.diag(a) - np.outer(a, a))
    errors = [error]
    for l in range(len(weights) - 1, 0, -1):
        error = (error @ weights[l]) * (activations[l] > 0)
        errors.insert(0, error)
    return errors


def weight_gradients(errors, activations):
    return [np.outer(e, a) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    return [W - learning_rate * G for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        total = 0
        for x, t in zip(inputs, targets):
            activations = forward(weights, x)
            total += 0.5 * np.sum((activations[-1] - t) ** 2)
            errors = backward(weights, activations, t)
            gradients = weight_gradients(errors, activations)
            weights = update_weights(weights, gradients, learning_rate)
        losses.append(total)
    return weights, losses


def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms)
