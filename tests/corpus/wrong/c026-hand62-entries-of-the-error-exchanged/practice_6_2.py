import numpy as np
import math


# ------------------------------

def propagate_error(error, jacobian):
	error_row = np.array(error).reshape(1, len(error))
	product = np.dot(error_row, np.array(jacobian))
	return product[0]


def practice_6_2():
	up = 2 * 3 + 1 * 4
	down = 2 * (-3) + 1 * (-4)
	return np.array([up, down])
