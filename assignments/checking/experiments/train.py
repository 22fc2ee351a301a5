from checking.evidence import STEP, trained
from checking.experiments.network import TARGET, WEIGHTS, X, loss_of
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


EXPERIMENT = Experiment(("forward",), one_example)
