"""One row a deployment, one row a step: what was begun, done and failed, by the account's clock."""

import json
from collections.abc import Iterable

from snowpipe_deploy.model import Action, Entry, ObjectKey, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.record.schema import place, text
from snowpipe_deploy.session import Session


def begin(
    session: Session, scope: Scope, project: str, deployment: str, home: str, environment: str, commit: str, who: str
) -> None:
    session.execute(
        f"INSERT INTO {place(scope, 'DEPLOYMENTS')} SELECT {text(project)}, {text(deployment)}, {text(home)}, "
        f"{text(environment)}, {text(commit)}, {text(who)}, 'running', CURRENT_TIMESTAMP(), NULL"
    )


def end(session: Session, scope: Scope, project: str, deployment: str, status: str) -> None:
    """Closes the deployment; one that did all it wanted also closes those before it that never ended."""
    if status == "done":
        session.execute(
            f"UPDATE {place(scope, 'DEPLOYMENTS')} SET STATUS = 'cut short' WHERE PROJECT = {text(project)} "
            f"AND STATUS = 'running' AND DEPLOYMENT <> {text(deployment)}"
        )
    session.execute(
        f"UPDATE {place(scope, 'DEPLOYMENTS')} SET STATUS = {text(status)}, ENDED_AT = CURRENT_TIMESTAMP() "
        f"WHERE PROJECT = {text(project)} AND DEPLOYMENT = {text(deployment)}"
    )


def intend(
    session: Session, scope: Scope, project: str, deployment: str, actions: Iterable[Action], first: int
) -> None:
    """Says what is about to be made, with its text: after a crash we know what is there as ours."""
    rows = []
    for i, action in enumerate(a for a in actions if a.text and a.verb in {"create", "replace"}):
        message = json.dumps({"text": action.text, "home": action.home})
        cells = [text(project), text(deployment), text(action.id), text(action.key.kind), text(str(action.key.name)),
                 text(action.key.detail), "'planned'", text(message), "NULL", "CURRENT_TIMESTAMP()", str(first + i)]  # fmt: skip
        rows.append(f"SELECT {', '.join(cells)}")
    if rows:
        session.execute(f"INSERT INTO {place(scope, 'JOURNAL')} {' UNION ALL '.join(rows)}")


def intended(session: Session, scope: Scope, project: str) -> dict[ObjectKey, Entry]:
    """What deployments that never ended were about to make."""
    rows = session.execute(
        f"SELECT J.KIND, J.NAME, J.DETAIL, J.MESSAGE, J.DEPLOYMENT FROM {place(scope, 'JOURNAL')} AS J "
        f"JOIN {place(scope, 'DEPLOYMENTS')} AS D ON D.DEPLOYMENT = J.DEPLOYMENT AND D.PROJECT = J.PROJECT "
        f"WHERE J.PROJECT = {text(project)} AND J.STATUS = 'planned' AND D.STATUS = 'running' ORDER BY J.ORDINAL"
    ).dicts()
    found = {}
    for row in rows:
        key = ObjectKey(str(row["KIND"]), ObjectName.parse(str(row["NAME"])), str(row["DETAIL"] or ""))
        planned = json.loads(str(row["MESSAGE"]))
        found[key] = Entry(key, planned["text"], planned["home"], str(row["DEPLOYMENT"]))
    return found
