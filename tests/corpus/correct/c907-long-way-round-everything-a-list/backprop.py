import math


def forward(weights, x):
    everything = [[float(v) for v in x]]
    for l in range(len(weights)):
        new = []
        for i in range(len(weights[l])):
            total = 0.0
            for j in range(len(weights[l][i])):
                total += float(weights[l][i][j]) * everything[l][j]
            new.append(total)
        if l == len(weights) - 1:
            m = max(new)
            bottom = 0.0
            for v in new:
                bottom += math.exp(v - m)
            for i in range(len(new)):
                new[i] = math.exp(new[i] - m) / bottom
        else:
            for i in range(len(new)):
                if new[i] <= 0:
                    new[i] = 0.0
        everything.append(new)
    return everything


def backward(weights, activations, target):
    y = activations[len(activations) - 1]
    inner = 0.0
    for k in range(len(y)):
        inner += (y[k] - target[k]) * y[k]
    errors = [[(y[k] - target[k] - inner) * y[k] for k in range(len(y))]]
    for l in range(len(weights) - 1, 0, -1):
        below = []
        for j in range(len(activations[l])):
            total = 0.0
            if activations[l][j] > 0:
                for i in range(len(errors[0])):
                    total += errors[0][i] * weights[l][i][j]
            below.append(total)
        errors = [below] + errors
    return errors


def weight_gradients(errors, activations):
    result = []
    for l in range(len(errors)):
        matrix = []
        for e in errors[l]:
            line = []
            for a in activations[l]:
                line.append(e * a)
            matrix.append(line)
        result.append(matrix)
    return result


def update_weights(weights, gradients, learning_rate):
    result = []
    for l in range(len(weights)):
        matrix = []
        for i in range(len(weights[l])):
            line = []
            for j in range(len(weights[l][i])):
                line.append(weights[l][i][j] - learning_rate * gradients[l][i][j])
            matrix.append(line)
        result.append(matrix)
    return result


def train(weights, inputs, targets, learning_rate, epochs):
    current = [[[float(v) for v in row] for row in W] for W in weights]
    losses = [0.0] * epochs
    for epoch in range(epochs):
        for n in range(len(inputs)):
            a = forward(current, inputs[n])
            for k in range(len(a[-1])):
                losses[epoch] += (a[-1][k] - targets[n][k]) ** 2 / 2
            current = update_weights(current, weight_gradients(backward(current, a, targets[n]), a), learning_rate)
    return current, losses


def error_norms(error, jacobians):
    norms = [sum(v * v for v in error) ** 0.5]
    for J in jacobians:
        error = [sum(error[i] * J[i][j] for i in range(len(error))) for j in range(len(J[0]))]
        norms.append(sum(v * v for v in error) ** 0.5)
    return norms
