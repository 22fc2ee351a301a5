"""What the page of a right function shows of the notes' ideas."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.feedback import page
from autograder.feedback.curves import HEIGHT, WIDTH, curves
from tests import chromium
from tests.page_class import grade
from tests.the_assignment import NOTES6, SAY

RIGHT = {path.name: path.read_text(encoding="utf-8") for path in NOTES6.solutions.glob("*.py")}
SHOWING = {"softmax_jacobian", "train", "error_norms"}


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    return grade(["right"], submissions={"right": RIGHT})["right"]


def shown(record: dict[str, Any], function: str) -> list[dict[str, Any]]:
    (entry,) = [f for f in record["functions"] if f["function"] == function]
    found: list[dict[str, Any]] = entry["evidence"].get("shown", [])
    return found


def test_right_functions_show_the_ideas_and_others_dont(record: dict[str, Any]) -> None:
    functions = [entry["function"] for entry in record["functions"]]
    assert {name for name in functions if shown(record, name)} == SHOWING
    stubs = {path.name: path.read_text(encoding="utf-8") for path in NOTES6.stubs.glob("*.py")}
    half = {**RIGHT, "practice_6_1.py": stubs["practice_6_1.py"]}
    graded = grade(["half"], submissions={"half": half})["half"]
    assert not shown(graded, "softmax_jacobian")
    assert "What a right <code>softmax_jacobian" not in page.render(graded, SAY)


def test_the_jacobian_of_softmax_sums_to_0_in_rows_and_columns(record: dict[str, Any]) -> None:
    (grid,) = shown(record, "softmax_jacobian")
    values = np.array(grid["values"])
    np.testing.assert_allclose(values[:-1, :-1].sum(0), values[-1, :-1], atol=2e-3)
    assert not values[-1].any()
    assert not values[:, -1].any()
    assert np.count_nonzero(values[:-1, :-1]) == values[:-1, :-1].size


def test_only_a_hidden_layer_learns_xor_and_its_activations_are_sparse(
    record: dict[str, Any],
) -> None:
    loss, activations = shown(record, "train")
    alone, hidden = (values for _, values in loss["series"])
    assert alone[-1] > 1
    assert hidden[-1] < 0.01
    off = int((np.array(activations["values"]) == 0).sum())
    assert f"{off} of 32 activations are exactly 0" in activations["words"]
    assert off > 10


def test_the_error_vanishes_with_small_weights_and_explodes_with_large(
    record: dict[str, Any],
) -> None:
    (depth,) = shown(record, "error_norms")
    small, _, large = (values for _, values in depth["series"])
    assert small == sorted(small, reverse=True)
    assert small[-1] < 1e-9
    assert large[-1] > 1e4
    assert "less than 0.000000001 is left" in depth["words"]


def test_a_curve_stays_in_its_picture_and_the_names_apart(record: dict[str, Any]) -> None:
    for function in ("train", "error_norms"):
        drawn = curves(shown(record, function)[0])
        for line in drawn["lines"]:
            assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in line["points"])
        heights = sorted(line["name_y"] for line in drawn["lines"])
        assert all(below - above > 12 for above, below in pairwise(heights))
        ticks = [height for height, _ in drawn["ticks"]]
        assert ticks == sorted(ticks, reverse=True)
        ends = [line["points"][-1][1] for line in drawn["lines"]]
        assert all(min(ticks) <= y <= max(ticks) for y in ends)


def test_names_of_curves_that_end_together_are_moved_apart() -> None:
    both = [("one", [1.0, 2.0]), ("other", [3.0, 2.0])]
    head = {"title": "", "words": "", "x": "", "y": "", "first": 0, "log": False}
    first, second = curves({**head, "series": both})["lines"]
    assert abs(first["name_y"] - second["name_y"]) > 12


def test_the_page_says_in_words_what_its_pictures_show(record: dict[str, Any]) -> None:
    html = page.render(record, SAY)
    for function in SHOWING:
        for picture in shown(record, function):
            assert picture["words"] in html.replace("&#39;", "'")
    assert "row: output, column: input" in html


def test_they_are_the_same_for_all_and_plain_json(record: dict[str, Any], tmp_path: Path) -> None:
    again = grade(["other"], submissions={"other": RIGHT})["other"]
    for function in SHOWING:
        one, other = (json.dumps(shown(r, function), allow_nan=False) for r in (record, again))
        assert one == other


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pictures_fit_a_phone_and_an_audit_finds_nothing(
    record: dict[str, Any], tmp_path: Path, scheme: str
) -> None:
    if chromium.chromium() is None and not chromium.required():
        pytest.skip("no Chromium here")
    path = tmp_path / "page.html"
    path.write_text(page.render(record, SAY), encoding="utf-8")
    with chromium.browser() as browser:
        context = browser.new_context(
            color_scheme=scheme, bypass_csp=True, viewport={"width": 390, "height": 844}
        )
        tab = context.new_page()
        tab.goto(path.as_uri())
        tab.locator("details").evaluate_all("all => all.forEach(d => { d.open = true; })")
        assert tab.evaluate("document.documentElement.scrollWidth") == 390
        for svg in tab.locator("svg.curves").all():
            box = svg.evaluate(
                "e => [...e.querySelectorAll('text')].map(t => t.getBoundingClientRect().right)"
                ".concat([e.getBoundingClientRect().right])"
            )
            assert max(box) == box[-1] <= 390
        if (script := chromium.axe()) is not None:
            tab.add_script_tag(path=script)
            found = tab.evaluate("axe.run()")["violations"]
            assert [violation["id"] for violation in found] == []
