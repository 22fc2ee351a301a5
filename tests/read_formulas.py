"""Read the formula of every wrong function of labelled cases, and say how long that takes.

``python -m tests.read_formulas FOLDER ...`` with folders that hold a case each.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import yaml

from autograder.assignment.judging import Floats, NotAnAnswer, as_arrays
from autograder.course.grader import Grader
from autograder.diagnosis.search import search
from autograder.formulas import Reader, Reading
from autograder.intake.submission import Submission
from autograder.marking.marks import Marking
from autograder.sandbox.outcome import Missing, Returned
from tests.the_assignment import FUNCTIONS, grader_of, load_config, read_submission

SEEN, FRESH = 61, 62


def read_case(folder: Path, grader: Grader, reader: Reader) -> list[str]:
    """A line for each wrong function of a case."""
    submission = read_submission(folder)
    files = {name: data for name, data in submission.files.items() if name != "label.yaml"}
    lines = []
    with grader.open(Submission(folder.name, files, submission.notes)) as session:
        marking = Marking(session, grader.expected)
        for name, function in FUNCTIONS.items():
            skipped = isinstance(marking.outcomes[name][0], Missing) or session.not_attempted(name)
            if skipped or not marking.is_wrong(name) or not function.parameters:
                continue
            found = search(marking, name, grader.predictions)
            vocabulary = function.vocabulary
            assert vocabulary is not None
            asked = [
                list(vocabulary.inputs(np.random.default_rng(SEEN))),
                list(vocabulary.inputs(np.random.default_rng(FRESH)))[1::2],
            ]
            started = time.perf_counter()
            outcomes = marking.call(name, [*asked[0], *asked[1]])
            called = time.perf_counter()
            answers = [_arrays(outcome, name) for outcome in outcomes]
            pairs = list(zip([*asked[0], *asked[1]], answers, strict=True))
            seen, fresh = (
                [(arguments, answer) for arguments, answer in part if answer is not None]
                for part in (pairs[: len(asked[0])], pairs[len(asked[0]) :])
            )
            readings = reader.read(vocabulary, seen, fresh)
            took = time.perf_counter() - called
            text = (
                " | ".join(map(written, readings))
                or f"- ({len(seen) + len(fresh)} of {len(outcomes)})"
            )
            named = "+".join(found.ids) if found else "-"
            times = f"{1e3 * (called - started):.0f}+{1e3 * took:.0f} ms"
            lines.append(f"{folder.name}: {name} [{named}] {times}: {text}")
    return lines


def _arrays(outcome: object, name: str) -> list[Floats] | None:
    if not isinstance(outcome, Returned):
        return None
    try:
        return as_arrays(outcome.value, FUNCTIONS[name].returns)
    except NotAnAnswer:
        return None


def written(reading: Reading) -> str:
    """A reading in one line."""
    parts = [
        f"{part.where}: {part.formula.whole if part.formula else 'right'}" for part in reading.parts
    ]
    first = "" if reading.is_first else "(later) "
    return f"{first}{reading.step.name}: {'; '.join(parts)}"


def main(folders: list[str]) -> None:
    reader = Reader()
    with grader_of(load_config(), seed=6) as grader:
        for folder in map(Path, folders):
            label = folder / "label.yaml"
            told = yaml.safe_load(label.read_text()) if label.exists() else {}
            for line in read_case(folder, grader, reader):
                print(line, f"   <- {told.get('misconception', '')}")


if __name__ == "__main__":
    main(sys.argv[1:])
