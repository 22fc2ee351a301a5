# Homework 6
import numpy
import math


def forward(weights, x):
    activations = numpy.array([x])
    for l in range(len(weights)):
        z = numpy.dot(weights[l], activations[l])
        if l == len(weights) - 1:
            z = numpy.exp(z - numpy.max(z))
            activations.append(z / numpy.sum(z))
        else:
            activations.append(numpy.maximum(z, 0))
    return activations


def backward(weights, activations, target):
    L = len(weights)
    y = numpy.array(activations[L])
    n = len(y)
    top_error = numpy.zeros(n)
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
        e = numpy.zeros(len(activations[l]))
        for j in range(len(e)):
            for i in range(len(above)):
                e[j] = e[j] + above[i] * W[i][j]
            if activations[l][j] <= 0:
                e[j] = 0
        errors = [e] + errors
        l = l - 1
    return errors


def weight_gradients(errors, activations):
    all_gradients = []
    for l in range(len(errors)):
        e = errors[l]
        a = activations[l]
        G = numpy.zeros((len(e), len(a)))
        for i in range(len(e)):
            for j in range(len(a)):
                G[i][j] = e[i] * a[j]
        all_gradients.append(G)
    return all_gradients


def update_weights(weights, gradients, learning_rate):
    new_weights = []
    for l in range(len(weights)):
        W = numpy.array(weights[l], dtype=float)
        G = gradients[l]
        for i in range(len(W)):
            for j in range(len(W[i])):
                W[i][j] = W[i][j] - learning_rate * G[i][j]
        new_weights.append(W)
    return new_weights


def train(weights, inputs, targets, learning_rate, epochs):
    W = []
    for w in weights:
        W.append(numpy.array(w, dtype=float))
    losses = []
    for epoch in range(epochs):
        epoch_loss = 0
        for n in range(len(inputs)):
            a = [numpy.array(inputs[n], dtype=float)]
            for l in range(len(W)):
                z = numpy.dot(W[l], a[l])
                if l < len(W) - 1:
                    a.append(z * (z > 0))
                else:
                    ez = numpy.exp(z - max(z))
                    a.append(ez / sum(ez))
            y = a[len(W)]
            t = numpy.array(targets[n])
            for k in range(len(y)):
                epoch_loss = epoch_loss + 0.5 * (y[k] - t[k]) ** 2
            e = numpy.dot(y - t, numpy.diag(y) - numpy.outer(y, y))
            e_list = [e]
            for l in range(len(W) - 1, 0, -1):
                e = numpy.dot(e, W[l]) * (a[l] > 0)
                e_list.insert(0, e)
            for l in range(len(W)):
                W[l] = W[l] - learning_rate * numpy.outer(e_list[l], a[l])
        losses.append(epoch_loss)
    return W, losses


def error_norms(error, jacobians):
    norms = []
    total = 0
    for v in error:
        total = total + v ** 2
    norms.append(math.sqrt(total))
    e = numpy.array(error)
    for J in jacobians:
        e = numpy.dot(e, J)
        total = 0
        for v in e:
            total = total + v ** 2
        norms.append(math.sqrt(total))
    return numpy.array(norms)
