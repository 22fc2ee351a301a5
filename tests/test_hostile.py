"""Attacks on the score, the hidden inputs and other students, on every road.

All cases of ``tests/hostile`` are graded as one class by ``autograder grade``, with every layer of
confinement that this machine offers and with some of them switched off. Otter's roads, which take
seconds for each submission, get the attacks that are meant for them, and the others combined.
``python -m tests.attack_table`` runs everything everywhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.assignment.prediction import Prediction
from autograder.diagnosis.matching import Given
from autograder.intake.submission import Submission
from autograder.marking.marks import Expected
from autograder.marking.session import MOST_NUMBERS
from autograder.sandbox.client import detect
from autograder.sandbox.outcome import Returned
from tests.attacks import (
    CASES,
    NEIGHBOURS,
    NOBODY,
    SEED,
    Case,
    Place,
    Seen,
    Surroundings,
    Way,
    adopting_orphans,
    by_container,
    by_grade,
    by_otter_run,
    combined,
    faults,
    hidden_numbers,
    make_autograder_zip,
    place,
    unprivileged_python,
)
from tests.conftest import THOROUGH
from tests.the_assignment import grader_of, load_config, probes_of


@pytest.fixture(scope="module", autouse=True)
def orphans_of_attacks() -> Iterator[None]:
    with adopting_orphans():
        yield


def test_there_are_hidden_numbers_to_look_for() -> None:
    assert len(hidden_numbers()) > 500


# --- autograder grade ---------------------------------------------------------------------------


#: What gets through where nothing but the limits holds.
WITHOUT_LAYERS = {"001-read-solutions": ["points"], "014-raw-system-calls": ["points"]}
#: These reach the results of others there, so they are left out.
SPOILERS = {"027-other-students"}
#: Attacks on the grader's time do not depend on the layers that are switched off.
ON_TIME = {name for name, case in CASES.items() if case["goal"] in ("hang", "exhaust resources")}
#: These do nothing outside of their own process, which gains nothing where only the limits hold
#: and nothing where all layers do: they are left out in between.
WITHIN = {
    *("003-lying-values", "004-leak-by-exception", "005-leak-by-value", "006-markup"),
    *("007-patch-numpy", "019-forged-outcomes", "021-exit-in-a-function", "029-hooks"),
    *("024-changes-its-arguments", "030-benign-bom-and-prints", "031-names", "032-crashes"),
    *("034-inputs-in-shapes", "035-patched-copies", "047-odd-sources", "048-misleading-links"),
}


def way_without(off: set[str]) -> Way:
    """With layers switched off; without an own user id, as a user that owns nothing else."""
    if "user" not in off or os.geteuid() != 0:
        return Way(frozenset(off))
    python = unprivileged_python()
    if python is None:
        pytest.skip("no other user can start a Python with these packages")
    return Way(frozenset(off), NOBODY, python)


# One test for each way: the class is graded once, whatever number of processes runs the tests.
@pytest.mark.parametrize(
    "off",
    [
        pytest.param(set(), id="all layers"),
        pytest.param({"landlock"}, id="no Landlock", marks=THOROUGH),
        pytest.param({"user", "landlock", "seccomp"}, id="limits only"),
    ],
)
def test_nothing_gets_through_in_a_class_of_attacks(off: set[str]) -> None:
    way = way_without(off)
    files_open = "files" in detect(way.without).reasons
    left_out = (ON_TIME if off else set()) | (SPOILERS if files_open else set())
    left_out |= WITHIN if off == {"landlock"} else set()
    cases = {name: case for name, case in CASES.items() if name not in left_out}
    with place(way.user) as there:
        undisturbed = by_grade(way, there, {})
        before = Surroundings.now(there, alone=False)
        seen = by_grade(way, there, cases)
        after = Surroundings.now(there, alone=False)
        after.clear(before)
        left, heard = after.left(before), there.heard()

    found = {name: said for name in cases if (said := faults(CASES[name], seen[name]))}
    if files_open:
        assert {n: f for n, f in found.items() if f != WITHOUT_LAYERS.get(n)} == {}
        assert "processes left" not in left
    else:
        assert found == {}
        assert left == heard == []
    for student in NEIGHBOURS:
        assert seen[student].texts == undisturbed[student].texts
        assert undisturbed[student].score > 0
    warned = "Student code can read every file" in seen[NEIGHBOURS[0]].shared["terminal"]
    assert warned == files_open


# --- Otter's roads ------------------------------------------------------------------------------

Road = Callable[[Way, Place, Case, Path], Seen]
# Attacks of all kinds, one in each function.
IN_FUNCTIONS = [
    *("001-read-solutions", "002-patch-otter", "003-lying-values", "004-leak-by-exception"),
    *("005-leak-by-value", "006-markup", "008-forged-frames", "010-leave-things-behind"),
    *("013-shared-memory", "014-raw-system-calls", "015-grader-memory", "019-forged-outcomes"),
    *("026-reaches-every-listener", "031-names", "029-hooks"),
]


def beside(*names: str) -> Case:
    """Right files, with those of several attacks beside them."""
    files = {file: text for name in names for file, text in CASES[name]["files"].items()}
    return {"max_score_fraction": 1.0, "min_score_fraction": 1.0, "files": files}


LOG = {".OTTER_LOG": CASES["041-otters-files"]["files"][".OTTER_LOG"]}
OTTERS: list[tuple[Road, Case]] = [
    (by_otter_run, beside("040-shadows", "042-a-driver", "044-odd-file-names")),
    (by_otter_run, {**combined(IN_FUNCTIONS), "files": LOG}),
    (by_container, beside("040-shadows", "042-a-driver", "044-odd-file-names")),
    (by_container, {**combined(IN_FUNCTIONS), "files": LOG}),
]


@pytest.fixture(scope="module")
def autograder_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_autograder_zip(tmp_path_factory.mktemp("dist"))


@pytest.mark.parametrize(
    ("road", "case"),
    OTTERS,
    ids=["run beside", "run within", "container beside", "container within"],
)
def test_on_otters_roads_nothing_gets_through(road: Road, case: Case, autograder_zip: Path) -> None:
    with place() as there:
        before = Surroundings.now(there, alone=False)
        seen = road(Way(), there, case, autograder_zip)
        after = Surroundings.now(there, alone=False)
        after.clear(before)
        assert faults(case, seen) == after.left(before) == there.heard() == []


# --- the class as a whole -----------------------------------------------------------------------


def test_a_remembered_answer_is_wrong_under_another_seed() -> None:
    def remembering(seed: int) -> Submission:
        expected = Expected(probes_of(seed))
        table = [
            (repr(probe.arguments), [array.tolist() for array in right])
            for probe, right in zip(
                expected.probes["softmax_jacobian"],
                expected.answers["softmax_jacobian"],
                strict=True,
            )
        ]
        source = (
            f"TABLE = {[(key, answer[0]) for key, answer in table]!r}\n"
            "def softmax_jacobian(x):\n    return dict(TABLE).get(repr((x,)), 0)\n"
        )
        prefix = b"import numpy as np\ninf = nan = 0\n"
        return Submission("memory", {"practice_6_1.py": prefix + source.encode()})

    def score(seed: int) -> float:
        with grader_of(load_config(), seed) as grader:
            feedback = grader.grade(remembering(SEED)).feedback
        return float({f["function"]: f["score"] for f in feedback["functions"]}["softmax_jacobian"])

    assert score(SEED) > score(SEED + 1)


def test_a_flood_of_numbers_is_not_read_by_the_diagnosis() -> None:
    class Number:
        read = 0

        def __array__(self, *arguments: object, **named: object) -> np.ndarray[Any, Any]:
            Number.read += 1
            return np.zeros(())

    for flood in ([[Number()] * 1000] * 1000, [Number()] * 10**6):
        given = Given.of(Returned(flood))
        assert not given.is_predicted_by(Prediction(None))
        assert Number.read <= 2 * MOST_NUMBERS
    assert Given.of(Returned([[0.0, 1.0]])).is_predicted_by(Prediction(np.array([[0.0, 1.0]])))
