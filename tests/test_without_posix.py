"""What runs no student code works where nothing can shut it in; what does says so and stops."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from tests.conftest import ROOT, THOROUGH

STUDENT = ROOT / "tests" / "sample_class" / "05-signs"
WITHIN_THE_WORKER = {"boot", "library", "preload", "server", "worker"}


def windows(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command without the modules and functions that Windows lacks."""
    launcher = ROOT / "tests" / "without_posix.py"
    command = [sys.executable, launcher, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


def is_the_sentence(text: str) -> bool:
    """Whether this is the one sentence, with its two ways out."""
    (line,) = text.splitlines()
    return "cannot be shut in" in line and "WSL" in line and "container of docs/machines.md" in line


@pytest.mark.parametrize("command", ["grade", "explain", "evaluate"])
def test_what_runs_student_code_says_in_one_sentence_that_it_cannot(
    command: str, tmp_path: Path
) -> None:
    out = ["-o", tmp_path / "out"] if command == "grade" else []
    done = windows(command, STUDENT.parent if command != "explain" else STUDENT, *out)
    assert done.returncode == 2
    assert is_the_sentence(done.stderr)
    assert done.stdout == ""
    assert not (tmp_path / "out").exists()


def test_the_doctor_says_it_and_fails_only_if_a_tier_is_demanded() -> None:
    done = windows("doctor")
    assert done.returncode == 0
    assert is_the_sentence(done.stdout.splitlines()[-1])
    assert windows("doctor", "--require-tier", 1).returncode == 2


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_its_help(command: str) -> None:
    assert windows(command, "--help").returncode == 0


def test_a_group_of_a_report_is_named(tmp_path: Path) -> None:
    group = {"function": "softmax", "key": "0123456789", "students": 2, "by": "", "formula": ""}
    unnamed = {"signature": "0123456789", "source": "def softmax(x):\n    return x\n"}
    record = {"student": "ada", "functions": [{"function": "softmax", "unnamed": unnamed}]}
    (tmp_path / "feedback").mkdir()
    (tmp_path / "feedback" / "ada.json").write_text(json.dumps(record))
    report = {"unnamed": [{**group, "observed": ["It is odd."]}]}
    (tmp_path / "report.json").write_text(json.dumps(report))
    done = windows("name", tmp_path, 1, "--into", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "like: softmax-012345.py" in done.stdout
    assert (tmp_path / "softmax-012345.py").read_bytes() == unnamed["source"].encode()


def test_the_build_is_the_same(tmp_path: Path) -> None:
    done = windows("build", "-o", tmp_path / "there")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:2] == [
        "solutions: 100 of 100 points",
        "assignments: 0 of 100 points",
    ]
    assert CliRunner().invoke(main, ["build", "-o", str(tmp_path / "here")]).exit_code == 0
    there, here = ((tmp_path / place) for place in ("there", "here"))
    assert (there / "student.zip").read_bytes() == (here / "student.zip").read_bytes()
    with (
        zipfile.ZipFile(there / "autograder.zip") as one,
        zipfile.ZipFile(here / "autograder.zip") as other,
    ):
        assert one.namelist() == other.namelist()
        differ = {name for name in one.namelist() if one.read(name) != other.read(name)}
        assert one.getinfo("setup.sh").external_attr >> 16 == 0o755
    assert differ <= {"otter_config.json"}  # which holds a secret


@THOROUGH
def test_the_build_refuses_solutions_that_lose_marks(tmp_path: Path) -> None:
    script = (
        "from without_posix import take_away; take_away()\n"
        "from autograder.assignment.assignment import load\n"
        "from autograder.cli import main\n"
        "notes6 = load('autograder.notes6'); notes6.solutions = notes6.stubs\n"
        "main()"
    )
    command = [sys.executable, "-c", script, "build", "-o", str(tmp_path / "dist")]
    done = subprocess.run(command, cwd=ROOT / "tests", capture_output=True, text=True)
    assert done.returncode == 2
    assert "it must score 100" in done.stderr
    assert not (tmp_path / "dist").exists()


def test_all_of_the_trusted_side_can_be_imported() -> None:
    """Whatever a command may need: only what runs within a worker may lean on what is missing."""
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sorted((ROOT / "autograder").rglob("*.py"))
        if not (path.parent.name == "sandbox" and path.stem in WITHIN_THE_WORKER)
        and path.stem not in ("__main__", "run_otter")
        and "otter_tests" not in path.parts
    ]
    script = (
        "import importlib, json, sys\n"
        "from without_posix import take_away; take_away()\n"
        "for name in json.loads(sys.argv[1]):\n"
        "    importlib.import_module(name.removesuffix('.__init__'))\n"
    )
    command = [sys.executable, "-c", script, json.dumps(names)]
    done = subprocess.run(command, cwd=ROOT / "tests", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(names) > 60


@pytest.mark.parametrize("command", ["grade", "explain"])
def test_a_machine_on_which_no_worker_starts_says_the_same(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    out = ["-o", str(tmp_path / "out"), "-j", "1"] if command == "grade" else []
    result = CliRunner().invoke(main, [command, str(STUDENT), *out])
    assert result.exit_code == 2
    assert is_the_sentence(result.stderr.splitlines()[-1])
