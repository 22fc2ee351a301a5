# Homework 6
import numpy
import math


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
    a = 1 * 3 + 2 * 4
    b = 1 * -3 + 2 * -4
    c = a * 1 + b * 1
    d = a * 1 + b * 1
    return [numpy.array([a, b]), numpy.array([c, d])]
