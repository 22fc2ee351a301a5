"""Experiments with the student's own functions: what one says beside what the other does."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from checking.evidence import STEP, WIGGLED, array, arrays, trained
from checking.wiggling import wiggled


@dataclass
class Experiment:
    """An experiment.

    Attributes
    ----------
    needs : tuple of str
        The other functions that it is made with.
    show : function
        From the student's functions to whether anything departs, and the lines to print.
    """

    needs: tuple
    show: Callable


def table(names, said, done, says, does):
    """Write what is said beside what is done, and mark where they part."""
    parts = ~np.isclose(said, done, rtol=WIGGLED, atol=WIGGLED)
    width = max(map(len, names))
    lines = [f"  {'':{width}}  {says:>20}  {does:>20}"]
    for name, s, d, differ in zip(names, said, done, parts, strict=True):
        lines.append(
            f"  {name:{width}}  {plain(s)}  {plain(d)}{'   <-- they part' if differ else ''}"
        )
    return lines


def plain(number):
    """Write a number with four decimals, and 0 without a sign."""
    return f"{round(float(number), 4) + 0.0:20.4f}"


def far(said, done):
    """Tell whether two arrays part somewhere."""
    return not np.allclose(said, done, rtol=WIGGLED, atol=WIGGLED)


# --- Jacobians ---


def jacobian(name, of, x, question):
    """Turn one input a little: does the Jacobian say what the function does?"""

    def show(functions):
        J = array(functions[name], x, shape=(len(x), len(x)))
        W = wiggled(lambda v: array(functions[of], v, shape=v.shape), x, STEP)
        values = ", ".join(f"{v:g}" for v in x)
        wrong = [j for j in range(len(x)) if far(J[:, j], W[:, j])]
        if not wrong:
            return False, [
                f"Each input of [{values}] was turned a little: your {name} says what your {of} "
                "does, for every one of them. Try other inputs with wiggle.py.",
            ]
        j = wrong[0]
        names = [f"output of {v:g}" for v in x]
        return True, [
            f"Your {of} at [{values}]. Turn one input, the {x[j]:g}, a little up and down.",
            "How far does each output move, for each unit that this input moves?",
            "",
            *table(names, J[:, j], W[:, j], "your matrix says", f"your {of} does"),
            "",
            f"(In your matrix this is column [:, {j}]; {len(wrong)} of {len(x)} columns part.)",
            question(J[:, j], W[:, j], j),
        ]

    return Experiment((of,), show)


def ask_softmax(said, done, j):
    others = np.delete(said, j)
    if not others.any():
        return "Question: this output's share grew, and all add up to 1. Whom was it taken from?"
    if (np.sign(said) != np.sign(done)).any():
        return "Question: when one share grows, which way do the others go?"
    if not np.isclose(said.sum(), 0, atol=WIGGLED):
        return (
            f"Question: your column adds up to {said.sum():.3g}. The outputs always add up to 1, "
            "so what must their moves add up to?"
        )
    return "Question: which shares do your entries multiply, and which two belong to this place?"


def ask_threshold(said, done, j):
    if np.delete(said, j).any():
        return "Question: does any output but its own listen to this input?"
    if not said[j]:
        return "Question: is this value above the threshold, and does its output then move?"
    if not done[j]:
        return "Question: this value is replaced by 0. When it moves a little, does the 0 move?"
    return "Question: when this input moves by 1, how far does its output move with it?"


# --- errors ---


def propagated(functions):
    J = np.array([[3.0, 4.0], [5.0, 6.0]])
    for i, error in enumerate(np.eye(2)):
        found = array(functions["propagate_error"], error, J, shape=(2,))
        if far(found, J[i]):
            return True, [
                f"The Jacobian is [[3, 4], [5, 6]], and only output {i} is in error, by 1:",
                f"the error is [{error[0]:g}, {error[1]:g}].",
                "How much is each input to blame? As much as it moves that output.",
                "",
                *table(["input 0", "input 1"], found, J[i], "yours", f"moves output {i} by"),
                "",
                "Question: does one output's row or one output's column tell what moves it?",
            ]
    return False, [
        "One output's error at a time goes back as it should: each input is blamed as much as "
        "it moves that output. Do the blames of two outputs add up?",
    ]


WEIGHTS = [
    np.array([[0.8, -0.3], [-0.6, -0.2], [0.5, 0.8]]),
    np.array([[0.4, -0.6, 0.2], [0.7, 0.5, 0.1], [-0.3, 0.2, 0.6]]),
]
X, TARGET = np.array([1.0, 0.5]), np.array([0.0, 1.0, 0.0])
SHAPES = [(2,), (3,), (3,)]


def loss_of(forward, weights):
    prediction = arrays(forward, weights, X, shapes=SHAPES)[-1]
    return 0.5 * np.sum((prediction - TARGET) ** 2)


def one_z(functions):
    """Move one z at a time, by the weight that carries the first activation into it."""
    forward = functions["forward"]
    activations = arrays(forward, WEIGHTS, X, shapes=SHAPES)
    errors = arrays(functions["backward"], WEIGHTS, activations, TARGET, shapes=SHAPES[1:])
    for layer in (1, 0):

        def loss(column, layer=layer):
            moved = np.column_stack([column, WEIGHTS[layer][:, 1:]])
            return loss_of(forward, [*WEIGHTS[:layer], moved, *WEIGHTS[layer + 1 :]])

        does = wiggled(loss, WEIGHTS[layer][:, 0], STEP)[0] / activations[layer][0]
        if far(errors[layer], does):
            top = layer == 1
            return True, [
                f"A network with two layers. Move one z of the {'top' if top else 'hidden'} layer "
                "a little: how far does the loss go, for each unit of z?",
                "",
                *table(
                    [f"z_{layer + 1}[{i}]" for i in range(len(does))],
                    errors[layer],
                    does,
                    f"your e_{layer + 1} says",
                    "your loss does",
                ),
                "",
                ask_error(errors[layer], does, top),
            ]
    return False, ["Each z was moved a little: the loss goes as your errors say, in both layers."]


def ask_error(said, done, top):
    above = "" if top else "The error at the top is right. "
    if np.allclose(said, -done, atol=WIGGLED):
        return f"Question: {above}every z moves the loss the other way. Which is taken off which?"
    if top:
        return "Question: which outputs of softmax move when one z does: its own, or all?"
    return (
        f"{above}Question: by which weights does a hidden unit reach the loss, and what does it "
        "pass on when it is off?"
    )


def one_example(functions):
    forward, rate = functions["forward"], 0.5
    learned, losses = trained(functions["train"], WEIGHTS, X[None], TARGET[None], rate, 1)
    for layer in (1, 0):

        def loss(entries, layer=layer):
            moved = entries.reshape(WEIGHTS[layer].shape)
            return loss_of(forward, [*WEIGHTS[:layer], moved, *WEIGHTS[layer + 1 :]])

        slope = wiggled(loss, WEIGHTS[layer].ravel(), STEP)[0]
        moves = (learned[layer] - WEIGHTS[layer]).ravel()
        if far(moves, -rate * slope):
            rows, columns = WEIGHTS[layer].shape
            names = [f"W_{layer + 1}[{i}, {j}]" for i in range(rows) for j in range(columns)]
            still = not moves.any()
            return True, [
                f"One example, one epoch, learning rate {rate:g}. Each weight should go down the "
                "slope of the loss, as far as the learning rate says.",
                "",
                *table(names, moves, -rate * slope, "your train moved it", "downhill is"),
                "",
                "Question: are the new weights used, or do the old ones come back?"
                if still
                else "Question: is it the direction that departs, or how far it went?",
            ]
    loss = loss_of(forward, WEIGHTS)
    if far(losses, [loss]):
        return True, [
            "One example, one epoch: each weight goes down the slope, as far as the rate says. The "
            "loss is half of the squared distances between prediction and target, added up.",
            "",
            *table(["loss"], losses, [loss], "your train says", "your forward gives"),
            "",
            "Question: what is added up here, and when: before the example's update, or after it?",
        ]
    return False, [
        "One example: each weight goes down the slope, as far as the rate says, and so "
        "is its loss what your forward gives."
    ]


EXPERIMENTS = {
    "threshold_jacobian": jacobian(
        "threshold_jacobian", "threshold", np.array([2.0, -0.5, -1.5]), ask_threshold
    ),
    "softmax_jacobian": jacobian(
        "softmax_jacobian", "softmax", np.array([0.5, -1.0, 2.0]), ask_softmax
    ),
    "propagate_error": Experiment((), propagated),
    "backward": Experiment(("forward",), one_z),
    "train": Experiment(("forward",), one_example),
}
