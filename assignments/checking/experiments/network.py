"""A network with two layers, and its loss."""

import numpy as np

from checking.evidence import arrays

WEIGHTS = [
    np.array([[0.8, -0.3], [-0.6, -0.2], [0.5, 0.8]]),
    np.array([[0.4, -0.6, 0.2], [0.7, 0.5, 0.1], [-0.3, 0.2, 0.6]]),
]
X, TARGET = np.array([1.0, 0.5]), np.array([0.0, 1.0, 0.0])
SHAPES = [(2,), (3,), (3,)]


def loss_of(network, weights):
    prediction = arrays(network, weights, X, shapes=SHAPES)[-1]
    return 0.5 * np.sum((prediction - TARGET) ** 2)
