# Homework 6
import numpy
import math


# ------------------------------

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
	y = activations[len(activations) - 1]
	minus = []
	for k in range(len(y)):
		minus.append(target[k] - y[k])
	J = numpy.zeros((len(y), len(y)))
	for i in range(len(y)):
		for j in range(len(y)):
			if i == j:
				J[i][j] = y[i] - y[i] * y[i]
			else:
				J[i][j] = 0 - y[i] * y[j]
	e = numpy.dot(numpy.array(minus), J)
	errors = [e]
	l = len(weights) - 1
	while l >= 1:
		e = numpy.dot(e, weights[l])
		for k in range(len(e)):
			if activations[l][k] == 0:
				e[k] = 0
		errors.append(e)
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
