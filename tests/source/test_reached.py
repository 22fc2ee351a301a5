"""Which functions and methods of its file a function calls."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from autograder.source.changes.reached import can_be_tried, reached

SOURCE = dedent("""
    class Layer:
        def __init__(self, n):
            self.n = n

        def sums(self, z):
            return z.sum()

    class Soft(Layer):
        def forward(self, z):
            return z / self.sums(z)

        def shown(self):
            print(self.n)

    class Relu:
        def forward(self, z):
            return z * (z > 0)

    soft, layers = Soft(3), [Relu(), Relu()]
    text = str(Relu())
    twice = lambda z: 2 * z

    def half(z):
        return z / 2

    def asked(z):
        return CODE

    def other(z):
        return half(z)
""")


@pytest.mark.parametrize(
    ("code", "names", "anew"),
    [
        ("twice(z)", ["twice"], []),
        ("half(z)", [], []),
        ("other(z)", [], []),
        ("z.forward(z)", [], []),
        (
            "Soft(3).forward(z)",
            ["Layer.__init__", "Layer.sums", "Soft.forward"],
            ["class Layer", "class Soft(Layer)", "soft, layers = "],
        ),
        (
            "soft.forward(twice(z))",
            ["Layer.__init__", "Layer.sums", "Relu.forward", "Soft.forward", "twice"],
            ["class Layer", "class Soft(Layer)", "class Relu", "soft, layers = "],
        ),
    ],
)
def test_what_a_function_calls(code: str, names: list[str], anew: list[str]) -> None:
    body = ast.parse(SOURCE.replace("CODE", code)).body
    (asked,) = [one for one in body if isinstance(one, ast.FunctionDef) and one.name == "asked"]
    found = reached(asked, body, ["asked", "other"])
    assert found.units[0].node is asked
    assert sorted(unit.name for unit in found.units[1:]) == names
    again = [ast.unparse(one) for one in found.anew]
    assert len(again) == len(anew)
    assert all(one.startswith(start) for one, start in zip(again, anew, strict=True))


@pytest.mark.parametrize(("parameter", "is_tried"), [("input", True), ("z", False)])
def test_a_parameter_may_be_called_as_a_function_with_an_effect(
    parameter: str, is_tried: bool
) -> None:
    [function] = ast.parse(f"def own({parameter}):\n    return input * 2\n").body
    assert isinstance(function, ast.FunctionDef)
    assert can_be_tried(function) is is_tried
