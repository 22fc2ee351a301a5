"""What earlier rounds have added is known where another line takes it in."""

from __future__ import annotations

import ast

import pytest

from autograder.source.changes.carried_on import carried_on, taken_in
from autograder.source.changes.reached import reached

STEPS = """def steps(W, Gs):
    v = W * 0
    for G in Gs:
        v += G
        W = W - (G + 0.9 * v)
    return W
"""
OF_A_CLASS = """class Layer:
    def __init__(self, W):
        self.W, self.v = W, 0

    def step(self, G):
        self.v += G
        self.v *= 0.9
        self.W = self.W - (G + self.v)

def steps(W, Gs):
    layer = Layer(W)
    for G in Gs:
        layer.step(G)
    return layer.W
"""


def taken(source: str) -> set[tuple[str, int]]:
    """The sums that lines take in which go on from round to round, with the line that adds."""
    body = ast.parse(source).body
    asked = next(one for one in body if isinstance(one, ast.FunctionDef))
    units = reached(asked, body, {"steps"}).units
    sums = carried_on(units)
    return {
        (name, sums[unit.name][name])
        for unit in units
        for node in ast.walk(unit.node)
        if isinstance(node, ast.BinOp)
        for left in (node.left, node.right)
        if (name := taken_in(node, left, sums[unit.name]))
    }


@pytest.mark.parametrize(
    ("source", "old", "new", "sums"),
    [
        (STEPS, "", "", {("v", 4)}),
        (STEPS, "v += G", "v += 1", set()),
        (STEPS, "v += G", "v = G * 1", set()),
        (STEPS, "+= G\n", "+= G\n        v.fill(0)\n", set()),
        (STEPS, "for G in Gs:\n", "for G in Gs:\n        v = W * 0\n", set()),
        (STEPS, "0.9 * v", "G / v", set()),
        (OF_A_CLASS, "", "", {("self.v", 6)}),
        (OF_A_CLASS, "layer.step", "Layer(W).step", set()),
        (OF_A_CLASS, "def step(self, G):\n", "def step(self, G):\n        self.v = 0\n", set()),
    ],
)
def test_what_earlier_rounds_have_added_is_taken_in(
    source: str, old: str, new: str, sums: set[tuple[str, int]]
) -> None:
    assert not old or source.count(old) == 1
    assert taken(source.replace(old, new) if old else source) == sums
