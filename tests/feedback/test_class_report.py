"""What the class report answers: what has no name, who needs help, what to teach, what moved."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from autograder.feedback.item_figures import Items
from autograder.feedback.review import review_page
from autograder.feedback.unnamed_groups import ANSWERS, FORMULA, OBSERVED
from autograder.intake.file_names import safe_name
from autograder.intake.submission import Submission
from tests.conftest import solutions
from tests.the_assignment import FUNCTIONS, NOTES6, class_report, grader_of, load_config

CONFIG = load_config()
#: Twice the same mistake, once in single precision; and another that nobody foresaw.
POWER = """
def softmax_jacobian(x):
    s = softmax(x)
    return np.diag(s) - 3 * np.outer(s, s) ** 1.5
"""
SINGLE = """
def softmax_jacobian(x):
    e = np.exp(x - np.max(x))
    s = e / e.sum()  # Zephyrine </code><script>window.hacked=1
    return np.diag(s) - 3 * np.sqrt(np.outer(s, s)) ** 3
"""
SIGNS = """
def softmax_jacobian(x):
    return -np.diag(softmax(x)) + np.outer(softmax(x), softmax(x))
def backward(weights, activations, target):
    s = activations[-1]
    e = (target - s) @ (np.diag(s) - np.outer(s, s))
    errors = [e]
    for W, a in zip(weights[:0:-1], activations[-2:0:-1]):
        e = (e @ W) * (a > 0)
        errors.insert(0, e)
    return errors
"""
STOPS = """
def softmax_jacobian(x):
    if len(x) > 3:
        return np.diag(x) + nothing  # Zephyrine
    return np.diag(x)
