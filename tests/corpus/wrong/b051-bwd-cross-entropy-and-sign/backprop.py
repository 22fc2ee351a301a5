# multi-layer network: hidden layers rectified linear, top layer softmax
import numpy as np

rectified = lambda z: np.where(z > 0, z, 0)
slope = lambda a: np.where(np.asarray(a) > 0, 1, 0)


def softmax(z):
    z = z - max(z)
    return np.exp(z) / sum(np.exp(z))


def softmax_jacobian(s):
    return np.diag(s) - np.outer(s, s)


def forward(weights, x):
    *hidden, top = weights
    out = [np.asarray(x)]
    for W in hidden:
        out.append(rectified(W.dot(out[-1])))
    out.append(softmax(top.dot(out[-1])))
    return out


def backward(weights, activations, target):
    delta = np.asarray(target) - activations[-1]
    out = [delta]
    for W, a in zip(weights[:0:-1], activations[-2:0:-1]):
        delta = delta.dot(W) * slope(a)
        out.append(delta)
    return list(reversed(out))


def weight_gradients(errors, activations):
    return [np.outer(errors[l], activations[l]) for l in range(len(errors))]


def update_weights(weights, gradients, learning_rate):
    return [weights[l] - learning_rate * gradients[l] for l in range(len(weights))]


def train(weights, inputs, targets, learning_rate, epochs):
    weights = [W.copy() for W in weights]
    losses = []
    for _ in range(epochs):
        loss = 0
        for x, target in zip(inputs, targets):
            a = forward(weights, x)
            loss = loss + ((a[-1] - target) ** 2).sum() / 2
            grads = weight_gradients(backward(weights, a, target), a)
            weights = update_weights(weights, grads, learning_rate)
        losses.append(loss)
    return weights, losses


def error_norms(error, jacobians):
    norms = np.zeros(len(jacobians) + 1)
    norms[0] = np.linalg.norm(error)
    for k, J in enumerate(jacobians):
        error = error.dot(J)
        norms[k + 1] = np.linalg.norm(error)
    return norms
