"""Loads the files that wait in pipes, on a thread of its own: a pipe loads some time after it was told (reference D.6)."""

import queue
import threading
import time

from snowpipe_deploy.local.shared import Shared
from snowpipe_deploy.local.statements.pipes import load_queued
from snowpipe_deploy.session import SqlError


class Loader:
    """`add` returns at once; `settle` waits until all that was asked for is loaded or stalled."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self._queue: queue.Queue[int | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._left = 0
        for (pipe,) in shared.engine.all("SELECT DISTINCT pipe FROM _account.pipe_queue WHERE NOT held"):
            self.add(int(str(pipe)))

    def add(self, pipe: int) -> None:
        """The pipe of this id has files, or may go on."""
        with self.shared.lock:
            self._left += 1
            self._queue.put(pipe)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="pipes", daemon=True)
                self._thread.start()

    @property
    def is_busy(self) -> bool:
        return self._left > 0

    def settle(self) -> None:
        while self.is_busy:
            time.sleep(0.001)

    def stop(self) -> None:
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()

    def _work(self) -> None:
        session = self.shared.open_session()
        while (pipe := self._queue.get()) is not None:
            with self.shared.lock:
                try:
                    session.engine.now(self.shared.clock.now())
                    load_queued(session, pipe)
                except SqlError:
                    continue  # not even its error could be written: the files still wait
                finally:
                    self._left -= 1
        session.close()
