import math

import numpy as np


def matvec(W, a):
    return [sum(w * v for w, v in zip(row, a)) for row in W]


def vecmat(e, W):
    return [sum(e[i] * W[i][j] for i in range(len(e))) for j in range(len(W[0]))]


def softmax(z):
    m = max(z)
    exps = [math.exp(v - m) for v in z]
    return [v / sum(exps) for v in exps]


def top_error(y, t):
    diff = [p - q for p, q in zip(y, t)]
    mean = sum(d * p for d, p in zip(diff, y))
    return [p * (d - mean) for p, d in zip(y, diff)]


def forward(weights, x):
    layers = [list(x)]
    for l in range(len(weights)):
        z = matvec(weights[l], layers[-1])
        if l == len(weights) - 1:
            layers.append(softmax(z))
        else:
            layers.append([max(v, 0.0) for v in z])
    return [np.array(a) for a in layers]


def backward(weights, activations, target):
    errors = [top_error(activations[-1], target)]
    for l in range(len(weights) - 1, 0, -1):
        back = vecmat(errors[0], weights[l])
        errors.insert(0, [b if a > 0 else 0.0 for b, a in zip(back, activations[l])])
    return [np.array(e) for e in errors]


def weight_gradients(errors, activations):
    return [np.array([[d * v for v in a] for d in e]) for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    new = []
    for W, G in zip(weights, gradients):
        new.append(np.array([[w - learning_rate * g for w, g in zip(rw, rg)] for rw, rg in zip(W, G)]))
    return new


def train(weights, inputs, targets, learning_rate, epochs):
    ws = [np.array(W) for W in weights]
    losses = []
    for _ in range(epochs):
        loss = 0.0
        for x, t in zip(inputs, targets):
            acts = [list(x)]
            for l, W in enumerate(ws):
                z = matvec(W, acts[-1])
                acts.append(softmax(z) if l == len(ws) - 1 else [max(v, 0.0) for v in z])
            loss += sum((p - q) ** 2 for p, q in zip(acts[-1], t)) / 2
            e = top_error(acts[-1], t)
            steps = []
            for l in range(len(ws) - 1, -1, -1):
                steps.insert(0, learning_rate * np.outer(e, acts[l]))
                e = [b if a > 0 else 0.0 for b, a in zip(vecmat(e, ws[l]), acts[l])]
            ws = [W - s for W, s in zip(ws, steps)]
        losses.append(loss)
    return ws, losses


def error_norms(error, jacobians):
    norms = [math.sqrt(sum(v * v for v in error))]
    for J in jacobians:
        growth = math.sqrt(sum(v * v for row in J for v in row))
        norms.append(norms[-1] * growth)
    return norms
