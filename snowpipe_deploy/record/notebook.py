"""Writes the steps of a deployment as they end: each is in the account before its worker goes on, many in one statement."""

import threading
from dataclasses import dataclass

from snowpipe_deploy.model import Action, Entry, ObjectKey, Scope
from snowpipe_deploy.record import objects
from snowpipe_deploy.record.schema import place, text
from snowpipe_deploy.session import Session


@dataclass(frozen=True, slots=True)
class Step:
    """What became of an action: started, done or failed."""

    action: Action
    status: str
    message: str = ""
    query_id: str = ""


class Notebook:
    """The journal and the record of one deployment, for many threads.

    While one thread writes, the steps of the others gather and go along in its successor's statement.
    """

    def __init__(self, session: Session, scope: Scope, project: str, deployment: str, first: int) -> None:
        self._session, self._scope, self._project, self._deployment = session, scope, project, deployment
        self._ordinal = first
        self._pending: list[Step] = []
        self._gathering, self._writing = threading.Lock(), threading.Lock()

    def write(self, step: Step) -> None:
        """Returns when the step is in the account."""
        with self._gathering:
            self._pending.append(step)
        with self._writing:
            with self._gathering:
                taken, self._pending = self._pending, []
            try:
                self._flush(taken)
            except BaseException:
                with self._gathering:
                    self._pending = taken + self._pending
                raise

    def numbers(self, count: int) -> int:
        """The first of `count` ordinals that nobody else gets."""
        with self._gathering:
            first = self._ordinal
            self._ordinal += count
        return first

    def _flush(self, steps: list[Step]) -> None:
        if not steps:
            return
        first = self.numbers(len(steps))
        rows = [self._row(step, first + i) for i, step in enumerate(steps)]
        self._session.execute(f"INSERT INTO {place(self._scope, 'JOURNAL')} {' UNION ALL '.join(rows)}")
        done = [
            step.action for step in steps if step.status == "done" and (step.action.text or step.action.verb == "drop")
        ]
        entries = [self._entry(action) for action in done]
        entries += [(action.was, None) for action in done if action.was is not None]
        objects.write(self._session, self._scope, self._project, entries, self.numbers(len(entries)))

    def _entry(self, action: Action) -> tuple[ObjectKey, Entry | None]:
        if action.verb == "drop":
            return action.key, None
        return action.key, Entry(action.key, action.text, action.home, self._deployment)

    def _row(self, step: Step, ordinal: int) -> str:
        key = step.action.key
        cells = (
            text(self._project), text(self._deployment), text(step.action.id), text(key.kind), text(str(key.name)),
            text(key.detail), text(step.status), text(step.message), text(step.query_id), "CURRENT_TIMESTAMP()", str(ordinal),
        )  # fmt: skip
        return f"SELECT {', '.join(cells)}"
