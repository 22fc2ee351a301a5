"""The page for reviewing by hand, in a real browser: drawn where looked at, and saved by keys."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from autograder.course.adjustments import Adjustments, read
from autograder.course.result import Graded
from autograder.feedback.review import review_page
from autograder.intake.file_names import safe_name
from tests import chromium
from tests.page_class import HOSTILE, SUBMISSIONS, grade, renamed
from tests.the_assignment import CONFIG, NOTES6, SAY

Open = Callable[[Path], Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if chromium.chromium() is None and not chromium.required():
        pytest.skip("no Chromium here: install Debian's package 'chromium' to run these tests")
    with chromium.browser() as started:
        yield started


@pytest.fixture(scope="module")
def records() -> dict[str, dict[str, Any]]:
    return grade(list(SUBMISSIONS))


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Open a file; whatever the console reports or the page asks for is a failure."""
    troubles: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)

    def opened(path: Path) -> Any:
        tab = context.new_page()
        tab.on("console", lambda message: troubles.append(message.text))
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.on(
            "request",
            lambda request: (
                troubles.append(request.url)
                if unquote(request.url).split("#")[0] != f"file://{path}"
                and not request.url.startswith("blob:")
                else None
            ),
        )
        tab.goto(path.as_uri())
        return tab

    yield opened
    context.close()
    assert troubles == []


def write(out: Path, records: list[dict[str, Any]]) -> Path:
    (out / "feedback").mkdir(parents=True)
    for record in records:
        path = out / "feedback" / f"{safe_name(record['student'])}.json"
        path.write_text(json.dumps(record), encoding="utf-8")
    rows = [{"student": record["student"], "total": record["score"]} for record in records]
    rows.append({"student": "nobody", "status": "unreadable"})
    page = out / "review.html"
    page.write_text(review_page(out, rows, NOTES6, CONFIG), encoding="utf-8")
    return page


def saved(tab: Any, out: Path, students: set[str]) -> Adjustments:
    with tab.expect_download() as download:
        tab.keyboard.press("Control+s")
    assert download.value.suggested_filename == "adjustments.csv"
    download.value.save_as(out / "adjustments.csv")
    return read(out / "adjustments.csv", students, CONFIG.points)


def group(tab: Any, function: str, kind: str = "misconception") -> Any:
    section = tab.locator("section", has=tab.locator("h2", has_text=function).first)
    return section.first.locator(f"details.{kind}").first


def test_each_function_has_its_groups_and_nothing_is_drawn_before_it_is_looked_at(
    records: dict[str, dict[str, Any]], tmp_path: Path, open_page: Open
) -> None:
    tab = open_page(write(tmp_path / "out", list(records.values())))
    assert tab.locator("details.group").count() > 3
    assert tab.locator("details.misconception").count() > 0
    assert tab.locator("details.crash").count() > 0
    assert tab.locator(".student").count() == 0
    signs = group(tab, "backward")
    assert "2 students" in signs.locator("summary").inner_text()
    signs.locator("summary").click()
    signs.locator(".student").first.wait_for()
    assert signs.locator(".student").count() == 2
    assert "(target - s)" in signs.locator("pre").first.inner_text()
    signs.locator("summary").click()
    tab.wait_for_function("document.querySelectorAll('.student').length === 0")


def test_points_for_one_and_for_a_group_are_saved_as_the_next_run_reads_them(
    records: dict[str, dict[str, Any]], tmp_path: Path, open_page: Open
) -> None:
    tab = open_page(write(tmp_path / "out", list(records.values())))
    signs = group(tab, "backward")
    signs.locator("summary").click()
    signs.get_by_label("Points for softmax").fill("11")
    signs.get_by_label("Points for the whole group").fill("+2")
    signs.get_by_label("Comment for the whole group").fill('a "sign", no more')
    signs.get_by_role("button", name="Give to all").click()
    assert "Given to 1. 1 with their own stay." in tab.locator("#status").inner_text()
    assert "not saved" in tab.locator("#status").inner_text()
    made = saved(tab, tmp_path, set(records))
    assert {s: dict(own) for s, own in made.by_student.items()}.keys() == {"sign", "softmax"}
    own = made.by_student["sign"]["backward"]
    assert (own.points, own.added, own.comment) == (2, True, 'a "sign", no more')
    assert not made.by_student["softmax"]["backward"].added
    before = next(f for f in records["sign"]["functions"] if f["function"] == "backward")
    applied = made.apply(Graded(records["sign"], {"tests": []}), SAY).feedback
    after = next(f for f in applied["functions"] if f["function"] == "backward")
    assert after["score"] == before["score"] + 2


def test_what_is_typed_for_a_group_and_not_given_is_not_lost(
    records: dict[str, dict[str, Any]], tmp_path: Path, open_page: Open
) -> None:
    tab = open_page(write(tmp_path / "out", list(records.values())))
    signs = group(tab, "backward")
    signs.locator("summary").click()
    signs.get_by_label("Points for the whole group").fill("+2")
    signs.locator("summary").click()
    tab.wait_for_function("document.querySelectorAll('.student').length === 0")
    tab.get_by_role("button", name="Save").click()
    told = tab.locator("#status").inner_text()
    assert 'Not saved: what is typed for the whole group "' in told
    assert 'Press "Give to all 2"' in told
    signs.locator("summary").click()
    assert signs.get_by_label("Points for the whole group").input_value() == "+2"
    signs.get_by_role("button", name="Give to all").click()
    assert set(saved(tab, tmp_path, set(records)).by_student) == {"sign", "softmax"}


