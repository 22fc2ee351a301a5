import math

import numpy as np


def forward(weights, x):
    acts = [np.array(x)]
    for l in range(len(weights)):
        z = np.dot(weights[l], acts[l])
        if l == len(weights) - 1:
            z = z - max(z)
            acts.append(np.exp(z) / sum(np.exp(z)))
        else:
            hidden = np.zeros(len(z))
            for u in range(len(z)):
                if z[u] > 2:
                    hidden[u] = 2
                elif z[u] > 0:
                    hidden[u] = z[u]
            acts.append(hidden)
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
    number = 0
    for e in errors:
        column = np.array(e).reshape(len(e), 1)
        row = np.array(activations[number]).reshape(1, len(activations[number]))
        gradients.append(np.dot(column, row))
        number = number + 1
    return gradients


def update_weights(weights, gradients, learning_rate):
    new_weights = []
    for l in range(len(weights)):
        change = learning_rate * np.array(gradients[l])
        new = np.array(weights[l]) - change
        new_weights.append(new)
    return new_weights


def train(weights, inputs, targets, learning_rate, epochs):
    W = []
    for w in weights:
        W.append(np.array(w, dtype=float))
    losses = []
    for epoch in range(epochs):
        epoch_loss = 0
        for n in range(len(inputs)):
            a = [np.array(inputs[n], dtype=float)]
            for l in range(len(W)):
                z = np.dot(W[l], a[l])
                if l < len(W) - 1:
                    a.append(z * (z > 0))
                else:
                    ez = np.exp(z - max(z))
                    a.append(ez / sum(ez))
            y = a[len(W)]
            t = np.array(targets[n])
            for k in range(len(y)):
                epoch_loss = epoch_loss + 0.5 * (y[k] - t[k]) ** 2
            e = np.dot(y - t, np.diag(y) - np.outer(y, y))
            e_list = [e]
            for l in range(len(W) - 1, 0, -1):
                e = np.dot(e, W[l]) * (a[l] > 0)
                e_list.insert(0, e)
            for l in range(len(W)):
                W[l] = W[l] - learning_rate * np.outer(e_list[l], a[l])
        losses.append(epoch_loss)
    return W, losses


def error_norms(error, jacobians):
    norms = []
    total = 0
    for v in error:
        total = total + v ** 2
    norms.append(math.sqrt(total))
    e = np.array(error)
    for J in jacobians:
        e = np.dot(e, J)
        total = 0
        for v in e:
            total = total + v ** 2
        norms.append(math.sqrt(total))
    return np.array(norms)
