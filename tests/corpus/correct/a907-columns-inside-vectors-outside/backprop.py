import numpy as np


def col(v):
    return np.asarray(v, dtype=float).reshape(-1, 1)


def forward(weights, x):
    columns = [col(x)]
    for l, W in enumerate(weights, start=1):
        z = W @ columns[-1]
        if l < len(weights):
            columns.append(np.where(z < 0, 0, z))
        else:
            e = np.exp(z - z.max())
            columns.append(e / e.sum())
    return [c.ravel() for c in columns]


def backward(weights, activations, target):
    a = col(activations[-1])
    delta = (np.diagflat(a) - a @ a.T).T @ (a - col(target))
    deltas = [delta]
    for l in range(len(weights) - 1, 0, -1):
        delta = np.where(col(activations[l]) > 0, weights[l].T @ delta, 0)
        deltas.insert(0, delta)
    return [d.ravel() for d in deltas]


def weight_gradients(errors, activations):
    return [col(e) @ col(a).T for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    return [np.subtract(W, np.multiply(learning_rate, G)) for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = []
    while len(losses) < epochs:
        loss = 0
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            loss += np.sum((t - a[-1]) ** 2) / 2
            # from the top down: the errors are known already, so the order does not matter
            for l, G in reversed(list(enumerate(weight_gradients(backward(weights, a, t), a)))):
                weights[l] -= learning_rate * G
        losses.append(loss)
    return weights, losses


def error_norms(error, jacobians):
    e = col(error)
    norms = [np.hypot.reduce(e.ravel())]
    for J in jacobians:
        e = np.transpose(J) @ e
        norms.append(np.hypot.reduce(e.ravel()))
    return norms
