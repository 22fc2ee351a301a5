"""The bench measures what it says it measures, and the figures in the docs are its."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from autograder.sandbox.client import MANY_GIVEN_UP
from tests.bench import page
from tests.bench.__main__ import main
from tests.bench.classes import CORPUS, add_hanging, hanging_seconds, make_class
from tests.bench.cost import BenchFailed, Cost, Measured, run
from tests.bench.hanging import Stall
from tests.bench.ways import BARE, ONE_JOB, OTTER, TWO_JOBS, Bench
from tests.conftest import ROOT, THOROUGH
from tests.the_assignment import FILES, FUNCTIONS, load_config

PAGES = ("bench.md", "cluster.md")


def python(source: str, folder: Path) -> Cost:
    return run([sys.executable, "-I", "-c", source], folder)


# --- start-up ------------------------------------------------------------------------------------


def test_the_help_loads_none_of_the_heavy_modules() -> None:
    source = (
        "import sys\nfrom autograder.cli import main\n"
        "main(['--help'], standalone_mode=False)\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)
    assert "Usage:" in done.stdout
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert "click" in loaded
    heavy = {"numpy", "otter", "pydantic", "yaml", "jinja2", "IPython", "multiprocessing"}
    assert not loaded & heavy


# --- measuring -----------------------------------------------------------------------------------


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(BenchFailed, match=r"ended with 3:\nalas"):
        run([sys.executable, "-c", "print('alas'); exit(3)"], tmp_path)


def test_what_outlives_the_command_is_counted(tmp_path: Path) -> None:
    burn = "import time\nwhile time.process_time() < 0.5: pass"
    leave = f"import subprocess, sys; subprocess.Popen([sys.executable, '-I', '-c', {burn!r}])"
    assert python(leave, tmp_path).cpu > 0.5


def test_memory_is_of_all_processes_and_what_they_share_counts_once(tmp_path: Path) -> None:
    source = """
import os, time
shared = b"s" * 80_000_000
pids = [os.fork() for _ in range(2)]
if 0 in pids:
    own = b"o" * 40_000_000
time.sleep(1.5)
if 0 in pids:
    os._exit(0)
for pid in pids:
    os.waitpid(pid, 0)
