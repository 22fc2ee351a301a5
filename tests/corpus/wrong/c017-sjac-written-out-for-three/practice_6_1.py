import math

import numpy as np


def threshold(x):
	x = np.array(x)
	mask = (x > -1) * 1
	y = mask * x
	return y


def threshold_jacobian(x):
	rows = []
	for i in range(len(x)):
		row = [0.0] * len(x)
		if x[i] > -1:
			row[i] = 1.0
		rows.append(row)
	return np.array(rows)


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
	return np.array(answer)


def softmax_jacobian(x):
	m = max(x)
	s = [math.exp(v - m) for v in x]
	t = sum(s)
	s = [v / t for v in s]
	J = np.zeros((len(x), len(x)))
	if len(x) >= 1:
		J[0][0] = s[0] * (1 - s[0])
	if len(x) >= 2:
		J[0][1] = -s[0] * s[1]
		J[1][0] = -s[1] * s[0]
		J[1][1] = s[1] * (1 - s[1])
	if len(x) >= 3:
		J[0][2] = -s[0] * s[2]
		J[1][2] = -s[1] * s[2]
		J[2][0] = -s[2] * s[0]
		J[2][1] = -s[2] * s[1]
		J[2][2] = s[2] * (1 - s[2])
	return J


def practice_6_1():
	J = np.zeros((5, 5))
	J[0, 0] = 1   # 0.3
	J[1, 1] = 0   # -1.8
	J[2, 2] = 1   # -0.2
	J[3, 3] = 1   # 0.4
	J[4, 4] = 1   # 0.9
	return J
