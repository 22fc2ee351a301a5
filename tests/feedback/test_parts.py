"""What is said by parts: in the record, on Gradescope, in the terminal and in an LMS comment."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.assignment.probe import Probe
from autograder.course.compare import records as read_records
from autograder.course.hand_back import summary
from autograder.diagnosis.example import Example
from autograder.feedback import page, plain
from autograder.feedback.layout import blocks, labels
from autograder.feedback.markdown import as_markdown
from autograder.feedback.naming import ordinal, places, value_names
from autograder.feedback.otter_results import earlier_attempt, heading
from autograder.feedback.overview import moved_words, since, were_right
from autograder.feedback.own_numbers import example_told, told_of_numbers
from autograder.feedback.parts import MOST_QUOTED, Parts, joined, quoted, whole
from autograder.sandbox.outcome import Returned
from tests.feedback.test_markdown import READERS, Read
from tests.page_class import SUBMISSIONS, grade
from tests.the_assignment import (
    FUNCTIONS,
    SAY,
    find_submissions,
    grade_class,
    grader_of,
    load_config,
    read_submission,
)

#: Transposed, and a sign turned: two mistakes in one line.
TWO = """
import numpy as np
def propagate_error(error, jacobian):
    # what each output must answer for
    return -1 * np.dot(jacobian, error)
"""
#: Wrong on inputs of lists, which a sentence does not tell whole.
LISTS = """
import numpy as np
def propagate_chain(error, jacobians):
    out = []
    for J in jacobians:
        error = 2 * error @ J
        out.append(error)
    return out
"""
#: It stops wherever there is a Jacobian that is not square.
STOPS = """
import numpy as np
def propagate_chain(error, jacobians):
    out, P = [], np.eye(len(error))
    for J in jacobians:
        P = np.dot(J, P)
        out.append(np.dot(error, P))
    return out
"""
#: Each number is a little more than the right one, by less than four digits show.
NEAR = """
import numpy as np
def propagate_error(error, jacobian):
    return error @ jacobian * 1.00004
