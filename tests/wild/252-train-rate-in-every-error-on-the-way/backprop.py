import numpy as np


def softmax(z):
    shifted = np.exp(z - z.max())
    return shifted / shifted.sum()


def forward(weights, x):
    a = np.array(x, dtype=float)
    activations = [a]
    for W in weights[:-1]:
        z = np.array(W) @ a
        a = z * (z > 0)
        activations.append(a)
    activations.append(softmax(np.array(weights[-1]) @ a))
    return activations


def backward(weights, activations, target):
    out = np.array(activations[-1], dtype=float)
    J = np.diag(out) - out[:, None] * out[None, :]
    delta = (out - np.array(target)) @ J
    errors = [delta]
    for l in range(len(weights) - 1, 0, -1):
        delta = (delta @ np.array(weights[l])) * np.where(np.array(activations[l]) > 0, 1.0, 0.0)
        errors.insert(0, delta)
    return errors


def weight_gradients(errors, activations):
    return [np.outer(e, a) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    return [np.array(W) - learning_rate * np.array(G) for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    w = [np.array(W, dtype=float) for W in weights]
    n = learning_rate
    history = []
    for _ in range(epochs):
        loss = 0.0
        for i in range(len(inputs)):
            a = forward(w, inputs[i])
            diff = a[-1] - targets[i]
            loss += np.sum(diff ** 2) / 2
            global_error = diff @ (np.diag(a[-1]) - np.outer(a[-1], a[-1])) * n
            errors = [global_error]
            for l in range(len(w) - 1, 0, -1):
                hidden_error = (a[l] > 0) * (errors[0] @ w[l]) * n
                errors.insert(0, hidden_error)
            w = [W - np.outer(e, x) for W, e, x in zip(w, errors, a)]
        history.append(loss)
    return w, history


def error_norms(error, jacobians):
    v = np.array(error, dtype=float)
    result = [np.sqrt(np.sum(v ** 2))]
    for J in jacobians:
        v = v @ np.array(J)
        result.append(np.sqrt(np.sum(v ** 2)))
    return result
