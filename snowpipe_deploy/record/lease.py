"""One deployment at a time: a row changed by one conditional UPDATE, judged by its row count and the account's clock."""

from snowpipe_deploy.errors import LockedError
from snowpipe_deploy.model import Scope
from snowpipe_deploy.record.schema import place, text
from snowpipe_deploy.session import Session

SECONDS = 300


def take(session: Session, scope: Scope, project: str, holder: str, who: str, *, force: bool = False) -> str:
    """Takes the lease, or raises LockedError with who holds it; with `force` returns whom it was taken from."""
    table = place(scope, "LEASE")
    session.execute(
        f"MERGE INTO {table} AS T USING (SELECT {text(project)} AS PROJECT) AS S ON T.PROJECT = S.PROJECT "
        "WHEN NOT MATCHED THEN INSERT (PROJECT, HOLDER, EXPIRES_AT) VALUES (S.PROJECT, '', CURRENT_TIMESTAMP())"
    )
    robbed = _owner(session, table, project) if force else ""
    free = "" if force else " AND (EXPIRES_AT <= CURRENT_TIMESTAMP() OR HOLDER = '')"
    changed = session.execute(
        f"UPDATE {table} SET HOLDER = {text(holder)}, WHO = {text(who)}, TAKEN_AT = CURRENT_TIMESTAMP(), "
        f"EXPIRES_AT = DATEADD('second', {SECONDS}, CURRENT_TIMESTAMP()) WHERE PROJECT = {text(project)}{free}"
    )
    if changed.rowcount != 1:
        raise LockedError(
            f"another deployment of {project} holds the lease: {_owner(session, table, project)}",
            hint="wait for it, or take it over with --break-lease",
        )
    return robbed


def renew(session: Session, scope: Scope, project: str, holder: str) -> bool:
    """False means that the lease is lost: nothing more may be sent."""
    changed = session.execute(
        f"UPDATE {place(scope, 'LEASE')} SET EXPIRES_AT = DATEADD('second', {SECONDS}, CURRENT_TIMESTAMP()) "
        f"WHERE PROJECT = {text(project)} AND HOLDER = {text(holder)} AND EXPIRES_AT > CURRENT_TIMESTAMP()"
    )
    return changed.rowcount == 1


def release(session: Session, scope: Scope, project: str, holder: str) -> None:
    session.execute(
        f"UPDATE {place(scope, 'LEASE')} SET HOLDER = '', EXPIRES_AT = CURRENT_TIMESTAMP() "
        f"WHERE PROJECT = {text(project)} AND HOLDER = {text(holder)}"
    )


def _owner(session: Session, table: str, project: str) -> str:
    rows = session.execute(
        f"SELECT WHO, TO_VARCHAR(TAKEN_AT, 'YYYY-MM-DD HH24:MI:SS'), TO_VARCHAR(EXPIRES_AT, 'YYYY-MM-DD HH24:MI:SS') "
        f"FROM {table} WHERE PROJECT = {text(project)} AND HOLDER <> ''"
    ).rows
    return f"{rows[0][0]}, since {rows[0][1]}, until {rows[0][2]} UTC" if rows else "nobody"
