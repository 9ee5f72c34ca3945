"""The record of what we deployed: read as values, written row by row."""

import json
from collections.abc import Iterable
from dataclasses import replace

from snowpipe_deploy.model import Entry, ObjectKey, Record, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.record import journal
from snowpipe_deploy.record.schema import exists, place, text
from snowpipe_deploy.session import Session

SCRIPT = "SCRIPT"


def read(session: Session, scope: Scope, project: str, home: str = "") -> Record:
    """The record of this project, with what other projects in the database call theirs.

    `home` is the database's identity. Where it is another one than at the last deployment (a clone, a restore), what was
    observed then says nothing about this one and is left out.
    """
    if not exists(session, scope):
        return Record()
    rows = session.execute(
        "SELECT PROJECT, KIND, NAME, DETAIL, TEXT, SCHEMA_IN_USE, IDENTITY, FACTS, STATE, DEPLOYMENT FROM (SELECT R.*, "
        "ROW_NUMBER() OVER (PARTITION BY PROJECT, KIND, NAME, DETAIL ORDER BY RECORDED_AT DESC, ORDINAL DESC) AS NEWEST "
        f"FROM {place(scope, 'RECORD')} AS R) AS N WHERE NEWEST = 1"
    ).dicts()
    entries, scripts, others = {}, {}, {}
    for row in rows:
        if row["TEXT"] is None:
            continue
        if row["KIND"] == SCRIPT:
            if row["PROJECT"] == project:
                scripts[str(row["NAME"]).lower()] = str(row["TEXT"])
            continue
        key = ObjectKey(str(row["KIND"]), ObjectName.parse(str(row["NAME"])), str(row["DETAIL"] or ""))
        if row["PROJECT"] != project:
            others[key] = str(row["PROJECT"])
            continue
        entries[key] = Entry(
            key, str(row["TEXT"]), None if row["SCHEMA_IN_USE"] is None else str(row["SCHEMA_IN_USE"]),
            str(row["DEPLOYMENT"]), str(row["IDENTITY"] or ""), json.loads(str(row["FACTS"] or "{}")), str(row["STATE"] or ""),
        )  # fmt: skip
    last = session.execute(
        f"SELECT DEPLOYMENT, COMMIT_ID, HOME FROM {place(scope, 'DEPLOYMENTS')} WHERE PROJECT = {text(project)} "
        "ORDER BY STARTED_AT DESC LIMIT 1"
    ).rows
    moved = bool(home and last and last[0][2] and str(last[0][2]) != home)
    if moved:
        entries = {key: replace(entry, identity="", facts={}, state="") for key, entry in entries.items()}
    suspended, unstarted = (frozenset(), frozenset()) if moved else _open_ends(session, scope, project)
    deployment, commit = (str(last[0][0]), str(last[0][1] or "")) if last else ("", "")
    intended = {} if moved else {k: e for k, e in journal.intended(session, scope, project).items() if k not in entries}
    return Record(
        entries,
        scripts,
        intended,
        moved,
        suspended,
        unstarted,
        others,
        exists=True,
        deployment=deployment,
        commit=commit,
    )


def _open_ends(session: Session, scope: Scope, project: str) -> tuple[frozenset[ObjectKey], frozenset[ObjectKey]]:
    """Tasks that a deployment of ours suspended and did not resume, and those it made and did not start."""
    rows = session.execute(
        "SELECT KIND, NAME, ACTION FROM (SELECT J.*, ROW_NUMBER() OVER (PARTITION BY KIND, NAME ORDER BY WRITTEN_AT DESC, "
        f"ORDINAL DESC) AS NEWEST FROM {place(scope, 'JOURNAL')} AS J WHERE PROJECT = {text(project)} AND KIND IN ('TASK', 'ALERT', 'PIPE') "
        "AND STATUS IN ('started', 'done') AND (ACTION LIKE 'suspend %' OR ACTION LIKE 'resume %' OR ACTION LIKE 'create %' "
        "OR ACTION LIKE 'adopt %')) AS N WHERE NEWEST = 1"
    ).dicts()
    last = {
        ObjectKey(str(r["KIND"]), ObjectName.parse(str(r["NAME"]))): str(r["ACTION"]).partition(" ")[0] for r in rows
    }
    suspended = frozenset(key for key, verb in last.items() if verb == "suspend")
    return suspended, frozenset(key for key, verb in last.items() if verb in {"create", "adopt"})


def write(
    session: Session, scope: Scope, project: str, rows: Iterable[tuple[ObjectKey, Entry | None]], first: int
) -> None:
    """Adds one row per object: what it is now, or that it is no longer ours."""
    values = []
    for i, (key, entry) in enumerate(rows):
        cells = [
            text(project), text(key.kind), text(str(key.name)), text(key.detail),
            text(entry.text if entry else None), text(entry.schema if entry else None), text(entry.identity if entry else None),
            text(json.dumps(dict(entry.facts), sort_keys=True) if entry else None), text(entry.state if entry else None),
            text(entry.deployment if entry else None), "CURRENT_TIMESTAMP()", str(first + i),
        ]  # fmt: skip
        values.append(f"SELECT {', '.join(cells)}")
    if values:
        session.execute(f"INSERT INTO {place(scope, 'RECORD')} {' UNION ALL '.join(values)}")
