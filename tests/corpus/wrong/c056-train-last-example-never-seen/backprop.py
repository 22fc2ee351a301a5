"""My solutions"""
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
	W = [np.array(w, dtype=float) for w in weights]
	losses = []
	for epoch in range(epochs):
		loss = 0
		for n in range(len(inputs) - 1):
			a = [np.array(inputs[n])]
			for l in range(len(W)):
				z = W[l] @ a[-1]
				if l == len(W) - 1:
					z = np.exp(z - z.max())
					a.append(z / z.sum())
				else:
					a.append(np.where(z > 0, z, 0.0))
			d = a[-1] - targets[n]
			loss += np.sum(d * d) / 2
			e = d @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
			new_W = [0] * len(W)
			for l in range(len(W) - 1, -1, -1):
				new_W[l] = W[l] - learning_rate * np.outer(e, a[l])
				e = (e @ W[l]) * (a[l] > 0)
			W = new_W
		losses.append(loss)
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
