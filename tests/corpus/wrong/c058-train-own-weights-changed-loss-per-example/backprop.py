import math

import numpy as np


# ------------------------------

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
		W = np.array(weights[l], dtype=float)
		G = gradients[l]
		for i in range(len(W)):
			for j in range(len(W[i])):
				W[i][j] = W[i][j] - learning_rate * G[i][j]
		new_weights.append(W)
	return new_weights


def train(weights, inputs, targets, learning_rate, epochs):
	losses = []
	for epoch in range(epochs):
		for n in range(len(inputs)):
			a = [np.array(inputs[n])]
			for l in range(len(weights)):
				z = weights[l] @ a[-1]
				if l == len(weights) - 1:
					z = np.exp(z - z.max())
					a.append(z / z.sum())
				else:
					a.append(np.where(z > 0, z, 0.0))
			d = a[-1] - targets[n]
			losses.append(np.sum(d * d) / 2)
			e = d @ (np.diag(a[-1]) - np.outer(a[-1], a[-1]))
			for l in range(len(weights) - 1, -1, -1):
				step = learning_rate * np.outer(e, a[l])
				e = (e @ weights[l]) * (a[l] > 0)
				for i in range(len(step)):
					for j in range(len(step[i])):
						weights[l][i][j] = weights[l][i][j] - step[i][j]
	return weights, losses


def error_norms(error, jacobians):
	K = len(jacobians)
	result = np.zeros(K + 1)
	e = np.array(error, dtype=float)
	for k in range(K + 1):
		result[k] = np.sqrt(np.sum(e * e))
		if k < K:
			e = np.dot(e, jacobians[k])
	return result
