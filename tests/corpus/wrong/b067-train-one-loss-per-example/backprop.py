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
    y = activations[-1]
    errors = {len(weights): (y - target).dot(softmax_jacobian(y))}
    for l in range(len(weights) - 1, 0, -1):
        errors[l] = errors[l + 1].dot(weights[l]) * slope(activations[l])
    return [errors[l] for l in sorted(errors)]


def weight_gradients(errors, activations):
    return [np.outer(errors[l], activations[l]) for l in range(len(errors))]


def update_weights(weights, gradients, learning_rate):
    return [weights[l] - learning_rate * gradients[l] for l in range(len(weights))]


def train(weights, inputs, targets, learning_rate, epochs):
    weights = [W.copy() for W in weights]
    losses = []
    for _ in range(epochs):
        for x, target in zip(inputs, targets):
            a = forward(weights, x)
            losses.append(((a[-1] - target) ** 2).sum() / 2)
            grads = weight_gradients(backward(weights, a, target), a)
            weights = update_weights(weights, grads, learning_rate)
    return weights, losses


def error_norms(error, jacobians):
    norms = np.zeros(len(jacobians) + 1)
    norms[0] = np.linalg.norm(error)
    for k, J in enumerate(jacobians):
        error = error.dot(J)
        norms[k + 1] = np.linalg.norm(error)
    return norms
