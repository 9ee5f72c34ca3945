"""One row a deployment; one row a step before anything changes, and one when it has ended: all by the account's clock.

The statements are built here and sent by the deployment, which decides what goes out together.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from snowpipe_deploy.live import Answers, result
from snowpipe_deploy.model import STAGE_FILE, Action, Entry, ObjectKey, Record, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.record.schema import inserts, place, text
from snowpipe_deploy.session import Session

_OPEN, _NEWEST = "unfinished deployments", "last deployment and task states"
SCRIPT = "SCRIPT"


@dataclass(frozen=True, slots=True)
class Step:
    """What became of an action: started, done, failed, skipped or unknown."""

    action: Action
    status: str
    message: str = ""
    query_id: str = ""


def begin(scope: Scope, project: str, deployment: str, home: str, environment: str, commit: str, who: str) -> str:
    return (
        f"INSERT INTO {place(scope, 'DEPLOYMENTS')} SELECT {text(project)}, {text(deployment)}, {text(home)}, "
        f"{text(environment)}, {text(commit)}, {text(who)}, 'running', CURRENT_TIMESTAMP(), NULL"
    )


def at_home(scope: Scope, project: str, deployment: str, home: str) -> str:
    """Says in which database a deployment is that made it."""
    return (
        f"UPDATE {place(scope, 'DEPLOYMENTS')} SET HOME = {text(home)} WHERE PROJECT = {text(project)} "
        f"AND DEPLOYMENT = {text(deployment)}"
    )


def close(scope: Scope, project: str, deployment: str, status: str) -> str:
    """Ends the deployment; one that did all it wanted also closes those before it that never ended."""
    others = "OR STATUS IN ('running', 'failed') " if status == "done" else ""
    return (
        f"UPDATE {place(scope, 'DEPLOYMENTS')} SET STATUS = CASE WHEN DEPLOYMENT = {text(deployment)} THEN {text(status)} "
        f"ELSE 'settled' END, ENDED_AT = CURRENT_TIMESTAMP() WHERE PROJECT = {text(project)} "
        f"AND (DEPLOYMENT = {text(deployment)} {others})"
    )


def intend(
    scope: Scope, project: str, deployment: str, actions: Iterable[Action], ordinals: Iterator[int]
) -> list[str]:
    """Says what is about to be done, with each object's text: after a crash we know what is there as ours."""
    return outcomes(scope, project, deployment, (Step(a, "planned", _intent(a)) for a in actions), ordinals)


def _intent(action: Action) -> str:
    was = action.was and [action.was.kind, str(action.was.name), action.was.detail]
    return json.dumps({"verb": action.verb, "text": action.text, "home": action.home, "was": was})


def outcomes(scope: Scope, project: str, deployment: str, steps: Iterable[Step], ordinals: Iterator[int]) -> list[str]:
    """Says what became of steps."""
    rows = []
    for step in steps:
        key = step.action.key
        cells = (
            project, deployment, step.action.id, key.kind, str(key.name), key.detail, step.status, step.message, step.query_id
        )  # fmt: skip
        rows.append([*map(text, cells), str(next(ordinals))])
    return inserts(scope, "JOURNAL", rows)


def is_done(session: Session, scope: Scope, project: str, deployment: str, action: Action) -> bool:
    """Has the journal the outcome of an action that wrote it in its own transaction?"""
    rows = session.execute(
        f"SELECT 1 FROM {place(scope, 'JOURNAL')} WHERE PROJECT = {text(project)} AND DEPLOYMENT = {text(deployment)} "
        f"AND ACTION = {text(action.id)} AND STATUS = 'done'"
    ).rows
    return bool(rows)


def unfinished(scope: Scope, project: str, besides: str) -> str:
    """The statement that counts the other deployments that did not end well: what they did may not be recorded yet."""
    return (
        f"SELECT COUNT(*) FROM {place(scope, 'DEPLOYMENTS')} WHERE PROJECT = {text(project)} "
        f"AND STATUS IN ('running', 'failed') AND DEPLOYMENT <> {text(besides)}"
    )


def last_deployment(scope: Scope, project: str, *, besides: str = "") -> str:
    """The statement that gives id, commit and home of the newest deployment that was let in."""
    others = f"AND DEPLOYMENT <> {text(besides)} " if besides else ""
    return (
        f"SELECT DEPLOYMENT, COMMIT_ID, HOME FROM {place(scope, 'DEPLOYMENTS')} WHERE PROJECT = {text(project)} "
        f"AND STATUS <> 'refused' {others}ORDER BY STARTED_AT DESC, DEPLOYMENT DESC LIMIT 1"
    )


