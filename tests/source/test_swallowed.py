"""An ``except`` after which nothing comes back is told only where nothing else gives None."""

from __future__ import annotations

import ast

import pytest

from autograder.source.swallowed import swallows


def line_of(*lines: str) -> int:
    (function,) = ast.parse("\n".join(["def f(x):", *(f"    {one}" for one in lines)])).body
    assert isinstance(function, ast.FunctionDef)
    return swallows(function)


@pytest.mark.parametrize(
    "lines",
    [
        ("try:", "    return x[0]", "except:", "    print('no')"),
        ("try:", "    y = x[0]", "except IndexError:", "    return None", "else:", "    return y"),
        ("try:", "    return x[0]", "except ValueError:", "    pass", "print('end')"),
    ],
)
def test_what_ends_without_a_result_is_found(lines: tuple[str, ...]) -> None:
    assert line_of(*lines) == 2 + [line.startswith("except") for line in lines].index(True)


@pytest.mark.parametrize(
    "lines",
    [
        ("try:", "    return x[0]", "except IndexError:", "    return 0"),
        ("try:", "    return x[0]", "except IndexError:", "    raise ValueError"),
        ("try:", "    y = x[0]", "except IndexError:", "    y = 0", "return y"),
        # Something else may end without a result as well.
        ("try:", "    if x:", "        return x", "except IndexError:", "    pass"),
        ("if x:", "    return", "try:", "    return x[0]", "except IndexError:", "    pass"),
        ("return x",),
    ],
)
def test_what_has_a_result_or_none_of_its_own_is_not(lines: tuple[str, ...]) -> None:
    assert line_of(*lines) == 0
