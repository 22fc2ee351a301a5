import math

import numpy as np


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
    y = np.array(activations[-1])
    diff = y - np.array(target)
    J_top = np.diag(y) - np.outer(y, y)
    e = np.dot(diff, J_top)
    errors = []
    errors.append(e)
    for l in range(len(weights) - 1, 0, -1):
        e = np.dot(e, weights[l])
        slope = []
        for a in activations[l]:
            if a > 0:
                slope.append(1)
            else:
                slope.append(0)
        e = np.dot(e, np.diag(slope))
        errors.append(e)
    errors.reverse()
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
    for l in range(len(weights)):
        rows = len(weights[l])
        for i in range(rows):
            for j in range(len(weights[l][i])):
                weights[l][i][j] = weights[l][i][j] + learning_rate * gradients[l][i][j]
    return weights


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
    K = len(jacobians)
    result = np.zeros(K + 1)
    e = np.array(error, dtype=float)
    for k in range(K + 1):
        result[k] = np.sqrt(np.sum(e * e))
        if k < K:
            e = np.dot(e, jacobians[k])
    return result
