from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Network:
    weights: list[np.ndarray]
    a: list[np.ndarray] = field(default_factory=list)

    def run(self, x) -> Network:
        self.a = [np.asarray(x, dtype=float)]
        for k, W in enumerate(self.weights, 1):
            z = W @ self.a[-1]
            if k < len(self.weights):
                self.a.append(0.5 * (z + np.abs(z)))
            else:
                p = np.exp(z - z.max())
                self.a.append(p / p.sum())
        return self

    def errors(self, target) -> list[np.ndarray]:
        y = self.a[-1]
        found = [(y - target) @ (np.diag(y) - np.outer(y, y))]
        for W, a in list(zip(self.weights[1:], self.a[1:-1]))[::-1]:
            found[:0] = [np.where(np.greater(a, 0), found[0] @ W, 0)]
        return found


def forward(weights, x):
    return Network(weights).run(x).a


def backward(weights, activations, target):
    return Network(weights, list(activations)).errors(target)


def weight_gradients(errors, activations):
    return [np.kron(np.asarray(e)[:, None], a) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    new = [np.array(W, dtype=float) for W in weights]
    for W, G in zip(new, gradients):
        W -= learning_rate * G          # a copy, so in place is fine
    return new


def train(weights, inputs, targets, learning_rate, epochs):
    net = Network(update_weights(weights, weights, 0))
    losses = [0.0] * epochs
    for epoch in range(epochs):
        for x, t in zip(inputs, targets):
            net.run(x)
            losses[epoch] += 0.5 * float(np.linalg.norm(net.a[-1] - t)) ** 2
            net.weights = update_weights(net.weights, weight_gradients(net.errors(t), net.a), learning_rate)
    return net.weights, losses


def error_norms(error, jacobians):
    norms = [np.linalg.norm(error)]
    for J in jacobians:
        norms.append(np.linalg.norm(error := error @ J))
    return norms


W0 = [np.array([[0.1, -0.2], [0.4, 0.3]]), np.array([[0.5, -0.5], [0.2, 0.1]])]
w_trial, l_trial = train(W0, np.eye(2), np.eye(2), 0.5, 20)
print("trial:", l_trial[0], "->", l_trial[-1])

if __name__ == "__main__":
    print(w_trial)
