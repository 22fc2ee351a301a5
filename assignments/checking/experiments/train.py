from checking.evidence import STEP, trained
from checking.experiments.network import TARGET, WEIGHTS, X, loss_of
from checking.saying import say
from checking.why import Experiment, far, table
from checking.wiggling import wiggled


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
                say("train.down_the_slope", rate=f"{rate:g}"),
                "",
                *table(
                    names,
                    moves,
                    -rate * slope,
                    say("train.your_train_moved"),
                    say("train.downhill_is"),
                ),
                "",
                say("train.ask_new_weights") if still else say("train.ask_direction"),
            ]
    loss = loss_of(forward, WEIGHTS)
    if far(losses, [loss]):
        return True, [
            say("train.loss_of_one_example"),
            "",
            *table(
                ["loss"],
                losses,
                [loss],
                say("train.your_train_says"),
                say("train.your_forward_gives"),
            ),
            "",
            say("train.ask_what_is_added"),
        ]
    return False, [say("train.as_forward_gives")]


EXPERIMENT = Experiment(("forward",), one_example)
