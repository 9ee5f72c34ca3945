"""The one thing the deployer knows of a database: text in, rows out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from snowpipe_deploy.errors import DeployError


class SqlError(DeployError):
    """A statement that the account refused.

    `errno` and `sqlstate` are Snowflake's. `may_have_run` is true where the reply was lost: the statement's fate must
    be looked up by its query tag before anything is sent again.
    """

    def __init__(
        self, errno: int, sqlstate: str, message: str, *, query_id: str = "", may_have_run: bool = False
    ) -> None:
        super().__init__(f"{errno:06d} ({sqlstate}): {message}")
        self.errno = errno
        self.sqlstate = sqlstate
        self.text = message
        self.query_id = query_id
        self.may_have_run = may_have_run


@dataclass(frozen=True, slots=True)
class Result:
    """Column names as the account spells them, and the rows. `rowcount` is the number of rows changed by DML."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()
    query_id: str = ""
    rowcount: int | None = None

    def dicts(self) -> list[dict[str, object]]:
        """Rows by column name: the order of SHOW columns is not stable over releases (reference F.6)."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def scalar(self) -> object:
        return self.rows[0][0] if self.rows else None


class Session(Protocol):
    """One open connection to an account; used by one thread at a time."""

    def execute(self, sql: str, tag: str = "") -> Result:
        """Runs one statement and waits for its rows; raises SqlError."""

    def together(self, statements: Sequence[str]) -> "list[Result | SqlError]":
        """Runs statements that do not lean on each other at once, on the same login; what each gave, in their order."""

    def cancel(self) -> None:
        """Asks the account to stop the running statement; may be called from another thread."""

    def close(self) -> None: ...


def sequentially(session: Session, statements: Sequence[str]) -> list[Result | SqlError]:
    """`together` of an account where asking one by one costs nothing."""
    return [_answer(session, sql) for sql in statements]


def _answer(session: Session, sql: str) -> Result | SqlError:
    try:
        return session.execute(sql)
    except SqlError as error:
        return error


def aware(value: object) -> datetime:
    """A time that an account gave, with its zone: without one it is UTC, as our sessions are; some columns are text."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def moment(value: object) -> datetime | None:
    """The same for a column that may be empty, or hold no time."""
    if not value:
        return None
    try:
        return aware(value)
    except ValueError:
        return None


class Account(Protocol):
    """Something sessions can be opened on: one login, many cursors."""

    def session(self) -> Session: ...

    def login(self) -> Session:
        """A session of a login of its own: what it does with USE and transactions touches no other."""

    def close(self) -> None: ...
