"""What is said of a run's progress."""

from __future__ import annotations

import pytest

from autograder.course import progress as progresses
from autograder.course.progress import progress


def test_where_output_is_piped_the_last_line_says_all_are_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress(3) as tell:
        for done in (1, 2, 3):
            tell(done, 3)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("Graded 3 of 3, ")
    assert lines[0].endswith(" per second, 0 s left")


def test_lines_follow_in_time_and_tell_the_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter(range(0, 1000, 6))
    monkeypatch.setattr(progresses.time, "monotonic", lambda: float(next(clock)))
    with progress(100) as tell:
        for done in range(1, 11):
            tell(done, 100)
    lines = capsys.readouterr().err.splitlines()
    assert 1 < len(lines) < 10
    assert all("of 100" in line and "s left" in line for line in lines)
    assert "\r" not in "".join(lines)


def test_on_a_terminal_a_bar_shows_the_rate(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress(2) as tell:
        tell(1, 2)
        tell(2, 2)
    shown = capsys.readouterr().err
    assert "100%" in shown
    assert "per second" in shown
