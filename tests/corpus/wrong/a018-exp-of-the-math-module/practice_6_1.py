import math
import numpy


class Neurons:
    def __init__(self, inputs):
        self.inputs = numpy.array(inputs, dtype=float)
        self.on = self.inputs > -1

    def values(self):
        return self.inputs * self.on

    def slopes(self):
        return self.on.astype(float)


def threshold(x):
    return Neurons(x).values()


def threshold_jacobian(x):
    return numpy.diag(Neurons(x).slopes())


def softmax(x):
    inputs = numpy.array(x, dtype=float)
    up = math.exp(inputs - inputs.max())
    return up / up.sum()


def softmax_jacobian(x):
    shifted = numpy.array(x, dtype=float)
    shifted = shifted - shifted.max()
    a = numpy.exp(shifted) / numpy.exp(shifted).sum()
    a = a.reshape(-1, 1)
    return numpy.diagflat(a) - a @ a.T


def practice_6_1():
    return numpy.diag(numpy.array([1., 0., 1., 1., 1.]))
