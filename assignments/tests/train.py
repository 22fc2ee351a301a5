import numpy as np
from checking.evidence import (
    STEP,
    WIGGLED,
    Example,
    Finding,
    agree,
    all_agree,
    arrays,
    can_compare,
    leaves_alone,
    test_case,
    trained,
)
from checking.saying import say
from checking.wiggling import wiggled

OK_FORMAT = False
name = "train"

WEIGHTS = [
    np.array([[0.5, -0.3], [0.2, 0.8], [-0.7, 0.1]]),
    np.array([[0.4, -0.6, 0.2], [0.3, 0.5, -0.1]]),
]
#: With three outputs: of two, half of the sum is the mean.
WIDER = [WEIGHTS[0], np.array([[0.4, -0.6, 0.2], [0.3, 0.5, -0.1], [-0.2, 0.1, 0.6]])]
INPUTS = np.array([[1.0, 0.5], [0.0, 1.0]])
TARGETS = np.array([[1.0, 0.0], [0.0, 1.0]])


@test_case(name="one loss for each epoch")
def one_loss_for_each_epoch(train):
    trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 3)


@test_case(name="no epoch, nothing learned")
def no_epoch(train):
    weights, _ = trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 0)
    all_agree(weights, WEIGHTS, say("train.no_epoch"))


@test_case(name="something is learned")
def weights_move(train):
    learned, losses = trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 3)
    moved = [not np.array_equal(new, old) for new, old in zip(learned, WEIGHTS, strict=True)]
    if not any(moved):
        if np.ptp(losses) == 0:
            raise Finding(say("train.nothing_moves"))
        raise Finding(say("train.the_loss_alone_moves"))
    if np.ptp(losses) == 0 != losses[0]:
        raise Finding(say("train.weights_alone_move", loss=f"{losses[0]:.4g}"))
    if not all(moved):
        raise Finding(say("train.one_layer_stays", layer=moved.index(False) + 1))


def refuse_other_loss(found, expected, apart):
    """Say what is measured in place of half of the squares' sum, where that is known."""
    known = {
        "train.mean_of_squares": np.mean(apart**2),
        "train.half_of_mean": np.mean(apart**2) / 2,
        "train.sizes_added": np.sum(np.abs(apart)),
        "train.half_of_sizes": np.sum(np.abs(apart)) / 2,
        "train.root_of_sum": np.sqrt(np.sum(apart**2)),
    }
    for what, value in known.items() if not np.isclose(found, expected) else ():
        if np.isclose(found, value):
            raise Finding(say("train.other_loss", what=say(what), found=f"{found:.6g}"))


@test_case(name="an example's loss is measured before its update")
def loss_before_update(train, forward):
    if not can_compare(forward, "forward"):
        return
    shapes, target = [(2,), (3,), (3,)], np.array([1.0, 0.0, 0.0])
    activations = arrays(forward, WIDER, INPUTS[0], shapes=shapes)
    learned, losses = trained(train, WIDER, INPUTS[:1], target[None], 0.5, 1)
    after = arrays(forward, learned, INPUTS[0], shapes=shapes)[-1]
    if np.allclose(losses, 0.5 * np.sum((after - target) ** 2)):
        raise Finding(say("train.loss_after_update"))
    expected = 0.5 * np.sum((activations[-1] - target) ** 2)
    if np.allclose(losses, 0):
        raise Finding(say("train.loss_of_0"))
    refuse_other_loss(losses[0], expected, activations[-1] - target)
    claim = say("train.loss_before_update")
    agree(losses, [expected], claim)


