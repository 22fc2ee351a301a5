"""The Gradescope and ``otter run`` road gives what ``autograder grade`` gives."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.intake.file_names import safe_name
from autograder.otter.build import BuildRefused
from tests.forking_python import forking_python
from tests.the_assignment import (
    ASSIGNMENTS,
    FILES,
    FUNCTIONS,
    NOTES6,
    SOLUTIONS,
    build,
    find_submissions,
    grade_class,
    load_config,
)

SAMPLE_CLASS = Path(__file__).parents[1] / "sample_class"
SEED = 6
RIGHT = {name: (SOLUTIONS / name).read_bytes() for name in FILES}
STUBS = {name: (ASSIGNMENTS / name).read_bytes() for name in FILES}
OTTER = str(Path(sys.executable).with_name("otter"))

Results = dict[str, Any]


@pytest.fixture(scope="module")
def grading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A config in which what hangs is soon given up."""
    path = tmp_path_factory.mktemp("config") / "grading.yaml"
    path.write_text("limits: {call_seconds: 0.5}\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def autograder_zip(grading: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    list(build(out, load_config(grading), grading))
    return out / "autograder.zip"


def zip_of(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def files_of(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def run(command: list[str], folder: Path, **environment: str) -> str:
    """Run a file with Otter loaded; `test_hostile` runs both roads by a Python of their own."""
    environment = {"AUTOGRADER_SEED": str(SEED), **environment}
    done = forking_python("otter.cli").run(folder, *command, environment=environment)
    return done.stdout + done.stderr


def otter_run(autograder: Path, folder: Path, files: dict[str, bytes]) -> Results:
    """Hand a zip to ``otter run`` and read its results."""
    folder.mkdir()
    (folder / "submission.zip").write_bytes(zip_of(files))
    said = run([OTTER, "run", "-a", str(autograder), "submission.zip"], folder)
    assert (folder / "results.json").exists(), said
    results: Results = json.loads((folder / "results.json").read_text())
    return results


def container(autograder: Path, top: Path, files: dict[str, bytes], **environment: str) -> Results:
    """Lay out Gradescope's container and run what its ``run_autograder`` runs."""
    (top / "submission").mkdir(parents=True)
    (top / "results").mkdir()
    (top / "submission_metadata.json").write_text("{}")
    with zipfile.ZipFile(autograder) as archive:
        archive.extractall(top / "source")
    for name, data in files.items():
        path = top / "submission" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.write_bytes(data)
    run([str(top / "source" / "run_otter.py")], top, **environment)
    results: Results = json.loads((top / "results" / "results.json").read_text())
    return results


def score(results: Results) -> float:
    return float(sum(test["score"] for test in results["tests"]))


@pytest.fixture(scope="module")
def graded(grading: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Results]:
    """The sample class by ``autograder grade``."""
    out = tmp_path_factory.mktemp("graded")
    sources = find_submissions([SAMPLE_CLASS])
    grade_class(sources, out, load_config(grading), seed=SEED)
    return {
        s.student: json.loads((out / "results" / f"{safe_name(s.student)}.json").read_text())
        for s in sources
    }


#: Whose files, byte for byte, are all handed in by others too. A run takes seconds for each.
SAME_AS_OTHERS = {"01-all-right", "02-half-filled"}


def test_who_is_left_out_below_hands_in_nothing_that_others_do_not() -> None:
    files = {folder.name: set(files_of(folder).values()) for folder in SAMPLE_CLASS.iterdir()}
    others = set().union(*(files[name] for name in files.keys() - SAME_AS_OTHERS))
    assert all(files[name] <= others for name in SAME_AS_OTHERS)


def test_each_score_and_message_is_the_same_on_both_roads(
    graded: dict[str, Results], autograder_zip: Path, tmp_path: Path
) -> None:
    by_otter = {
        student: otter_run(autograder_zip, tmp_path / student, files_of(SAMPLE_CLASS / student))
        for student in graded.keys() - SAME_AS_OTHERS
    }
    assert score(by_otter["12-odd-file-names"]) == sum(load_config().points.values())
    assert score(by_otter["11-untouched"]) == 0
    assert len(by_otter) == 10
    for student, results in by_otter.items():
        assert results == graded[student], student
        assert [test["name"] for test in results["tests"]] == list(FUNCTIONS)
        assert all(test["visibility"] == "visible" for test in results["tests"])


def test_a_rubric_and_what_is_left_out_give_the_same_on_both_roads(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "rubric: {sign: 0.3}\n"
        'left_out: {softmax_jacobian: ["whole numbers"], threshold: ["at the threshold"]}\n',
        encoding="utf-8",
    )
    config = load_config(own)
    list(build(tmp_path / "dist", config, own))
    student = "05-signs"
    grade_class(find_submissions([SAMPLE_CLASS / student]), tmp_path / "out", config, seed=SEED)
    (path,) = (tmp_path / "out" / "results").glob("*.json")
    here = json.loads(path.read_text(encoding="utf-8"))
    otter = otter_run(
        tmp_path / "dist" / "autograder.zip", tmp_path / "run", files_of(SAMPLE_CLASS / student)
    )
    assert otter == here
    scores = {test["name"]: test["score"] for test in otter["tests"]}
    assert (scores["softmax_jacobian"], scores["threshold"]) == (3, 5)


def test_in_the_container_a_zip_is_opened_and_what_comes_later_marked_anew(
    autograder_zip: Path, tmp_path: Path
) -> None:
    """What lies beside the zip is left alone; then stubs, in the same container, score nothing."""
    zipped = zip_of({f"hw 6/{name}": data for name, data in RIGHT.items()})
    beside = {"tests": b"x", "driver.ipynb": b"{}", "results.json": b"{}"}
    results = container(autograder_zip, tmp_path, {"hand-in.zip": zipped, **beside})
    assert score(results) == 100
    assert results["test_output_format"] == "md"
    assert "leaderboard" not in results
    for name, data in STUBS.items():
        (tmp_path / "submission" / name).write_bytes(data)
    run([str(tmp_path / "source" / "run_otter.py")], tmp_path)
    assert score(json.loads((tmp_path / "results" / "results.json").read_text())) == 0


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "not submitted"),
        ({"hand-in.zip": b"PK\x03\x04 but no zip"}, "not a zip that can be opened"),
    ],
    ids=["nothing", "broken zip"],
)
def test_where_nothing_can_be_read_each_entry_says_why(
    files: dict[str, bytes], said: str, autograder_zip: Path, tmp_path: Path
) -> None:
    results = container(autograder_zip, tmp_path / "container", files)
    assert score(results) == 0
    assert all(said in test["output"] for test in results["tests"])


