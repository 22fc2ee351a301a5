# Homework 6
import numpy
import math


def forward(weights, x):
	acts = []
	acts.append(numpy.array(x))
	a = numpy.array(x)
	count = 0
	for W in weights:
		count = count + 1
		z = numpy.dot(W, a)
		if count < len(weights):
			a = numpy.where(z > 0, z, 0)
		if count == len(weights):
			z = z - numpy.max(z)
			a = numpy.exp(z) / numpy.sum(numpy.exp(z))
		acts.append(a)
	return acts


def backward(weights, activations, target):
	L = len(weights)
	y = activations[L]
	top = []
	for k in range(len(y)):
		top.append(y[k] - target[k])
	errors = {}
	errors[L] = numpy.array(top)
	for l in range(L - 1, 0, -1):
		errors[l] = numpy.dot(errors[l + 1], weights[l])
		for k in range(len(errors[l])):
			if activations[l][k] <= 0:
				errors[l][k] = 0
	answer = []
	for l in range(1, L + 1):
		answer.append(errors[l])
	return answer


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
	current = []
	for l in range(len(weights)):
		current.append(numpy.array(weights[l], dtype=float))
	losses = []
	for epoch in range(epochs):
		total = 0
		for n in range(len(inputs)):
			acts = forward(current, inputs[n])
			difference = numpy.array(acts[-1]) - numpy.array(targets[n])
			total = total + 0.5 * numpy.sum(difference ** 2)
			errs = backward(current, acts, targets[n])
			grads = weight_gradients(errs, acts)
			current = update_weights(current, grads, learning_rate)
		losses.append(total)
	return current, losses


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
