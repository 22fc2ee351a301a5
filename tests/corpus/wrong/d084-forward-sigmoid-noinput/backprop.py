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


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(weights, x):
    outputs = []
    a = x
    for W in weights[:-1]:
        a = sigmoid(W @ a)
        outputs.append(a)
    outputs.append(softmax(weights[-1] @ a))
    return outputs
