"""My solutions"""
import math
import numpy as np


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
	gradients = []
	number = 0
	for e in errors:
		column = np.array(e).reshape(len(e), 1)
		row = np.array(activations[number]).reshape(1, len(activations[number]))
		gradients.append(np.dot(column, row))
		number = number + 1
	return gradients


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
	W = []
	for w in weights:
		W.append(np.array(w, dtype=float))
	losses = []
	loss = 0
	for epoch in range(epochs):
		G = []
		for w in W:
			G.append(np.zeros((len(w), len(w[0]))))
		for n in range(len(inputs)):
			a = [np.array(inputs[n])]
			for l in range(len(W)):
				z = np.dot(W[l], a[l])
				if l == len(W) - 1:
					z = np.exp(z - max(z))
					a.append(z / sum(z))
				else:
					a.append(z * (z > 0))
			d = a[-1] - targets[n]
			loss = loss + 0.5 * np.dot(d, d)
			e = np.dot(d, np.diag(a[-1]) - np.outer(a[-1], a[-1]))
			for l in range(len(W) - 1, -1, -1):
				G[l] = G[l] + np.outer(e, a[l])
				e = np.dot(e, W[l]) * (a[l] > 0)
		for l in range(len(W)):
			W[l] = W[l] - learning_rate * G[l]
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
