"""A class graded by a real Dask scheduler and workers, and the same as on one machine."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course.workers.cluster import ClusterError, cluster
from tests.the_assignment import NOTES6, find_submissions, grade_class, load_config

if importlib.util.find_spec("distributed") is None and not os.environ.get("CI"):
    pytest.skip("distributed is not installed (the extra 'cluster')", allow_module_level=True)

SAMPLE_CLASS = Path(__file__).parents[1] / "sample_class"
QUICK = ("01-all-right", "02-half-filled", "05-signs", "08-one-file-missing", "11-untouched")
SEED = 6
# Nothing here takes a tenth of this; it only keeps a hang from lasting for ever.
SECONDS = 120


class Cluster:
    """A scheduler on this machine, and workers without a nanny that would start them again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"tcp://127.0.0.1:{_free_port()}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "--host", self.address, "--no-dashboard")

    def worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            *("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"),
            *(
                "--host",
                "127.0.0.1",
                "--local-directory",
                str(self.folder),
                "--death-timeout",
                "60",
            ),
        )

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        module = "distributed.cli.dask_" + command[0]
        process = subprocess.Popen(
            [sys.executable, "-m", module, *command[1:]],
            start_new_session=True,
            stderr=(self.folder / f"{len(self.processes)}.log").open("wb"),
        )
        self.processes.append(process)
        return process

    def close(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "dask"
    folder.mkdir()
    made = Cluster(folder)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def students(tmp_path: Path) -> Path:
    folder = tmp_path / "class"
    for copy in range(6):
        for name in QUICK:
            shutil.copytree(SAMPLE_CLASS / name, folder / f"{name}-{copy}")
    return folder


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def test_with_a_worker_killed_in_the_middle_the_results_are_those_of_one_machine(
    students: Path, tmp_path: Path, dask: Cluster
) -> None:
    sources = find_submissions([students])
    config = load_config()
    first, _ = dask.worker(), dask.worker()
    killed_after: list[int] = []

    def kill_one(done: int, total: int) -> None:
        if done == 5:
            first.kill()
            first.wait()
            killed_after.append(done)

    result = grade_class(
        sources, tmp_path / "there", config, seed=SEED, dask=dask.address, progress=kill_one
    )
    assert killed_after == [5]
    assert not result.failed
    assert len(result.rows) == len(sources)
    grade_class(sources, tmp_path / "here", config, seed=SEED)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


# A lambda travels by value: the workers do not have this module.
_slowly = lambda seconds: (time.sleep(seconds), os.getpgid(0))[1]  # noqa: E731


def test_both_workers_grade(dask: Cluster) -> None:
    pids = {dask.worker().pid, dask.worker().pid}
    with cluster(dask.address, NOTES6.where) as pool:
        seen: set[int] = set()
        end = time.monotonic() + SECONDS
        while seen != pids and time.monotonic() < end:
            # Long enough, all at once, that one worker alone cannot be done with them first.
            tasks = [
                pool.submit(lambda s: (time.sleep(s), os.getpgid(0))[1], 0.3) for _ in range(8)
            ]
            seen |= {task.result(SECONDS) for task in tasks}
    assert seen == pids


def test_a_worker_with_another_version_is_refused(
    dask: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    dask.worker()
    monkeypatch.setattr("autograder.course.workers.cluster.of_grader", lambda assignment: "another")
    with (
        cluster(dask.address, NOTES6.where) as pool,
        pytest.raises(ClusterError, match="another version"),
    ):
        pool.submit(os.getpgid, 0).result(SECONDS)


def test_where_no_scheduler_listens_the_error_says_so(
    students: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.course.workers.cluster.CONNECT_SECONDS", 1)
    address = f"tcp://127.0.0.1:{_free_port()}"
    with pytest.raises(ClusterError, match=f"no Dask scheduler answers at {address}"):
        grade_class(find_submissions([students]), tmp_path / "out", load_config(), dask=address)


def test_a_scheduler_that_goes_away_stops_the_run_and_keeps_what_was_graded(
    students: Path, tmp_path: Path, dask: Cluster
) -> None:
    dask.worker()
    out = tmp_path / "out"

    def end_scheduler(done: int, total: int) -> None:
        if done == 3:
            threading.Thread(target=dask.processes[0].kill).start()

    with pytest.raises(ClusterError, match="went away"):
        grade_class(
            find_submissions([students]),
            out,
            load_config(),
            seed=SEED,
            dask=dask.address,
            progress=end_scheduler,
        )
    assert len(list((out / "feedback").glob("*.json"))) >= 3
