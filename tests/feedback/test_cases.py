"""Why points were lost: the failed cases, for the instructor."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from click.testing import CliRunner

from autograder.cli import main
from tests.conftest import solutions
from tests.the_assignment import REFERENCE

SAMPLE = Path(__file__).parents[1] / "sample_class"


def cases(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["explain", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_each_failed_case_has_a_call_that_can_be_pasted_and_what_is_right(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"seed": 6}', encoding="utf-8")
    told = cases(str(SAMPLE / "05-signs"), "--cases", "softmax_jacobian", "--run", str(tmp_path))
    assert "Seed 6." in told
    assert "softmax_jacobian: whole numbers" in told
    assert "softmax:" not in told
    found = re.findall(
        r"^  (softmax_jacobian.*)\n  came back: (.*)\n  is right:  (.*)$", told, re.M
    )
    assert len(found) > 4
    for call, given, right in found:
        names = {"np": np, **REFERENCE}
        np.testing.assert_allclose(eval(call, names), eval(right, names), rtol=1e-5, atol=1e-12)
        assert not np.allclose(eval(given, names), eval(right, names))


def test_the_inputs_are_those_of_the_seed_and_all_functions_are_told() -> None:
    one = cases(str(SAMPLE / "07-crashes"), "--cases", "--seed", "6")
    assert "came back: SyntaxError: '(' was never closed" in one
    assert one != cases(str(SAMPLE / "07-crashes"), "--cases", "--seed", "7")
    right = str(SAMPLE / "01-all-right")
    assert "No test case of any function fails." in cases(right, "--cases")
    assert "No test case of softmax fails." in cases(right, "--cases", "softmax")


def test_a_folder_behind_cases_is_no_function() -> None:
    right = str(SAMPLE / "01-all-right")
    assert cases("--cases", right) == cases(right, "--cases")


def test_a_folder_that_no_run_wrote_is_refused(tmp_path: Path) -> None:
    sample, out = str(SAMPLE / "05-signs"), str(tmp_path / "out")
    for command in (
        ["explain", sample, "--cases", "softmax", "--run", str(tmp_path)],
        ["grade", sample, "-o", out, "--compare", str(tmp_path), "--seed", "6"],
    ):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 2
        assert "no run.json in it" in done.output
    assert not (tmp_path / "out").exists()


def test_what_a_right_function_refuses_is_told_in_words(tmp_path: Path) -> None:
    calling = """
def softmax(x):
    return 2.0 ** np.asarray(x) / np.sum(2.0 ** np.asarray(x))
def softmax_jacobian(x):
    s = softmax([x, x])[0]
    return np.diag(s) - np.outer(s, s)
"""
    source = solutions()["practice_6_1.py"].decode() + calling
    (tmp_path / "practice_6_1.py").write_text(source, encoding="utf-8")
    told = cases(str(tmp_path), "--cases", "softmax_jacobian", "--seed", "6")
    assert "came back: ValueError: softmax: a vector of numbers is wanted here" in told


def test_a_function_that_there_is_not_is_refused() -> None:
    done = CliRunner().invoke(main, ["explain", str(SAMPLE / "05-signs"), "--cases", "sofmax"])
    assert done.exit_code == 2
    assert "no function is called 'sofmax'" in done.output
