import numpy as np


def _softmax(z):
    z = z - z.max()
    return np.exp(z) / np.exp(z).sum()


def forward(weights, x):
    def deeper(a, rest):
        z = rest[0].dot(a)
        if len(rest) == 1:
            return [_softmax(z)]
        a = (np.abs(z) + z) / 2         # the same as max(z, 0)
        return [a] + deeper(a, rest[1:])
    return [x] + deeper(x, list(weights))


def backward(weights, activations, target):
    def shallower(e, level):
        if level == 0:
            return [e]
        below = e.dot(weights[level]) * np.sign(activations[level])
        return shallower(below, level - 1) + [e]
    out = activations[-1]
    d = out - target
    # (diag(s) - s s^T) without building it
    return shallower(out * (d - d.dot(out)), len(weights) - 1)


def weight_gradients(errors, activations):
    return [np.kron(e, a).reshape(len(e), len(a)) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    return list(map(lambda W, G: W - learning_rate * G, weights, gradients))


def train(weights, inputs, targets, learning_rate, epochs):
    weights = [np.array(W, dtype=float) for W in weights]
    losses = np.zeros(epochs)
    for n in range(epochs * len(inputs)):
        epoch, example = divmod(n, len(inputs))
        a = forward(weights, inputs[example])
        losses[epoch] += 0.5 * np.linalg.norm(a[-1] - targets[example]) ** 2
        errors = backward(weights, a, targets[example])
        weights = update_weights(weights, weight_gradients(errors, a), learning_rate)
    return weights, losses


def error_norms(error, jacobians):
    if len(jacobians) == 0:
        return np.array([np.linalg.norm(error)])
    return np.append(np.linalg.norm(error), error_norms(error @ jacobians[0], jacobians[1:]))
