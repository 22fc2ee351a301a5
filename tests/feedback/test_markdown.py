"""On Gradescope a text is Markdown, and whatever a student chose in it is text."""

from __future__ import annotations

from html.parser import HTMLParser

import mistune
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from autograder.feedback.markdown import as_markdown
from autograder.feedback.otter_results import formatted
from autograder.feedback.page import inline_code
from autograder.intake.found_files import FoundFile
from tests.the_assignment import read_files

NAMES = [
    "backprop <img src=x onerror=alert(1)>.py",
    "backprop [here](http:evil.example) .py",
    "backprop [here](javascript:alert(1)).py",
    "backprop ![x](x) .py",
    "backprop <http:evil.example>.py",
    "backprop www.evil.example.py",
    "backprop **bold** ~~x~~ $$x$$ # x | y.py",
    "backprop `<img src=x>`.py",
    "backprop ``<b>`<i>``.py",
    "backprop ` <img src=x onerror=alert(1)>.py",
    "backprop &lt;b&gt; \\<b>.py",
    "backprop a@evil.example.py",
]
READERS = [
    MarkdownIt("commonmark", {"html": True}).render,
    MarkdownIt("gfm-like", {"html": True, "linkify": False}).render,
    mistune.create_markdown(escape=False, plugins=["url", "strikethrough", "math", "table"]),
]


class Read(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("folder", ["", "www.evil.example/", "https://evil.example/"])
def test_a_files_name_is_nothing_but_text(name: str, folder: str) -> None:
    found = [FoundFile(folder + name, lambda limit: b"x = 1\n")]
    notes = read_files("ann", found).notes
    texts = [f"Right. {note}" for note in notes.values()]
    assert any("backprop" in text for text in texts)
    results = formatted({"tests": [{"name": "softmax", "output": text} for text in texts]})
    assert results["test_output_format"] == "md"
    for text, test in zip(texts, results["tests"], strict=True):
        assert "`" not in text
        assert Read(str(inline_code(text))).tags == set()
        for reader in READERS:
            page = Read(str(reader(test["output"])))
            assert page.tags == {"p"}
            assert page.text.strip() == text


@given(st.text("`<>[]()!*_~#\\&;:/|$@.w ab=\"'", max_size=40))
def test_any_text_is_text_and_code_alone(chosen: str) -> None:
    text = f"Your `softmax` has {chosen.strip()}, see `a <b>`."
    for reader in READERS:
        page = Read(str(reader(as_markdown(text))))
        assert page.tags <= {"p", "code"}
        assert page.text.replace("`", "").split() == text.replace("`", "").split()


def test_code_spans_are_kept_as_code() -> None:
    page = READERS[0](as_markdown("Look at line 3: `return x_[0] * y_[1]`."))
    assert str(page).strip() == "<p>Look at line 3: <code>return x_[0] * y_[1]</code>.</p>"
