"""See your network at work, once `python check.py backprop` is content:  python demo.py"""

import numpy as np
from backprop import error_norms, forward, train

# Two truth values, and a constant 1 because the network has no biases.
XOR_INPUTS = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
# The first output stands for "the same", the second for "different".
XOR_TARGETS = np.array([[1, 0], [0, 1], [0, 1], [1, 0]])


def learn_xor(*hidden, epochs=300, learning_rate=0.5):
    """Train a network on XOR, with as many hidden layers as sizes are given.

    Returns
    -------
    weights : list of arrays
    losses : list of numbers
        One for each epoch.
    """
    sizes = [3, *hidden, 2]
    random = np.random.default_rng(3)
    weights = [random.normal(size=(sizes[i + 1], sizes[i])) for i in range(len(sizes) - 1)]
    return train(weights, XOR_INPUTS, XOR_TARGETS, learning_rate, epochs)


def deep_jacobians(scale, depth=12, width=8):
    """Make the Jacobians of a deep network of rectified linear layers, the top one first.

    `scale` is the typical size of a weight. About half of the units are off: slope 0.
    """
    random = np.random.default_rng(3)
    slopes = random.integers(0, 2, size=(depth, width))
    weights = random.normal(scale=scale, size=(depth, width, width))
    return [np.diag(slopes[layer]) @ weights[layer] for layer in range(depth)]


def show_xor():
    """Let networks learn XOR, which no single layer can: the claim that the notes open with."""
    for title, hidden in (("one layer", ()), ("two layers, 8 hidden units", (8,))):
        weights, losses = learn_xor(*hidden)
        print(f"XOR with {title}: the loss went from {losses[0]:.3f} to {losses[-1]:.3f}")
        for x in XOR_INPUTS:
            different = forward(weights, x)[-1][1]
            print(f"    {x[0]} {x[1]}  different: {different:.2f}  {'#' * round(20 * different)}")
        print()


def show_depth():
    """Send an error down a deep network: it fades or explodes on its way (section 6.5)."""
    for scale in (0.1, 1.5):
        print(f"The error's length on its way down, with weights of about {scale}:")
        jacobians = deep_jacobians(scale)
        norms = error_norms(np.ones(8), jacobians)
        for layers, norm in enumerate(norms):
            print(f"    after {layers:2} layers  {norm:10.3g}")
        print()


if __name__ == "__main__":
    try:
        show_xor()
        show_depth()
    except NotImplementedError as unwritten:
        raise SystemExit(f"{unwritten}\nThe demo needs it, and what it uses.") from None
