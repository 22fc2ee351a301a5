"""My solutions"""
import math
import numpy as np


def propagate_chain(error, jacobians):
	answer = []
	if len(jacobians) >= 1:
		J1 = np.array(jacobians[0])
		e1 = np.array(error) @ J1
		answer.append(e1)
	if len(jacobians) >= 2:
		J2 = np.array(jacobians[1])
		e2 = e1 @ J2
		answer.append(e2)
	return answer


def practice_6_3():
	e1_first = 1 * 3 + 2 * 4
	e1_second = 1 * -3 + 2 * -4
	e2_first = e1_first * 1 + e1_second * 0
	e2_second = e1_first * 0 + e1_second * 1
	step1 = np.array([e1_first, e1_second])
	step2 = np.array([e2_first, e2_second])
	return [step1, step2]
