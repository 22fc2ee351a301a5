"""Wiggle each gear: a Jacobian by experiment, without any calculus.

A Jacobian tells how much each output moves when one input moves a little. So wiggle one input
a little up, then a little down, see how far the outputs moved, and divide by how far the input
moved. That gives one column of the Jacobian; the next input gives the next column.

Use it to check a Jacobian that you worked out:

    from practice_6_1 import threshold, threshold_jacobian
    from wiggle import numerical_jacobian

    x = [0.5, -3.0]
    print(numerical_jacobian(threshold, x))
    print(threshold_jacobian(x))  # the same, but for the last few digits
"""

import numpy as np


def numerical_jacobian(function, x, step=1e-5):
    """Estimate the Jacobian of a function at x by central differences.

    Column j is (function(x with x[j] + step) - function(x with x[j] - step)) / (2 * step).

    Parameters
    ----------
    function : function from an array of shape (J,) to an array of shape (I,)
        A function that returns one number counts as I = 1.
    x : array of shape (J,)
        Where to wiggle. Keep away from a kink, such as -1 for `threshold`: there the slope
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
        up = np.asarray(function(x + wiggle), dtype=float)
        down = np.asarray(function(x - wiggle), dtype=float)
        columns.append(np.ravel(up - down) / (2 * step))
    return np.column_stack(columns)
