"""Practice 6.3: an error goes back through a chain of Jacobians (section 6.3 of the notes).

The functions are taken last to first: what comes out of one Jacobian goes into the next.
"""

import numpy as np
from practice_6_2 import propagate_error


def practice_6_3() -> list[np.ndarray]:
    """Propagate [1, 2] through [[3, -3], [4, -4]], then through [[1, 0], [0, 1]], by hand.

    Work it out on paper with section 6.3, then write the numbers here.

    Returns
    -------
    list of two arrays of shape (2,)
        The error after the first matrix, and after the second.

    Examples
    --------
    >>> len(practice_6_3())
    2
    """
    raise NotImplementedError("practice_6_3 is not written yet: replace this line")


def propagate_chain(error: np.ndarray, jacobians: list[np.ndarray]) -> list[np.ndarray]:
    """Propagate an error through several Jacobians, one after the other (section 6.3).

    Parameters
    ----------
    error : array of shape (I,)
        The error where the chain begins.
    jacobians : list of arrays
        In the order in which the error meets them. The first has I rows; each of the others
        has as many rows as the one before it has columns.

    Returns
    -------
    list of arrays
        The error after each Jacobian, first to last. `error` itself isn't in the list, so
        there are as many entries as Jacobians: none for an empty list.

    Examples
    --------
    >>> propagate_chain(np.array([1.0, 1.0]), [np.diag([2.0, 3.0]), np.array([[1.0], [1.0]])])
    [array([2., 3.]), array([5.])]
    """
    raise NotImplementedError("propagate_chain is not written yet: replace this line")


if __name__ == "__main__":  # runs with `python practice_6_3.py` only
    # Twice through the same matrix, which halves an error: what do you expect?
    print(propagate_chain(np.array([1.0, -2.0]), [np.diag([0.5, 0.5]), np.diag([0.5, 0.5])]))