"""
CODES = {"power": POWER, "single": SINGLE, "signs": SIGNS, "right": "", "stops": STOPS}


@pytest.fixture(scope="module")
def records() -> dict[str, dict[str, Any]]:
    made = {}
    with grader_of(CONFIG, seed=6) as grader:
        for name, code in CODES.items():
            files = solutions()
            for file in ("practice_6_1.py", "backprop.py"):
                own = [part for part in code.split("\ndef ") if part.strip()]
                mine = [p for p in own if FUNCTIONS[p.partition("(")[0]].file == file]
                files[file] += "".join(f"\ndef {part}\n" for part in mine).encode()
            made[name] = grader.grade(Submission(name, files)).feedback
        made["empty"] = grader.grade(Submission("empty", {})).feedback
    return made


def reported(
    out: Path, records: Sequence[dict[str, Any]], **settings: Any
) -> tuple[dict[str, Any], str]:
    """Write the report of a class: its figures and its page."""
    (out / "feedback").mkdir(exist_ok=True)
    rows = []
    for number, record in enumerate(records):
        record = {**copy.deepcopy(record), "student": f"{record['student']} {number}"}
        path = out / "feedback" / f"{safe_name(record['student'])}.json"
        path.write_text(json.dumps(record), encoding="utf-8")
        rows.append({"student": record["student"], "total": record["score"]})
    files = class_report(out, rows, CONFIG, **settings)
    return json.loads(files["report.json"]), files["report.html"]


def said(shared: str) -> str:
    return CONFIG.say(f"unnamed.{shared}")


def test_the_same_answers_are_one_group_whatever_the_code(
    records: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    report, page = reported(tmp_path, [records[n] for n in ("power", "single", "power", "right")])
    (group,) = report["unnamed"]
    assert (group["function"], group["students"]) == ("softmax_jacobian", 3)
    assert group["by"] == said(ANSWERS)
    assert "√(s_i · s_j)" in group["formula"]
    assert group["code"].startswith("def softmax_jacobian(x):\n    s = softmax(x)")
    assert [p["name"] for p in group["people"]] == ["power 0", "power 2", "single 1"]
    assert 'href="feedback/power%200.html"' in page
    # What a student's record holds of hidden inputs is a digest.
    assert len(records["power"]["functions"][3]["unnamed"]["signature"]) == 16


def test_what_differs_in_its_answers_is_grouped_by_formula_and_then_by_observation(
    records: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    def other(number: int, **changes: Any) -> dict[str, Any]:
        record = copy.deepcopy(records["power"])
        record["functions"][3]["unnamed"] |= {"signature": f"{number:016}", **changes}
        return record

    seen = {"formula": "", "observed": ["It is odd."]}
    class_ = [records["power"], other(1), other(2, **seen), other(3, **seen), other(4, formula="f")]
    report, _ = reported(tmp_path, class_)
    found = [(g["students"], g["by"]) for g in report["unnamed"]]
    assert found == [(2, said(FORMULA)), (2, said(OBSERVED)), (1, "")]


def test_students_code_is_escaped_and_an_anonymous_report_shows_none_of_fewer_than_three(
    records: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    _, page = reported(tmp_path, [records["single"]] * 2)
    assert "&lt;/code&gt;&lt;script&gt;window.hacked=1" in page
    assert "<script>window" not in page
    report, page = reported(tmp_path, [records["single"]] * 2, anonymous=True)
    assert report["unnamed"][0]["code"] == ""
    report, page = reported(tmp_path, [records["single"]] * 3, anonymous=True)
    assert "s = e / e.sum()" in report["unnamed"][0]["code"]
    assert "Zephyrine" not in json.dumps(report) + page
    assert report["unnamed"][0]["of"] == {}


def test_where_a_function_stops_is_told_but_quotes_nobody_who_is_anonymous(
    records: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    report, _ = reported(tmp_path, [records["stops"]])
    assert "stops with NameError" in report["unnamed"][0]["observed"][0]
    report, page = reported(tmp_path, [records["stops"]] * 3, anonymous=True)
    assert report["unnamed"][0]["observed"]
    assert "Zephyrine" not in json.dumps(report) + page


def test_long_code_is_bounded(records: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    record = copy.deepcopy(records["power"])
    lines = ["def softmax_jacobian(x):", *(f"    a{n} = '{'x' * 150}\u202e'" for n in range(900))]
    record["functions"][3]["unnamed"] |= {"source": "\n".join(lines), "lines": [1, 901]}
    report, page = reported(tmp_path, [record])
    assert len(report["unnamed"][0]["code"]) < 40 * 121
    assert report["unnamed"][0]["is_cut"]
    assert "\u202e" not in page


def reviewed(out: Path, students: Sequence[str]) -> dict[str, Any]:
    """What the review page of a written class draws."""
    rows = [{"student": student, "total": 1} for student in students]
    page = review_page(out, rows, NOTES6, CONFIG)
    (data,) = re.findall(r'(?s)<script type="application/json" id="data">(.*?)</script>', page)
    found: dict[str, Any] = json.loads(data)
    return found


def test_the_review_has_the_reports_numbers_for_groups_without_a_name(
    records: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    class_ = [records[n] for n in ("stops", "power", "single", "signs")]
    report, _ = reported(tmp_path, class_)
    students = [f"{record['student']} {number}" for number, record in enumerate(class_)]
    data = reviewed(tmp_path, students)
    shown = {
        (of["name"], group["title"]): {data["students"][m[0]][0] for m in group["members"]}
        for of in data["functions"]
        for group in of["groups"]
        if group["kind"] == "unnamed"
    }
    assert len(report["unnamed"]) > 1
    assert shown == {
        (g["function"], f"Without a name, group {g['number']}"): {p["name"] for p in g["people"]}
        for g in report["unnamed"]
    }


def test_the_review_shows_a_function_that_cannot_be_read(tmp_path: Path) -> None:
    source = (
        solutions()["practice_6_1.py"].replace(b"def softmax_jacobian(", b"def older(")
        + b"""
