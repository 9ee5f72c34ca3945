"""Looks at objects one by one, for what no SHOW of a kind tells; an object that cannot be looked at stops nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from snowpipe_deploy.drift import broken, looked_at
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.model import Drift, ObjectKey, Scope, SqlObject
from snowpipe_deploy.session import Result, Session, SqlError

_NOT_AUTHORIZED = 3001


@dataclass(frozen=True, slots=True)
class Looks:
    """What was found, how many objects were looked at (a statement each), and why others could not be."""

    drift: tuple[Drift, ...] = ()
    count: int = 0
    failed: tuple[tuple[ObjectKey, str], ...] = ()


def look_closer(session: Session, scope: Scope, things: Iterable[SqlObject]) -> Looks:
    """One statement for each object whose kind has something to look for, all at once; raises nothing for one that fails."""
    found: list[Drift] = []
    failed: list[tuple[ObjectKey, str]] = []
    wanted = [(thing, look) for thing in things if (look := KINDS[thing.key.kind].look) is not None]
    asked = [look.sql.format(name=f"{scope.full(thing.key.name)}{thing.key.detail}") for thing, look in wanted]
    for (thing, look), answer in zip(wanted, session.together(asked) if asked else (), strict=True):
        if isinstance(answer, Result):
            found += looked_at(thing.key, look, look.differs(thing.reading, answer.dicts()))
        elif _does_not_compile(answer):
            found.append(broken(thing.key, answer.message))
        else:
            failed.append((thing.key, answer.message))
    return Looks(tuple(found), len(wanted), tuple(failed))


def _does_not_compile(error: SqlError) -> bool:
    """SQLSTATE 42 (syntax, names) and 02 (does not exist); no warehouse, no privilege and a lost connection say nothing."""
    return error.errno != _NOT_AUTHORIZED and error.sqlstate[:2] in {"42", "02"}
