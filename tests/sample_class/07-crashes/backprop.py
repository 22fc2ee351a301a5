import numpy as np


def softmax(z):
    shifted = z - max(z)
    return np.exp(shifted) / np.sum(np.exp(shifted))


def forward(weights, x):
    a = np.array(x, dtype=float)
    result = [a]
    for W in weights[:-1]:
        z = np.dot(W, a)
        a = np.array([v if v > 0 else 0 for v in z])
        result.append(a)
    result.append(softmax(np.dot(weights[-1], a)))
    return result


def backward(weights, activations, target):
    prediction = activations[-1]
    J = np.diag(prediction) - np.outer(prediction, prediction)
    e = np.dot(prediction - target, J)
    errors = [e]
    layer = len(weights) - 1
    while layer > 0:
        e = np.dot(e, weights[layer])
        for i in range(len(e)):
            if activations[layer][i] <= 0:
                e[i] = 0
        errors = [e] + errors
        layer = layer - 1
    return errors


def weight_gradients(errors, activations):
    return [np.outer(errors[k], activations[k]) for k in range(len(errors))]


def update_weights(weights, gradients, learning_rate):
    return [np.array(W) - learning_rate * np.array(G) for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        for x, t in zip(inputs, targets):
            activations = forward(weights, x)
            loss += 0.5 * np.sum((activations[-1] - t) ** 2)
            errors = backward(weights, activations, t)
            gradients = weight_gradients(errors, activations)
            weights = update_weights(weights, gradients, learning_rate)
        losses.append(loss)
    return weights, losses


def error_norms(error, jacobians):
    norms = [sum(error ** 2) ** 0.5]
    for J in jacobians:
        error = np.dot(error, J)
        norms.append(sum(error ** 2) ** 0.5)
    return norms
