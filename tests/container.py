"""Run the Gradescope zip in an environment made as its own set-up makes one.

    python -m tests.container

The zip's ``setup.sh`` makes a conda environment from ``environment.yml``; here its packages go
into a fresh virtual environment of this Python, in a folder that is closed to other users as
``/root`` is in the container. Nothing of this checkout is on its path: the package must be found
where the zip puts it. The solutions must score everything, the stubs nothing, and the attacks
nothing more. It needs Linux, root and the registry of packages.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from tests.attacks import (
    CASES,
    SEED,
    Case,
    Place,
    Seen,
    combined,
    faults,
    files_of,
    make_autograder_zip,
    place,
)
from tests.the_assignment import ASSIGNMENTS, FILES

STUBS = {name: (ASSIGNMENTS / name).read_text() for name in FILES}
#: Attacks that come as a function of the student's, and what is tried beside right files.
WITHIN = [name for name, case in CASES.items() if "answer" in case]
BESIDE = ("040-shadows", "041-otters-files", "042-a-driver", "043-notebooks", "044-odd-file-names")
AT_ONCE = 5


def cases() -> Iterator[tuple[str, Case]]:
    """What is handed in, by name."""
    whole = {"max_score_fraction": 1.0, "min_score_fraction": 1.0}
    yield "the solutions", whole
    yield "the stubs", {"max_score_fraction": 0.0, "files": STUBS}
    for name in BESIDE:
        yield name, CASES[name]
    for at in range(0, len(WITHIN), AT_ONCE):
        names = WITHIN[at : at + AT_ONCE]
        yield ", ".join(names), combined(names)


@contextmanager
def environment(autograder_zip: Path) -> Iterator[Path]:
    """Make an environment of what the zip asks for; yields its Python."""
    with zipfile.ZipFile(autograder_zip) as archive:
        asked = yaml.safe_load(archive.read("environment.yml"))["dependencies"]
    packages = [p for p in asked if isinstance(p, str) and not p.startswith(("python=", "pip"))]
    packages += next(part["pip"] for part in asked if isinstance(part, dict))
    with tempfile.TemporaryDirectory(prefix="container-") as prefix:
        Path(prefix).chmod(0o700)
        subprocess.run([sys.executable, "-m", "venv", prefix], check=True)
        python = Path(prefix, "bin", "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
        yield python


def run(python: Path, case: Case, there: Place, autograder_zip: Path) -> Seen:
    """Lay a container out and run what its ``run_autograder`` runs."""
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        top.chmod(0o755)
        for folder in ("results", "submission"):
            (top / folder).mkdir()
        with zipfile.ZipFile(autograder_zip) as archive:
            archive.extractall(top / "source")
        for file, data in files_of(case, there).items():
            path = top / "submission" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        done = subprocess.run(
            [python, top / "source" / "run_otter.py"],
            cwd=top,
            env={
                "PATH": f"{python.parent}:{os.environ['PATH']}",
                "HOME": str(top),
                "AUTOGRADER_SEED": str(SEED),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        text = (top / "results" / "results.json").read_text(encoding="utf-8")
        return Seen(json.loads(text), {"results": text}, {"terminal": done.stdout + done.stderr})


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as dist, place() as there:
        autograder_zip = make_autograder_zip(Path(dist))
        with environment(autograder_zip) as python:
            for name, case in cases():
                seen = run(python, case, there, autograder_zip)
                found = faults(case, seen) + [f"heard over {kind}" for kind in there.heard()]
                bad += bool(found)
                print(f"{seen.score:g} points: {name} {found or ''}", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
