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
    moves = [loss_moves(forward, layer, activations) for layer in (0, 1)]
    if far(errors[0], moves[0]) and not any(map(far, errors[::-1], moves)):
        return True, [say("backward.other_way_round")]
    for layer in (1, 0):
        does = moves[layer]
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


def loss_moves(forward, layer, activations):
    """Tell how far the loss moves for each unit that a z of a layer moves."""

    def loss(column):
        moved = np.column_stack([column, WEIGHTS[layer][:, 1:]])
        return loss_of(forward, [*WEIGHTS[:layer], moved, *WEIGHTS[layer + 1 :]])

    return wiggled(loss, WEIGHTS[layer][:, 0], STEP)[0] / activations[layer][0]


def ask_error(said, done, top):
    if np.allclose(said, -done, atol=WIGGLED):
        return say("backward.ask_top_sign") if top else say("backward.ask_hidden_sign")
    return say("backward.ask_top") if top else say("backward.ask_hidden")


EXPERIMENT = Experiment(("forward",), one_z)