def test_what_was_given_before_is_there_and_saved_again(
    records: dict[str, dict[str, Any]], tmp_path: Path, open_page: Open
) -> None:
    adjusted = copy.deepcopy(records)
    entry = next(f for f in adjusted["sign"]["functions"] if f["function"] == "backward")
    change = {"points": "+2", "before": entry["score"], "comment": "seen"}
    entry.update(score=entry["score"] + 2, adjusted=change)
    adjusted["hand"]["adjusted"] = {"points": "-1", "before": 4, "comment": "late"}
    tab = open_page(write(tmp_path / "out", list(adjusted.values())))
    signs = group(tab, "backward")
    signs.locator("summary").click()
    assert signs.get_by_label("Points for sign").input_value() == "+2"
    made = saved(tab, tmp_path, set(records))
    assert made.by_student["sign"]["backward"].comment == "seen"
    assert made.by_student["hand"]["total"].points == -1


def test_keys_lead_from_group_to_group_and_student_to_student(
    records: dict[str, dict[str, Any]], tmp_path: Path, open_page: Open
) -> None:
    tab = open_page(write(tmp_path / "out", list(records.values())))
    tab.keyboard.press("n")
    first = tab.locator("details.group").nth(0)
    assert first.evaluate("group => group.open")
    tab.keyboard.press("j")
    tab.keyboard.press("e")
    tab.keyboard.type("+1")
    assert first.locator(".student .points").first.input_value() == "+1"
    tab.keyboard.press("Escape")
    tab.keyboard.press("n")
    assert not first.evaluate("group => group.open")
    assert tab.locator("details.group").nth(1).evaluate("group => group.open")
    tab.keyboard.press("g")
    assert tab.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
        "Points for the whole group"
    )


def test_points_that_cannot_be_are_marked_and_not_saved(
    records: dict[str, dict[str, Any]], tmp_path: Path, open_page: Open
) -> None:
    tab = open_page(write(tmp_path / "out", list(records.values())))
    signs = group(tab, "backward")
    signs.locator("summary").click()
    box = signs.get_by_label("Points for sign")
    for wrong in ("much", "13", "=1+1"):
        box.fill(wrong)
        assert box.get_attribute("aria-invalid") == "true"
    tab.get_by_role("button", name="Save").click()
    assert 'Not saved: "=1+1" for sign in backward.' in tab.locator("#status").inner_text()


def test_what_a_student_chose_is_text(
    records: dict[str, dict[str, Any]], tmp_path: Path, open_page: Open
) -> None:
    hostile = renamed(records["sign"], HOSTILE)
    for entry in hostile["functions"]:
        entry["text"] = HOSTILE
        if entry["status"] == "wrong":
            entry["evidence"]["code"] = f"{HOSTILE}\n<!-- <script> {HOSTILE}"
    tab = open_page(write(tmp_path / "out", [hostile]))
    signs = group(tab, "backward")
    signs.locator("summary").click()
    assert HOSTILE in signs.locator("pre").inner_text()
    assert tab.evaluate("window.hacked") is None
    assert tab.locator("img").count() == 0
    signs.locator(".points").last.fill("+1")
    assert set(saved(tab, tmp_path, {HOSTILE}).by_student) == {HOSTILE}


def test_a_thousand_students_open_at_once_and_are_drawn_in_parts(
    records: dict[str, dict[str, Any]], tmp_path: Path, open_page: Open
) -> None:
    five = list(records.values())
    page = write(tmp_path / "out", [renamed(five[k % 5], f"student {k:04d}") for k in range(1000)])
    tab = open_page(page)
    timing = "performance.getEntriesByType('navigation')[0].loadEventEnd"
    assert 0 < tab.evaluate(timing) < 2000
    signs = group(tab, "backward")
    signs.locator("summary").click()
    signs.locator(".student").first.wait_for()
    assert signs.locator(".student").count() == 20
    signs.get_by_role("button", name="Show 20 more of 380").click()
    assert signs.locator(".student").count() == 40
    signs.get_by_label("Points for the whole group").fill("+2")
    signs.get_by_role("button", name="Give to all 400").click()
    students = {f"student {k:04d}" for k in range(1000)}
    assert len(saved(tab, tmp_path, students).by_student) == 400


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_audit_by_axe_finds_nothing(
    records: dict[str, dict[str, Any]], tmp_path: Path, browser: Any, scheme: str
) -> None:
    script = chromium.axe()
    if script is None:
        if chromium.required():
            pytest.fail("axe-core is missing: name its axe.min.js in AXE_JS")
        pytest.skip("no axe-core here: npm install axe-core, and name its axe.min.js in AXE_JS")
    # The policy of the page rightly keeps axe out, so this context is told to ignore it.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    tab = context.new_page()
    tab.goto(write(tmp_path / "out", list(records.values())).as_uri())
    tab.locator("details").evaluate_all("all => all.forEach(d => { d.open = true; })")
    tab.locator(".student").first.wait_for()
    tab.add_script_tag(path=script)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = tab.evaluate("tags => axe.run({runOnly: tags})", tags)
    assert [(v["id"], v["nodes"][0]["html"][:150]) for v in result["violations"]] == []
    context.close()
