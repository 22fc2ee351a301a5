"""The part of a calculation by which it is off as a factor is found, and no other."""

from __future__ import annotations

import numpy as np

from autograder.source.changes.factors import Factors


def _parts(*calls: tuple[list[object], list[object], dict[int, list[object]]]) -> list[int]:
    factors = Factors()
    for call in calls:
        factors.see(*call)
    return factors.parts()


def test_a_part_that_is_the_factor_is_found() -> None:
    one = ([4.0, 8.0], [2.0, 4.0], {1: [2, 2], 2: [0.5, 0.5], 3: [1.0, 2.0]})
    two = ([np.array([9.0, 0.0])], [np.array([3.0, 0.0])], {1: [3], 2: [1 / 3], 3: [3.0]})
    assert _parts(one, two) == [1, 2]


def test_a_constant_is_no_part() -> None:
    one, other = ([4.0], [2.0], {1: [2]}), ([6.0], [3.0], {1: [2]})
    assert _parts(one, other) == []


def test_what_is_off_by_several_factors_has_none() -> None:
    one = ([np.array([4.0, 9.0])], [np.array([2.0, 3.0])], {1: [2]})
    assert _parts(one, ([6.0], [2.0], {1: [3]})) == []
    assert _parts(([6.0], [2.0], {1: [3]}), one) == []


def test_a_part_that_fits_in_one_call_alone_is_none() -> None:
    one, other = ([4.0], [2.0], {1: [2]}), ([9.0], [3.0], {1: [4]})
    assert _parts(one, other) == []
