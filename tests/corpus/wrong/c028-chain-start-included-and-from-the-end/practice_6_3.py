"""My solutions"""
import math
import numpy as np


def propagate_chain(error, jacobians):
	collected = [np.array(error)]
	k = len(jacobians)
	while k > 0:
		k = k - 1
		last_one = collected[-1]
		collected.append(np.dot(last_one, jacobians[k]))
	return collected


def practice_6_3():
	out = []
	out.append(np.array([11, -11]))
	out.append(np.array([11, -11]))
	return out
