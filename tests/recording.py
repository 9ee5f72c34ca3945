"""A real account that notes what is sent through it, and answers as it always does."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from snowpipe_deploy.session import Account, Result, Session, SqlError


@dataclass(slots=True)
class Recording:
    """The statements that its sessions sent, in their order; `role` is what each session works as."""

    account: Account
    sent: list[str] = field(default_factory=list)
    role: str = ""

    def session(self) -> Session:
        return self._opened(self.account.session())

    def login(self) -> Session:
        return self._opened(self.account.login())

    def close(self) -> None:
        self.account.close()

    def _opened(self, session: Session) -> Session:
        if self.role:
            session.execute(f"USE ROLE {self.role}")
        return _Recorded(session, self.sent)


@dataclass(slots=True)
class _Recorded:
    session: Session
    sent: list[str]

    def execute(self, sql: str, tag: str = "") -> Result:
        self.sent.append(sql)
        return self.session.execute(sql, tag)

    def together(self, statements: Sequence[str]) -> list[Result | SqlError]:
        self.sent.extend(statements)
        return self.session.together(statements)

    def cancel(self) -> None:
        self.session.cancel()

    def close(self) -> None:
        self.session.close()