def test_results_are_written_where_nothing_can_be_graded(
    autograder_zip: Path, tmp_path: Path
) -> None:
    results = container(autograder_zip, tmp_path, RIGHT, AUTOGRADER_SEED="no number")
    assert results["score"] == 0
    assert "not your fault" in results["output"]
    assert "Traceback" not in json.dumps(results)


def test_a_zip_that_demands_a_tier_refuses_below_it(tmp_path: Path) -> None:
    list(build(tmp_path, load_config(), None, require_tier=9))
    results = container(tmp_path / "autograder.zip", tmp_path / "container", RIGHT)
    assert results["score"] == 0
    assert "not your fault" in results["output"]


def test_the_hand_out_holds_no_solution(autograder_zip: Path) -> None:
    with zipfile.ZipFile(autograder_zip.with_name("student.zip")) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert {f"notes-6/{name}" for name in FILES} <= members.keys()
    for name, data in RIGHT.items():
        assert members[f"notes-6/{name}"] == STUBS[name]
        assert data not in members.values()


@pytest.fixture
def swapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NOTES6, "solutions", ASSIGNMENTS)


@pytest.mark.usefixtures("swapped")
def test_nothing_is_built_where_the_solutions_do_not_score_everything(tmp_path: Path) -> None:
    with pytest.raises(BuildRefused, match="softmax_jacobian"):
        list(build(tmp_path / "dist", load_config(), None))
    assert not (tmp_path / "dist").exists()
