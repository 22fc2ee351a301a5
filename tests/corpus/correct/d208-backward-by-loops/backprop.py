import numpy as np
from practice_6_1 import softmax


def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        activations.append(softmax(z) if l == len(weights) - 1 else np.maximum(z, 0))
    return activations


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


def backward(weights, activations, target):
    L = len(weights)
    a = activations[L]
    n = len(a)
    top = [0.0] * n
    for j in range(n):
        for i in range(n):
            d = 1.0 if i == j else 0.0
            top[j] += (a[i] - target[i]) * a[i] * (d - a[j])
    errors = [top]
    for l in range(L - 1, 0, -1):
        W = weights[l]
        new = []
        for j in range(len(activations[l])):
            if activations[l][j] > 0:
                new.append(sum(errors[0][i] * W[i][j] for i in range(len(errors[0]))))
            else:
                new.append(0.0)
        errors.insert(0, new)
    return errors