"""
#: A bracket that is never closed, in a file of several functions.
BROKEN = """
import numpy as np
def propagate_chain(error, jacobians):
    return [error @ (J for J in jacobians]
def practice_6_3():
    return None
"""
ALL = {
    **SUBMISSIONS,
    "two": {"practice_6_2.py": TWO},
    "lists": {"practice_6_3.py": LISTS},
    "stops": {"practice_6_3.py": STOPS},
    "broken": {"practice_6_3.py": BROKEN},
    "near": {"practice_6_2.py": NEAR},
}


@pytest.fixture(scope="module")
def records() -> dict[str, dict[str, Any]]:
    return grade(list(ALL), submissions=ALL)


def entry(record: dict[str, Any], function: str) -> dict[str, Any]:
    (found,) = [f for f in record["functions"] if f["function"] == function]
    return dict(found)


def test_the_call_of_an_example_can_be_pasted_and_gives_the_numbers_shown(
    records: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = entry(records["lists"], "propagate_chain")
    *given, call = found["parts"][0]["call"]
    printed: list[Any] = []
    (tmp_path / "practice_6_3.py").write_text(LISTS)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "practice_6_3", raising=False)
    exec("\n".join([*given, call]), {"print": printed.append})
    monkeypatch.delitem(sys.modules, "practice_6_3")
    drawn = [item["values"] for item in found["evidence"]["picture"]["items"]]
    assert [array.tolist() for array in printed[0]] == drawn
    assert any(block.endswith(f"\n    {call}") for block in blocks(found, SAY))
    assert call in page.render(records["lists"], SAY)


@pytest.mark.parametrize(
    ("file", "imported"), [("practice_6_3.py", True), ("practice_6_3 (1).py", False)]
)
def test_what_is_in_no_file_of_the_name_that_is_asked_for_is_not_imported_from_it(
    file: str, imported: bool, tmp_path: Path
) -> None:
    (tmp_path / file).write_text(LISTS)
    with grader_of(load_config(), seed=6) as grader:
        found = entry(grader.grade(read_submission(tmp_path)).feedback, "propagate_chain")
    line = "from practice_6_3 import propagate_chain"
    assert (line in found["parts"][0]["call"]) == imported


def test_an_input_that_a_sentence_tells_is_not_told_again(records: Any) -> None:
    assert entry(records["two"], "propagate_error")["parts"][0]["call"] == []


def test_that_it_stops_elsewhere_is_no_second_mistake(records: Any) -> None:
    (item,) = entry(records["stops"], "propagate_chain")["parts"]
    assert "wrong order" in item["title"]
    (note,) = item["notes"]
    assert note.startswith("On some inputs line 6 of practice_6_3.py (`P = np.dot(J, P)`) stops")


def test_two_mistakes_are_two_items_each_with_its_own_reason_and_step(records: Any) -> None:
    parts = entry(records["two"], "propagate_error")["parts"]
    assert len(parts) == 2
    for key in ("title", "did", "why", "next"):
        assert parts[0][key]
        assert parts[1][key]
        assert parts[0][key] != parts[1][key]
    start = "Two things are wrong in line 5; each is explained as if the other were fixed."
    assert parts[0]["did"].startswith(f"{start} The first: ")
    assert parts[1]["did"].startswith("The second: ")


def test_that_two_mistakes_are_in_the_numbers_is_said_once_wherever_they_are_shown(
    records: Any,
) -> None:
    told, found = SAY("text.both_in_numbers"), entry(records["two"], "propagate_error")
    assert [item["of_numbers"] for item in found["parts"]] == [told, ""]
    said = [" ".join(blocks(found, SAY)), page.render(records["two"], SAY)]
    said.append(as_markdown(said[0]))
    assert [text.count(told) for text in said] == [1, 1, 1]
    assert (told in found["text"]) == (found["parts"][0]["example"] in found["text"])
    alone = [p for f in records["sign"]["functions"] for p in f["parts"]]
    assert all(told not in item["of_numbers"] for item in alone)


def test_of_wrong_numbers_that_look_right_in_few_digits_it_is_told_how_near_they_are(
    records: Any,
) -> None:
    found = entry(records["near"], "propagate_error")
    told = SAY("text.all_look_right", parts="10,000")
    assert told in found["parts"][0]["of_numbers"]
    assert told in " ".join(blocks(found, SAY))
    assert told in page.render(records["near"], SAY)
    others = [f["parts"][0]["of_numbers"] for f in records["sign"]["functions"]]
    assert not any("look right" in text for text in others)


@pytest.mark.parametrize(("off", "looks_right"), [(2e-3, False), (2e-5, True)])
def test_how_near_numbers_are_is_told_of_those_that_are_shown_alone(
    off: float, looks_right: bool
) -> None:
    arguments = tuple(0.0 for _ in FUNCTIONS["train"].parameters)
    probe = Probe("train", arguments)
    right = [np.ones((2, 2)), np.array([1.24, 1.0])]
    given = (right[:1], right[1] + [0, off])
    given[0][0] = right[0] + 1e-4  # weights that are near, and not shown
    example = Example(FUNCTIONS["train"], probe, Returned(given), right)
    assert bool(told_of_numbers(example, SAY)) == looks_right


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (np.array([[1, 2, 3], [4, 5, 6.5]]), "6.5 in the 2nd row, 3rd column of its 2nd array"),
        (np.array([1, 2, 3, 4.5, 5, 6]), "4.5 as the 4th entry of its 2nd array"),
    ],
)
def test_entries_of_arrays_in_a_list_are_counted_as_people_do(second: Any, told: str) -> None:
    weights = [np.ones((3, 2)), np.ones((2, 3))]
    probe = Probe("update_weights", (weights, weights, 0.5))
    right = [np.ones((3, 2)), np.arange(1.0, 7).reshape(second.shape)]
    example = Example(FUNCTIONS["update_weights"], probe, Returned([right[0], second]), right)
    assert told in example_told(example, "explain", SAY)


def test_the_text_is_made_of_the_parts(records: Any) -> None:
    for record in records.values():
        for f in record["functions"]:
            first = f["parts"][0]
            for key in ("title", "did", "next"):
                assert first[key].rstrip(".") in f["text"], (f["function"], key)


def test_the_line_at_fault_is_quoted_with_its_number(records: Any) -> None:
    line = entry(records["sign"], "backward")["parts"][0]["line"]
    code = dict(line["code"])
    source = SUBMISSIONS["sign"]["backprop.py"].split("\n")
    assert code[line["number"]].strip() == source[line["number"] - 1].strip()
    assert "target - s" in code[line["number"]]


def test_a_quoted_line_is_bounded_and_can_end_no_code_span() -> None:
    files = {"a.py": b"def f():\n    x = '`' + \"\x1b[2J\" + '" + b"y" * 150 + b"'\n"}
    line = quoted(files, "a.py", 2, (1, 2))
    assert line is not None
    text = dict(line.code)[2]
    assert len(text) <= MOST_QUOTED
    assert "`" not in text
    assert text.isprintable()
    assert quoted(files, "a.py", 9, (1, 2)) is None
    assert quoted(files, "b.py", 1, None) is None


def test_of_a_short_function_all_is_quoted_and_of_one_line_it_is_the_place() -> None:
    files = {
        "a.py": b'def f(x):\n    """Words."""\n    return x\n\ndef g(x):\n    y = x\n    return y\n'
    }
    one, two = whole(files, "a.py", (1, 3), ()), whole(files, "a.py", (5, 7), ())
    assert one is not None
    assert (one.number, one.code) == (3, ((3, "return x"),))
    assert two is not None
    assert (two.number, two.code) == (None, ((6, "y = x"), (7, "return y")))
    long = {"a.py": b"def f(x):\n" + b"    x += 1\n" * 30}
    assert whole(long, "a.py", (1, 31), ()) is None


def test_a_helper_is_quoted_with_the_function_that_calls_it_and_no_place_is_claimed() -> None:
    source = b"def step(v):\n    return v > 0\n\ndef f(x):\n    return step(x)\n"
    found = whole({"a.py": source}, "a.py", (4, 5), ())
    assert found is not None
    assert found.number is None
    assert [number for number, _ in found.code] == [1, 2, 4, 5]
    alone = whole({"a.py": source}, "a.py", (4, 5), ("step",))
    assert alone is not None
    assert alone.number == 5
    # Where not all of them fit, what the function itself calls goes before what that calls.
    both = (
        b"def last(v):\n" + b"    v += 1\n" * 8 + b"\ndef step(v):\n" + b"    v += 1\n" * 7
        + b"    return last(v)\n\ndef f(x):\n    x = 1\n    x = 2\n    x = 3\n    return step(x)\n"
    )  # fmt: skip
    near = whole({"a.py": both}, "a.py", (21, 25), ())
    assert near is not None
    assert [number for number, _ in near.code] == [*range(11, 20), *range(21, 26)]
    long = (
        b"def step(v):\n" + b"    v += 1\n" * 15 + b"\ndef f(x):\n    x = 1\n    return step(x)\n"
    )
    short = whole({"a.py": long}, "a.py", (18, 20), ())
    assert short is not None
    assert [number for number, _ in short.code] == [19, 20]


def test_of_methods_of_one_name_those_are_quoted_that_are_called() -> None:
    source = (
        "class A:\n    def go(self, x):\n        return x\n    def back(self, x):\n"
        "        return 1\n"
        "class B:\n    def go(self, x):\n        return x + 1\n    def back(self, x):\n"
        "        return self.go(x)\n\ndef f(x):\n    return A().back(B(max(x, 1)).back(x))\n"
    )

    def quoted(source: str) -> list[int]:
        first = source.split("\n").index("def f(x):") + 1
        found = whole({"a.py": source.encode()}, "a.py", (first, first + 1), ())
        assert found is not None
        return [number for number, _ in found.code]

    assert quoted(source) == [4, 5, 7, 8, 9, 10, 12, 13]
    # Where it cannot be told whose method it is, both may be.
    assert quoted(source.replace("return self.go(x)", "return self.inner.go(x)"))[:2] == [2, 3]
    assert quoted(source.replace("class A:", "class A(B):"))[:2] == [2, 3]


def test_a_long_text_leaves_out_the_example_and_never_what_to_do() -> None:
    parts = Parts(title="T", did="word " * 99, example="example " * 30, why="No.", next="Do it.")
    assert "example" not in joined([parts], SAY)
    assert joined([parts], SAY).endswith("Do it.")
    assert "example" in joined([replace(parts, did="")], SAY)


# --- where it is read --------------------------------------------------------------------------


def test_gradescope_and_the_terminal_say_each_mistake_under_its_own_headings(records: Any) -> None:
    said = blocks(entry(records["two"], "propagate_error"), SAY)
    text = plain.render(records["two"], SAY)
    titles = [block for block in said if block.startswith("» (")]
    assert len(titles) == 2
    assert as_markdown(titles[1]).startswith("### (2) ")
    for label in labels(SAY).values():
        assert sum(block.startswith(f"{label}: ") for block in said) == 2
        assert text.count(f"{label}: ") == 2


def test_the_terminal_never_breaks_code_across_lines(records: Any) -> None:
    for record in records.values():
        for line in plain.render(record, SAY, width=60).split("\n"):
            assert line.count("`") % 2 == 0, line


def test_a_matrix_is_a_table_and_no_list_of_numbers(records: Any) -> None:
    said = entry(records["softmax"], "softmax_jacobian")
    (table,) = [b for b in blocks(said, SAY) if "your matrix" in b]
    *rows, legend = table.split("\n")
    assert len(rows) == 5
    assert SAY("tables.legend") in legend
    assert "\n".join(rows).count("?") == sum(
        map(sum, said["evidence"]["picture"]["items"][0]["wrong"])
    )
    for record in records.values():
        for f in record["functions"]:
            lists = re.findall(r"\[[-−\d., \[\]]*\]", " ".join(i["example"] for i in f["parts"]))
            assert all(len(re.findall(r"\d+\.?\d*", found)) <= 6 for found in lists), lists


@pytest.mark.parametrize("read", READERS)
def test_in_markdown_code_stands_line_by_line_and_does_nothing(read: Any) -> None:
    attack = "    > 3 | <img src=x onerror=1>``` **b**\n      4 | [x](javascript:1)"
    did = SAY("labels.did")
    shown = Read(str(read(as_markdown(f"1. one\n\n{attack}\n\n{did}: `a < b` and <b>.", [did]))))
    assert shown.tags <= {"ol", "li", "p", "pre", "code", "strong"}
    assert "<img src=x onerror=1>" in shown.text
    assert "| [x](javascript:1)\n" in shown.text


def test_an_indented_line_with_a_carriage_return_is_no_code() -> None:
    assert "```" not in as_markdown("    a\r<img>")


def test_the_comment_for_an_lms_gives_the_names_and_the_page(records: Any) -> None:
    told = summary(records["sign"], "feedback.html", SAY)
    assert "2 functions to fix: backward (The error's sign is turned round" in told
    assert told.endswith("The page feedback.html, among the feedback files, explains it.")
    without = summary({**records["sign"], "score": 3.57143}, "", SAY)
    assert "page" not in without
    assert "3.57 of " in without


def test_what_is_wrong_with_a_file_is_told_once(records: Any) -> None:
    html, text = page.render(records["broken"], SAY), plain.render(records["broken"], SAY)
    assert html.count("Python says") == 1
    assert html.index("Python says") < html.index("<article")
    assert text.count("Python says") == 1


def test_places_are_counted_as_people_do() -> None:
    places_of = [ordinal(k, SAY) for k in (0, 1, 2, 3, 10, 11, 12, 20, 110)]
    told = ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "111th"]
    assert places_of == told
    assert value_names([0.5, -1, 0.5], SAY) == ["0.5 (1st)", "-1", "0.5 (3rd)"]


def test_entries_are_named_by_what_they_have_in_common() -> None:
    rows, columns = ["row a", "row b", "row c"], ["column a", "column b", "column c"]

    def said(*marked: tuple[int, int]) -> str:
        wrong = [[(i, j) in marked for j in range(3)] for i in range(3)]
        return places(wrong, rows, columns, SAY)

    assert said((0, 0), (1, 1), (2, 2)) == "everything on the diagonal"
    assert said(*((i, j) for i in range(3) for j in range(3) if i != j)) == (
        "everything off the diagonal"
    )
    assert said((1, 0), (1, 1), (1, 2)) == "row b"
    assert said((0, 0), (1, 0), (2, 0), (0, 2), (1, 2), (2, 2)) == "column a and column c"
    assert said((0, 1), (2, 0)) == ("where row a meets column b and where row c meets column a")


# --- what moved --------------------------------------------------------------------------------


def test_what_moved_since_the_last_attempt(records: Any) -> None:
    before = {**were_right(records["two"]), "propagate_error": True, "forward": False}
    moved = since(before, records["sign"])
    assert "forward" in moved["mended"]
    assert "propagate_error" in moved["new"]
    words = moved_words(moved, SAY)
    assert "fixed: `forward`" in words
    assert "no longer right: `propagate_error`" in words
    assert moved_words(None, SAY) == ""


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"previous_submissions": []},
        {"previous_submissions": [{"results": None}]},
        {
            "previous_submissions": [
                {"results": {"tests": [{"name": "a", "score": "x", "max_score": 1}]}}
            ]
        },
    ],
)
def test_metadata_of_any_kind_tells_of_no_earlier_attempt(metadata: Any) -> None:
    assert earlier_attempt(metadata) == {}


def test_gradescope_tells_of_the_last_attempt_and_keeps_quiet_until_it_is_published(
    records: Any,
) -> None:
    tests = [
        {"name": "forward", "score": 2.0, "max_score": "8.0"},
        {"name": "backward", "score": 12, "max_score": 12},
    ]
    before = earlier_attempt({"previous_submissions": [{"results": {"tests": tests}}]})
    assert before == {"forward": False, "backward": True}
    record = {**records["sign"], "since": since(before, records["sign"])}
    told = heading(record, "at once", SAY)
    assert told.startswith("2 functions to fix (and 12 not there yet): backward, error_norms.")
    assert "fixed: forward" in told
    assert heading(record, "after publishing", SAY) == SAY("gradescope.below")


def test_a_second_hand_in_is_compared_with_the_first(tmp_path: Path) -> None:
    folder, out, other = tmp_path / "in", tmp_path / "out", tmp_path / "other"
    own = folder / "ada"
    own.mkdir(parents=True)

    def run(source: str, out: Path, **more: Any) -> dict[str, Any]:
        (own / "practice_6_2.py").write_text(source)
        grade_class(find_submissions([folder]), out, load_config(), seed=6, **more)
        return dict(json.loads((out / "feedback" / "ada.json").read_text()))

    right = TWO.replace("-1 * np.dot(jacobian, error)", "error @ jacobian")
    assert "since" not in run(TWO, out)
    assert run(right, out)["since"]["mended"] == ["propagate_error"]
    assert "fixed" in (out / "feedback" / "ada.html").read_text()
    again = run(TWO, other, before=read_records(out))
    assert again["since"]["new"] == ["propagate_error"]


def test_what_stands_in_the_title_is_not_said_again_below_it() -> None:
    source = "import numpy as np\ndef threshold(x):\n    return np.tan(np.asarray(x) * 7 + 3)\n"
    graded = grade(["s"], submissions={"s": {"practice_6_1.py": source}})["s"]
    said = " ".join(plain.render(graded, SAY).split())
    assert said.count("Not right yet") == 1
    assert "What can be seen" not in said
    html = page.render(graded, SAY)
    assert html.count("Not right yet") == 1


NESTED = b"""
def train(weights):
    for W in weights:
        a = 1
        b = 2
        c = 3
        if b:
            d = 4
            e = 5
            f = 6
    return f
"""


def test_a_quoted_line_stands_below_the_heads_of_its_blocks() -> None:
    line = quoted({"a.py": NESTED}, "a.py", 9, (2, 11))
    assert line is not None
    assert line.code == (
        (3, "for W in weights:"),
        (4, "    …"),
        (7, "    if b:"),
        (8, "        d = 4"),
        (9, "        e = 5"),
        (10, "        f = 6"),
    )


def test_a_single_line_between_quoted_ones_is_quoted_too() -> None:
    line = quoted({"a.py": NESTED}, "a.py", 5, (2, 11))
    assert line is not None
    assert [number for number, _ in line.code] == [3, 4, 5, 6]


MADE_ABOVE = b"""
def f(errors):
    rows = []
    total = 0
    for e in errors:
        row = []
        for v in e:
            row = row + [v]
            total += v
        rows.append(row)
    return rows
"""


def test_the_lines_that_give_a_quoted_one_its_values_are_quoted_with_it() -> None:
    line = quoted({"a.py": MADE_ABOVE}, "a.py", 10, (2, 11))
    assert line is not None
    assert {(3, "rows = []"), (8, "        row = row + [v]")} <= {*line.code}


@pytest.mark.parametrize(
    "made", [b"def step(v):\n    return v > 0\n", b"step = lambda v: v > 0\n\n"]
)
def test_what_is_handed_on_and_what_it_calls_is_quoted_too(made: bytes) -> None:
    source = (
        made + b"\ndef all_of(x):\n    return map(step, x)\n\ndef f(x):\n    return all_of(x)\n"
    )
    found = whole({"a.py": source}, "a.py", (7, 8), ())
    assert found is not None
    assert {1, 4, 5, 7, 8} <= {number for number, _ in found.code}


@pytest.mark.parametrize("made", ["Step().of(x)", "step.of(x)"])
def test_a_method_is_quoted_with_what_calls_it_and_no_other_of_that_name(made: str) -> None:
    source = (
        "class Step:\n    def of(self, v):\n        return v > 0\n\n"
        "    def back(self, v):\n        return v\n\n"
        "class Other:\n    def of(self, v):\n        return v\n\n"
        f"step = Step()\n\ndef f(x):\n    return {made}\n"
    )
    found = whole({"a.py": source.encode()}, "a.py", (14, 15), ())
    assert found is not None
    assert [number for number, _ in found.code] == [2, 3, 14, 15]


def test_of_an_answer_by_hand_the_working_in_comments_is_quoted() -> None:
    source = b'def f():\n    """Words."""\n    # 1 * 2 + 3 = 5\n    return [5]\n'
    worked = whole({"a.py": source}, "a.py", (1, 4), (), comments=True)
    assert worked is not None
    assert (worked.number, worked.code) == (4, ((3, "# 1 * 2 + 3 = 5"), (4, "return [5]")))
    (line,) = whole({"a.py": source}, "a.py", (1, 4), ()).code  # type: ignore[union-attr]
    assert line == (4, "return [5]")