"""
    # The first one forks two, and the first of these forks once more: 80 MB and three times 40.
    cost = python(source, tmp_path)
    assert 200 < cost.total * 1.048576 < 280
    assert 120 < cost.largest * 1.048576 < 180


# --- the class -----------------------------------------------------------------------------------


def test_the_class_is_a_mix_and_no_two_are_the_same(tmp_path: Path) -> None:
    students = make_class(tmp_path / "class", 57)
    contents = {tuple((s / file).read_bytes() for file in FILES) for s in students}
    assert len(contents) == 57
    wrong = {path.read_bytes() for path in (CORPUS / "wrong").glob("*/*.py")}

    def is_wrong(student: Path) -> bool:
        own = f"\n# {student.name}\n".encode()
        return any((student / file).read_bytes().removesuffix(own) in wrong for file in FILES)

    assert [is_wrong(student) for student in students].count(True) == 21
    assert 2 <= [is_wrong(student) for student in students[:6]].count(True) <= 3


def test_hanging_ones_are_added_and_cost_what_their_limits_allow(tmp_path: Path) -> None:
    make_class(tmp_path, 95)
    kinds = Counter(add_hanging(tmp_path, 95))
    assert kinds == {True: 2, False: 3}
    assert sum(1 for path in tmp_path.iterdir() if "hangs" in path.name) == 5
    limits = load_config().limits
    assert hanging_seconds(False, limits) == 2 * limits.call_seconds
    tight = limits.model_copy(update={"submission_seconds": 7.0})
    assert hanging_seconds(True, tight) == 7
    loose = limits.model_copy(update={"submission_seconds": 1e6})
    calls = hanging_seconds(True, loose) / limits.call_seconds
    assert len(FUNCTIONS) < calls <= len(FUNCTIONS) + MANY_GIVEN_UP


# --- the figures ---------------------------------------------------------------------------------


@THOROUGH
def test_tiny_sizes_go_through_the_whole_bench(tmp_path: Path) -> None:
    for name in PAGES:
        (tmp_path / name).write_bytes((ROOT / "docs" / name).read_bytes())
    sizes = ["--rounds", "1", "--count", "2", "--small", "1", "--few", "1", "--hanging", "0"]
    main([*sizes, "--only", ONE_JOB, BARE, "pytest", "--docs", str(tmp_path)])
    said = (tmp_path / "bench.md").read_text(encoding="utf-8")
    rows = {row.split(" | ")[0].strip("| "): row for row in said.splitlines() if row[:1] == "|"}
    for way in (ONE_JOB, BARE, "a pytest process each", "`autograder --help`"):
        assert re.search(r"\| \d", rows[way]), way
    times = re.search(r"takes ([\d.]+) times the floor's CPU", said)
    assert times is not None
    assert float(times[1].replace(",", "")) > 1


def test_otter_run_must_give_the_same_scores(tmp_path: Path) -> None:
    bench = Bench(tmp_path, 1, 1, 1)
    results = {"tests": [{"name": "softmax", "score": 5.0}, {"name": "train", "score": 8.0}]}
    ours, theirs = tmp_path / "ours.json", tmp_path / "theirs.json"
    ours.write_text(json.dumps(results))
    theirs.write_text(json.dumps(results))
    bench.compare("ada", theirs, ours)
    assert bench.compared == {"ada"}
    # The sum stays the same.
    results["tests"][0]["score"], results["tests"][1]["score"] = 6.0, 7.0
    theirs.write_text(json.dumps(results))
    with pytest.raises(BenchFailed, match="bob"):
        bench.compare("bob", theirs, ours)


def cost(count: int, cpu: float, wall: float, leader: float = 0.0) -> Cost:
    return Cost(count, cpu, wall, 100, (90.0, 120.0), leader)


def measured_round(slow: float) -> page.Round:
    """A round on a machine that is so many times slower than at best."""
    return {
        TWO_JOBS: Measured(
            cost(1000, 50 * slow, 25 * slow, 8), cost(100, 14 * slow, 7 * slow, 2.6)
        ),
        ONE_JOB: Measured(cost(1000, 40 * slow, 40 * slow), cost(100, 6 * slow, 6 * slow)),
        BARE: Measured(cost(1000, 20 * slow, 20 * slow), cost(100, 2 * slow, 2 * slow)),
        OTTER: Measured(cost(2, 8 * slow, 10 * slow)),
    }


def test_ratios_are_within_a_round() -> None:
    said = "\n".join(page.results([measured_round(1), measured_round(3)], 4))
    assert "That is 200 (200 to 200) times the throughput of `otter run` each." in said
    assert "`-j 1` takes 2 (2 to 2) times the floor's CPU time." in said
    assert "Start-up left out, it takes 1.89 (1.89 to 1.89) times the floor's." in said
    assert "in 50 (25 to 75) s" in said
    assert "4 submissions: all are equal" in said


def test_the_plan_follows_its_formula() -> None:
    said = list(page.plan([measured_round(1)], 4.0))
    assert said[0].startswith("*c* = 40 ms, *h* = 4 s, *p* = 6 ms.")
    rows = [line for line in said if line[2].isdigit()]
    # 100,000 times 40 ms; 1,000 times 4 s more; from 64 cores on 100,000 times 6 ms.
    assert rows[0] == "| 2 | 1.1 | 33 min | 1 h 07 min |"
    assert rows[2] == "| 64 | 1.1 | 10 min | 10 min |"


def test_what_hangs_is_set_beside_its_limits() -> None:
    stall = Stall(cost(38, 2, 10), cost(40, 6, 24), limits=(8.0, 20.0))
    (row,) = [line for line in page.hanging([stall]) if line[2:3].isdigit()]
    # Half of 28 s, and half of the 20 s more if those are begun last.
    assert row == "| 10 | 24 | 14 | 14 | 1 | 24 |"


def test_memory_that_grows_shows() -> None:
    assert page.growth([10, 50, *[100.0] * 96, 50, 10]) == pytest.approx(1)
    assert page.growth([float(n) for n in range(100)]) > 2


def test_a_section_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    text = "a\n<!-- x -->\nold\n<!-- end of x -->\nb\n<!-- y -->\nkept\n<!-- end of y -->\n"
    path = tmp_path / "page.md"
    path.write_text(text)
    for _ in range(2):
        page.write_section(path, "x", [r"new \1"])
    assert path.read_text() == text.replace("\nold\n", "\n\nnew \\1\n\n")
    with pytest.raises(BenchFailed, match="no section called z"):
        page.write_section(path, "z", [])


def test_the_plan_in_the_docs_rests_on_the_table_in_the_docs() -> None:
    table, plan = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in PAGES)
    row = next(line for line in table.splitlines() if line.startswith(f"| {TWO_JOBS} "))
    one_more = row.split(" | ")[3].split()[0]
    assert f"*c* = {one_more} ms" in plan
