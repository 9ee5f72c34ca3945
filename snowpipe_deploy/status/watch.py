"""Looks at an account again and again: no oftener than needed, and on after a connection was lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.status.model import Status
from snowpipe_deploy.status.words import span

BUSY, IDLE = 2.0, 60.0  # seconds between looks while a run is under way, and while none is


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen last, what went wrong since, and how long the next look is away."""

    status: Status | None
    lost: str
    pause: float

    @property
    def words(self) -> str:
        """What a person should know of the watching itself."""
        if self.lost:
            return f"the account did not answer, trying again in {span(self.pause)}: {self.lost}"
        house = self.status.warehouse if self.status is not None else ""
        awake = f"each look uses warehouse {house}, and keeps it awake" if house else "without a warehouse"
        return f"looking again in {span(self.pause)}, {awake}"


def pause(status: Status) -> float:
    """Seconds until something can have changed: soon in a run, else when the next one is due, a minute at most."""
    if status.busy:
        return BUSY
    due = [graph.next_run for graph in status.graphs if graph.next_run is not None]
    if not due or status.now is None:
        return IDLE
    return min(IDLE, max(BUSY, (min(due) - status.now).total_seconds() + 1))


def looks(read: Callable[[], Status], wait: Callable[[float], None]) -> Iterator[Look]:
    """A look after the other, for ever. After an error the last status stands, and the next try comes twice as late each
    time; an error of the first look is raised."""
    seen: Status | None = None
    failures = 0
    while True:
        try:
            seen = read()
        except DeployError as error:
            if seen is None:
                raise  # nothing was lost: it never worked
            failures += 1
            look = Look(seen, error.message, min(IDLE, BUSY * 2 ** (failures - 1)))
        else:
            failures = 0
            look = Look(seen, "", pause(seen))
        yield look
        wait(look.pause)
