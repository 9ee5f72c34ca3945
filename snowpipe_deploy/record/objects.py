"""The record of what we deployed: read as values, written row by row."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.live import Answers, ask, result
from snowpipe_deploy.model import STAGE_FILE, Entry, ObjectKey, Record, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.record import journal
from snowpipe_deploy.record.schema import inserts, place, text
from snowpipe_deploy.session import Session, SqlError

SCRIPT = "SCRIPT"
_RECORD = "record"
_MISSING = 2003  # does not exist or not authorized


def questions(scope: Scope, project: str) -> dict[str, str]:
    """The statements that read the record; none leans on another, and all fail alike where there is no record yet."""
    return {
        _RECORD: "SELECT N.PROJECT, N.KIND, N.NAME, N.DETAIL, N.TEXT, N.SCHEMA_IN_USE, N.IDENTITY, N.FACTS, N.STATE, N.DEPLOYMENT, "
        "N.RECORDED_AT, N.ORDINAL, D.HOME FROM (SELECT R.*, ROW_NUMBER() OVER (PARTITION BY PROJECT, KIND, NAME, DETAIL "
        f"ORDER BY RECORDED_AT DESC, ORDINAL DESC) AS NEWEST FROM {place(scope, 'RECORD')} AS R) AS N LEFT JOIN {place(scope, 'DEPLOYMENTS')} AS D "
        "ON D.PROJECT = N.PROJECT AND D.DEPLOYMENT = N.DEPLOYMENT WHERE N.NEWEST = 1",
        **journal.questions(scope, project),
    }  # fmt: skip


def answered(answers: Answers, project: str, home: str = "") -> Record:
    """The record of this project, with what other projects in the database call theirs.

    `home` is the database's identity. Where it is another one than at the last deployment (a clone, a restore), what was
    observed then says nothing about this one and is left out.
    """
    if not _is_there(answers):
        return Record()
    entries, scripts, files, others, times = {}, {}, {}, {}, {}
    for row in result(answers, _RECORD).dicts():
        if row["TEXT"] is None:
            continue
        if row["KIND"] == STAGE_FILE:
            if row["PROJECT"] == project:
                files[ObjectKey(STAGE_FILE, ObjectName.parse(str(row["NAME"])), str(row["DETAIL"]))] = str(row["TEXT"])
            continue
        if row["KIND"] == SCRIPT:
            if row["PROJECT"] == project:
                scripts[ObjectName.parse(str(row["NAME"])).last.lower()] = str(row["TEXT"])
            continue
        key = ObjectKey(str(row["KIND"]), ObjectName.parse(str(row["NAME"])), str(row["DETAIL"] or ""))
        elsewhere = bool(home and row["HOME"] and str(row["HOME"]) != home)
        if elsewhere and key.kind in KINDS and KINDS[key.kind].of_account(key):
            continue  # a clone has no part in what the environment that it was taken from has in the account
        if row["PROJECT"] != project:
            others[key] = str(row["PROJECT"])
            continue
        times[key] = (row["RECORDED_AT"], int(str(row["ORDINAL"])))
        entries[key] = entry_of(row)
    deployment, commit, written_in = journal.last(answers)
    moved = bool(home and written_in and written_in != home)
    read = Record(
        entries,
        scripts,
        {} if moved else files,
        moved=moved,
        others=others,
        exists=True,
        deployment=deployment,
        commit=commit,
    )
    if moved:
        return replace(read, entries={k: replace(e, identity="", facts={}, state="") for k, e in entries.items()})
    return journal.settled(read, answers, times)


def entry_of(row: Mapping[str, object]) -> Entry:
    """A row of an object that is still ours, as a value."""
    key = ObjectKey(str(row["KIND"]), ObjectName.parse(str(row["NAME"])), str(row["DETAIL"] or ""))
    return Entry(
        key, str(row["TEXT"]), None if row["SCHEMA_IN_USE"] is None else str(row["SCHEMA_IN_USE"]),
        str(row["DEPLOYMENT"]), str(row["IDENTITY"] or ""), json.loads(str(row["FACTS"] or "{}")), str(row["STATE"] or ""),
    )  # fmt: skip


def _is_there(answers: Answers) -> bool:
    """Has the database a record? Raises any other error than that there is none."""
    answer = answers[_RECORD]
    if isinstance(answer, SqlError) and answer.errno == _MISSING:
        return False
    result(answers, _RECORD)
    return True


def read(session: Session, scope: Scope, project: str, home: str = "") -> Record:
    """See `answered`."""
    return answered(ask(session, questions(scope, project)), project, home)


def insert(
    scope: Scope, project: str, rows: Iterable[tuple[ObjectKey, Entry | None]], ordinals: Iterator[int]
) -> list[str]:
    """The statements that add one row per object: what it is now, or that it is no longer ours."""
    values = []
    for key, entry in rows:
        facts = json.dumps(dict(entry.facts), sort_keys=True) if entry else None
        now = (entry.text, entry.schema, entry.identity, facts, entry.state, entry.deployment) if entry else (None,) * 6
        values.append([*map(text, (project, key.kind, str(key.name), key.detail, *now)), str(next(ordinals))])
    return inserts(scope, "RECORD", values)


def release(scope: Scope, project: str, key: ObjectKey) -> str:
    """The statement by which an object is no longer this project's, unless the project is being deployed."""
    cells = [
        text(project),
        text(key.kind),
        text(str(key.name)),
        text(key.detail),
        *["NULL"] * 6,
        "CURRENT_TIMESTAMP()",
        "0",
    ]
    return (
        f"INSERT INTO {place(scope, 'RECORD')} SELECT {', '.join(cells)} WHERE NOT EXISTS (SELECT 1 FROM {place(scope, 'LEASE')} "
        f"WHERE PROJECT = {text(project)} AND HOLDER <> '' AND EXPIRES_AT > CURRENT_TIMESTAMP())"
    )
