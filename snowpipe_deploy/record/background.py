"""The background session of a deployment: renews the lease, and writes what became of the steps, many in one statement."""

import contextlib
import threading
from collections.abc import Callable, Iterator

from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.model import Scope
from snowpipe_deploy.record import journal
from snowpipe_deploy.record.journal import Step
from snowpipe_deploy.record.lease import Lease
from snowpipe_deploy.session import Session

_PACE = 0.25  # seconds between two writings: what they leave out for so long costs a look at the account after a crash


class Background:
    """Never in the way of the steps: `note` returns at once, and what was noted is in the account after `settle`.

    What could not be written stays noted and goes along with the next; a crash loses only outcomes, never what was
    intended, and the next plan then looks at the account.
    """

    def __init__(
        self, session: Session, lease: Lease, scope: Scope, project: str, deployment: str, ordinals: Iterator[int]
    ) -> None:
        self._session, self._lease, self._ordinals = session, lease, ordinals
        self._place = (scope, project, deployment)
        self._noted: list[Step] = []
        self._errands: list[Callable[[Session], object]] = []
        self._gathering, self._sending = threading.Lock(), threading.Lock()
        self._something, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="background", daemon=True)
        self._thread.start()

    def note(self, step: Step) -> None:
        with self._gathering:
            self._noted.append(step)
        self._something.set()

    def send(self, errand: Callable[[Session], object]) -> None:
        """Has something done with the session that the steps need not wait for; it may be done twice."""
        with self._gathering:
            self._errands.append(errand)
        self._something.set()

    def settle(self) -> None:
        """Returns when all that was noted and sent is in the account; raises SqlError where it cannot be."""
        with self._sending:
            self._write()

    def close(self) -> None:
        """Renews and writes no more."""
        self._over.set()
        self._something.set()
        self._thread.join()
        self._session.close()

    def _work(self) -> None:
        while not self._over.is_set():
            self._something.wait(self._lease.seconds / 4)
            self._something.clear()
            if self._lease.is_held and not self._over.is_set():
                # what fails is tried again in the next round: the lease until it runs out, the steps until `settle`
                with self._sending, contextlib.suppress(DeployError):
                    if self._lease.is_due:
                        self._lease.renew(self._session)
                    self._write()
                self._over.wait(_PACE)

    def _write(self) -> None:
        with self._gathering:
            steps, errands = list(self._noted), list(self._errands)
        for errand in errands:
            errand(self._session)
            with self._gathering:
                self._errands.remove(errand)
        for sql in journal.outcomes(*self._place, steps, self._ordinals):
            self._session.execute(sql)
        with self._gathering:
            del self._noted[: len(steps)]
