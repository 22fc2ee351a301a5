from fractions import Fraction


def propagate_error(error, jacobian):
    return [sum(e * v for e, v in zip(error, column)) for column in zip(*jacobian)]


def practice_6_2():
    one, two = Fraction(1), Fraction(2)
    return [float(v) for v in propagate_error([one, two], [[3, -3], [4, -4]])]
