# Homework 6
import numpy
import math


def threshold(x):
	out = []
	for i in range(x):
		if x[i] > -1:
			out.append(x[i])
		else:
			out.append(0)
	return numpy.array(out)


def threshold_jacobian(x):
	rows = []
	for i in range(len(x)):
		row = [0.0] * len(x)
		if x[i] > -1:
			row[i] = 1.0
		rows.append(row)
	return numpy.array(rows)


def softmax(x):
	biggest = x[0]
	for v in x:
		if v > biggest:
			biggest = v
	exps = []
	for v in x:
		exps.append(math.exp(v - biggest))
	total = 0
	for e in exps:
		total = total + e
	answer = []
	for e in exps:
		answer.append(e / total)
	return numpy.array(answer)


def softmax_jacobian(x):
	x = numpy.array(x, dtype=float)
	z = x - max(x)
	s = numpy.exp(z) / sum(numpy.exp(z))
	n = len(s)
	J = numpy.zeros((n, n))
	for i in range(n):
		for j in range(n):
			if i == j:
				J[i, j] = s[i] * (1 - s[i])
			else:
				J[i, j] = -1 * s[i] * s[j]
	return J


def practice_6_1():
	# row for every output, column for every input
	row1 = [1, 0, 0, 0, 0]
	row2 = [0, 0, 0, 0, 0]
	row3 = [0, 0, 1, 0, 0]
	row4 = [0, 0, 0, 1, 0]
	row5 = [0, 0, 0, 0, 1]
	return numpy.array([row1, row2, row3, row4, row5])
