import numpy as np
from practice_6_1 import softmax


def backward(weights, activations, target):
    a = activations[-1]
    e = (a - target) @ (np.diag(a) - np.outer(a, a))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (activations[l] > 0)
        errors.insert(0, e)
    return errors


def weight_gradients(errors, activations):
    return [np.outer(errors[l], activations[l]) for l in range(len(errors))]


def update_weights(weights, gradients, learning_rate):
    return [W - learning_rate * G for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for _ in range(epochs):
        total = 0.0
        for x, t in zip(inputs, targets):
            activations = forward(weights, x)
            total += 0.5 * np.sum((activations[-1] - t) ** 2)
            errors = backward(weights, activations, t)
            gradients = weight_gradients(errors, activations)
            weights = update_weights(weights, gradients, learning_rate)
        losses.append(total)
    return weights, losses


def error_norms(error, jacobians):
    norms = [np.sqrt(np.sum(error ** 2))]
    for J in jacobians:
        error = error @ J
        norms.append(np.sqrt(np.sum(error ** 2)))
    return np.array(norms)


def forward(weights, x):
    result = [list(x)]
    for k, W in enumerate(weights, 1):
        z = [sum(w * v for w, v in zip(row, result[-1])) for row in W]
        result.append(softmax(np.array(z)) if k == len(weights) else [max(v, 0.0) for v in z])
    return result
