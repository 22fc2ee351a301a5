"""A headless Chromium for the tests and the screenshots: Debian's, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The path of the machine's Chromium, if it has one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def axe() -> Path | None:
    """axe-core's script, which ``AXE_JS`` names; it is not kept in this repository."""
    path = os.environ.get("AXE_JS")
    return Path(path) if path and Path(path).is_file() else None


def required() -> bool:
    """Whether a missing browser or audit is a failure: in CI nothing is left out."""
    return os.environ.get("CI") == "true"


@contextmanager
def browser() -> Iterator[Any]:
    """Start Chromium for a while.

    Raises
    ------
    RuntimeError
        If the machine has none.
    """
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        raise RuntimeError("no Chromium: install Debian's package 'chromium'")
    with sync_playwright() as playwright:
        # Chromium refuses to confine its own processes as root, as in a container.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield started
        finally:
            started.close()
