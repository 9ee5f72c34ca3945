"""Work that another process does ahead of being asked for it, on a core that this one leaves idle."""

import itertools
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from typing import IO, Any

Work = Callable[[], Iterator[Any]]  # gives values that can be pickled, the same ones every time


def is_of_use() -> bool:
    """Is there another core, and nothing yet that a copy of this process would break?"""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return hasattr(os, "fork") and threading.active_count() == 1 and cores > 1


class Ahead:
    """The values of `work`, one after the other; what the other process does not come to give is worked out here.

    So an error of `work` is raised here, where it is asked for, and a process that was killed costs time and nothing else.
    """

    def __init__(self, work: Work) -> None:
        self._work, self._given = work, 0
        self._here: Iterator[Any] | None = None
        self._child, self._pipe = _begun(work)

    def next(self) -> Any:
        """The next value; raises what `work` raises."""
        if self._here is None:
            try:
                value = pickle.load(self._pipe)  # noqa: S301 - written by a copy of this process
            except (EOFError, OSError, pickle.UnpicklingError):
                self._here = itertools.islice(self._work(), self._given, None)
            else:
                self._given += 1
                return value
        return next(self._here)

    def close(self) -> None:
        """Ends the other process, done or not."""
        self._pipe.close()
        os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)


def _begun(work: Work) -> tuple[int, IO[bytes]]:
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, os.fdopen(reading, "rb")
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that was asked
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            for value in work():
                pickle.dump(value, pipe, pickle.HIGHEST_PROTOCOL)
                pipe.flush()
    finally:
        os._exit(0)  # what went wrong goes wrong again in the other one, and is said there
