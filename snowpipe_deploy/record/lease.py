"""One deployment at a time: a row changed by one conditional UPDATE, judged by its row count and the account's clock."""

import getpass
import os
import re
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

from snowpipe_deploy.errors import DeployError, LockedError
from snowpipe_deploy.model import Scope
from snowpipe_deploy.record.schema import block, place, text
from snowpipe_deploy.session import Result, Session, SqlError

MARGIN = 5.0  # seconds before the end in which nothing new is sent: a statement takes a while to arrive


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


class Lease:
    """A lease that is held until a moment of this machine's clock, which also counts the time that it slept."""

    def __init__(self, scope: Scope, project: str, holder: str, seconds: float) -> None:
        self.scope, self.project, self.holder, self.seconds = scope, project, holder, seconds
        self.taken_from = ""
        self._until = 0.0

    @property
    def is_held(self) -> bool:
        """False once the last renewal is too long ago, whether or not anybody noticed: nothing more may be sent."""
        return moment() < self._until - min(MARGIN, self.seconds / 6)

    @property
    def is_due(self) -> bool:
        """Is it time to renew?"""
        return moment() > self._until - 0.75 * self.seconds

    def take(self, session: Session, who: str, *, home: str = "", force: bool = False) -> None:
        """Takes it, or raises LockedError with who holds it; `taken_from` then says whom it was taken from, if anybody.

        A lease that came along with a clone is nobody's here: that of a deployment whose home is another than `home`
        (for a moment a deployment that makes its database has none yet).
        """
        table = place(self.scope, "LEASE")
        if self._update(session, who, "(EXPIRES_AT <= CURRENT_TIMESTAMP() OR HOLDER = '')"):
            return
        owner = _owner(session, table, self.project)
        if owner is None:
            session.execute(self.registration)
            free = "(EXPIRES_AT <= CURRENT_TIMESTAMP() OR HOLDER = '')"
        else:
            free = f"HOLDER = {text(owner.holder)}"  # from nobody else
            if not (force or _is_dead(owner.who)):
                free += (
                    f" AND HOLDER IN (SELECT DEPLOYMENT FROM {place(self.scope, 'DEPLOYMENTS')} WHERE PROJECT = {text(self.project)} "
                    f"AND HOME NOT IN ('', {text(home)}))"
                    if home
                    else " AND 1 = 0"
                )
        # two first deployments at once may have made two rows; one UPDATE takes both
        if not self._update(session, who, free):
            owner = owner or _owner(session, table, self.project)
            shown = f"{owner.who}, since {owner.since}, until {owner.until} UTC" if owner else "somebody who came first"
            hint = "wait for it, or take it over with --break-lease"
            raise LockedError(f"another deployment of {self.project} holds the lease: {shown}", hint=hint)
        self.taken_from = owner.who if owner else ""

    def make(self, session: Session, who: str, before: Sequence[str], tag: str) -> None:
        """Makes the place for it as the last of these statements, one block in all, and holds it from the start: nobody can
        have come first where nothing was."""
        sent = moment()
        values = f"{text(self.project)}, {text(self.holder)}, {text(who)}, CURRENT_TIMESTAMP(), {self._end}"
        session.execute(block([*before, f"INSERT INTO {place(self.scope, 'LEASE')} SELECT {values}"]), tag)
        self._until = sent + self.seconds

    @property
    def registration(self) -> str:
        """The statement that makes the row that is the lease, where the project has none."""
        table = place(self.scope, "LEASE")
        return (
            f"INSERT INTO {table} (PROJECT, HOLDER, EXPIRES_AT) SELECT {text(self.project)}, '', CURRENT_TIMESTAMP() "
            f"WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE PROJECT = {text(self.project)})"
        )

    def renew(self, session: Session) -> None:
        """Holds it for as long again, unless somebody took it over."""
        if self.is_held and not self._update(
            session, "", f"HOLDER = {text(self.holder)} AND EXPIRES_AT > CURRENT_TIMESTAMP()"
        ):
            self._until = 0.0

    @property
    def release(self) -> str:
        """The statement that gives it back."""
        return (
            f"UPDATE {place(self.scope, 'LEASE')} SET HOLDER = '', EXPIRES_AT = CURRENT_TIMESTAMP() "
            f"WHERE PROJECT = {text(self.project)} AND HOLDER = {text(self.holder)}"
        )

    @property
    def _end(self) -> str:
        return f"DATEADD('millisecond', {round(self.seconds * 1000)}, CURRENT_TIMESTAMP())"

    def _update(self, session: Session, who: str, free: str) -> bool:
        sent = moment()  # the account counts from when it runs the statement, which is later
        taken = f"HOLDER = {text(self.holder)}, WHO = {text(who)}, TAKEN_AT = CURRENT_TIMESTAMP(), " if who else ""
        changed = session.execute(
            f"UPDATE {place(self.scope, 'LEASE')} SET {taken}EXPIRES_AT = {self._end} "
            f"WHERE PROJECT = {text(self.project)} AND {free}"
        )
        if changed.rowcount:
            self._until = sent + self.seconds
        return bool(changed.rowcount)


LOST = "the lease ran out: another deployment may have begun"


class Fenced:
    """A session that sends nothing once the lease may have run out, whoever asks it to; it raises DeployError then."""

    def __init__(self, session: Session, lease: Lease) -> None:
        self._session, self._lease = session, lease
        self.cancel, self.close = session.cancel, session.close

    def execute(self, sql: str, tag: str = "") -> Result:
        self._check()
        return self._session.execute(sql, tag)

    def together(self, statements: Sequence[str]) -> list[Result | SqlError]:
        self._check()
        return self._session.together(statements)

    def _check(self) -> None:
        if not self._lease.is_held:
            raise DeployError(LOST)


def moment() -> float:
    """Seconds that also pass while the machine sleeps, where the system can tell them."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.time()


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


def refuse_if_held(session: Session, scope: Scope, project: str) -> None:
    """Raises LockedError while a deployment of the project is under way."""
    owner = _owner(session, place(scope, "LEASE"), project)
    if owner is not None:
        shown = f"{owner.who}, since {owner.since}, until {owner.until} UTC"
        raise LockedError(f"a deployment of {project} holds the lease: {shown}", hint="wait for it")
