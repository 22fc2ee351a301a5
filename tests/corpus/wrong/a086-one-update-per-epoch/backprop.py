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
    J = np.diag(a) - np.outer(a, a)
    errors[L - 1] = (a - target) @ J
    for l in range(L - 2, -1, -1):
        slope = np.where(activations[l + 1] > 0, 1, 0)
        errors[l] = (errors[l + 1] @ weights[l + 1]) * slope
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
        change = [np.zeros(w.shape) for w in W]
        for x, t in zip(inputs, targets):
            a = forward(W, x)
            loss += 0.5 * np.sum((a[-1] - t) ** 2)
            G = weight_gradients(backward(W, a, t), a)
            for k in range(len(W)):
                change[k] = change[k] + G[k]
        W = update_weights(W, change, learning_rate)
        losses.append(loss)
    return W, losses


def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        error = error @ J
        norms.append(np.linalg.norm(error))
    return np.array(norms)
