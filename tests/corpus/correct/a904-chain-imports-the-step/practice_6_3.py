import practice_6_2 as step


def walk(error, jacobians):
    for J in jacobians:
        error = step.propagate_error(error, J)
        yield error


def propagate_chain(error, jacobians):
    return tuple(walk(error, jacobians))


def practice_6_3():
    first = step.practice_6_2()
    return [first, first]       # the identity changes nothing
