# Homework 6
import numpy
import math


def forward(weights, x):
    activations = [numpy.array(x)]
    number_of_layers = len(weights)
    for l in range(number_of_layers):
        W = weights[l]
        a_prev = activations[l]
        z = numpy.zeros(len(W))
        for i in range(len(W)):
            for j in range(len(a_prev)):
                z[i] = z[i] + W[i][j] * a_prev[j]
        if l == number_of_layers - 1:
            biggest = max(z)
            e = numpy.exp(z - biggest)
            a = e / sum(e)
        else:
            a = numpy.zeros(len(z))
            for i in range(len(z)):
                if z[i] > 0:
                    a[i] = z[i]
                else:
                    a[i] = 0
        activations.append(a)
    return activations


def backward(weights, activations, target):
    y = numpy.array(activations[-1])
    diff = y - numpy.array(target)
    J_top = numpy.diag(y) - numpy.outer(y, y)
    e = numpy.dot(diff, J_top)
    errors = []
    errors.append(e)
    for l in range(len(weights) - 1, 0, -1):
        e = numpy.dot(e, weights[l])
        slope = []
        for a in activations[l]:
            if a > 0:
                slope.append(1)
            else:
                slope.append(0)
        e = numpy.dot(e, numpy.diag(slope))
        errors.append(e)
    errors.reverse()
    return errors


def weight_gradients(errors, activations):
    gradients = []
    number = 0
    for e in errors:
        column = numpy.array(e).reshape(len(e), 1)
        row = numpy.array(activations[number]).reshape(1, len(activations[number]))
        gradients.append(numpy.dot(column, row))
        number = number + 1
    return gradients


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
    W = [numpy.array(w, dtype=float) for w in weights]
    losses = []
    for epoch in range(epochs):
        loss = 0
        for n in range(len(inputs)):
            x = inputs[n]
            t = targets[n]
            a = run_network(W, x)
            e = (a[-1] - t) @ (numpy.diag(a[-1]) - numpy.outer(a[-1], a[-1]))
            for l in range(len(W) - 1, -1, -1):
                step = numpy.outer(e, a[l])
                e = (e @ W[l]) * (a[l] > 0)
                W[l] = W[l] - learning_rate * step
            a_new = run_network(W, x)
            for k in range(len(t)):
                loss = loss + (a_new[-1][k] - t[k]) ** 2
        losses.append(loss)
    return W, losses


def run_network(W, x):
    a = [numpy.array(x)]
    for l in range(len(W)):
        z = W[l] @ a[l]
        if l < len(W) - 1:
            a.append(numpy.where(z > 0, z, 0))
        else:
            a.append(numpy.exp(z - max(z)) / numpy.sum(numpy.exp(z - max(z))))
    return a


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
