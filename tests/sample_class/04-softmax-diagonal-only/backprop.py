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
    e = activations[-1] - target
    errors = [e]
    layer = len(weights) - 1
    while layer > 0:
        e = np.dot(e, weights[layer])
        e = np.array([v if a > 0 else 0 for v, a in zip(e, activations[layer])])
        errors.append(e)
        layer = layer - 1
    return errors


def weight_gradients(errors, activations):
    return [np.outer(errors[k], activations[k]) for k in range(len(errors))]


def update_weights(weights, gradients, learning_rate):
    return [np.array(W) - learning_rate * np.array(G) for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    net = [np.array(W, dtype=float) for W in weights]
    losses = []
    for epoch in range(epochs):
        total = 0
        for x, t in zip(inputs, targets):
            a = [np.array(x, dtype=float)]
            for W in net[:-1]:
                a.append(np.maximum(np.dot(W, a[-1]), 0))
            a.append(softmax(np.dot(net[-1], a[-1])))
            missed = a[-1] - t
            total += 0.5 * sum(missed ** 2)
            e = np.dot(missed, np.diag(a[-1]) - np.outer(a[-1], a[-1]))
            new = []
            for k in range(len(net) - 1, -1, -1):
                new = [net[k] - learning_rate * np.outer(e, a[k])] + new
                e = np.dot(e, net[k]) * (a[k] > 0)
            net = new
        losses.append(total)
    return net, losses


def error_norms(error, jacobians):
    norms = [sum(error ** 2) ** 0.5]
    for J in jacobians:
        error = np.dot(error, J)
        norms.append(sum(error ** 2) ** 0.5)
    return norms
