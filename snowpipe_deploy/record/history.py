"""The deployments of a project, and what was recorded when one of them had ended."""

from dataclasses import dataclass
from datetime import datetime

from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.model import STAGE_FILE, Entry, ObjectKey, Scope
from snowpipe_deploy.record import objects
from snowpipe_deploy.record.schema import place, text
from snowpipe_deploy.session import Session, SqlError

_MISSING = 2003  # no record here, or none that the role may see


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deployment: who, when and from which commit (times in ISO 8601, empty while it runs), and how many steps were done
    and failed."""

    id: str
    status: str
    started: str
    ended: str
    who: str
    commit: str
    environment: str
    done: int
    failed: int


@dataclass(frozen=True, slots=True)
class Past:
    """What a project had deployed when `deployment` had ended, and how many scripts have run since."""

    deployment: Deployment
    entries: tuple[Entry, ...]
    scripts_since: int


def deployments(session: Session, scope: Scope, project: str, last: int) -> tuple[Deployment, ...]:
    """The newest first; none where there is no record."""
    asked = (
        "SELECT D.DEPLOYMENT, D.STATUS, D.STARTED_AT, D.ENDED_AT, D.WHO, D.COMMIT_ID, D.ENVIRONMENT, "
        "COUNT(DISTINCT CASE WHEN J.STATUS = 'done' THEN J.ACTION END) AS DONE, "
        "COUNT(DISTINCT CASE WHEN J.STATUS = 'failed' THEN J.ACTION END) AS FAILED "
        f"FROM {place(scope, 'DEPLOYMENTS')} AS D LEFT JOIN {place(scope, 'JOURNAL')} AS J "
        f"ON J.PROJECT = D.PROJECT AND J.DEPLOYMENT = D.DEPLOYMENT WHERE D.PROJECT = {text(project)} "
        f"GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY D.STARTED_AT DESC, D.DEPLOYMENT DESC LIMIT {int(last)}"
    )
    try:
        rows = session.execute(asked).rows
    except SqlError as error:
        if error.errno == _MISSING:
            return ()
        raise
    return tuple(_deployment(row) for row in rows)


def _deployment(row: tuple[object, ...]) -> Deployment:
    name, status, started, ended, who, commit, environment, done, failed = row
    return Deployment(
        str(name), str(status), _moment(started), _moment(ended), str(who or ""), str(commit or ""),
        str(environment or ""), int(str(done)), int(str(failed)),
    )  # fmt: skip


def _moment(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)


def find(known: tuple[Deployment, ...], given: str) -> Deployment:
    """The deployment of this id, or of an id that begins so; raises UsageError with those that there are."""
    found = [d for d in known if d.id == given] or [d for d in known if given and d.id.startswith(given)]
    if len(found) != 1:
        what = "more than one deployment begins so" if found else "this project has no such deployment here"
        ids = ", ".join(d.id for d in (found or known)[:5])
        raise UsageError(f"--to {given}: {what}", hint=f"one of {ids}" if ids else "snowdeploy history")
    return found[0]


def after(session: Session, scope: Scope, project: str, given: str) -> Past:
    """The record as it stood when a deployment had ended; raises UsageError where there is no such deployment.

    RECORD is only ever added to, and only by who holds the lease: the newest row of each object that is older than the
    beginning of the next deployment is what was there.
    """
    known = deployments(session, scope, project, 10_000)
    deployment = find(known, given)
    at = known.index(deployment)
    began = (
        f"(SELECT MIN(STARTED_AT) FROM {place(scope, 'DEPLOYMENTS')} WHERE PROJECT = {text(project)} "
        f"AND DEPLOYMENT = {text(known[at - 1].id)})"
    )
    table, mine = place(scope, "RECORD"), f"PROJECT = {text(project)}"
    rows = session.execute(
        "SELECT KIND, NAME, DETAIL, TEXT, SCHEMA_IN_USE, IDENTITY, FACTS, STATE, DEPLOYMENT FROM (SELECT R.*, "
        "ROW_NUMBER() OVER (PARTITION BY KIND, NAME, DETAIL ORDER BY RECORDED_AT DESC, ORDINAL DESC) AS NEWEST "
        f"FROM {table} AS R WHERE {mine}{f' AND RECORDED_AT < {began}' if at else ''}) AS N WHERE NEWEST = 1"
    ).dicts()
    entries = [
        objects.entry_of(row)
        for row in rows
        if row["TEXT"] is not None and row["KIND"] not in {objects.SCRIPT, STAGE_FILE}
    ]
    since = session.execute(
        f"SELECT COUNT(DISTINCT NAME) FROM {table} WHERE {mine} AND KIND = {text(objects.SCRIPT)} AND TEXT IS NOT NULL "
        f"AND {f'RECORDED_AT >= {began}' if at else 'FALSE'}"
    ).scalar()
    return Past(deployment, tuple(sorted(entries, key=_place)), int(str(since or 0)))


def _place(entry: Entry) -> ObjectKey:
    return entry.key
