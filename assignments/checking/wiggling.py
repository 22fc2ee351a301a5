"""A Jacobian by experiment, for the checks: what you write in wiggle.py does the same."""

import numpy as np


def wiggled(function, x, step=1e-5, column=None):
    """Estimate the Jacobian of a function at x, by moving one input after the other.

    `column` puts both outputs together: what one column is, from the outputs at x + step and at
    x - step and from the step.
    """
    x = np.array(x, dtype=float)
    column = column or central
    columns = []
    for j in range(len(x)):
        move = np.zeros(len(x))
        move[j] = step
        up = np.ravel(np.asarray(function(x + move), dtype=float))
        down = np.ravel(np.asarray(function(x - move), dtype=float))
        columns.append(np.ravel(column(up, down, step)))
    return np.column_stack(columns)


def central(up, down, step):
    """How far the outputs moved, for how far the input moved: 2 steps, from down to up."""
    return (up - down) / (2 * step)
