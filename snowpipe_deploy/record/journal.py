"""One row a deployment, one row a step: what was begun, done and failed, by the account's clock."""

from snowpipe_deploy.model import Action, Scope
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
    session.execute(
        f"UPDATE {place(scope, 'DEPLOYMENTS')} SET STATUS = {text(status)}, ENDED_AT = CURRENT_TIMESTAMP() "
        f"WHERE PROJECT = {text(project)} AND DEPLOYMENT = {text(deployment)}"
    )


def write(
    session: Session, scope: Scope, project: str, deployment: str, action: Action, status: str, ordinal: int,
    message: str = "", query_id: str = "",
) -> None:  # fmt: skip
    session.execute(
        f"INSERT INTO {place(scope, 'JOURNAL')} SELECT {text(project)}, {text(deployment)}, {text(action.id)}, "
        f"{text(action.key.kind)}, {text(str(action.key.name))}, {text(action.key.detail)}, {text(status)}, {text(message)}, "
        f"{text(query_id)}, CURRENT_TIMESTAMP(), {ordinal}"
    )
