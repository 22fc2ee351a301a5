import numpy as np
from math import sqrt


def forward(weights, x):
    acts = [np.asarray(x, dtype=float)]
    for l in range(len(weights)):
        z = np.dot(weights[l], acts[l])
        if l < len(weights) - 1:
            a = np.zeros(len(z))
            for i in range(len(z)):
                if z[i] > 0:
                    a[i] = z[i]
        else:
            e = np.exp(z - max(z))
            a = e / sum(e)
        acts.append(a)
    return acts


def backward(weights, activations, target):
    L = len(weights)
    errors = [None] * L
    out = np.array(activations[L])
    J = np.zeros((len(out), len(out)))
    for i in range(len(out)):
        for j in range(len(out)):
            if i == j:
                J[i, j] = out[i] * (1 - out[i])
            else:
                J[i, j] = -out[i] * out[j]
    errors[L - 1] = (out - target) @ J
    for l in range(L - 2, -1, -1):
        slope = np.array([1.0 if a > 0 else 0.0 for a in activations[l + 1]])
        errors[l] = errors[l + 1] @ weights[l + 1] @ np.diag(slope)
    return errors


def weight_gradients(errors, activations):
    return [np.outer(errors[-1], activations[-2])]


def update_weights(weights, gradients, learning_rate):
    new = []
    for i in range(len(weights)):
        new.append(weights[i] - learning_rate * gradients[i])
    return new


def train(weights, inputs, targets, learning_rate, epochs):
    w = [np.copy(m) for m in weights]
    losses = []
    for e in range(epochs):
        loss = 0.0
        for n in range(len(inputs)):
            a = forward(w, inputs[n])
            for k in range(len(targets[n])):
                loss = loss + (a[-1][k] - targets[n][k]) ** 2 / 2
            w = update_weights(w, weight_gradients(backward(w, a, targets[n]), a), learning_rate)
        losses.append(loss)
    return w, losses


def error_norms(error, jacobians):
    norms = [sqrt(sum(e ** 2 for e in error))]
    e = error
    for J in jacobians:
        e = e @ J
        norms.append(sqrt(sum(v ** 2 for v in e)))
    return np.array(norms)
