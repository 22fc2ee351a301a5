"""What the student's page and the class report say, without a browser."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.feedback import page
from autograder.feedback.evidence import plain
from autograder.feedback.figures import drawing, matrix
from autograder.feedback.page import inline_code
from tests.page_class import HOSTILE, SUBMISSIONS, grade, hostile, renamed, write_class
from tests.the_assignment import SAY

Records = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def records() -> Records:
    return grade(list(SUBMISSIONS))


def picture(record: dict[str, Any], function: str) -> dict[str, Any]:
    (entry,) = [f for f in record["functions"] if f["function"] == function]
    found: dict[str, Any] = entry["evidence"]["picture"]
    return found


def article(html: str, function: str) -> str:
    (found,) = [
        part for part in html.split("<article")[1:] if f"<h3><code>{function}</code>" in part
    ]
    return found


# --- evidence ----------------------------------------------------------------------------------


def test_in_question_is_the_row_that_is_wrong(records: Records) -> None:
    """The entries are 0 or 1: the wrong one alone would tell the answer."""
    (item,) = picture(records["hand"], "practice_6_1")["items"]
    wrong = [(i, j) for i in range(5) for j in range(5) if item["wrong"][i][j]]
    assert wrong == [(2, j) for j in range(5)]


def test_an_error_of_the_second_step_is_marked_there(records: Records) -> None:
    assert picture(records["chain"], "practice_6_3")["first_wrong"] == 1
    assert picture(records["chain"], "propagate_chain")["first_wrong"] == 1


def test_on_the_way_back_the_first_wrong_error_is_the_topmost(records: Records) -> None:
    drawn = picture(records["sign"], "backward")
    assert drawn["first_wrong"] == len(drawn["items"]) - 1


def test_the_wiggle_tells_which_outputs_really_move(records: Records) -> None:
    wiggle = picture(records["softmax"], "softmax_jacobian")["wiggle"]
    j = wiggle["input"]
    assert [d for i, d in enumerate(wiggle["yours"]) if i != j] == ["still"] * 3
    assert [d for i, d in enumerate(wiggle["tried"]) if i != j] == ["down"] * 3


def test_below_reveal_a_hand_worked_answer_is_not_given_away(records: Records) -> None:
    assert picture(records["hand"], "practice_6_1")["wiggle"]["tried"] is None
    for record in records.values():
        for entry in record["functions"]:
            for item in entry["evidence"].get("picture", {}).get("items", ()):
                assert "right" not in item
    html = page.render(records["chain"], SAY)
    assert not re.search(r">\s*Right\s*<", html)


def test_at_reveal_the_right_values_stand_beside_the_wrong_ones() -> None:
    revealed = grade(["hand"], level="reveal")["hand"]
    drawn = picture(revealed, "practice_6_1")
    assert [drawn["items"][0]["right"][i][i] for i in range(5)] == [1, 0, 1, 1, 1]
    assert drawn["wiggle"]["tried"] == ["still", "still", "up", "still", "still"]
    assert ">Right<" in page.render(revealed, SAY)


def test_at_locate_the_wiggle_shows_only_what_the_students_matrix_says() -> None:
    located = grade(["softmax"], level="locate")["softmax"]
    assert picture(located, "softmax_jacobian")["wiggle"]["tried"] is None


def test_evidence_is_strict_json_even_where_the_answer_is_nan(records: Records) -> None:
    text = json.dumps(records["sign"], allow_nan=False)
    assert picture(json.loads(text), "error_norms")["items"][0]["values"] == ["nan"] * 3
    assert "nan" in article(page.render(records["sign"], SAY), "error_norms")


LARGEST = float(np.finfo(float).max)


def test_the_largest_numbers_are_finite_in_the_evidence_too() -> None:
    assert plain([LARGEST, -LARGEST, 1.2345678]) == [LARGEST, -LARGEST, 1.235]
    assert plain(np.array([np.inf, np.nan])) == ["inf", "nan"]


def test_the_largest_numbers_are_shaded_and_drawn_to_scale() -> None:
    ((_, cells),) = matrix([LARGEST, -1e308, 0.0, 5e-324], SAY)["rows"]
    assert [cell["shade"] for cell in cells] == ["p4", "n2", "zero", "p1"]
    assert cells[0]["text"] == "1.798e+308"
    item = {"values": [LARGEST, LARGEST / 2], "shape": [2], "asked": [2], "wrong": [True, True]}
    drawn = drawing({"kind": "norms", "items": [item]}, SAY)
    assert [point["y"] for point in drawn["points"]] == [30, 75]


def test_an_answer_too_large_to_draw_is_described_by_its_shape(records: Records) -> None:
    assert picture(records["softmax"], "threshold")["items"][0]["values"] is None
    shown = article(page.render(records["softmax"], SAY), "threshold")
    assert "(300, 300)" in shown
    assert len(shown) < 5000


def test_a_program_that_leaves_is_told_to_the_instructor(records: Records) -> None:
    (entry,) = [f for f in records["leaves"]["functions"] if f["function"] == "propagate_error"]
    assert entry["evidence"]["failure"] == "died: exit"


# --- the student's page ------------------------------------------------------------------------


def test_the_page_rings_what_is_in_question_and_nothing_else(records: Records) -> None:
    html = page.render(records["hand"], SAY)
    assert len(re.findall(r'class="\w+ q"', article(html, "practice_6_1"))) == 5
    assert re.search(r"In question: the row of the output for [−\d.]+( \(3rd\))?\.", html)


def test_the_page_says_the_step_where_the_chain_first_goes_wrong(records: Records) -> None:
    shown = article(page.render(records["chain"], SAY), "practice_6_3")
    assert shown.count("Here it first goes wrong.") == 1
    assert "It first goes wrong after Jacobian 2." in shown


def test_names_and_texts_are_escaped(records: Records) -> None:
    record = renamed(records["hand"], HOSTILE)
    hostile(record)
    html = page.render(record, SAY)
    assert "<img" not in html
    assert "<script" not in html
    assert html.count("&lt;img") >= 3


def test_code_in_a_text_is_set_as_code_and_a_lone_backtick_is_left() -> None:
    assert inline_code("use `a < b` here") == "use <code>a &lt; b</code> here"
    assert inline_code("a ` alone") == "a ` alone"


# --- the report --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(records: Records, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("class")
    copies = [renamed(records[name], f"{name} {k}") for name in records for k in range(2)]
    write_class(out, [*copies, renamed(records["chain"], "chain 2")])
    return out


@pytest.fixture(scope="module")
def report(folder: Path) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return figures


def test_misconceptions_are_ranked_by_the_students_who_hold_them(report: dict[str, Any]) -> None:
    counts = [m["students"] for m in report["misconceptions"]]
    assert counts == sorted(counts, reverse=True)
    chain = [m for m in report["misconceptions"] if "propagate_chain" in m["functions"]]
    # Two "softmax", three "chain": a student counts once, however many functions show it.
    assert [m["students"] for m in chain] == [5]
    assert chain[0]["examples"]


def test_all_submissions_are_counted_once_in_each_function(report: dict[str, Any]) -> None:
    assert report["graded"] == 11
    assert report["unreadable"] == 1
    assert sum(report["histogram"]) == 11
    for function in report["functions"]:
        counts = [v for k, v in function.items() if k not in ("function", "share")]
        assert sum(counts) == 11


def test_the_class_heat_map_counts_wrong_entries(report: dict[str, Any]) -> None:
    (hand,) = [e for e in report["jacobian_entries"] if e["function"] == "practice_6_1"]
    assert hand["students"] == 2
    assert hand["wrong"][2] == [2] * 5
    assert sum(map(sum, hand["wrong"])) == 10


def test_misconceptions_of_the_same_students_are_paired(report: dict[str, Any]) -> None:
    assert report["pairs"]
    assert all(pair["students"] == 2 for pair in report["pairs"])


def test_what_to_look_at_by_hand(report: dict[str, Any]) -> None:
    groups = {g["reason"]: [s["name"] for s in g["students"]] for g in report["by_hand"]}
    assert groups["hostile"] == ["leaves 0", "leaves 1"]
    assert groups["alike"] == ["softmax 0", "softmax 1"]


def test_the_table_of_misconceptions_is_the_reports(folder: Path, report: dict[str, Any]) -> None:
    with (folder / "misconceptions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["id"], int(r["students"])) for r in rows] == [
        (m["id"], m["students"]) for m in report["misconceptions"]
    ]


def test_an_anonymous_report_names_nobody(records: Records, tmp_path: Path) -> None:
    names = [f"Zephyrine Quux-{k}" for k in range(5)]
    people = [renamed(r, n) for r, n in zip(records.values(), names, strict=True)]
    write_class(tmp_path, people, anonymous=True)
    for file in ("report.html", "report.json", "misconceptions.csv"):
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert "Zephyrine" not in text
        assert "feedback/" not in text
    assert "Student 3" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_report_of_a_thousand_students_is_small(records: Records, tmp_path: Path) -> None:
    every = list(records.values())
    many = [renamed(every[k % 5], f"student {k:04d}") for k in range(1000)]
    write_class(tmp_path, many, pages=False)
    assert (tmp_path / "report.html").stat().st_size < 5_000_000
    assert (tmp_path / "report.json").stat().st_size < 5_000_000
