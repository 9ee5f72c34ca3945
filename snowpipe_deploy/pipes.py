"""Pipes while they are changed: paused, emptied, and given what they missed, by what the account says."""

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.model import Action, ObjectKey
from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.session import Session, aware
from snowpipe_deploy.sqltext.head import Cursor

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Missed:
    """Paths below the pipe's own path: `certain` came while it was paused and were not loaded; of `uncertain` nobody knows."""

    certain: tuple[str, ...]
    uncertain: tuple[str, ...]


def step(
    session: Session,
    action: Action,
    name: ObjectName,
    paused: set[ObjectKey],
    seconds: float,
    stopped: Callable[[], bool],
) -> tuple[tuple[str, ...], str]:
    """What is sent for a step about a pipe, and what there is to say; the waiting and the looking is done here.

    `paused` gathers the pipes that somebody had paused before us: they stay so. Raises DeployError where files still wait
    after so many seconds.
    """
    match action.verb:
        case "suspend" if is_paused(session, name):
            paused.add(action.key)
            return (), "paused by somebody before, and stays so"
        case "wait":
            _wait_until_empty(session, name, seconds, stopped)
            return (), ""
        case "replace" if action.key in paused:  # a new pipe runs
            return (*action.sql, f"ALTER PIPE {name} SET PIPE_EXECUTION_PAUSED = TRUE"), ""
        case "resume" if action.key in paused:
            return (), "was paused by somebody before, and stays so"
        case "run":
            found = _look(session, action, only_list=action.key in paused)
            return tuple(f"ALTER PIPE {name} REFRESH PREFIX = {literal(path)}" for path in found.certain), _said(
                name, found
            )
    return action.sql, ""


def status(session: Session, name: ObjectName) -> tuple[str, int]:
    """Execution state and number of files that wait; those of a paused pipe came before the pause."""
    found = json.loads(str(session.execute(f"SELECT SYSTEM$PIPE_STATUS({literal(str(name))})").scalar()))
    return str(found["executionState"]), int(found.get("pendingFileCount", 0))


def is_paused(session: Session, name: ObjectName) -> bool:
    return status(session, name)[0] == "PAUSED"


def _wait_until_empty(session: Session, name: ObjectName, seconds: float, stopped: Callable[[], bool]) -> None:
    """A pipe that is stopped never loads what waits in it."""
    deadline = time.monotonic() + seconds
    while True:
        state, waiting = status(session, name)
        if not waiting or state.startswith("STOPPED"):
            return
        if time.monotonic() > deadline:
            raise DeployError(
                f"{waiting} file{'s' if waiting > 1 else ''} still wait in pipe {name} (state {state}); it was not changed"
            )
        if stopped():
            raise DeployError("stopped by you")
        time.sleep(0.2)


def _look(session: Session, action: Action, *, only_list: bool) -> Missed:
    listing, history, paused, stage = action.sql
    since, now = session.execute(paused).rows[0]
    loaded = [(str(file), aware(at)) for file, at in session.execute(history).rows]
    url = str(next((row["url"] for row in session.execute(stage).dicts()), None) or "")
    prefix = Cursor(listing, 1).take().text.partition("/")[2]
    files = {
        path: parsedate_to_datetime(str(row["last_modified"])).astimezone(UTC)
        for row in session.execute(listing).dicts()
        if (path := below(str(row["name"]), url, prefix)) is not None
    }
    start = None if since is None or only_list else aware(since)
    return missed(files, loaded, prefix, start, aware(now))


def _said(name: ObjectName, found: Missed) -> str:
    said = [f"refreshed {_some(found.certain)}"] if found.certain else []
    if found.uncertain:
        said.append(
            f"COPY_HISTORY does not know {_some(found.uncertain)}, there before the pipe was paused: not refreshed; if it was never "
            f"loaded: ALTER PIPE {name} REFRESH PREFIX = {literal(found.uncertain[0])}"
        )
    return "; ".join(said)


def missed(
    files: Mapping[str, datetime],
    loaded: Iterable[tuple[str, datetime]],
    prefix: str,
    since: datetime | None,
    now: datetime,
) -> Missed:
    """LIST minus COPY_HISTORY. What came before `since`, or is out of REFRESH's seven days, is uncertain.

    A path that is also the beginning of a loaded file's path is uncertain too: REFRESH would take that one along.
    """
    done = dict(loaded)
    open_ = {p for p, modified in files.items() if not _is_loaded(p, modified, done, prefix)}
    certain = {
        p for p in open_
        if since is not None and files[p] >= since.replace(microsecond=0) and now - files[p] < timedelta(days=7)
        and not any(other.startswith(p) for other in files.keys() - open_)
    }  # fmt: skip
    return Missed(tuple(sorted(certain)), tuple(sorted(open_ - certain)))


def _is_loaded(path: str, modified: datetime, done: Mapping[str, datetime], prefix: str) -> bool:
    at = done.get(prefix + path) or done.get(path)
    return at is not None and at >= modified


def below(name: str, url: str, prefix: str) -> str | None:
    """The part of a name of LIST that comes behind the pipe's path: names begin with the stage, or with its URL."""
    path = name.removeprefix(url).lstrip("/") if url else name.partition("/")[2]
    return path[len(prefix) :] if path.startswith(prefix) else None


def _some(paths: tuple[str, ...]) -> str:
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return ", ".join(paths[:_SHOWN]) + more
