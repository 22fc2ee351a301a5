"""The pages in a real browser: they open, sort and search, stay inert, and pass axe's audit.

Where a machine has no Chromium, or no axe-core (its script's path in ``AXE_JS``), these are
skipped and say so; with ``CI=true`` they fail instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from autograder.intake.file_names import safe_name
from tests import chromium
from tests.page_class import HOSTILE, SUBMISSIONS, grade, hostile, renamed, write_class

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if chromium.chromium() is None and not chromium.required():
        pytest.skip("no Chromium here: install Debian's package 'chromium' to run these tests")
    with chromium.browser() as started:
        yield started


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    return list(grade(list(SUBMISSIONS)).values())


@pytest.fixture(scope="module")
def folder(
    browser: Any, records: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("class")
    attack = renamed(records[3], HOSTILE)
    hostile(attack)
    twice = [renamed(record, f"{record['student']} again") for record in records]
    write_class(out, [*records, *twice, attack])
    return out


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Open a file; whatever the console reports or the page asks for is a failure."""
    troubles: list[str] = []
    contexts: dict[tuple[int, str], Any] = {}

    def opened(path: Path, *, width: int = 1100, scheme: str = "light") -> Any:
        if (width, scheme) not in contexts:
            size = {"width": width, "height": 900}
            contexts[width, scheme] = browser.new_context(viewport=size, color_scheme=scheme)
        tab = contexts[width, scheme].new_page()
        tab.on("console", lambda message: troubles.append(message.text))
        tab.on("pageerror", lambda error: troubles.append(str(error)))
        tab.on("dialog", lambda dialog: troubles.append(dialog.message))
        tab.on(
            "request",
            lambda request: (
                troubles.append(request.url)
                if unquote(request.url).split("#")[0] != f"file://{path}"
                else None
            ),
        )
        tab.goto(path.as_uri())
        return tab

    yield opened
    for context in contexts.values():
        context.close()
    assert troubles == []


def students(folder: Path) -> list[Path]:
    """One page of each kind."""
    return sorted(p for p in folder.glob("feedback/*.html") if "again" not in p.name)


def names(tab: Any) -> list[str]:
    shown: list[str] = tab.locator("#students tbody tr:visible th").all_inner_texts()
    return shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_opens_without_a_word_from_the_console(
    folder: Path, open_page: Open, scheme: str
) -> None:
    for path in [folder / "report.html", *students(folder)]:
        assert open_page(path, scheme=scheme).locator("h1").count() == 1


