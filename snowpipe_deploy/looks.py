"""Looks at objects one by one, for what no SHOW of a kind tells; an object that cannot be looked at stops nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from snowpipe_deploy.drift import broken, looked_at
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.model import Drift, ObjectKey, Scope, SqlObject
from snowpipe_deploy.session import Session, SqlError

_NOT_AUTHORIZED = 3001


@dataclass(frozen=True, slots=True)
class Looks:
    """What was found, how many objects were looked at (a statement each), and why others could not be."""

    drift: tuple[Drift, ...] = ()
    count: int = 0
    failed: tuple[tuple[ObjectKey, str], ...] = ()


def look_closer(session: Session, scope: Scope, things: Iterable[SqlObject]) -> Looks:
    """One statement for each object whose kind has something to look for; raises nothing for a statement that fails."""
    found: list[Drift] = []
    failed: list[tuple[ObjectKey, str]] = []
    count = 0
    for thing in things:
        look = KINDS[thing.key.kind].look
        if look is None:
            continue
        count += 1
        try:
            rows = session.execute(look.sql.format(name=f"{scope.full(thing.key.name)}{thing.key.detail}")).dicts()
        except SqlError as error:
            if _does_not_compile(error):
                found.append(broken(thing.key, error.message))
            else:
                failed.append((thing.key, error.message))
            continue
        found += looked_at(thing.key, look.differs(thing.reading, rows))
    return Looks(tuple(found), count, tuple(failed))


def _does_not_compile(error: SqlError) -> bool:
    """SQLSTATE 42 (syntax, names) and 02 (does not exist); no warehouse, no privilege and a lost connection say nothing."""
    return error.errno != _NOT_AUTHORIZED and error.sqlstate[:2] in {"42", "02"}
