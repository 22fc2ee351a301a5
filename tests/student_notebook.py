# ruff: noqa: E402, F401 (cells import what they need; grader.check looks for the names)
# %% [markdown]
# # Backpropagation in multi-layer neural networks
#
# This notebook tells the story of Notes 6 in pictures. It computes nothing by itself: it calls
# *your* functions in the .py files beside it, which are also what you hand in. Write a function
# there, save the file, run the cells here.
# A cell that ends in `NotImplementedError` waits for a function that you haven't written yet.
#
# In Colab, first unpack `student.zip` and go to its folder:
# `!unzip -o student.zip` and `%cd` with the folder's name.

# %%
# %load_ext autoreload
# %autoreload 2
import matplotlib.pyplot as plt
import numpy as np

try:
    import otter

    grader = otter.Notebook()
except ModuleNotFoundError:  # check.py does the same without otter-grader
    import check as grader


def heat_map(matrix, title, axis=None, columns="", rows=""):
    """Show a matrix as colours, with its numbers: red is below 0, blue above.

    `columns` and `rows` say what is counted along the axes, such as "input" and "output".
    """
    matrix = np.atleast_2d(np.asarray(matrix, dtype=float))
    axis = axis or plt.gca()
    limit = max(np.abs(matrix).max(), 1e-12)
    axis.imshow(matrix, cmap="RdBu", vmin=-limit, vmax=limit)
    for (i, j), value in np.ndenumerate(matrix):
        colour = "white" if abs(value) > 0.6 * limit else "black"
        axis.text(j, i, f"{value:.2g}", ha="center", va="center", color=colour)
    axis.set(title=title, xticks=range(matrix.shape[1]), yticks=range(matrix.shape[0]))
    axis.set(xlabel=columns, ylabel=rows)


# %% [markdown]
# ## 6.2 Jacobians: how every input moves every output
#
# Think of a machine with gears: wiggle one gear and see which others move, and how far. That is
# a column of the Jacobian. `J[i, j]` is the effect of input `j` on output `i`: a row for each
# output, a column for each input.
#
# Write `threshold` in `practice_6_1.py`. **Predict first:** draw its graph from -3 to 2 on paper.
# Where does it jump, and how steep is it to the left and to the right of that?

# %%
from practice_6_1 import practice_6_1, softmax, softmax_jacobian, threshold, threshold_jacobian
from wiggle import numerical_jacobian

x = np.linspace(-3, 2, 501)
plt.figure(figsize=(5, 3))
plt.plot(x, threshold(x), ".", markersize=2)
plt.xlabel("input")
plt.ylabel("threshold")
plt.grid()

# %%
grader.check("threshold")

# %% [markdown]
# Now `threshold_jacobian`, by thinking; beside it the same by wiggling. Only the diagonal is
# filled: no input acts on another's output.
#
# **Predict first:** of 1.2, -0.4, -1.6 and 0.8, which pass, and what stands on the diagonal?

# %%
x = np.array([1.2, -0.4, -1.6, 0.8])
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.5))
heat_map(threshold_jacobian(x), "your threshold_jacobian", left, "input", "output")
heat_map(numerical_jacobian(threshold, x), "wiggling your threshold", right, "input", "output")

# %%
grader.check("threshold_jacobian")

# %% [markdown]
# `softmax` is different: its outputs share one sum, so that each input moves them all. When one
# share grows, the others must shrink.
#
# **Predict first:** which entries will be blue (above 0), which red, and which is the largest?
# Where the two matrices differ, `check.why("softmax_jacobian")` looks at one input (after
# `import check`).

# %%
x = np.array([0.5, -1.0, 2.0])
figure, (left, middle, right) = plt.subplots(1, 3, figsize=(12, 3.5))
left.bar(range(3), softmax(x))
left.set(title="softmax", xticks=range(3), ylim=(0, 1))
heat_map(softmax_jacobian(x), "your softmax_jacobian", middle, "input", "output")
heat_map(numerical_jacobian(softmax, x), "wiggling your softmax", right, "input", "output")

# %%
grader.check("softmax")

# %%
grader.check("softmax_jacobian")

# %% [markdown]
# Look at the sums. In a column stands what one input does to all outputs; in a row what all
# inputs do to one output.
#
# **Predict first:** the sums of the rows, of the columns, or both: which of them are 0, and why?

