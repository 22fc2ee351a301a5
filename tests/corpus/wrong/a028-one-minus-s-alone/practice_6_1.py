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
    shifted = numpy.array(x, dtype=float)
    shifted = shifted - shifted.max()
    up = numpy.exp(shifted)
    down = up.sum()
    return up / down


def softmax_jacobian(x):
    a = softmax(x)
    return numpy.diag(1 - a)


def practice_6_1():
    return numpy.diag(numpy.array([1., 0., 1., 1., 1.]))