def questions(scope: Scope, project: str) -> dict[str, str]:
    """What deployments that did not end well have written, the last word on each task's state, and the last deployment."""
    journal, deployments = place(scope, "JOURNAL"), place(scope, "DEPLOYMENTS")
    return {
        _OPEN: "SELECT J.DEPLOYMENT, D.STATUS AS ENDED, D.STARTED_AT, J.ACTION, J.KIND, J.NAME, J.DETAIL, J.STATUS, J.MESSAGE, "
        f"J.WRITTEN_AT, J.ORDINAL FROM {journal} AS J JOIN {deployments} AS D ON D.DEPLOYMENT = J.DEPLOYMENT "
        f"AND D.PROJECT = J.PROJECT WHERE J.PROJECT = {text(project)} AND D.STATUS IN ('running', 'failed') "
        "ORDER BY J.WRITTEN_AT, J.ORDINAL",
        _NEWEST: "SELECT 'state' AS WHAT, KIND AS A, NAME AS B, ACTION AS C FROM (SELECT J.*, "
        f"ROW_NUMBER() OVER (PARTITION BY KIND, NAME ORDER BY WRITTEN_AT DESC, ORDINAL DESC) AS NEWEST FROM {journal} AS J "
        f"WHERE PROJECT = {text(project)} AND KIND IN ('TASK', 'ALERT', 'PIPE') AND STATUS = 'done' "
        "AND (ACTION LIKE 'suspend %' OR ACTION LIKE 'resume %' OR ACTION LIKE 'create %' OR ACTION LIKE 'adopt %')) AS N "
        "WHERE NEWEST = 1 UNION ALL SELECT 'deployment', DEPLOYMENT, COMMIT_ID, HOME "
        f"FROM ({last_deployment(scope, project)}) AS L",
    }  # fmt: skip


def last(answers: Answers) -> tuple[str, str, str]:
    """Id, commit and home of the newest deployment that was let in; empty where there was none."""
    rows = [row for row in result(answers, _NEWEST).dicts() if row["WHAT"] == "deployment"]
    return (str(rows[0]["A"]), str(rows[0]["B"] or ""), str(rows[0]["C"] or "")) if rows else ("", "", "")


def settled(record: Record, answers: Answers, times: Mapping[ObjectKey, tuple[Any, int]]) -> Record:
    """The record with what the journal knows better: steps that were done before a deployment could record them, steps
    whose outcome nobody knows, and the states of tasks that a deployment left behind. `times` says when each entry was
    recorded."""
    intended: dict[tuple[str, str], dict[str, Any]] = {}
    suspending: dict[ObjectKey, str] = {}
    unwritten: dict[ObjectKey, Entry | None] = {}
    for row in result(answers, _OPEN).dicts():
        of = (str(row["DEPLOYMENT"]), str(row["ACTION"]))
        key = ObjectKey(str(row["KIND"]), ObjectName.parse(str(row["NAME"])), str(row["DETAIL"] or ""))
        match row["STATUS"]:
            case "planned":
                planned = json.loads(str(row["MESSAGE"]))
                intended[of] = {**planned, "key": key, "ended": row["ENDED"], "begun": False, "unknown": False}
                if planned["verb"] == "suspend" and row["ENDED"] == "running":
                    suspending[key] = str(row["STARTED_AT"])
            case "started" if of in intended:
                intended[of]["begun"] = True
            case "unknown" if of in intended:
                intended[of]["unknown"] = True
            case "done":
                step = intended.pop(of, None)
                if step is not None and times.get(key, (row["WRITTEN_AT"], -1)) < (
                    row["WRITTEN_AT"],
                    int(str(row["ORDINAL"])),
                ):
                    unwritten |= _taken(key, step, of[0])
            case _:
                intended.pop(of, None)
    known = {**record.entries, **unwritten}
    entries = {key: entry for key, entry in known.items() if entry is not None and key.kind not in {SCRIPT, STAGE_FILE}}
    ran = {key: entry.text for key, entry in unwritten.items() if entry is not None}
    scripts = {**record.scripts, **{key.name.last.lower(): text for key, text in ran.items() if key.kind == SCRIPT}}
    files = {key: text for key, text in record.files.items() if key not in unwritten}
    files |= {key: text for key, text in ran.items() if key.kind == STAGE_FILE}
    verbs = {
        ObjectKey(str(r["A"]), ObjectName.parse(str(r["B"]))): str(r["C"]).partition(" ")[0]
        for r in result(answers, _NEWEST).dicts()
        if r["WHAT"] == "state"
    }
    left = [
        (step["key"], Entry(step["key"], step["text"], step["home"], of[0]), step["verb"])
        for of, step in intended.items()
        if step["text"] and (step["ended"] == "running" or step["unknown"])
    ]
    return replace(
        record,
        entries=entries,
        scripts=scripts,
        unwritten=unwritten,
        files=files,
        intended={key: entry for key, entry, verb in left if verb in {"create", "replace", "adopt", "alter"}},
        # only SHOW TASKS says when a suspension was made: of others the intention alone makes it ours
        suspended=frozenset(key for key, verb in verbs.items() if verb == "suspend")
        | {key for key in suspending if key.kind != "TASK"},
        suspending=suspending,
        dropping=frozenset(step["key"] for step in intended.values() if step["verb"] == "drop"),
        unstarted=frozenset(key for key, verb in verbs.items() if verb in {"create", "adopt"}),
        unsettled=frozenset(
            step["key"].name.last.lower()
            for step in intended.values()
            if step["key"].kind == SCRIPT and (step["begun"] or step["unknown"])
        ),
    )


def _taken(key: ObjectKey, step: Mapping[str, Any], deployment: str) -> dict[ObjectKey, Entry | None]:
    """What a step that was done changes in the record."""
    if step["verb"] == "drop":
        return {key: None}
    if not step["text"]:
        return {}
    found: dict[ObjectKey, Entry | None] = {key: Entry(key, step["text"], step["home"], deployment)}
    if step["was"]:
        kind, name, detail = step["was"]
        found[ObjectKey(kind, ObjectName.parse(name), detail)] = None
    return found
