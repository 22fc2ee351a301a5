"""Draw the README's pictures of the pages: ``python tests/screenshots.py``.

Grades the sample class and writes ``docs/images/*.png``. Needs Debian's package ``chromium``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.chromium import browser
from tests.the_assignment import find_submissions, grade_class, load_config

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
SEED = 6
#: The picture, the page, the colour scheme, what stands at its top, width and height.
SHOTS = (
    ("student-page", "feedback/05-signs.html", "light", "h1", 960, 1330),
    ("student-page-dark", "feedback/05-signs.html", "dark", "#backprop", 960, 900),
    ("class-report", "report.html", "light", "h1", 1160, 1000),
    ("class-report-misconceptions", "report.html", "light", "text=Misconceptions, most", 960, 900),
)


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        out = Path(folder)
        grade_class(
            find_submissions([ROOT / "tests" / "sample_class"]), out, load_config(), seed=SEED
        )
        for name, page, scheme, top, width, height in SHOTS:
            tab = chromium.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            tab.goto((out / page).as_uri())
            tab.locator(top).first.evaluate("e => window.scrollTo(0, e.offsetTop - 24)")
            tab.screenshot(path=IMAGES / f"{name}.png")
            print(f"docs/images/{name}.png: {(IMAGES / f'{name}.png').stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
