"""The logistic sigmoid, its Jacobian, and the error of the cross-entropy."""


def sigmoid(x):
    """Squeeze each entry of a vector between 0 and 1."""
    raise NotImplementedError


def sigmoid_jacobian(x):
    """Say how each output of ``sigmoid`` depends on each input."""
    raise NotImplementedError


def cross_entropy_error(activation, target):
    """Give the slope of ``-sum(target * log(activation))`` at each activation."""
    raise NotImplementedError
