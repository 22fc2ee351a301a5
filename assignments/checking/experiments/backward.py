import numpy as np

from checking.evidence import STEP, WIGGLED, arrays
from checking.experiments.network import SHAPES, TARGET, WEIGHTS, X, loss_of
from checking.why import Experiment, far, table
from checking.wiggling import wiggled


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


EXPERIMENT = Experiment(("forward",), one_z)
