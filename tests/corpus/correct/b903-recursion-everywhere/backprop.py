import numpy as np


def soft(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


def forward(weights, x):
    x = np.asarray(x)
    if len(weights) == 1:
        return (x, soft(weights[0] @ x))
    z = weights[0] @ x
    return (x,) + forward(weights[1:], z * (z > 0))


def backward(weights, activations, target):
    if len(weights) == 1:
        s = activations[1]
        d = s - target
        return (s * d - s * (s @ d),)
    above = backward(weights[1:], activations[1:], target)
    return ((above[0] @ weights[1]) * (np.asarray(activations[1]) > 0),) + above


def weight_gradients(errors, activations):
    if not len(errors):
        return ()
    return (np.outer(errors[0], activations[0]),) + weight_gradients(errors[1:], activations[1:])


def update_weights(weights, gradients, learning_rate):
    if not len(weights):
        return ()
    new = np.asarray(weights[0]) - learning_rate * np.asarray(gradients[0])
    return (new,) + update_weights(weights[1:], gradients[1:], learning_rate)


def one_epoch(weights, inputs, targets, rate, loss=0.0):
    if len(inputs) == 0:
        return weights, loss
    a = forward(weights, inputs[0])
    loss += np.sum((a[-1] - targets[0]) ** 2) / 2
    weights = update_weights(weights, weight_gradients(backward(weights, a, targets[0]), a), rate)
    return one_epoch(weights, inputs[1:], targets[1:], rate, loss)


def train(weights, inputs, targets, learning_rate, epochs):
    if epochs == 0:
        return tuple(np.array(W) for W in weights), []
    weights, loss = one_epoch(weights, inputs, targets, learning_rate)
    weights, later = train(weights, inputs, targets, learning_rate, epochs - 1)
    return weights, [loss] + later


def error_norms(error, jacobians):
    here = [np.sqrt(np.dot(error, error))]
    return here + error_norms(error @ jacobians[0], jacobians[1:]) if len(jacobians) else here
