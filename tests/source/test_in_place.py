"""The lines that write into what a function is called with, beside what running it shows."""

from __future__ import annotations

import ast
import copy

import numpy as np
import pytest

from autograder.source.in_place import writes

#: Each changes its arguments on the lines that end in ``# here``, and on no others.
CHANGING = [
    """
def f(x):
    x[x < 0] = 0  # here
    return x
""",
    """
def f(x):
    y = x
    y -= 1  # here
    return y
""",
    """
def f(weights):
    new = list(weights)
    for l in range(len(new)):
        new[l] *= 2  # here
    return new
""",
    """
def f(weights):
    new = weights[:]
    new[0][0] = 5  # here
    new[1] = new[1] + 1
    return new
""",
    """
def f(weights):
    new = weights.copy()
    new[0] -= 1  # here
    return new
""",
    """
def f(weights):
    new = weights.copy()
    for l, W in enumerate(new):
        W -= l + 1  # here
    return new
""",
    """
def f(weights):
    for l, W in enumerate(weights):
        W += l + 1  # here
    return weights
""",
    """
def f(weights):
    for one, other in zip(weights, weights[::-1]):
        one += 1  # here
    return weights
""",
    """
def slope(z):
    z[z > 0] = 1  # here
    return z

def g(values, k):
    return slope(values)

def f(weights):
    return [g(W, 3) for W in weights]
""",
    """
class Layer:
    def bend(self, z):
        z -= 1  # here
        return z

class Other:
    def bend(self, z):
        z = z + 1
        z -= 1
        return z

def f(x):
    return Layer().bend(x)
""",
    """
class Layer:
    def bend(self, z, slope):
        z[z > 0] = slope  # here
        return z

layer = Layer()

def f(x):
    return layer.bend(x, 1)
""",
    """
def f(x):
    x.sort()  # here
    return x
""",
    """
def f(x):
    return np.maximum(x, 0, out=x)  # here
""",
    """
def f(weights):
    return [weights.pop()]  # here
""",
    """
def f(weights):
    np.fill_diagonal(weights[0], 7)  # here
    return weights
""",
    """
def f(x):
    x[0], x[1] = x[1], x[0]  # here
    return x
""",
]
#: What leaves them alone.
LEAVING = [
    """
class Layer:
    def maximum(self, z, low):
        z[z < low] = low
        return z

def f(x):
    return np.maximum(x, 0)
""",
    """
def f(x):
    x = x.copy()
    x[0] = 9
    x -= 1
    return x
""",
    """
def f(x):
    y = np.array(x)
    y[0] = 9
    return y
""",
    """
def f(weights):
    new = list(weights)
    new[0] = new[0] - 1
    new.append(3)
    return new
""",
    """
def f(weights):
    weights = [W * 1.0 for W in weights]
    weights[0] -= 1
    return weights
""",
    """
def f(weights):
    new = [W.copy() for W in weights]
    new[0] -= 1
    return new
""",
    """
def f(x):
    n = len(x)
    n -= 1
    for i in range(n):
        i += 1
    total = 0
    for v in x:
        total += v
    return total
""",
]


def _run(code: str) -> bool:
    """Whether the function changes what it is called with."""
    space = {"np": np}
    exec(code, space)
    (parameter, *_) = ast.parse(code).body[-1].args.args  # type: ignore[attr-defined]
    given = np.array([[3.0, -1.0], [2.0, 5.0]])
    argument = [given, given + 1] if parameter.arg == "weights" else given[0]
    before = copy.deepcopy(argument)
    space["f"](argument)  # type: ignore[operator]
    same = len(before) == len(argument) and all(map(np.array_equal, before, argument))
    return not same


@pytest.mark.parametrize("code", CHANGING + LEAVING)
def test_the_lines_are_those_that_change_an_argument(code: str) -> None:
    *helpers, function = ast.parse(code).body
    found = writes(function, [function, *helpers])
    here = [at for at, line in enumerate(code.split("\n"), 1) if line.endswith("# here")]
    assert [line for _, line, _ in found] == here
    assert _run(code) == bool(here)
    assert {name for *_, name in found} <= {function.args.args[0].arg}  # type: ignore[attr-defined]


def test_functions_that_call_each_other_come_to_an_end() -> None:
    code = "def g(x):\n    return f(x)\n\ndef f(x):\n    x[0] = 1\n    return g(x)\n"
    helper, function = ast.parse(code).body
    assert [line for _, line, _ in writes(function, [function, helper])] == [5]
