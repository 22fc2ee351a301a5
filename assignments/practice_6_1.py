"""Practice 6.1: Jacobians of threshold functions (sections 6.2 and 6.6 of the notes).

A Jacobian J tells how every input of a function moves every output:
J[i, j] is the effect of input j on output i. Row = output, column = input.
"""

import numpy as np


def practice_6_1() -> np.ndarray:
    """Give the Jacobian of `threshold` at [0.3, -1.8, -0.2, 0.4, 0.9], worked by hand.

    Work it out on paper with section 6.2, then write the numbers here.

    Returns
    -------
    array of shape (5, 5)

    Examples
    --------
    >>> np.shape(practice_6_1())
    (5, 5)
    """
    raise NotImplementedError("practice_6_1 is not written yet: replace this line")


def threshold(x: np.ndarray) -> np.ndarray:
    """Let through the values above -1, and replace the others by 0.

    Parameters
    ----------
    x : array of shape (I,)

    Returns
    -------
    array of shape (I,)
        x[i] where x[i] > -1, else 0. A value of exactly -1 becomes 0.

    Examples
    --------
    >>> threshold(np.array([0.5, -3.0]))
    array([0.5, 0. ])
    """
    raise NotImplementedError("threshold is not written yet: replace this line")


def threshold_jacobian(x: np.ndarray) -> np.ndarray:
    """Give the Jacobian of `threshold` at x (section 6.2).

    Each output depends on its own input only, so everything off the diagonal is 0.
    On the diagonal stands the slope: 1 where the value is let through, else 0.

    Parameters
    ----------
    x : array of shape (I,)

    Returns
    -------
    array of shape (I, I)

    Examples
    --------
    >>> threshold_jacobian(np.array([0.5, -3.0]))
    array([[1., 0.],
           [0., 0.]])
    """
    raise NotImplementedError("threshold_jacobian is not written yet: replace this line")


def softmax(x: np.ndarray) -> np.ndarray:
    """Turn any vector into a probability distribution (section 6.2).

    s[i] = exp(x[i]) / sum over k of exp(x[k])

    exp(1000) is too large for the computer. Adding the same number to every x[i] doesn't
    change s (try it on paper), so you may choose a number that keeps exp small.

    Parameters
    ----------
    x : array of shape (I,)
        Values of any size, 1000 and -1000 too.

    Returns
    -------
    array of shape (I,)
        Between 0 and 1, with the sum 1.

    Examples
    --------
    >>> softmax(np.array([0.0, 0.0]))
    array([0.5, 0.5])
    """
    raise NotImplementedError("softmax is not written yet: replace this line")


def softmax_jacobian(x: np.ndarray) -> np.ndarray:
    """Give the Jacobian of `softmax` at x (section 6.2).

    With s = softmax(x), the diagonal holds s[i] * (1 - s[i]). The outputs share one sum, so
    they interact: off the diagonal, at [i, j], stands -s[i] * s[j].

    Parameters
    ----------
    x : array of shape (I,)
        Values of any size, 1000 and -1000 too.

    Returns
    -------
    array of shape (I, I)

    Examples
    --------
    >>> softmax_jacobian(np.array([0.0, 0.0]))
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    raise NotImplementedError("softmax_jacobian is not written yet: replace this line")


if __name__ == "__main__":  # runs with `python practice_6_1.py` only
    # Which of these five values do you expect to pass?
    print(threshold(np.array([-2.0, -1.0, -0.9, 0.0, 3.0])))
