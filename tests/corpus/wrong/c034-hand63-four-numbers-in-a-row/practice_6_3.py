# Homework 6
import numpy
import math


# ------------------------------

def propagate_chain(error, jacobians):
    list_of_errors = []
    current = numpy.array(error)
    for k in range(len(jacobians)):
        J = numpy.array(jacobians[k])
        next_error = numpy.zeros(J.shape[1])
        for j in range(J.shape[1]):
            for i in range(J.shape[0]):
                next_error[j] = next_error[j] + current[i] * J[i][j]
        list_of_errors.append(next_error)
        current = next_error
    return list_of_errors


def practice_6_3():
    numbers = numpy.zeros(4)
    numbers[0] = 3 + 8
    numbers[1] = -3 - 8
    numbers[2] = numbers[0]
    numbers[3] = numbers[1]
    return numbers
