"""Backpropagation in a multi-layer network (sections 6.4 and 6.5 of the notes).

Layer l computes z_l = W_l @ a_(l-1) and a_l = f_l(z_l), beginning with a_0 = x.
The hidden layers' f is the rectified linear threshold: z where z > 0, else 0, and its slope
at exactly 0 is 0. The top layer's f is softmax. There are no biases.

`weights` is always a list [W_1, ..., W_L] with at least one matrix; W_l has shape
(n_l, n_(l-1)): a row for each unit of layer l, a column for each unit of the layer below.
Python counts from 0, so W_1 is weights[0], while the input x is activations[0].
"""

import numpy as np
from practice_6_1 import softmax


def forward(weights: list[np.ndarray], x: np.ndarray) -> list[np.ndarray]:
    """Compute the activations of all layers, from the input up (section 6.4).

    Parameters
    ----------
    weights : list of L arrays
        W_l of shape (n_l, n_(l-1)).
    x : array of shape (n_0,)
        The input.

    Returns
    -------
    list of L + 1 arrays
        [a_0, a_1, ..., a_L], with a_0 = x and a_l of shape (n_l,).

    Examples
    --------
    >>> W_1 = np.array([[1.0, 2.0], [0.0, 1.0]])
    >>> W_2 = np.array([[1.0, 0.0], [0.0, 5.0]])
    >>> forward([W_1, W_2], np.array([3.0, 1.0]))
    [array([3., 1.]), array([5., 1.]), array([0.5, 0.5])]
    """
    raise NotImplementedError("forward is not written yet: replace this line")


def backward(
    weights: list[np.ndarray], activations: list[np.ndarray], target: np.ndarray
) -> list[np.ndarray]:
    """Propagate the error back, from the top layer down to the first (section 6.4).

    At the top, e_L = (a_L - target) @ J_L, where J_L is the Jacobian of softmax; it can be
    computed from a_L alone. Each layer below takes the error of the layer above through that
    layer's weights, and then through the Jacobian of its own threshold.

    Parameters
    ----------
    weights : list of L arrays
        W_l of shape (n_l, n_(l-1)).
    activations : list of L + 1 arrays
        What `forward` returned.
    target : array of shape (n_L,)

    Returns
    -------
    list of L arrays
        [e_1, ..., e_L]: e_l, of shape (n_l,), is the error at z_l.

    Examples
    --------
    >>> W_1 = np.array([[1.0, 2.0], [0.0, 1.0]])
    >>> W_2 = np.array([[1.0, 0.0], [0.0, 5.0]])
    >>> activations = [np.array([3.0, 1.0]), np.array([5.0, 1.0]), np.array([0.5, 0.5])]
    >>> backward([W_1, W_2], activations, np.array([1.0, 0.0]))
    [array([-0.25,  1.25]), array([-0.25,  0.25])]
    """
    raise NotImplementedError("backward is not written yet: replace this line")


def weight_gradients(errors: list[np.ndarray], activations: list[np.ndarray]) -> list[np.ndarray]:
    """Compute how the loss changes with each weight (section 6.4).

    The weight W_l[i, j] carries a_(l-1)[j] into z_l[i], so its share of the error is
    e_l[i] * a_(l-1)[j]: the outer product of the error and of the activation below it.
    (The notes call it an inner product; that would be one number, not a matrix.)

    Parameters
    ----------
    errors : list of L arrays
        [e_1, ..., e_L] as returned by `backward`.
    activations : list of L + 1 arrays
        [a_0, ..., a_L] as returned by `forward`.

    Returns
    -------
    list of L arrays
        [G_1, ..., G_L]: G_l has the shape of W_l, (n_l, n_(l-1)).

    Examples
    --------
    >>> errors = [np.array([0.5, -0.5])]
    >>> activations = [np.array([1.0, 2.0, 3.0]), np.array([0.5, 0.5])]
    >>> weight_gradients(errors, activations)
    [array([[ 0.5,  1. ,  1.5],
           [-0.5, -1. , -1.5]])]
    """
    raise NotImplementedError("weight_gradients is not written yet: replace this line")


def update_weights(
    weights: list[np.ndarray], gradients: list[np.ndarray], learning_rate: float
) -> list[np.ndarray]:
    """Take one step downhill: W_l - learning_rate * G_l for every layer (section 6.4).

    Parameters
    ----------
    weights, gradients : lists of L arrays
        G_l has the shape of W_l.
    learning_rate : float

    Returns
    -------
    list of L arrays
        New matrices. The ones in `weights` stay as they are: note that `W -= ...` would
        change them.

    Examples
    --------
    >>> update_weights([np.array([[1.0, 2.0]])], [np.array([[10.0, -10.0]])], 0.1)
    [array([[0., 3.]])]
    """
    raise NotImplementedError("update_weights is not written yet: replace this line")


def train(
    weights: list[np.ndarray],
    inputs: np.ndarray,
    targets: np.ndarray,
    learning_rate: float,
    epochs: int,
) -> tuple[list[np.ndarray], list[float]]:
    """Learn from examples, one update for each example in the order given (section 6.4).

    An epoch goes once through all examples. For each of them: forward, backward, gradients,
    update. Its loss, 0.5 * sum((a_L - target) ** 2), is measured before its own update.

    Parameters
    ----------
    weights : list of L arrays
        The weights to start from; they are not changed.
    inputs : array of shape (N, n_0)
        One example in each row.
    targets : array of shape (N, n_L)
    learning_rate : float
    epochs : int
        How often to go through all examples. 0 returns copies of the weights and no losses.

    Returns
    -------
    weights : list of L arrays
        The weights after the last update.
    losses : list of numbers
        One for each epoch: the sum of the losses of its examples.

    Examples
    --------
    >>> weights, losses = train([np.zeros((2, 1))], np.array([[1.0]]), np.array([[1.0, 0.0]]), 1, 1)
    >>> weights
    [array([[ 0.25],
           [-0.25]])]
    >>> losses
    [0.25]
    """
    raise NotImplementedError("train is not written yet: replace this line")


def error_norms(error: np.ndarray, jacobians: list[np.ndarray]) -> np.ndarray:
    """Measure the error's length on its way down, to see it vanish or explode (section 6.5).

    The length of a vector v, its Euclidean norm, is sqrt(sum(v ** 2)).

    Parameters
    ----------
    error : array of shape (I,)
    jacobians : list of K arrays
        In the order in which the error meets them, as in practice 6.3.

    Returns
    -------
    array of shape (K + 1,)
        The norm of `error` itself, then of the error after each Jacobian.

    Examples
    --------
    >>> error_norms(np.array([3.0, 4.0]), [np.diag([0.5, 0.5])])
    array([5. , 2.5])
    """
    raise NotImplementedError("error_norms is not written yet: replace this line")


if __name__ == "__main__":  # runs with `python backprop.py` only; demo.py shows more
    # One weight matrix, one example: the losses of five epochs. Which way should they go?
    print(train([np.zeros((2, 1))], np.array([[1.0]]), np.array([[1.0, 0.0]]), 1.0, 5)[1])
