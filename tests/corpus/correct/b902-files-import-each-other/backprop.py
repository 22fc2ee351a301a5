import practice_6_1 as p1
import practice_6_2 as p2
from practice_6_3 import propagate_chain
import numpy as np

through = p2.propagate_error


def forward(weights, x):
    a = [np.asarray(x, dtype=float)]
    for W in weights:
        a.append((W @ a[-1]).clip(0) if len(a) < len(weights) else p1.softmax(W @ a[-1]))
    return a


def backward(weights, activations, target):
    s = activations[-1]
    steps = [np.diag(s) - np.outer(s, s)]
    for W, a in zip(reversed(weights[1:]), reversed(activations[1:-1])):
        steps += [W, np.diag(np.sign(a))]
    return propagate_chain(s - target, steps)[::-2]


def weight_gradients(errors, activations):
    return [through(e[:, None], a[None, :]) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    return [W - learning_rate * G for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    weights, losses = [W.copy() for W in weights], []
    for _ in range(epochs):
        losses += [0]
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            losses[-1] += through(a[-1] - t, a[-1] - t) / 2
            weights = update_weights(weights, weight_gradients(backward(weights, a, t), a), learning_rate)
    return weights, losses


def error_norms(error, jacobians):
    return np.array([np.hypot.reduce(e) for e in [error, *propagate_chain(error, jacobians)]])