# %%
J = np.asarray(softmax_jacobian(x))
sums = np.vstack([np.column_stack([J, J.sum(axis=1)]), [*J.sum(axis=0), J.sum()]])
heat_map(sums.round(12) + 0.0, "your softmax_jacobian, with its sums", None, "input", "output")
names = [*x, "sum"]
_ = plt.xticks(range(4), names), plt.yticks(range(4), names)
# %% [markdown]
# What one output gains, the others lose: a column sums to 0. And when all inputs rise alike, no
# output moves: a row sums to 0. The notes print the matrix with one decimal, and then its rows
# don't seem to.
#
# **Predict first:** what do the rounded rows add up to?

# %%
print("sums of the rows:           ", np.sum(softmax_jacobian(x), axis=1).round(12))
print("sums of the rounded rows:   ", np.round(softmax_jacobian(x), 1).sum(axis=1))

# %% [markdown]
# **Practice 6.1**, your answer by hand, as a picture. **Predict first:** which columns hold
# nothing but 0?

# %%
heat_map(practice_6_1(), "practice 6.1, your answer", columns="input", rows="output")

# %%
grader.check("practice_6_1")

# %% [markdown]
# ## 6.3 An error goes back
#
# An error is a row vector, prediction - target. It goes back through a Jacobian as
# `error @ jacobian`: each input gathers from its own column what the outputs blame it for.
# (The notes print `13 20` for this example; their own working gives 13 and 16.)
#
# **Predict first:** if only the second output were in error, what would come back?

# %%
from practice_6_2 import practice_6_2, propagate_error

error, jacobian = np.array([1.0, 2.0]), np.array([[3.0, 4.0], [5.0, 6.0]])
figure, (left, middle, right) = plt.subplots(1, 3, figsize=(10, 3))
heat_map(error, "the error", left)
heat_map(jacobian, "the Jacobian", middle, "input", "output")
heat_map(propagate_error(error, jacobian), "the error before it", right)

# %%
grader.check("propagate_error")

# %%
grader.check("practice_6_2")

# %% [markdown]
# Through a chain of functions it goes step by step. What comes out of one Jacobian goes into the
# next.
#
# **Predict first:** how many numbers has the error after each of the three Jacobians below?

# %%
from practice_6_3 import practice_6_3, propagate_chain

error = np.array([1.0, -0.5, 0.5])
chain = [
    np.array([[0.5, 0.2], [0.0, 1.0], [-0.3, 0.4]]),
    np.array([[1.0, -1.0, 0.5], [0.5, 0.5, -1.0]]),
    np.array([[0.8], [0.1], [-0.6]]),
]
steps = [error, *propagate_chain(error, chain)]
figure, axes = plt.subplots(1, len(steps), figsize=(12, 2))
for k, (axis, step) in enumerate(zip(axes, steps, strict=True)):
    heat_map(step, "the error" if k == 0 else f"after Jacobian {k}", axis)

# %%
grader.check("propagate_chain")

# %%
grader.check("practice_6_3")

# %% [markdown]
# ## 6.4 A network that learns
#
# Forward: each layer computes `z = W @ a` and then its threshold. Hidden layers let through what
# is above 0; the top layer is softmax. Backward: the error goes down through the weights and
# through each layer's own threshold. A unit that is off lets no error through.
#
# **Predict first:** the input is [1, 0.5]. Which hidden units are off? Which errors are 0 then?

# %%
from backprop import backward, error_norms, forward, train, update_weights, weight_gradients

W_1 = np.array([[0.8, -0.3], [-0.6, 0.2], [0.5, 0.8]])
W_2 = np.array([[0.9, -0.4, 0.6], [-0.2, 0.7, 0.5]])
x, target = np.array([1.0, 0.5]), np.array([0.0, 1.0])
a = forward([W_1, W_2], x)
e = backward([W_1, W_2], a, target)
figure, axes = plt.subplots(2, 3, figsize=(10, 5))
for layer, axis in enumerate(axes[0]):
    heat_map(np.reshape(a[layer], (-1, 1)), f"activation a_{layer}", axis)
axes[1, 0].axis("off")
for layer in (1, 2):
    heat_map(np.reshape(e[layer - 1], (-1, 1)), f"error e_{layer}", axes[1, layer])
figure.tight_layout()

# %%
grader.check("forward")

# %%
grader.check("backward")