@test_case(name="one step goes straight downhill")
def downhill(train, forward):
    if not can_compare(forward, "forward"):
        return
    learned, _ = trained(train, WEIGHTS, INPUTS[:1], TARGETS[:1], 2.0, 1)
    for i, (old, new) in enumerate(zip(WEIGHTS, learned, strict=True)):

        def loss(entries, i=i, old=old):
            moved = [*WEIGHTS[:i], entries.reshape(old.shape), *WEIGHTS[i + 1 :]]
            activations = arrays(forward, moved, INPUTS[0], shapes=[(2,), (3,), (2,)])
            return 0.5 * np.sum((activations[-1] - TARGETS[0]) ** 2)

        gradient = wiggled(loss, old.ravel(), STEP).reshape(old.shape)
        if np.sum((old - new) * gradient) < 0:
            raise Finding(say("train.uphill", layer=i + 1))
        claim = say("train.not_as_wiggled", layer=i + 1)
        agree((old - new) / 2.0, gradient, claim, WIGGLED, say("check.wiggled"))


@test_case(name="each example takes its own full step")
def full_steps(train):
    rate = 1e-3  # so small that the second step hardly depends on the first
    alone = [trained(train, WEIGHTS, INPUTS[k : k + 1], TARGETS[k : k + 1], rate, 1)[0]
             for k in (0, 1)]  # fmt: skip
    both = trained(train, WEIGHTS, INPUTS, TARGETS, rate, 1)[0]
    moved = np.concatenate([(b - w).ravel() for b, w in zip(both, WEIGHTS, strict=True)])
    steps = [
        np.concatenate([(a - w).ravel() for a, w in zip(one, WEIGHTS, strict=True)])
        for one in alone
    ]
    whole = steps[0] + steps[1]
    share = float(moved @ whole) / max(float(whole @ whole), 1e-30)
    near = 0.02 * np.abs(whole).max()
    if np.allclose(moved, whole, atol=near):
        return
    for k, step in enumerate(steps):
        if np.allclose(moved, step, atol=near):
            raise Finding(say("train.second_alone") if k else say("train.first_alone"))
    if np.allclose(moved, share * whole, atol=near):
        raise Finding(say("train.share_of_steps", share=f"{share:.3g}"))
    raise Finding(say("train.carried_over"))


@test_case(name="two examples: one update after the other")
def online(train):
    first, first_loss = trained(train, WEIGHTS, INPUTS[:1], TARGETS[:1], 0.5, 1)
    second, second_loss = trained(train, first, INPUTS[1:], TARGETS[1:], 0.5, 1)
    weights, losses = trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 1)
    claim = say("train.one_update_after_the_other")
    all_agree(weights, second, claim, other=say("train.one_by_one"))
    if np.allclose(losses, second_loss):
        raise Finding(say("train.loss_of_last_example"))
    claim = say("train.loss_is_a_sum")
    agree(losses, first_loss + second_loss, claim, other=say("train.one_by_one"))


@test_case(name="two epochs: the second goes on from the first")
def epochs(train):
    first, first_loss = trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 1)
    second, second_loss = trained(train, first, INPUTS, TARGETS, 0.5, 1)
    weights, losses = trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 2)
    claim = say("train.second_epoch_goes_on")
    all_agree(weights, second, claim, other=say("train.one_by_one"))
    claim = say("train.each_epoch_begins_with_0")
    agree(losses, [*first_loss, *second_loss], claim, other=say("train.one_by_one"))


@test_case(name="learning lowers the loss")
def loss_falls(train):
    _, losses = trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 50)
    if not losses[-1] < losses[0]:
        raise Finding(
            say("train.loss_does_not_fall", first=f"{losses[0]:.4g}", last=f"{losses[-1]:.4g}")
        )


@test_case(name="the arguments stay as they are")
def arguments_stay(train):
    leaves_alone(train, WEIGHTS, INPUTS, TARGETS, 0.5, 2)


@test_case(name="the example of the docstring")
def example(train):
    weights, losses = trained(
        train, [np.zeros((2, 1))], np.array([[1.0]]), np.array([[1.0, 0.0]]), 1, 1
    )
    agree(losses, [0.25], say("train.example_losses"), kind=Example)
    claim = say("train.example_weights")
    agree(weights[0], [[0.25], [-0.25]], claim, kind=Example)
