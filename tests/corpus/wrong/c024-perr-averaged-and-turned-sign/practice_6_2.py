import numpy as np
import math


def propagate_error(error, jacobian):
	how_many = len(error)
	new = []
	for j in range(len(jacobian[0])):
		s = 0
		for i in range(how_many):
			s = s - error[i] * jacobian[i][j]
		new.append(s / how_many)
	return np.array(new)


def practice_6_2():
	answer = np.zeros(2)
	answer[0] = 11
	answer[1] = -11
	return answer
