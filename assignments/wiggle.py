"""Wiggle each gear: a Jacobian by experiment, without any calculus.

A Jacobian tells how much each output moves when one input moves a little. So wiggle one input
a little up, then a little down, see how far the outputs moved, and divide by how far the input
moved. That gives one column of the Jacobian; the next input gives the next column.

One line of it is yours to write, in `one_column`. No points: until you have, a line of ours
stands in for it. `python wiggle.py` tries yours. Then use it to check a Jacobian that you worked
out for a function of yours:

    from wiggle import numerical_jacobian

    x = [0.5, -3.0]
    print(numerical_jacobian(your_function, x))
    print(your_jacobian(x))  # the same, but for the last few digits
"""

import numpy as np


def one_column(up, down, step):
    """Tell how far each output moves for each unit that the input moves.

    Parameters
    ----------
    up, down : arrays of shape (I,)
        The outputs where the input is a step higher, and where it is a step lower.
    step : float
        How far the input was moved, each way.

    Returns
    -------
    array of shape (I,)
        One column of the Jacobian.
    """
    column = None  # your line: how far did the outputs move, and how far the input, both ways?
    return None if column is None else np.ravel(column)


def numerical_jacobian(function, x, step=1e-5):
    """Estimate the Jacobian of a function at x by moving its inputs one at a time.

    Parameters
    ----------
    function : function from an array of shape (J,) to an array of shape (I,)
        A function that returns one number counts as I = 1.
    x : array of shape (J,)
        Where to wiggle. Keep away from a kink, such as 0 for `abs`: there the slope
        to the left differs from the slope to the right, and the estimate is neither.
    step : float
        How far to wiggle. Much larger misses the curve, much smaller drowns in rounding.

    Returns
    -------
    array of shape (I, J)
        Row = output, column = input; right to about nine digits for a smooth function.

    Examples
    --------
    >>> def area_and_perimeter(sides):
    ...     a, b = sides
    ...     return np.array([a * b, 2 * a + 2 * b])
    >>> np.round(numerical_jacobian(area_and_perimeter, [3.0, 5.0]), 6)
    array([[5., 3.],
           [2., 2.]])
    """
    x = np.array(x, dtype=float)
    columns = []
    for j in range(len(x)):
        wiggle = np.zeros(len(x))
        wiggle[j] = step
        up = np.ravel(np.asarray(function(x + wiggle), dtype=float))
        down = np.ravel(np.asarray(function(x - wiggle), dtype=float))
        column = one_column(up, down, step)
        columns.append(_ours(up, down, step) if column is None else column)
    return np.column_stack(columns)


def _ours(up, down, step):
    """Stand in for `one_column` with what NumPy has for it."""
    return np.gradient(np.stack([down, (up + down) / 2, up]), step, axis=0)[1]


if __name__ == "__main__":
    up, down = np.array([15.5, 16.2]), np.array([14.5, 15.8])
    print("A rectangle of 3 by 5: its area is 15, its way round 16. Make the side of 3 longer,")
    print("then shorter by 0.1: area and way round go up to", up, "and down to", down)
    yours = one_column(up, down, 0.1)
    if yours is None:
        print("one_column isn't written yet: how far do both move for each unit of the side?")
    elif np.shape(yours) == (2,) and np.allclose(yours, _ours(up, down, 0.1)):
        print("Yours gives", yours, "for each unit of the side, the column of the Jacobian. Right.")
    else:
        print("Yours gives", yours, "- but the side moved by 0.2 in all, from 2.9 to 3.1.")
