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
    inputs = numpy.array(x, dtype=float)
    inside = numpy.abs(inputs) < 1
    return numpy.where(inside, inputs, 0.0)


def threshold_jacobian(x):
    return numpy.diag(Neurons(x).slopes())


def softmax(x):
    shifted = numpy.array(x, dtype=float)
    shifted = shifted - shifted.max()
    up = numpy.exp(shifted)
    down = up.sum()
    return up / down


def softmax_jacobian(x):
    shifted = numpy.array(x, dtype=float)
    shifted = shifted - shifted.max()
    a = numpy.exp(shifted) / numpy.exp(shifted).sum()
    a = a.reshape(-1, 1)
    return numpy.diagflat(a) - a @ a.T


def practice_6_1():
    return numpy.diag(numpy.array([1., 0., 1., 1., 1.]))
