# Homework 6
import numpy
import math
from practice_6_2 import propagate_error


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
    e = y - numpy.array(target)
    e = propagate_error(e, numpy.diag(y) - numpy.outer(y, y))
    errors = [e]
    for l in range(len(weights) - 1, 0, -1):
        e = propagate_error(e, numpy.array(weights[l]))
        J = numpy.zeros((len(e), len(e)))
        for k in range(len(e)):
            if activations[l][k] > 0:
                J[k, k] = 1
        e = propagate_error(e, J)
        errors.insert(0, e)
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
        change = learning_rate * numpy.array(gradients[l])
        new = numpy.array(weights[l]) - change
        new_weights.append(new)
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
    K = len(jacobians)
    result = numpy.zeros(K + 1)
    e = numpy.array(error, dtype=float)
    for k in range(K + 1):
        result[k] = numpy.sqrt(numpy.sum(e * e))
        if k < K:
            e = numpy.dot(e, jacobians[k])
    return result
