"""See your network at work, once `python check.py backprop` is content:  python demo.py

Where matplotlib is installed, it draws the same into demo.png, and more.
"""

import numpy as np
from backprop import error_norms, forward, train
from practice_6_1 import softmax
from wiggle import numerical_jacobian

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


def draw(name="demo.png"):
    """Draw what the numbers say, and more, into a picture beside this file."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        print("No pictures: matplotlib isn't installed (python -m pip install matplotlib).")
        return
    figure = Figure(figsize=(12, 9), layout="constrained")
    (losses, hidden), (sums, depth) = figure.subplots(2, 2)
    draw_xor(losses, hidden)
    draw_sums(sums)
    draw_depth(depth)
    try:
        figure.savefig(name, dpi=100)
        print(f"Pictures of all this: {name}")
    except OSError as error:
        print(f"No pictures: {name} can't be written here ({error.strerror}).")


def draw_xor(losses, hidden):
    """The loss with and without a hidden layer; then what each hidden unit gives to each input."""
    for label, sizes in (("one layer", ()), ("8 hidden units", (8,))):
        weights, loss = learn_xor(*sizes)
        losses.plot(range(1, len(loss) + 1), loss, label=label)
    losses.set(title="XOR: the loss", xlabel="epoch", ylabel="loss", ylim=(0, None))
    losses.legend()
    activations = np.transpose([forward(weights, x)[1] for x in XOR_INPUTS])
    off = np.mean(activations == 0)
    names = [f"{a} {b}" for a, b, _ in XOR_INPUTS]
    draw_table(hidden, activations, names, range(1, 9))
    hidden.set(title=f"Sparse: {off:.0%} of the hidden activations are exactly 0")
    hidden.set(xlabel="input (XOR)", ylabel="output (hidden unit)")


def draw_sums(axis):
    """The Jacobian of softmax, found by wiggling: its rows and its columns sum to 0."""
    x = [0.5, -1.0, 2.0]
    jacobian = numerical_jacobian(softmax, x)
    table = np.zeros((4, 4))
    table[:3, :3] = jacobian
    table[:3, 3], table[3, :3] = jacobian.sum(axis=1), jacobian.sum(axis=0)
    names = [*map(str, x), "sum"]
    draw_table(axis, np.round(table, 6) + 0.0, names, names)  # + 0.0: no -0
    axis.set(title="Softmax: what one output gains, the others lose")
    axis.set(xlabel="input", ylabel="output")


def draw_depth(axis):
    """The error's length after each Jacobian: it vanishes or explodes."""
    for scale in (0.1, 0.5, 1.5):
        axis.semilogy(error_norms(np.ones(8), deep_jacobians(scale)), ".-", label=f"about {scale}")
    axis.set(title="The error on its way down", xlabel="Jacobians passed, from the top down")
    axis.set(ylabel="length of the error")
    axis.legend(title="weights of")


def draw_table(axis, table, columns, rows):
    """Numbers as colours: red is below 0, blue above, white is 0."""
    limit = np.abs(table).max() or 1.0
    axis.imshow(table, cmap="RdBu", vmin=-limit, vmax=limit, aspect="auto")
    for (i, j), value in np.ndenumerate(table):
        colour = "white" if abs(value) > 0.6 * limit else "black"
        axis.text(j, i, f"{value:.2g}", ha="center", va="center", color=colour)
    axis.set_xticks(range(len(columns)), columns)
    axis.set_yticks(range(len(rows)), rows)


if __name__ == "__main__":
    try:
        show_xor()
        show_depth()
        draw()
    except NotImplementedError as unwritten:
        raise SystemExit(f"{unwritten}\nThe demo needs it, and what it uses.") from None
