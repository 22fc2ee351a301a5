import numpy as np

from practice_6_1 import softmax, softmax_jacobian, threshold
from practice_6_2 import propagate_error
from practice_6_3 import propagate_chain


def relu(z):
    # the threshold of 6.1 lies at -1, so move it there and back
    return threshold(np.where(z > 0, z, -1))


def forward(weights, x):
    acts = [x]
    for W in weights[:-1]:
        acts.append(relu(W @ acts[-1]))
    return acts + [softmax(weights[-1] @ acts[-1])]


def backward(weights, activations, target):
    # log s gives the same softmax Jacobian as z does
    logs = np.log(np.maximum(activations[-1], 1e-300))
    start = propagate_error(activations[-1] - target, softmax_jacobian(logs))
    jacobians = []
    for l in range(len(weights) - 1, 0, -1):
        jacobians.append(weights[l] * (activations[l] > 0))
    return ([start] + propagate_chain(start, jacobians))[::-1]


def weight_gradients(errors, activations):
    return [np.outer(e, a) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    return [W - learning_rate * G for W, G in zip(weights, gradients)]


def train(weights, inputs, targets, learning_rate, epochs):
    weights = [1.0 * W for W in weights]
    losses = []
    for _ in range(epochs):
        before = []
        for x, t in zip(inputs, targets):
            a = forward(weights, x)
            before.append(np.sum((a[-1] - t) ** 2) / 2)
            weights = update_weights(weights, weight_gradients(backward(weights, a, t), a), learning_rate)
        losses.append(sum(before))
    return weights, losses


def error_norms(error, jacobians):
    return np.array([np.sqrt(e @ e) for e in [error] + propagate_chain(error, jacobians)])