def test_the_links_of_the_report_lead_to_pages_that_exist(folder: Path, open_page: Open) -> None:
    tab = open_page(folder / "report.html")
    links = tab.locator("#students a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert len(links) == 11
    assert all((folder / unquote(link)).is_file() for link in links)


def test_the_table_sorts_by_number_in_both_directions(folder: Path, open_page: Open) -> None:
    tab = open_page(folder / "report.html")
    column = "#students tbody td:nth-child(6)"
    for direction in ("ascending", "descending"):
        tab.get_by_role("button", name="total").click()
        totals = [float(t) for t in tab.locator(column).all_inner_texts() if t]
        assert len(set(totals)) > 2
        assert totals == sorted(totals, reverse=direction == "descending")
        heading = tab.locator("#students th[aria-sort]")
        assert heading.get_attribute("aria-sort") == direction


def test_the_table_sorts_by_keyboard(folder: Path, open_page: Open) -> None:
    tab = open_page(folder / "report.html")
    tab.get_by_role("button", name="Student").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Enter")
    assert names(tab)[-1].startswith("<img")


def test_the_search_keeps_the_rows_with_all_words(folder: Path, open_page: Open) -> None:
    tab = open_page(folder / "report.html")
    tab.get_by_label("Search").fill("AGAIN chain")
    assert sorted(names(tab)) == ["chain again", "softmax again"]
    assert tab.get_by_role("status").inner_text() == "2 of 12 students"
    tab.get_by_label("Search").fill("")
    assert len(names(tab)) == 12


def test_a_hostile_name_and_text_do_nothing(folder: Path, open_page: Open) -> None:
    for path in (folder / "report.html", folder / "feedback" / f"{safe_name(HOSTILE)}.html"):
        tab = open_page(path)
        assert HOSTILE in tab.locator("body").inner_text()
        assert tab.evaluate("window.hacked") is None
        assert tab.locator("img").count() == 0


def test_the_policy_stops_a_script_that_would_get_in(folder: Path, browser: Any) -> None:
    page = students(folder)[0]
    broken = page.with_name("broken.html")
    text = page.read_text(encoding="utf-8")
    broken.write_text(
        text.replace("<main>", "<script>window.hacked=1</script><main>"), encoding="utf-8"
    )
    tab = browser.new_page()
    tab.goto(broken.as_uri())
    broken.unlink()
    assert tab.evaluate("window.hacked") is None


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_pages_without_scrolling_sideways(
    folder: Path, open_page: Open, width: int
) -> None:
    for path in [folder / "report.html", *students(folder)]:
        tab = open_page(path, width=width)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


#: A student with two mistakes, and one with more of them, as a phone, a laptop and paper show it.
TWO_MISTAKES, MANY = "sign", "softmax"
#: The width of an A4 sheet between its margins.
PAPER = 680
SHEET = {"format": "A4", "print_background": True}
#: What lies outside of the page, or of what scrolls, so that nobody sees that it is there.
OUTSIDE = """() => [...document.querySelectorAll('td, th, svg text, svg rect, svg circle')]
  .filter(e => {
    const box = e.getBoundingClientRect(), around = e.closest('figure, .scroll');
    const edge = around ? around.getBoundingClientRect().right : innerWidth;
    return box.width && box.right > Math.min(edge, innerWidth) + 1;
  }).map(e => e.textContent)"""


@pytest.mark.parametrize(("width", "media"), [(390, "screen"), (1280, "screen"), (PAPER, "print")])
def test_no_number_lies_outside_of_what_is_seen(
    folder: Path, open_page: Open, width: int, media: str
) -> None:
    for path in students(folder):
        tab = open_page(path, width=width)
        tab.emulate_media(media=media)
        assert tab.evaluate(OUTSIDE) == [], path.name


def test_on_a_phone_a_network_is_read_layer_by_layer(folder: Path, open_page: Open) -> None:
    path = folder / "feedback" / f"{TWO_MISTAKES}.html"
    phone, desk = open_page(path, width=390), open_page(path, width=1280)
    assert not phone.locator("svg.network").first.is_visible()
    assert phone.get_by_role("table", name="layer 2").is_visible()
    assert desk.locator("svg.network").first.is_visible()
    assert not desk.get_by_role("table", name="layer 2").is_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("student", [TWO_MISTAKES, MANY])
def test_the_first_screen_says_what_to_mend_and_begins_with_it(
    folder: Path, open_page: Open, student: str, width: int, height: int
) -> None:
    tab = open_page(folder / "feedback" / f"{student}.html", width=width)
    links = tab.locator(".first a")
    last = links.last.bounding_box()
    assert last["y"] + last["height"] < height / 2
    assert tab.locator("article.bad h4").first.bounding_box()["y"] < 0.75 * height
    for k in range(links.count()):
        target = unquote(links.nth(k).get_attribute("href") or "")
        assert tab.locator(f"article{target}").count() == 1


def test_two_mistakes_fit_on_two_sheets(folder: Path, browser: Any) -> None:
    tab = browser.new_page()
    tab.goto((folder / "feedback" / f"{TWO_MISTAKES}.html").as_uri())
    assert tab.locator("article.bad").count() == 2
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "1.5cm")
    sheets = re.findall(rb"/Type\s*/Page\b(?!s)", tab.pdf(**SHEET, margin=margin))
    assert 1 <= len(sheets) <= 2
    tab.close()


def test_the_students_own_line_stands_whole_with_its_number(folder: Path, open_page: Open) -> None:
    tab = open_page(folder / "feedback" / f"{TWO_MISTAKES}.html")
    marked = tab.locator("article#backward pre code.at")
    assert "e = (target - s) @ " in marked.first.inner_text()
    assert marked.first.inner_text().split()[0].isdigit()


def test_every_drawing_says_in_words_what_it_shows(folder: Path, open_page: Open) -> None:
    for path in [folder / "report.html", *students(folder)]:
        drawings = open_page(path).locator("svg:not([aria-hidden])")
        for k in range(drawings.count()):
            assert len(drawings.nth(k).get_attribute("aria-label") or "") > 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_audit_by_axe_finds_nothing(folder: Path, browser: Any, scheme: str) -> None:
    script = chromium.axe()
    if script is None:
        if chromium.required():
            pytest.fail("axe-core is missing: name its axe.min.js in AXE_JS")
        pytest.skip("no axe-core here: npm install axe-core, and name its axe.min.js in AXE_JS")
    # The policy of the pages rightly keeps axe out, so this context is told to ignore it.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for path in [folder / "report.html", *students(folder)]:
        tab = context.new_page()
        tab.goto(path.as_uri())
        tab.locator("details").evaluate_all("all => all.forEach(d => { d.open = true; })")
        tab.add_script_tag(path=script)
        result = tab.evaluate("tags => axe.run({runOnly: tags})", tags)
        found = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in result["violations"]]
        assert found == [], path.name
        assert len(result["passes"]) > 10
        tab.close()
    context.close()


def test_the_report_of_a_thousand_students_opens_and_searches_quickly(
    records: list[dict[str, Any]], tmp_path: Path, open_page: Open
) -> None:
    many = [renamed(records[k % 5], f"student {k:04d}") for k in range(1000)]
    write_class(tmp_path, many, pages=False)
    tab = open_page(tmp_path / "report.html")
    timing = "performance.getEntriesByType('navigation')[0].loadEventEnd"
    assert 0 < tab.evaluate(timing) < 2000
    tab.get_by_label("Search").fill("0777")
    assert names(tab) == ["student 0777"]
