"""What check.py says to wrong first tries: print it all, to be read as a student would.

    python tests/first_tries.py FILE.yaml       bodies of functions: file, function, body
    python tests/first_tries.py FOLDER          hand-ins in folders, each with its label.yaml

With words behind it, only what has one of them in its name.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.student_folder import Student
from tests.the_assignment import FILES


def body_in_solution(student: Student, try_: dict[str, Any]) -> None:
    """Write solutions, with one function's body replaced."""
    student.solve(*FILES)
    student.replace(try_["function"], try_["body"])


def from_bodies(path: Path) -> Iterator[tuple[str, str, Student]]:
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        with tempfile.TemporaryDirectory() as folder:
            student = Student(Path(folder))
            body_in_solution(student, entry)
            yield entry["name"], entry["function"], student


def from_hand_ins(path: Path) -> Iterator[tuple[str, str, Student]]:
    for case in sorted(path.iterdir()):
        label = yaml.safe_load((case / "label.yaml").read_text(encoding="utf-8"))
        functions = label["function"]
        with tempfile.TemporaryDirectory() as folder:
            student = Student(Path(folder))
            student.solve(*FILES)
            student.write(label["file"], (case / label["file"]).read_text(encoding="utf-8"))
            first = functions if isinstance(functions, str) else functions[-2]
            yield f"{case.name}: {label['misconception']}", first, student


def main() -> None:
    path, words = Path(sys.argv[1]), sys.argv[2:]
    tries = from_hand_ins(path) if path.is_dir() else from_bodies(path)
    for name, function, student in tries:
        if not words or any(word in name for word in words):
            print(f"===== {name}")
            print(student.check(function)[1])


if __name__ == "__main__":
    main()
