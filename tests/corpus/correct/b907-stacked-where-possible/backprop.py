import numpy as np


def pack(arrays):
    arrays = [np.asarray(a, dtype=float) for a in arrays]
    return np.stack(arrays) if len({a.shape for a in arrays}) == 1 else tuple(arrays)


def forward(weights, x):
    a = [np.asarray(x)]
    for W in weights:
        a.append(np.fmax(np.inner(W, a[-1]), 0))
    z = np.inner(weights[-1], a[-2])
    a[-1] = np.exp(z - np.logaddexp.reduce(z))
    return pack(a)


def backward(weights, activations, target):
    y = np.asarray(activations[-1])
    e = np.inner(y - target, np.diag(y) - np.outer(y, y))      # symmetric, so inner will do
    errors = [e]
    k = len(weights) - 1
    while k:
        e = np.inner(np.asarray(weights[k]).T, e)
        e = np.select([np.asarray(activations[k]) > 0], [e])
        errors.append(e)
        k -= 1
    return pack(errors[::-1])


def weight_gradients(errors, activations):
    return pack(np.matmul(np.reshape(e, (-1, 1)), np.reshape(a, (1, -1))) for e, a in zip(errors, activations))


def update_weights(weights, gradients, learning_rate):
    return pack(np.asarray(W) + -learning_rate * np.asarray(G) for W, G in zip(weights, gradients))


def train(weights, inputs, targets, learning_rate, epochs):
    current = pack(np.copy(W) for W in weights)
    losses = np.zeros((epochs, len(inputs)))
    for epoch, n in np.ndindex(losses.shape):
        a = forward(current, inputs[n])
        losses[epoch, n] = 0.5 * np.square(a[-1] - targets[n]).sum()
        current = update_weights(current, weight_gradients(backward(current, a, targets[n]), a), learning_rate)
    return current, losses.sum(axis=1)


def error_norms(error, jacobians):
    e = np.asarray(error)
    squares = [np.vdot(e, e)]
    for J in jacobians:
        e = np.inner(np.transpose(J), e)
        squares.append(np.vdot(e, e))
    return np.sqrt(squares)