def softmax_jacobian(x):
    s = softmax(x

    return s

def helper():
    return 1
"""
    )
    with grader_of(CONFIG, seed=6) as grader:
        record = grader.grade(Submission("ann", {"practice_6_1.py": source})).feedback
    reported(tmp_path, [record])
    data = reviewed(tmp_path, ["ann 0"])
    (of,) = data["functions"]
    (group,) = of["groups"]
    assert (of["name"], group["kind"]) == ("softmax_jacobian", "crash")
    code = data["texts"][group["members"][0][3]]
    assert code == "def softmax_jacobian(x):\n    s = softmax(x\n\n    return s"


def test_a_misconception_is_told_in_the_words_of_each_function_that_has_it(
    records: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    report, page = reported(tmp_path, [records["signs"]] * 2)
    (sign,) = [m for m in report["misconceptions"] if m["id"] == "wrong-sign"]
    told = {tuple(t["functions"]): t["did"] for t in sign["told"]}
    assert told[("softmax_jacobian",)].startswith("Every entry comes with its sign turned round")
    assert told[("backward",)].startswith("`backward` turns the sign round")
    assert "Every entry comes with its sign turned round" in page


def test_who_needs_help(records: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    report, _ = reported(tmp_path, [records["right"], records["empty"]], late=["empty 1"])
    (who,) = report["help"]
    assert (who["name"], who["mend"], who["absent"]) == ("empty 1", 15, 15)
    assert who["why"] == "nothing to grade, late"
    assert [g["reason"] for g in report["by_hand"]] == ["late"]


def test_what_to_teach_again_comes_with_what_goes_wrong_together(
    records: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    signs, chain = copy.deepcopy(records["signs"]), copy.deepcopy(records["right"])
    for record in (signs, chain):
        record["functions"][7] |= {"status": "wrong", "diagnosis": ["list-reversed"]}
    report, _ = reported(tmp_path, [signs, signs, chain])
    teach = {q["question"]: q["misconceptions"] for q in report["teach"]}
    (first,) = teach["practice_6_3"]
    assert (first["functions"], first["students"], first["share"]) == (["propagate_chain"], 3, 100)
    assert first["together"]["students"] == 2
    assert first["together"]["title"] == CONFIG.words("backward", "wrong-sign").title
    assert teach["practice_6_2"] == []


def test_one_misconception_in_two_functions_of_an_exercise_is_taught_once(
    records: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    first, second, both = (copy.deepcopy(records["right"]) for _ in range(3))
    for record, places in ((first, [0]), (second, [1]), (both, [0, 1])):
        for place in places:
            record["functions"][place] |= {"status": "wrong", "diagnosis": ["wrong-sign"]}
    report, _ = reported(tmp_path, [first, second, both])
    (held,) = next(q["misconceptions"] for q in report["teach"] if q["question"] == "practice_6_1")
    assert held["functions"] == ["threshold", "threshold_jacobian"]
    assert held["students"] == report["misconceptions"][0]["students"] == 3


def test_test_cases_that_tell_nobody_apart(
    records: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    report, _ = reported(tmp_path, [records["power"]] * 6 + [records["empty"]] * 3)
    failed = {(c["function"], c["attempted"], c["right"]) for c in report["cases"]["failed"]}
    # Those who handed in nothing attempted nothing.
    assert failed == {("softmax_jacobian", 6, 0)}
    assert {c["function"] for c in report["cases"]["passed"]} >= {"threshold", "train"}


def test_difficulty_and_discrimination() -> None:
    items = Items()
    for number in range(6):
        marks = {"all": 1.0, "good": float(number > 2), "bad": float(number < 2)}
        marks["rest"] = float(number)
        functions = [
            {"function": name, "score": score, "max_score": 5 if name == "rest" else 1}
            for name, score in marks.items()
        ]
        items.add(
            {
                "score": sum(marks.values()),
                "functions": [{**f, "status": "wrong"} for f in functions],
            }
        )
    assert items.of("all") == {"difficulty": 1.0, "discrimination": None}
    good, bad = items.of("good"), items.of("bad")
    assert good["difficulty"] == 0.5
    # By the formula: (mean of those with full marks - mean of the others) / deviation * √(p q).
    rest = [2, 3, 3, 4, 5, 6]
    deviation = (sum((r - sum(rest) / 6) ** 2 for r in rest) / 6) ** 0.5
    expected = (5 - 8 / 3) / deviation * 0.5
    assert good["discrimination"] == pytest.approx(expected, abs=0.006)
    assert bad["discrimination"] is not None
    assert bad["discrimination"] < 0


def test_how_attempts_moved(records: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    before = {"right 0": records["power"], "power 1": records["right"], "gone": records["right"]}
    report, page = reported(tmp_path, [records["right"], records["power"]], before=before)
    moves = report["moves"]
    assert (moves["compared"], moves["up"], moves["down"]) == (2, 1, 1)
    assert moves["functions"] == [{"function": "softmax_jacobian", "mended": 1, "broken": 1}]
    assert [c["name"] for c in moves["gained"]] == ["right 0"]
    assert "Since the earlier run" in page
    report, page = reported(tmp_path, [records["right"]])
    assert report["moves"] is None
    assert "Since the earlier run" not in page
