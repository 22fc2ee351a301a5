"""My solutions"""
import math
import numpy as np


def forward(weights, x):
    activations = [np.array(x)]
    number_of_layers = len(weights)
    for l in range(number_of_layers):
        W = weights[l]
        a_prev = activations[l]
        z = np.zeros(len(W))
        for i in range(len(W)):
            for j in range(len(a_prev)):
                z[i] = z[i] + W[i][j] * a_prev[j]
        if l == number_of_layers - 1:
            biggest = max(z)
            e = np.exp(z - biggest)
            a = e / sum(e)
        else:
            a = np.zeros(len(z))
            for i in range(len(z)):
                if z[i] > 0:
                    a[i] = z[i]
                else:
                    a[i] = 0
        activations.append(a)
    return activations


def backward(weights, activations, target):
    y = np.array(activations[-1])
    n = len(y)
    e = np.zeros(n)
    for j in range(n):
        for i in range(n):
            if i == j:
                e[j] += (y[i] - target[i]) / n * (y[i] - y[i] ** 2)
            if i != j:
                e[j] -= (y[i] - target[i]) / n * y[i] * y[j]
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = np.dot(e, weights[l]) * (np.array(activations[l]) > 0)
        errors = [e] + errors
    return errors


def weight_gradients(errors, activations):
    all_gradients = []
    for l in range(len(errors)):
        e = errors[l]
        a = activations[l]
        G = np.zeros((len(e), len(a)))
        for i in range(len(e)):
            for j in range(len(a)):
                G[i][j] = e[i] * a[j]
        all_gradients.append(G)
    return all_gradients


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
