import numpy as np


def top(z):
    p = np.exp(z - z.max())
    return p / p.sum()


def forward(weights, x):
    x = np.array(x, dtype=float)
    z = np.array(weights[0]) @ x
    if len(weights) == 1:
        return [x, top(z)]
    return [x] + forward(weights[1:], z.clip(min=0))


def backward(weights, activations, target):
    if len(weights) == 1:
        y = np.array(activations[-1])
        d = y - np.array(target)
        return [y * d - y * np.dot(y, d)]
    upper = backward(weights[1:], activations[1:], target)
    mine = (np.array(weights[1]).T @ upper[0]) * np.heaviside(activations[1], 0)
    return [mine] + upper


def weight_gradients(errors, activations):
    if len(errors) == 0:
        return []
    return [np.multiply.outer(np.array(errors[0]), np.array(activations[0]))] + weight_gradients(errors[1:], activations[1:])


def update_weights(weights, gradients, learning_rate):
    if len(weights) == 0:
        return []
    return [np.array(weights[0]) - learning_rate * np.array(gradients[0])] + update_weights(weights[1:], gradients[1:], learning_rate)


def train(weights, inputs, targets, learning_rate, epochs):
    if epochs == 0:
        return [np.array(W, dtype=float) for W in weights], []
    loss = 0.0
    for x, t in zip(inputs, targets):
        a = forward(weights, x)
        loss += np.sum((a[-1] - t) ** 2) / 2
        weights = update_weights(weights, weight_gradients(backward(weights, a, t), a), learning_rate)
    final, later = train(weights, inputs, targets, learning_rate, epochs - 1)
    return final, [loss] + later


def error_norms(error, jacobians):
    e = np.array(error)
    if len(jacobians) == 0:
        return np.array([np.hypot.reduce(e.astype(float))])
    return np.concatenate([[np.linalg.norm(e)], error_norms(e @ jacobians[0], jacobians[1:])])
