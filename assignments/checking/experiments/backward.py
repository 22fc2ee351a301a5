import numpy as np

from checking.evidence import STEP, WIGGLED, arrays
from checking.experiments.network import SHAPES, TARGET, WEIGHTS, X, loss_of
from checking.saying import say
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
                say("backward.move_top_z") if top else say("backward.move_hidden_z"),
                "",
                *table(
                    [f"z_{layer + 1}[{i}]" for i in range(len(does))],
                    errors[layer],
                    does,
                    say("backward.your_error", layer=layer + 1),
                    say("backward.your_loss"),
                ),
                "",
                ask_error(errors[layer], does, top),
            ]
    return False, [say("backward.as_errors_say")]


def ask_error(said, done, top):
    if np.allclose(said, -done, atol=WIGGLED):
        return say("backward.ask_top_sign") if top else say("backward.ask_hidden_sign")
    return say("backward.ask_top") if top else say("backward.ask_hidden")


EXPERIMENT = Experiment(("forward",), one_z)
