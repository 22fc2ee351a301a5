import numpy as np
import math


# ------------------------------

def forward(weights, x):
    acts = []
    acts.append(np.array(x))
    a = np.array(x)
    count = 0
    for W in weights:
        count = count + 1
        z = np.dot(W, a)
        if count < len(weights):
            a = np.where(z > 0, z, 0)
        if count == len(weights):
            z = z - np.max(z)
            a = np.exp(z) / np.sum(np.exp(z))
        acts.append(a)
    return acts


def backward(weights, activations, target):
    L = len(weights)
    y = np.array(activations[L])
    n = len(y)
    top_error = np.zeros(n)
    for j in range(n):
        for i in range(n):
            if i == j:
                slope = y[i] * (1 - y[i])
            else:
                slope = -y[i] * y[j]
            top_error[j] = top_error[j] + (y[i] - target[i]) * slope
    errors = [top_error]
    l = L - 1
    while l > 0:
        above = errors[0]
        W = weights[l]
        e = np.zeros(len(activations[l]))
        for j in range(len(e)):
            for i in range(len(above)):
                e[j] = e[j] + above[i] * W[i][j]
            if activations[l][j] <= 0:
                e[j] = 0
        errors = [e] + errors
        l = l - 1
    return errors


def weight_gradients(errors, activations):
    gradients = []
    for l in range(len(errors)):
        G = np.zeros((len(errors[l]), len(activations[l])))
        for i in range(len(errors[l])):
            for j in range(len(activations[l])):
                if activations[l][j] > 0:
                    G[i, j] = errors[l][i]
        gradients.append(G)
    return gradients


def update_weights(weights, gradients, learning_rate):
    new_weights = []
    for l in range(len(weights)):
        W = np.array(weights[l], dtype=float)
        G = gradients[l]
        for i in range(len(W)):
            for j in range(len(W[i])):
                W[i][j] = W[i][j] - learning_rate * G[i][j]
        new_weights.append(W)
    return new_weights


def train(weights, inputs, targets, learning_rate, epochs):
    current = []
    for l in range(len(weights)):
        current.append(np.array(weights[l], dtype=float))
    losses = []
    for epoch in range(epochs):
        total = 0
        for n in range(len(inputs)):
            acts = forward(current, inputs[n])
            difference = np.array(acts[-1]) - np.array(targets[n])
            total = total + 0.5 * np.sum(difference ** 2)
            errs = backward(current, acts, targets[n])
            grads = weight_gradients(errs, acts)
            current = update_weights(current, grads, learning_rate)
        losses.append(total)
    return current, losses


def error_norms(error, jacobians):
    K = len(jacobians)
    result = np.zeros(K + 1)
    e = np.array(error, dtype=float)
    for k in range(K + 1):
        result[k] = np.sqrt(np.sum(e * e))
        if k < K:
            e = np.dot(e, jacobians[k])
    return result
