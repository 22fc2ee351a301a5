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
from checking.wiggling import wiggled

OK_FORMAT = False
name = "train"

WEIGHTS = [
    np.array([[0.5, -0.3], [0.2, 0.8], [-0.7, 0.1]]),
    np.array([[0.4, -0.6, 0.2], [0.3, 0.5, -0.1]]),
]
INPUTS = np.array([[1.0, 0.5], [0.0, 1.0]])
TARGETS = np.array([[1.0, 0.0], [0.0, 1.0]])


@test_case(name="one loss for each epoch")
def one_loss_for_each_epoch(train):
    trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 3)


@test_case(name="no epoch, nothing learned")
def no_epoch(train):
    weights, _ = trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 0)
    all_agree(weights, WEIGHTS, "With epochs=0 the weights come back as they were:")


@test_case(name="something is learned")
def weights_move(train):
    learned, losses = trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 3)
    moved = [not np.array_equal(new, old) for new, old in zip(learned, WEIGHTS, strict=True)]
    if not any(moved):
        used = "and so is the loss" if np.ptp(losses) == 0 else "though the loss changes"
        raise Finding(
            f"After 3 epochs the weights are what they were before, {used}. Are the new weights "
            "used: those that update_weights returns, in the next round and in your `return`?"
        )
    if not all(moved):
        raise Finding(
            f"After 3 epochs W_{moved.index(False) + 1} is what it was before, while others moved. "
            "Does every layer get its gradient?"
        )


@test_case(name="an example's loss is measured before its update")
def loss_before_update(train, forward):
    if not can_compare(forward, "forward"):
        return
    activations = arrays(forward, WEIGHTS, INPUTS[0], shapes=[(2,), (3,), (2,)])
    learned, losses = trained(train, WEIGHTS, INPUTS[:1], TARGETS[:1], 0.5, 1)
    after = arrays(forward, learned, INPUTS[0], shapes=[(2,), (3,), (2,)])[-1]
    if np.allclose(losses, 0.5 * np.sum((after - TARGETS[0]) ** 2)):
        raise Finding(
            "Your loss of one example in one epoch is that of the weights after its update. It is "
            "measured before: how wrong was the prediction from which the example is learned?"
        )
    expected = 0.5 * np.sum((activations[-1] - TARGETS[0]) ** 2)
    if np.allclose(losses, 0):
        raise Finding(
            "Your loss of one example in one epoch is 0, though the prediction isn't the target. "
            "(Both add up to 1, so their differences add up to 0.) Is each difference squared "
            "before they are added up, and what do the parentheses say?"
        )
    claim = (
        "The loss of one example in one epoch is 0.5 * sum((a_L - target) ** 2), with what your "
        "forward predicts before anything is learned:"
    )
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
            raise Finding(
                f"After one example W_{i + 1} has gone uphill: the loss of your forward rises that "
                "way. Is the step subtracted, and is the error prediction - target?"
            )
        claim = (
            f"After one example, W_{i + 1} should have moved by the learning rate times the "
            "gradient, which wiggling your forward's loss shows. If backward and weight_gradients "
            "pass: do all gradients come from the weights as they were before the update?"
        )
        agree((old - new) / 2.0, gradient, claim, WIGGLED, "wiggled")


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
            raise Finding(
                f"Two examples together move the weights as the {('first', 'second')[k]} of them "
                "does alone. Every example makes an update of its own, from the weights that the "
                "one before it left."
            )
    if np.allclose(moved, share * whole, atol=near):
        raise Finding(
            f"Two examples together move the weights {share:.3g} times as far as each of them "
            "does alone, added up. Each example takes a full step, however many there are: is "
            "something divided by their number, or repeated?"
        )
    raise Finding(
        "Two examples together don't move the weights as the first and the second do alone, added "
        "up (with a learning rate so small that the order hardly matters). What is carried over "
        "from one example to the next, besides the weights?"
    )


@test_case(name="two examples: one update after the other")
def online(train):
    first, first_loss = trained(train, WEIGHTS, INPUTS[:1], TARGETS[:1], 0.5, 1)
    second, second_loss = trained(train, first, INPUTS[1:], TARGETS[1:], 0.5, 1)
    weights, losses = trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 1)
    claim = (
        "Training on two examples differs from training on the first and then, with the weights "
        "learned from it, on the second. Update after each example, not after all of them."
    )
    all_agree(weights, second, claim, other="one by one")
    if np.allclose(losses, second_loss):
        raise Finding(
            "The loss of an epoch is the sum over its examples. Yours is that of the last example "
            "alone: where is it set back to 0, and where is it added to?"
        )
    claim = "The loss of an epoch is the sum over its examples:"
    agree(losses, first_loss + second_loss, claim, other="one by one")


@test_case(name="two epochs: the second goes on from the first")
def epochs(train):
    first, first_loss = trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 1)
    second, second_loss = trained(train, first, INPUTS, TARGETS, 0.5, 1)
    weights, losses = trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 2)
    claim = "Two epochs differ from one epoch and then, with the weights learned, one more:"
    all_agree(weights, second, claim, other="one by one")
    claim = "The losses of two epochs: each epoch's sum begins with 0."
    agree(losses, [*first_loss, *second_loss], claim, other="one by one")


@test_case(name="learning lowers the loss")
def loss_falls(train):
    _, losses = trained(train, WEIGHTS, INPUTS, TARGETS, 0.5, 50)
    if not losses[-1] < losses[0]:
        raise Finding(
            f"In 50 epochs the loss went from {losses[0]:.4g} to {losses[-1]:.4g}; it should fall. "
            "A loss that stays: are the new weights used? One that rises: is the update subtracted?"
        )


@test_case(name="the arguments stay as they are")
def arguments_stay(train):
    leaves_alone(train, WEIGHTS, INPUTS, TARGETS, 0.5, 2)


@test_case(name="the example of the docstring")
def example(train):
    weights, losses = trained(
        train, [np.zeros((2, 1))], np.array([[1.0]]), np.array([[1.0, 0.0]]), 1, 1
    )
    agree(losses, [0.25], "The losses of the docstring's example:", kind=Example)
    claim = "The weights of the docstring's example:"
    agree(weights[0], [[0.25], [-0.25]], claim, kind=Example)