# %% [markdown]
# The rectified linear threshold makes activations **sparse**: many are exactly 0. Such a unit
# passes nothing on, and no error comes back through it, so for that input its weights rest.
#
# **Predict first:** with weights drawn at random around 0, how many of 12 hidden units are off?

# %%
random = np.random.default_rng(3)
drawn = [random.normal(size=(12, 5)), random.normal(size=(2, 12))]
hidden = np.transpose([forward(drawn, some)[1] for some in random.normal(size=(8, 5))])
plt.figure(figsize=(6, 6))
title = f"{np.mean(hidden == 0):.0%} of the activations are exactly 0"
heat_map(hidden, title, None, "number of the input", "output (hidden unit)")

# %% [markdown]
# The gradient of a weight tells how the loss moves when the weight moves. So it can be wiggled
# too: here for every weight of the first layer.
#
# **Predict first:** one row of it is all 0. Which one, and why?


# %%
def loss(first_weights):
    prediction = forward([first_weights.reshape(3, 2), W_2], x)[-1]
    return 0.5 * np.sum((np.asarray(prediction) - target) ** 2)


figure, (left, right) = plt.subplots(1, 2, figsize=(7, 3.5))
wiggled = numerical_jacobian(loss, W_1.ravel()).reshape(3, 2)
heat_map(weight_gradients(e, a)[0], "your gradient of W_1", left, "input", "output")
heat_map(wiggled, "wiggling W_1", right, "input", "output")

# %%
grader.check("weight_gradients")

# %% [markdown]
# A step downhill: against the gradient, times the learning rate. Too long a step walks past the
# valley; here, in the end, so far that every hidden unit is off and nothing moves any more.
#
# **Predict first:** does the loss go down with every longer step?

# %%
rates = np.linspace(0, 40, 81)
G = weight_gradients(e, a)
stepped = [forward(update_weights([W_1, W_2], G, rate), x)[-1] for rate in rates]
plt.figure(figsize=(5, 3))
plt.plot(rates, [0.5 * np.sum((np.asarray(p) - target) ** 2) for p in stepped])
plt.xlabel("learning rate of one single step")
plt.ylabel("loss after it")
plt.grid()

# %%
grader.check("update_weights")

# %%
grader.check("train")

# %% [markdown]
# ### XOR
#
# The notes open with a claim: no single layer can learn XOR, a network with a hidden layer can.
# Here are both, trained by your `train`. The four dots are the examples (filled: different), the
# colour is what the network predicts in between.
#
# **Predict first:** what does one layer make of it: where can it draw a border?

# %%
from demo import XOR_INPUTS, XOR_TARGETS, learn_xor

figure, (left, middle, right) = plt.subplots(1, 3, figsize=(13, 3.7))
side = np.linspace(-0.2, 1.2, 41)
for axis, hidden, title in ((left, (), "one layer"), (middle, (8,), "two layers")):
    weights, losses = learn_xor(*hidden)
    right.plot(losses, label=title)
    different = [[forward(weights, np.array([a, b, 1.0]))[-1][1] for a in side] for b in side]
    axis.contourf(side, side, different, levels=np.linspace(0, 1, 11), cmap="RdBu")
    axis.scatter(*XOR_INPUTS.T[:2], c=XOR_TARGETS[:, 1], cmap="binary", edgecolors="black", s=80)
    axis.set(title=title, xlabel="first input", ylabel="second input")
right.set(title="loss", xlabel="epoch", ylim=(0, None))
right.legend()
figure.tight_layout()

# %% [markdown]
# ## 6.5 The error over depth
#
# In a deep network the error meets many Jacobians. Each of them makes it a little shorter or a
# little longer, and many littles multiply: it vanishes, or it explodes. Why is that bad for
# learning? Look at what `weight_gradients` does with an error of length 0.00001.
#
# **Predict first:** with which of the weights 0.1, 0.5 and 1.5 does the error vanish?

# %%
from demo import deep_jacobians

plt.figure(figsize=(6, 4))
for scale in (0.1, 0.5, 1.5):
    norms = error_norms(np.ones(8), deep_jacobians(scale))
    plt.semilogy(norms, ".-", label=f"weights of about {scale}")
plt.xlabel("Jacobians passed, from the top down")
plt.ylabel("length of the error")
plt.legend()
plt.grid()

# %%
grader.check("error_norms")

# %% [markdown]
# ## Hand in
#
# What you hand in are the .py files. This makes sure that they run, and packs them.

# %%
from checking.packing import pack

status = pack()
