"""Streams while they are replaced: emptied by their consumers, and made again where they stood, by what the account says."""

import time
from collections.abc import Callable

from snowpipe_deploy import runs
from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.model import Action
from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.session import Session, SqlError

_TURNS = 3
_PAUSE = 0.2  # seconds between two looks at a run


def position_of(name: str) -> str:
    """What stands in a plan for the position that a stream has when it is replaced."""
    return f"<position of {name}>"


def look_for_data(name: str) -> str:
    """The statement that stands first where a stream is replaced only if it holds nothing."""
    return f"SELECT SYSTEM$STREAM_HAS_DATA({literal(name)})"


def step(
    session: Session, action: Action, name: ObjectName, seconds: float, stopped: Callable[[], bool]
) -> tuple[str, ...]:
    """What is sent for a step about a stream; the waiting is done here. Raises DeployError where its consumers do not read it."""
    if action.verb == "wait":
        _drain(session, name, action.sql, seconds, stopped)
        return ()
    if action.sql[:1] == (look_for_data(str(name)),):
        _refuse_data(session, name)
        return action.sql[1:]
    mark = position_of(str(name))
    if not any(mark in sql for sql in action.sql):
        return action.sql
    return tuple(sql.replace(mark, f"TO_TIMESTAMP_LTZ({_position(session, name)}, 9)") for sql in action.sql)


def _refuse_data(session: Session, name: ObjectName) -> None:
    """What is in a stream on another source can be delivered by no stream on the new one."""
    if _has_data(session, name):
        own = ObjectName(name.parts[1:])
        raise DeployError(
            f"{name} has data again: something still writes to its source; it was not changed. Stop that and apply again, or lose "
            f"what it holds: --allow loses-offset:{own}"
        )


def _drain(
    session: Session, name: ObjectName, starts: tuple[str, ...], seconds: float, stopped: Callable[[], bool]
) -> None:
    """Runs the consumers until the stream has no data. Where rows come faster than they are read a few turns are enough: what
    is left came since, and the new stream delivers it."""
    deadline = time.monotonic() + seconds
    for _ in range(_TURNS):
        if not _has_data(session, name):
            return
        before = _position_if_known(session, name)
        for start in starts:
            session.execute(start)
            _follow(session, start, deadline, stopped)
        if _position_if_known(session, name) == before and _has_data(session, name):
            tasks = ", ".join(start.removeprefix("EXECUTE TASK ") for start in starts)
            raise DeployError(
                f"{name} still has data after a run of {tasks}, which did not read it; it was not changed"
            )


def _follow(session: Session, start: str, deadline: float, stopped: Callable[[], bool]) -> None:
    task = ObjectName.parse(start.removeprefix("EXECUTE TASK "))
    database, root = task.parts[0], ObjectName(task.parts[1:])
    while runs.under_way(session, database, root):
        if time.monotonic() > deadline:
            raise DeployError(f"a run of {task} is still under way; the stream that it empties was not changed")
        if stopped():
            raise DeployError("stopped by you")
        time.sleep(_PAUSE)


def _has_data(session: Session, name: ObjectName) -> bool:
    return bool(session.execute(look_for_data(str(name))).scalar())


def _position_if_known(session: Session, name: ObjectName) -> int | None:
    """A stream on a view does not tell its position (reference B.7)."""
    try:
        return _position(session, name)
    except SqlError as error:
        if error.may_have_run:
            raise
        return None


def _position(session: Session, name: ObjectName) -> int:
    """In nanoseconds since 1970 (reference B.7)."""
    found = session.execute(f"SELECT SYSTEM$STREAM_GET_TABLE_TIMESTAMP({literal(str(name))})").scalar()
    return int(str(found))
