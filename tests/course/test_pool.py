"""Processes that are lost cost what they have in hand, and nothing waits for them."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import random
import signal
import threading
import time
from concurrent.futures import Future
from contextlib import suppress

import pytest

from autograder.course.workers.processes import ProcessLost, processes

LONG = 60.0


def test_a_process_that_is_lost_costs_its_own_task_and_no_other() -> None:
    with processes(2) as pool:
        lost: list[Future[object]] = [pool.submit(os._exit, 1) for _ in range(4)]
        kept = [pool.submit(abs, -number) for number in range(20)]
        assert [future.result() for future in kept] == list(range(20))
        assert all(isinstance(future.exception(), ProcessLost) for future in lost)


def test_whenever_processes_are_killed_each_task_ends() -> None:
    rng = random.Random(5)
    over = threading.Event()

    def kill() -> None:
        while not over.is_set():
            time.sleep(rng.uniform(0, 0.3))
            for child in multiprocessing.active_children():
                if child.pid and rng.random() < 0.5:
                    with suppress(ProcessLookupError):
                        os.kill(child.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    with processes(3) as pool:
        killer.start()
        tasks = [pool.submit(time.sleep, 0.05) for _ in range(60)]
        ends = [task.exception() for task in tasks]
        over.set()
        killer.join()
    assert {*map(type, ends)} == {ProcessLost, type(None)}
    assert not multiprocessing.active_children()


def test_an_exception_of_a_task_is_its_own() -> None:
    with processes(1) as pool:
        assert isinstance(pool.submit(int, "x").exception(), ValueError)
        assert pool.submit(int, "7").result() == 7


def test_what_is_broken_off_does_not_wait_for_what_runs() -> None:
    started = time.monotonic()
    waiting: list[Future[None]] = []
    with pytest.raises(KeyboardInterrupt), processes(2) as pool:  # noqa: PT012
        assert pool.submit(abs, -1).result() == 1
        waiting += [pool.submit(time.sleep, LONG) for _ in range(6)]
        raise KeyboardInterrupt
    assert all(future.done() for future in waiting)
    assert time.monotonic() - started < LONG
    assert not multiprocessing.active_children()


def test_tasks_and_answers_may_be_longer_than_a_pipe_holds() -> None:
    with processes(2) as pool:
        tasks = [pool.submit(bytes.upper, b"a" * 3_000_000) for _ in range(12)]
        assert {task.result(LONG) for task in tasks} == {b"A" * 3_000_000}


def test_what_cannot_be_sent_is_told_at_once() -> None:
    with processes(1) as pool:
        with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
            pool.submit(lambda: None)
        assert pool.submit(abs, -1).result() == 1


def test_what_is_called_everywhere_comes_before_later_tasks_also_in_later_processes() -> None:
    with processes(2) as pool:
        pool.everywhere(note, 1)
        assert [task.result() for task in [pool.submit(noted, 0.2) for _ in range(4)]] == [[1]] * 4
        pool.everywhere(note, 2)
        for _ in range(2):
            later = [pool.submit(noted, 0.2) for _ in range(4)]
            assert [task.result() for task in later] == [[1, 2]] * 4
            assert isinstance(pool.submit(os._exit, 1).exception(), ProcessLost)


NOTED: list[int] = []


def note(number: int) -> None:
    NOTED.append(number)


def noted(seconds: float) -> list[int]:
    time.sleep(seconds)
    return NOTED


def test_what_is_called_everywhere_may_be_long_while_long_answers_are_on_their_way() -> None:
    with processes(2) as pool:
        tasks = [pool.submit(bytes.upper, b"a" * 3_000_000) for _ in range(6)]
        pool.everywhere(len, b"a" * 3_000_000)
        tasks += [pool.submit(bytes.upper, b"a" * 3_000_000) for _ in range(6)]
        assert {task.result(LONG) for task in tasks} == {b"A" * 3_000_000}


def test_a_process_is_lost_in_which_what_is_called_everywhere_fails() -> None:
    with processes(2) as pool:
        pool.everywhere(int, "x")
        tasks = [pool.submit(abs, -1) for _ in range(3)]
        assert all(isinstance(task.exception(LONG), ProcessLost) for task in tasks)


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the system does not let choose")
def test_each_process_has_a_processor_of_its_own_if_there_are_as_many() -> None:
    cpus = os.sched_getaffinity(0)
    with processes(len(cpus)) as pool:
        own = [pool.submit(_where, 0.3) for _ in cpus]
        assert {frozenset(cpu.result()) for cpu in own} == {frozenset({cpu}) for cpu in cpus}
    with processes(len(cpus) + 1) as pool:
        assert pool.submit(_where, 0.0).result() == cpus


def _where(seconds: float) -> set[int]:
    time.sleep(seconds)
    return os.sched_getaffinity(0)
