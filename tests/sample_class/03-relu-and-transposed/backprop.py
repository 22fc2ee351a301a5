import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


def relu(z):
    return np.maximum(z, 0)


def forward(weights, x):
    activations = [x]
    last = len(weights) - 1
    for i in range(len(weights)):
        z = weights[i] @ activations[i]
        if i == last:
            activations.append(softmax(z))
        else:
            activations.append(relu(z))
    return activations


def backward(weights, activations, target):
    L = len(weights)
    errors = [None] * L
    a = activations[L]
    errors[L - 1] = (a - target) @ (np.diag(a) - np.outer(a, a))
    for l in range(L - 2, -1, -1):
        mask = activations[l + 1] > 0
        errors[l] = (errors[l + 1] @ weights[l]) * mask
    return errors


def weight_gradients(errors, activations):
    gradients = []
    for i in range(len(errors)):
        gradients.append(np.outer(errors[i], activations[i]))
    return gradients


def update_weights(weights, gradients, learning_rate):
    new_weights = []
    for i in range(len(weights)):
        new_weights.append(weights[i] - learning_rate * gradients[i])
    return new_weights


def train(weights, inputs, targets, learning_rate, epochs):
    W = [np.array(w, dtype=float) for w in weights]
    losses = []
    for epoch in range(epochs):
        loss = 0
        for n in range(len(inputs)):
            # forward
            a = [inputs[n]]
            for k in range(len(W)):
                z = W[k] @ a[k]
                a.append(softmax(z) if k == len(W) - 1 else relu(z))
            out = a[-1]
            loss += 0.5 * np.sum((out - targets[n]) ** 2)
            # backward
            e = (out - targets[n]) @ (np.diag(out) - np.outer(out, out))
            steps = []
            for k in range(len(W) - 1, -1, -1):
                steps.insert(0, np.outer(e, a[k]))
                e = (e @ W[k]) * (a[k] > 0)
            # update
            for k in range(len(W)):
                W[k] = W[k] - learning_rate * steps[k]
        losses.append(loss)
    return W, losses


def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms)
