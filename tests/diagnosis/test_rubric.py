"""What one named mistake keeps of a function's points, and test cases that count for nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.assignment.config import Config
from autograder.assignment.output_faults import FAMILIES
from autograder.assignment.prediction import canonical, equal, predict
from autograder.assignment.yaml_files import ConfigError
from tests.conftest import with_function
from tests.the_assignment import FUNCTIONS, components, grader_of, load_config, probes_of

Configured = Callable[[str], Config]

SIGN_FORGOTTEN = """
def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s) + np.outer(s, s)
"""
SIGN_AND_SHAPE = """
def softmax_jacobian(x):
    s = softmax(x)
    return 2 * (np.diag(s) + np.outer(s, s))
"""
AT_ZERO = """
def threshold(x):
    return np.where(np.asarray(x) > 0, x, 0)
"""
AT_THE_EDGE = """
def threshold(x):
    return np.where(np.asarray(x) >= -1, x, 0)
"""
COPY = """
def propagate_error(error, jacobian):
    return np.array(error)
"""
CHANGES_TOO = """
def threshold(x):
    x[:] = np.where(x > -1, x, 0)
    return -x
"""


@pytest.fixture
def configured(tmp_path: Path) -> Configured:
    def made(text: str) -> Config:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.yaml"
        path.write_text(text, encoding="utf-8")
        return load_config(path)

    return made


def entry(config: Config, source: str, function: str) -> dict[str, Any]:
    """What becomes of the solutions with one function replaced."""
    with grader_of(config, 6) as grader:
        graded = grader.grade(with_function(source))
    found = {f["function"]: f for f in graded.feedback["functions"]}[function]
    tests = {test["name"]: test for test in graded.gradescope["tests"]}[function]
    assert tests["score"] == found["score"]
    for told in (tests["output"], found["text"]):
        assert ("this one mistake explains" in told) == ("rubric" in found)
    assert isinstance(found, dict)
    return found


def test_a_sign_forgotten_keeps_half_and_the_student_is_told() -> None:
    found = entry(load_config(), SIGN_FORGOTTEN, "softmax_jacobian")
    assert found["diagnosis"] == ["outer-product-added"]
    assert found["score"] == 5
    assert found["rubric"] == {"share": 0.5, "tests": 0}
    assert "You keep 5 of 10 points: this one mistake explains all that" in found["text"]


@pytest.mark.parametrize(
    ("rubric", "score"),
    [
        ("{sign: 0.3}", 3),
        ("{sign: 0.3, outer-product-added: 0.4}", 4),
        ("{outer-product-added: 0.4, softmax_jacobian.outer-product-added: 0.7}", 7),
        ("{softmax_jacobian.outer-product-added: 0}", 0),
        ("{factor: 0.9}", 5),
    ],
)
def test_the_nearest_rule_counts(rubric: str, score: float, configured: Configured) -> None:
    config = configured(f"rubric: {rubric}")
    assert entry(config, SIGN_FORGOTTEN, "softmax_jacobian")["score"] == score


def test_what_the_tests_give_is_never_lowered(configured: Configured) -> None:
    without = entry(configured("rubric: {threshold-at-0: 0}"), AT_ZERO, "threshold")
    little = entry(configured("rubric: {threshold-at-0: 0.01}"), AT_ZERO, "threshold")
    more = entry(configured("rubric: {threshold-at-0: 0.9}"), AT_ZERO, "threshold")
    assert 0 < little["score"] == without["score"] < more["score"] == 4.5
    assert "rubric" not in little
    assert "this one mistake explains" not in little["text"]


@pytest.mark.parametrize(
    ("source", "function"),
    [(SIGN_AND_SHAPE, "softmax_jacobian"), (COPY, "propagate_error"), (CHANGES_TOO, "threshold")],
    ids=["two mistakes", "a copy of the input", "changes its argument too"],
)
def test_where_one_slip_is_not_all_nothing_is_given(source: str, function: str) -> None:
    assert "rubric" not in entry(load_config(), source, function)


def test_no_family_holds_what_answers_nothing() -> None:
    """Constants, zeros and copies of an argument, whatever the input."""
    probes, reference = probes_of(3), components()
    for name, exercise in FUNCTIONS.items():
        assert set(exercise.families) <= set(FAMILIES)
        listed = [id for ids in exercise.families.values() for id in ids]
        assert set(listed) <= set(exercise.recipe.misconceptions), name
        if not exercise.parameters:
            continue
        for id in exercise.recipe.misconceptions:
            if exercise.family(id) is None:
                continue
            made = [(p, predict(exercise.recipe, (id,), reference, p)) for p in probes[name]]
            values = [(p.arguments, m.value) for p, m in made if m.raises is None]
            assert len(values) > 2, (name, id)
            shown = {repr(value) for _, value in values}
            assert len(shown) > 2, (name, id)
            assert any(np.any(_flat(value)) for _, value in values), (name, id)
            for at in range(len(exercise.parameters)):
                copies = [equal(canonical(given[at]), value) for given, value in values]
                assert not all(copies), (name, id)


def _flat(value: Any) -> Any:
    items = value if isinstance(value, list) else [value]
    return np.concatenate([_flat(i) if isinstance(i, list) else np.ravel(i) for i in items])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: x\nrubric:\n  sign: 0.5\n  sings: 0.5\n", "line 4: rubric.sings: is no"),
        ("rubric:\n  softmx.no-shift: 0.5\n", "line 2: rubric.softmx.no-shift: no function"),
        ("rubric:\n  softmax.nothing: 0.5\n", "line 2: rubric.softmax.nothing: is no"),
        ("rubric:\n  sign: 1\n", "line 2: rubric.sign"),
        ("left_out:\n  softmax: [whole number]\n", "line 2: left_out.softmax: has no case"),
        ("left_out:\n  softmx: []\n", "line 2: left_out.softmx: no function"),
        ("left_out:\n  practice_6_2: [worked by hand]\n", "one case with inputs must stay"),
    ],
)
def test_what_there_is_not_is_refused_with_its_line(
    text: str, said: str, configured: Configured
) -> None:
    with pytest.raises(ConfigError, match=said):
        configured(text)


def test_a_case_left_out_counts_for_nobody(configured: Configured) -> None:
    before = entry(load_config(), AT_THE_EDGE, "threshold")
    cases = "[at the threshold, zeros and equal entries, whole numbers]"
    config = configured(f"left_out: {{threshold: {cases}}}")
    after = entry(config, AT_THE_EDGE, "threshold")
    assert after["score"] == 5 > before["score"]
    assert after["status"] == "right"
    # What answers nothing earns nothing from what is left out.
    assert entry(config, "def threshold(x):\n    return x.nothing\n", "threshold")["score"] == 0


def test_those_that_count_share_the_points(configured: Configured) -> None:
    cases = list(probes_of(6).cases("threshold"))
    before = entry(configured("rubric: {threshold-at-0: 0}"), AT_ZERO, "threshold")["score"]
    right = round(before / 5 * len(cases))
    wrong = "at the threshold"
    config = configured(f"left_out: {{threshold: [{wrong}]}}\nrubric: {{threshold-at-0: 0}}")
    after = entry(config, AT_ZERO, "threshold")
    assert right > 0
    assert after["score"] == pytest.approx(5 * right / (len(cases) - 1), abs=1e-5)
