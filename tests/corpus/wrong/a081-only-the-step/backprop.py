import numpy as np


# ---------- activation functions ----------

def hidden_function(z):
    return z * (z > 0)


def hidden_jacobian(a):
    return np.diag((a > 0) * 1.0)


def top_function(z):
    powers = np.exp(z - z.max())
    return powers / powers.sum()


def top_jacobian(a):
    column = a.reshape(-1, 1)
    return np.diagflat(column) - column @ column.T


# ---------- the network ----------

def forward(weights, x):
    *hidden, top = weights
    acts = [np.asarray(x)]
    for W in hidden:
        acts.append(hidden_function(W @ acts[-1]))
    acts.append(top_function(top @ acts[-1]))
    return acts


def backward(weights, activations, target):
    error = (activations[-1] - target) @ top_jacobian(activations[-1])
    errors = [error]
    for W, a in zip(reversed(weights[1:]), reversed(activations[1:-1])):
        error = error @ W @ hidden_jacobian(a)
        errors.append(error)
    return errors[::-1]


def weight_gradients(errors, activations):
    return [e[:, None] * a[None, :] for e, a in zip(errors, activations)]


def update_weights(weights, gradients, learning_rate):
    change = []
    for l in range(len(weights)):
        change.append(-learning_rate * gradients[l])
    return change


def train(weights, inputs, targets, learning_rate, epochs):
    Ws = [W.astype(float) for W in weights]
    history = []
    for _ in range(epochs):
        lost = 0.0
        for x, t in zip(inputs, targets):
            acts = [x]
            for W in Ws[:-1]:
                acts.append(hidden_function(W @ acts[-1]))
            acts.append(top_function(Ws[-1] @ acts[-1]))
            difference = acts[-1] - t
            lost += difference @ difference / 2
            e = difference @ top_jacobian(acts[-1])
            fresh = [Ws[-1] - learning_rate * np.outer(e, acts[-2])]
            for l in range(len(Ws) - 2, -1, -1):
                e = e @ Ws[l + 1] @ hidden_jacobian(acts[l + 1])
                fresh.insert(0, Ws[l] - learning_rate * np.outer(e, acts[l]))
            Ws = fresh
        history.append(lost)
    return Ws, history


def error_norms(error, jacobians):
    lengths = [np.sqrt(np.dot(error, error))]
    row = error
    for J in jacobians:
        row = row.dot(J)
        lengths.append(np.sqrt(np.dot(row, row)))
    return lengths
