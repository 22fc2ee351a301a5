import numpy as np
from practice_6_1 import softmax


def forward(weights, x):
    activations = [x]
    for l, W in enumerate(weights):
        z = W @ activations[-1]
        activations.append(softmax(z) if l == len(weights) - 1 else np.maximum(z, 0))
    return activations


def backward(weights, activations, target):
    a = activations[-1]
    e = (a - target) @ (np.diag(a) - np.outer(a, a))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = (e @ weights[l]) * (activations[l] > 0)
        errors.insert(0, e)
    return errors


def weight_gradients(errors, activations):
    return [np.outer(errors[l], activations[l]) for l in range(len(errors))]


def update_weights(weights, gradients, learning_rate):
    return [W - learning_rate * G for W, G in zip(weights, gradients)]


def error_norms(error, jacobians):
    norms = [np.sqrt(np.sum(error ** 2))]
    for J in jacobians:
        error = error @ J
        norms.append(np.sqrt(np.sum(error ** 2)))
    return np.array(norms)


class Network:
    def __init__(self, weights):
        self.weights = [np.array(W, dtype=float) for W in weights]

    def learn(self, x, t, rate):
        a = forward(self.weights, x)
        loss = np.sum(np.square(np.subtract(a[-1], t))) / 2
        G = weight_gradients(backward(self.weights, a, t), a)
        self.weights = update_weights(self.weights, G, rate)
        return loss


def train(weights, inputs, targets, learning_rate, epochs):
    net = Network(weights)
    return net.weights if False else _run(net, inputs, targets, learning_rate, epochs)


def _run(net, inputs, targets, rate, epochs):
    losses = [sum(net.learn(x, t, rate) for x, t in zip(inputs, targets)) for _ in range(epochs)]
    return net.weights, losses
