"""Practice 6.2: an error goes back through one Jacobian (section 6.3 of the notes).

An error is a row vector, prediction - target: it stands on the left of a Jacobian.
"""

import numpy as np


def practice_6_2() -> np.ndarray:
    """Propagate the error [1, 2] through [[3, -3], [4, -4]], worked by hand.

    Work it out on paper with section 6.3, then write the numbers here.

    Returns
    -------
    array of shape (2,)

    Examples
    --------
    >>> np.shape(practice_6_2())
    (2,)
    """
    raise NotImplementedError("practice_6_2 is not written yet: replace this line")


def propagate_error(error: np.ndarray, jacobian: np.ndarray) -> np.ndarray:
    """Propagate an error back from a function's outputs to its inputs (section 6.3).

    Input j answers for its effect on every output i: the new error at j is the sum over i of
    error[i] * jacobian[i, j].

    Parameters
    ----------
    error : array of shape (I,)
        The error at the outputs.
    jacobian : array of shape (I, J)
        Row = output, column = input. I and J may differ.

    Returns
    -------
    array of shape (J,)
        The error at the inputs.

    Examples
    --------
    The example of section 6.3. (The notes print `13 20`; their working gives 13 and 16.)

    >>> propagate_error(np.array([1.0, 2.0]), np.array([[3.0, 4.0], [5.0, 6.0]]))
    array([13., 16.])
    """
    raise NotImplementedError("propagate_error is not written yet: replace this line")


if __name__ == "__main__":  # runs with `python practice_6_2.py` only
    # Only the second output is in error. Which numbers of the matrix do you expect?
    print(propagate_error(np.array([0.0, 1.0]), np.array([[3.0, 4.0], [5.0, 6.0]])))
