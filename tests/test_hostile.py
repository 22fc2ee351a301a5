"""Attacks on the score, the hidden inputs and other students, through the whole of the grader.

Each case of ``tests/hostile`` is graded with every layer of confinement that this machine offers
and with none but the limits. ``answer(name, arguments)`` stands for every function of a
submission; ``append``, ``prepend`` and ``files`` change the solutions.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from autograder import config as configs
from autograder.contract import FILES, FUNCTIONS
from autograder.feedback import page, plain
from autograder.grade import Graded, Grader
from autograder.marking import Expected
from autograder.probes import Probes
from autograder.reference import SOLUTIONS
from autograder.sandbox.client import Limits, Sandbox
from autograder.submission import Submission

CASES = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "hostile").glob("*.yaml"))
}
SEED = 20
CONFIG = configs.load()
MOST = sum(CONFIG.points.values())
LIMITS = Limits(call_seconds=0.5, import_seconds=2.0, submission_seconds=40.0, memory_mb=512)
RIGHT = {name: (SOLUTIONS / name).read_bytes() for name in FILES}
HONEST = Submission("honest", {**RIGHT, "practice_6_2.py": b"def propagate_error(error, jacobian):"
                               b"\n    return jacobian @ error\n"})  # fmt: skip
EVERYTHING_OFF = frozenset({"user", "landlock", "seccomp"})


@pytest.fixture(scope="module", params=[frozenset(), EVERYTHING_OFF], ids=["all", "limits"])
def grader(request: pytest.FixtureRequest) -> Iterator[Grader]:
    with Grader(CONFIG, SEED) as grader:
        grader.sandbox.close()
        grader.sandbox = Sandbox(LIMITS, without=request.param)
        yield grader


@pytest.fixture(scope="module")
def honest(grader: Grader) -> Graded:
    return grader.grade(HONEST)


def submission(case: dict[str, Any]) -> Submission:
    files = dict(RIGHT)
    if "answer" in case:
        attack = case["answer"].replace("SOLUTIONS", str(SOLUTIONS))
        for file in FILES:
            stubs = [
                f"def {f.name}({', '.join(f.parameters)}):\n"
                f"    return answer({f.name!r}, ({''.join(p + ', ' for p in f.parameters)}))\n"
                for f in FUNCTIONS.values()
                if f.file == file
            ]
            files[file] = "\n\n".join([attack, *stubs]).encode("utf-8", "surrogatepass")
    for name, text in case.get("append", {}).items():
        files[name] += b"\n\n" + text.encode()
    if "prepend" in case:
        files = {name: case["prepend"].encode() + data for name, data in files.items()}
    files |= {name: text.encode() for name, text in case.get("files", {}).items()}
    return Submission("hostile", files)


def everything_shown(graded: Graded) -> str:
    record = graded.feedback
    pages = plain.render(record) + page.render(record)
    return json.dumps([record, graded.gradescope], ensure_ascii=False) + pages


def telling(values: object) -> set[str]:
    """Numbers of so many digits that none stands in a text by chance."""
    if isinstance(values, np.ndarray):
        values = values.ravel().tolist()
    if isinstance(values, list | tuple):
        return {text for value in values for text in telling(value)}
    if not isinstance(values, float):
        return set()
    shown = {repr(values), f"{values:.6g}", f"{values:.4g}"}
    return {text for text in shown if sum(c.isdigit() for c in text.lstrip("-0.")) >= 4}


def hidden_numbers() -> set[str]:
    """What the hidden inputs hold, and what is right for them."""
    expected = Expected(Probes(SEED))
    hidden: set[str] = set()
    public: set[str] = set()
    for name in FUNCTIONS:
        for probe, right in zip(expected.probes[name], expected.answers[name], strict=True):
            numbers = telling(list(probe.arguments)) | telling(right)
            (public if probe.public else hidden).update(numbers)
    return hidden - public


HIDDEN = hidden_numbers()


def children() -> list[str]:
    """The processes under this one, but for zombies that nobody waits for yet."""
    found: dict[int, tuple[int, str]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, rest = path.read_text().rsplit(")", 1)
        except OSError:
            continue
        found[int(path.parent.name)] = (int(rest.split()[1]), head.partition("(")[2])
    mine = [os.getpid()]
    for pid in mine:
        mine += [child for child, (parent, _) in found.items() if parent == pid]
    return sorted(found[pid][1] for pid in mine[1:])


def test_there_are_hidden_numbers_to_look_for() -> None:
    assert len(HIDDEN) > 500


@pytest.mark.parametrize("name", CASES)
def test_an_attack_gains_nothing_and_shows_nothing(
    name: str, grader: Grader, honest: Graded, capfd: pytest.CaptureFixture[str]
) -> None:
    case = CASES[name]
    before = children()
    graded = grader.grade(submission(case))
    shown = everything_shown(graded)

    if grader.sandbox.tier >= case.get("tier", 0):
        assert graded.feedback["score"] <= case["max_score_fraction"] * MOST
    assert graded.feedback["score"] >= case.get("min_score_fraction", 0) * MOST
    assert [test["name"] for test in graded.gradescope["tests"]] == list(FUNCTIONS)

    # Whole numbers of the text: a score of 1.14286 does not show 1.142.
    assert set(re.findall(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?", shown)) & HIDDEN == set()
    assert "HIDDEN INPUT" not in shown
    assert len(shown) < 1_000_000
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert not set("\u202d\u202e\u2066\u2067\u2068") & set(shown)
    assert "<script>document" not in page.render(graded.feedback)
    assert capfd.readouterr() == ("", "")

    assert grader.grade(HONEST) == honest
    assert children() == before
    marks = [f"{folder}/hostile-mark" for folder in ("/tmp", "/var/tmp", "/dev/shm", ".", "/")]
    left = [Path(mark) for mark in marks if Path(mark).exists()]
    sizes = [path.stat().st_size for path in left]
    for path in left:
        path.unlink()
    assert sizes == [0] * len(left)
    assert not left or grader.sandbox.tier < 2


def test_the_tier_that_was_reached_is_in_the_result(grader: Grader, honest: Graded) -> None:
    assert honest.feedback["tier"] == grader.sandbox.tier
    assert f"tier {grader.sandbox.tier}" in honest.gradescope["output"]


def test_a_remembered_answer_is_wrong_under_another_seed() -> None:
    def remembering(seed: int) -> Callable[[], Submission]:
        expected = Expected(Probes(seed))
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
        return lambda: Submission("memory", {"practice_6_1.py": prefix + source.encode()})

    def score(seed: int) -> float:
        with Grader(CONFIG, seed) as grader:
            feedback = grader.grade(remembering(SEED)()).feedback
        return float({f["function"]: f["score"] for f in feedback["functions"]}["softmax_jacobian"])

    assert score(SEED) > score(SEED + 1)
