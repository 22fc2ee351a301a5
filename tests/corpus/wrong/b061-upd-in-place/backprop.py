"""Backpropagation in a multi-layer network (6.4, 6.5)."""
import numpy as np


def rectify(z):
    out = np.array(z, dtype=float)
    out[out < 0] = 0
    return out


def squash(z):
    shifted = z - z.max()
    return np.exp(shifted) / np.exp(shifted).sum()


def forward(weights, x):
    result = [x]
    L = len(weights)
    for l in range(L):
        z = np.dot(weights[l], result[l])
        if l < L - 1:
            result.append(rectify(z))
        else:
            result.append(squash(z))
    return result


def backward(weights, activations, target):
    L = len(weights)
    errors = [None] * L
    out = activations[L]
    J = np.diag(out) - np.outer(out, out)
    errors[L - 1] = np.dot(out - target, J)
    for l in range(L - 2, -1, -1):
        J = np.diag(np.where(np.asarray(activations[l + 1]) > 0, 1.0, 0.0))
        errors[l] = np.dot(np.dot(errors[l + 1], weights[l + 1]), J)
    return errors


def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        gradients.append(np.outer(errors[l], activations[l]))
    return gradients


def update_weights(weights, gradients, learning_rate):
    new_weights = []
    for l in range(len(weights)):
        W = weights[l]
        W -= learning_rate * gradients[l]
        new_weights.append(W)
    return new_weights


def train(weights, inputs, targets, learning_rate, epochs):
    ws = [np.array(w, dtype=float) for w in weights]
    losses = []
    for epoch in range(epochs):
        epoch_loss = 0.0
        for n in range(len(inputs)):
            # forward
            a = [np.array(inputs[n], dtype=float)]
            for l in range(len(ws)):
                z = np.dot(ws[l], a[l])
                a.append(squash(z) if l == len(ws) - 1 else rectify(z))
            diff = a[-1] - targets[n]
            epoch_loss += 0.5 * np.dot(diff, diff)
            # backward
            e = np.dot(diff, np.diag(a[-1]) - np.outer(a[-1], a[-1]))
            deltas = []
            for l in reversed(range(len(ws))):
                deltas.append((l, np.outer(e, a[l])))
                e = np.dot(e, ws[l]) * (a[l] > 0)
            # update
            for l, delta in deltas:
                ws[l] = ws[l] - learning_rate * delta
        losses.append(epoch_loss)
    return ws, losses


def error_norms(error, jacobians):
    e = np.array(error, dtype=float)
    result = [np.sqrt(np.sum(e * e))]
    for k in range(len(jacobians)):
        e = np.dot(e, jacobians[k])
        result.append(np.sqrt(np.sum(e * e)))
    return result
