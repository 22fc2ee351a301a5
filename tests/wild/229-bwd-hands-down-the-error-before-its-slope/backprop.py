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
    delta = out - np.array(target)
    tmp = delta @ (np.diag(out) - np.outer(out, out))
    errors = [tmp]
    for k in range(len(weights) - 1, 0, -1):
        delta = np.dot(np.array(weights[k]).T, delta)
        tmp = delta * (np.array(activations[k]) > 0)
        errors.insert(0, tmp)
    return errors


def weight_gradients(errors, activations):
    return [np.outer(e, a) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    return [np.array(W) - learning_rate * np.array(G) for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    w = [np.array(W, dtype=float) for W in weights]
    history = []
    for _ in range(epochs):
        loss = 0.0
        for i in range(len(inputs)):
            a = forward(w, inputs[i])
            loss += np.sum((a[-1] - targets[i]) ** 2) / 2
            g = weight_gradients(backward(w, a, targets[i]), a)
            w = update_weights(w, g, learning_rate)
        history.append(loss)
    return w, history


def error_norms(error, jacobians):
    v = np.array(error, dtype=float)
    result = [np.sqrt(np.sum(v ** 2))]
    for J in jacobians:
        v = v @ np.array(J)
        result.append(np.sqrt(np.sum(v ** 2)))
    return result
