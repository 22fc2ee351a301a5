"""What a run needs once is made once, by whichever process has the time."""

from __future__ import annotations

import os
import pickle
import time

import pytest

from autograder.course.workers import executors
from autograder.course.workers.executors import WORTH_A_PROCESS, Work, executor
from autograder.diagnosis import search
from autograder.diagnosis.matching import Given
from autograder.diagnosis.search import Predictions
from autograder.marking.marks import right_answer
from autograder.sandbox.outcome import Returned
from tests.class_runs import CONFIG, SEED
from tests.the_assignment import FUNCTIONS, NOTES6, probes_of

PATIENCE = 120.0


def known(work: Work, seconds: float) -> tuple[int, int]:
    """Which process this is, and how many tables of predictions it has."""
    time.sleep(seconds)
    return os.getpid(), len(executors._graders[work].predictions._tables)


def test_all_processes_get_to_know_what_each_has_predicted() -> None:
    work = Work(NOTES6.where, CONFIG.model_dump_json(), SEED, 0)
    tables: dict[int, int] = {}
    deadline = time.monotonic() + PATIENCE
    with executor(2, WORTH_A_PROCESS, None, NOTES6.where) as pool:
        while time.monotonic() < deadline and [*tables.values()] != [2 * len(FUNCTIONS)] * 2:
            for task in [pool.submit(known, work, 0.2) for _ in range(2)]:
                pid, count = task.result()
                tables[pid] = count
    assert [*tables.values()] == [2 * len(FUNCTIONS)] * 2


def test_predictions_that_were_handed_over_give_the_same_candidates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = (Predictions(probes_of(SEED)) for _ in range(2))
    function = "softmax_jacobian"
    other.take(pickle.loads(pickle.dumps(one.tables(function))))
    for factor in (1.0, -1.0, 2.0):
        answers = [factor * right_answer(NOTES6, probe)[0] for probe in one.probes[function]]
        givens = [Given.of(Returned(answer)) for answer in answers]
        expected = [one.candidates(function, held, givens) for held in (1, 2)]
        with monkeypatch.context() as patch:
            patch.setattr(search, "predict", None)
            assert [other.candidates(function, held, givens) for held in (1, 2)] == expected
    assert expected[1]
