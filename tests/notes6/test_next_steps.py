"""A next step that names an input shows the mistake on it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import numpy as np
import pytest

from autograder.assignment.judging import as_arrays, compare
from autograder.assignment.probe import Probe
from autograder.assignment.telling import texts
from autograder.marking.marks import right_answer
from tests.the_assignment import FUNCTIONS, NOTES6, RECIPES, components, load_config, probes_of

#: Functions of one vector: what stands in brackets in their steps is an input.
OF_ONE_VECTOR = ("threshold", "threshold_jacobian", "softmax", "softmax_jacobian")
PROBES = probes_of(11)


def inputs(step: str) -> Iterator[np.ndarray]:
    """The inputs that a step names; places such as "entry [0, 1]" are none."""
    plain = re.sub(r"entr(?:y|ies) \[\d, \d\](?: and \[\d, \d\])?", "", step.replace("−", "-"))
    for listed in re.findall(r"\[(-?[\d.]+(?:, -?[\d.]+)+)\]", plain):
        numbers = listed.split(", ")
        yield np.array([float(n) if "." in n else int(n) for n in numbers])


def shows(function: str, id: str, x: np.ndarray) -> bool:
    """Whether a function with the misconception gives another answer there than a right one."""
    probe: Probe = dataclasses.replace(PROBES[function][0], arguments=(x,))
    try:
        value = RECIPES[function].predict((id,), components(), probe.arguments)
        given = as_arrays(value, FUNCTIONS[function].returns)
    except Exception:
        return True
    return compare(given, right_answer(NOTES6, probe)) is not None


@pytest.mark.parametrize("function", OF_ONE_VECTOR)
def test_a_step_names_an_input_on_which_the_mistake_is_seen(function: str) -> None:
    config, named = load_config(), 0
    for id in RECIPES[function].misconceptions:
        for step in texts(config.words(function, id).next):
            found = list(inputs(step))
            named += len(found)
            with np.errstate(all="ignore"):
                assert not found or any(shows(function, id, x) for x in found), (id, step)
    assert named
