"""One deployment at a time: a row changed by one conditional UPDATE, judged by its row count and the account's clock."""

import getpass
import os
import re
import socket
from dataclasses import dataclass

from snowpipe_deploy.errors import LockedError
from snowpipe_deploy.model import Scope
from snowpipe_deploy.record.schema import place, text
from snowpipe_deploy.session import Session

SECONDS = 60
RENEW_EVERY = 15


def holder_name() -> str:
    """Who holds a lease: `user@host pid 123`."""
    return f"{getpass.getuser()}@{socket.gethostname()} pid {os.getpid()}"


def _is_dead(who: str) -> bool:
    """A holder on this very machine whose process is gone: nobody will ever renew that lease."""
    match = re.fullmatch(r".*@(.+) pid (\d+)", who)
    if match is None or match[1] != socket.gethostname():
        return False
    try:
        os.kill(int(match[2]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def take(session: Session, scope: Scope, project: str, holder: str, who: str, *, force: bool = False) -> str:
    """Takes the lease, or raises LockedError with who holds it; returns whom it was taken from, if from anybody."""
    table = place(scope, "LEASE")
    session.execute(
        f"INSERT INTO {table} (PROJECT, HOLDER, EXPIRES_AT) SELECT {text(project)}, '', CURRENT_TIMESTAMP() "
        f"WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE PROJECT = {text(project)})"
    )
    owner = _owner(session, table, project)
    free = "(EXPIRES_AT <= CURRENT_TIMESTAMP() OR HOLDER = '')"
    if owner is not None and (force or _is_dead(owner.who)):
        free = f"HOLDER = {text(owner.holder)}"  # from this holder and no other
    changed = session.execute(
        f"UPDATE {table} SET HOLDER = {text(holder)}, WHO = {text(who)}, TAKEN_AT = CURRENT_TIMESTAMP(), "
        f"EXPIRES_AT = DATEADD('second', {SECONDS}, CURRENT_TIMESTAMP()) WHERE PROJECT = {text(project)} AND {free}"
    )
    if not changed.rowcount:  # two first deployments at once may have made two rows; one UPDATE takes both
        shown = f"{owner.who}, since {owner.since}, until {owner.until} UTC" if owner else "somebody who came first"
        hint = "wait for it, or take it over with --break-lease"
        raise LockedError(f"another deployment of {project} holds the lease: {shown}", hint=hint)
    return owner.who if owner else ""


def renew(session: Session, scope: Scope, project: str, holder: str) -> bool:
    """False means that the lease is lost: nothing more may be sent."""
    changed = session.execute(
        f"UPDATE {place(scope, 'LEASE')} SET EXPIRES_AT = DATEADD('second', {SECONDS}, CURRENT_TIMESTAMP()) "
        f"WHERE PROJECT = {text(project)} AND HOLDER = {text(holder)} AND EXPIRES_AT > CURRENT_TIMESTAMP()"
    )
    return bool(changed.rowcount)


def release(session: Session, scope: Scope, project: str, holder: str) -> None:
    session.execute(
        f"UPDATE {place(scope, 'LEASE')} SET HOLDER = '', EXPIRES_AT = CURRENT_TIMESTAMP() "
        f"WHERE PROJECT = {text(project)} AND HOLDER = {text(holder)}"
    )


@dataclass(frozen=True, slots=True)
class _Owner:
    holder: str
    who: str
    since: str
    until: str


def _owner(session: Session, table: str, project: str) -> _Owner | None:
    rows = session.execute(
        "SELECT HOLDER, WHO, TO_VARCHAR(TAKEN_AT, 'YYYY-MM-DD HH24:MI:SS'), TO_VARCHAR(EXPIRES_AT, 'YYYY-MM-DD HH24:MI:SS') "
        f"FROM {table} WHERE PROJECT = {text(project)} AND HOLDER <> '' AND EXPIRES_AT > CURRENT_TIMESTAMP()"
    ).rows
    return _Owner(*map(str, rows[0])) if rows else None
