"""A class graded on many machines: the processes are those of a Dask cluster."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from autograder.assignment.assignment import load
from autograder.course.fingerprint import of_grader

if TYPE_CHECKING:
    from distributed import Client

#: Submissions on their way at once: enough for hundreds of workers, a few megabytes in memory.
AHEAD = 2000
CONNECT_SECONDS = 10


class ClusterError(Exception):
    """The cluster cannot be used; the message says what to do."""

    for_people = True


@contextmanager
def cluster(address: str, where: str) -> Iterator[Executor]:
    """The processes of the Dask cluster whose scheduler listens at an address.

    Parameters
    ----------
    address : str
    where : str
        The assignment that they grade.

    Raises
    ------
    ClusterError
        If Dask is not installed, nobody answers, a worker holds another version of the package,
        or the scheduler goes away.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError(
            "--dask needs Dask: pip install 'backprop-autograder[cluster]'"
        ) from None
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address} ({error})") from error
    with client:
        try:
            yield _Cluster(client, where)
        except CancelledError as error:
            raise ClusterError(
                f"the Dask scheduler at {address} went away. What was graded is kept: start the "
                "same command again."
            ) from error


class _Cluster(Executor):
    """Hands each task to Dask, which tries it again elsewhere if its worker is lost."""

    def __init__(self, client: Client, where: str) -> None:
        self._client = client
        self._where = where
        self._executor = client.get_executor(pure=False)
        self._shared: dict[Any, Any] = {}

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        work, *rest = args
        if work not in self._shared:
            # As a task of its own: Dask sends what it returns to each worker once, and makes it
            # again if it is lost.
            self._shared[work] = self._client.submit(_itself, work)
        future: Future[Any] = self._executor.submit(
            _grade_there,
            self._where,
            of_grader(load(self._where)),
            fn,
            self._shared[work],
            *rest,
            **kwargs,
        )
        return future


def _itself(work: Any) -> Any:
    """Return the work, as a task that Dask keeps the result of."""
    return work


#: A worker that was started with several threads grades one submission at a time all the same.
_one_at_a_time = threading.Lock()


def _grade_there(
    where: str, grader: str, fn: Callable[..., Any], /, *args: Any, **kwargs: Any
) -> Any:
    if of_grader(load(where)) != grader:
        raise ClusterError(
            "a worker has another version of this package, its libraries or Python than this "
            "machine, so its results would not be the same. Install the same ones there."
        )
    with _one_at_a_time:
        return fn(*args, **kwargs)
