"""An environment to an open account; the only module that knows both Snowflake and the local account."""

import os
import shutil
import signal
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

from snowpipe_deploy.environment import Environment
from snowpipe_deploy.errors import DeployError, RefusedError, UsageError
from snowpipe_deploy.model import Project, Scope
from snowpipe_deploy.names import ObjectName, literal, quote
from snowpipe_deploy.pin import refuse_other_account
from snowpipe_deploy.secrets import account_with
from snowpipe_deploy.session import Account, Session

if TYPE_CHECKING:
    from snowpipe_deploy.local.account import LocalAccount
    from snowpipe_deploy.local.server.service import Service
    from snowpipe_deploy.selftest import Verdict

STATE = ".snowdeploy"
LOCAL_USER = "LOCAL"


def local_folder(root: Path, environment: Environment) -> Path:
    """Where the embedded account of an environment is kept."""
    return root / STATE / environment.name


def require_local(environment: Environment) -> None:
    if environment.connection.type != "local":
        raise UsageError(
            f"environment {environment.name} is not on the embedded account",
            hint='`snowdeploy account …` works where [connection] has type = "local"',
        )


def open_account(root: Path, environment: Environment) -> Account:
    """Opens the account, guarded: from here on nobody holds a secret's value. Drivers are imported here, because they cost
    seconds of start-up."""
    return account_with(_opened(root, environment), environment.secrets)


def load_driver(environment: Environment) -> None:
    """Imports what opening the account needs, before it is opened; what is missing is said when it is."""
    with suppress(ImportError):
        if environment.connection.type == "local":
            from snowpipe_deploy.local import account  # noqa: F401
        else:
            from snowpipe_deploy import snowflake  # noqa: F401


def _opened(root: Path, environment: Environment) -> Account:
    if environment.connection.type == "local":
        return _pinned(_local(root, environment), environment)
    from snowpipe_deploy.snowflake import SnowflakeAccount

    return SnowflakeAccount(environment)


def _local(root: Path, environment: Environment) -> "LocalAccount":
    try:
        from snowpipe_deploy.local.account import LocalAccount
    except ModuleNotFoundError as error:
        raise UsageError(
            f"the embedded account needs {error.name}", hint="pip install 'snowpipe-deploy[local]'"
        ) from error
    return LocalAccount(local_folder(root, environment))


def _pinned(account: Account, environment: Environment) -> Account:
    """The embedded account, which is LOCAL: an environment that belongs to another one does not get it."""
    session = account.session()
    try:
        refuse_other_account(session, environment.connection.account or "")
    except BaseException:
        account.close()
        raise
    finally:
        session.close()
    return account


def tick_local(root: Path, environment: Environment, far: timedelta | datetime) -> tuple[datetime, datetime, int]:
    """Moves the embedded account's clock by or to this; returns where it stood, where it stands, and the runs between."""
    require_local(environment)
    from snowpipe_deploy.local.account import LocalAccount

    account = LocalAccount(local_folder(root, environment))
    try:
        before = account.shared.clock.now()
        until = before + far if isinstance(far, timedelta) else far
        return before, until, account.tick(until)
    finally:
        account.close()


def reset_local(root: Path, environment: Environment) -> None:
    """Removes the embedded account of an environment from the disk."""
    require_local(environment)
    from snowpipe_deploy.local.account import reset

    reset(local_folder(root, environment))


@contextmanager
def serving_local(root: Path, environment: Environment, port: int, latency: float) -> Iterator["Service"]:
    """The embedded account with a server before it, which runs when it is told to; at the end both are closed."""
    require_local(environment)
    passwords = local_logins(root, environment)
    account = _local(root, environment)
    try:
        from snowpipe_deploy.local.server.service import Service

        service = Service(account, passwords, port, latency)
        try:
            yield service
        finally:
            service.close()
    finally:
        account.close()


def local_logins(root: Path, environment: Environment) -> dict[str, str]:
    """Who may log in to the server of the embedded account, with their passwords: those under [logins], else LOCAL, whose
    password is made once and kept beside the account."""
    missing = [variable for variable in environment.logins.values() if not os.environ.get(variable)]
    if missing:
        raise UsageError(
            f"[logins]: the environment variable {missing[0]} holds no password", hint=f"export {missing[0]}=…"
        )
    if environment.logins:
        return {user: os.environ[variable] for user, variable in environment.logins.items()}
    kept = local_folder(root, environment) / "password"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(token_urlsafe(18), encoding="ascii")
    return {LOCAL_USER: kept.read_text(encoding="ascii")}


# -- accounts for tests ----------------------------------------------------------------------------------------------

# what copies of one account have translated, for the next copy of it
_TRANSLATIONS: dict[Path, dict[Any, Any]] = {}


class _Copy:
    """A copy of an embedded account; see `testing.bench.Bench`."""

    def __init__(self, project: Project, folder: Path, origin: Path, now: datetime | None) -> None:
        from snowpipe_deploy.local.account import LocalAccount

        shutil.copytree(origin, folder)
        self.project = project
        self._account = LocalAccount(folder, asleep=True)
        self._folder, self._known = folder, _TRANSLATIONS.setdefault(origin, {})
        self._opened = self._account.shared.catalog.version
        self._account.shared.cache |= self._known
        self.session, self.now, self.tick = self._account.session, self._account.now, self._account.tick
        self.watch = self._account.watch
        if now is not None:
            self._account.move(now)

    def refusal(self, sql: str) -> str:
        del sql
        return ""

    def run(self, session: Session, task: ObjectName, config: Mapping[str, Any], before: set[str]) -> None:
        from snowpipe_deploy import runs

        del before
        runs.start(session, self.project.scope.full(task), config)
        self._account.settle()

    def close(self, *, keep: bool = False) -> None:
        """What was translated before a test changed its catalog holds in the next copy, too."""
        shared = self._account.shared
        self._known |= {key: held for key, held in shared.cache.items() if key[3] == self._opened}
        if shared.catalog.version == self._opened:
            _TRANSLATIONS[self._folder] = self._known
        if keep:
            self._account.close()
        else:
            self._account.discard()


@dataclass(frozen=True, slots=True)
class LocalBenches:
    """Copies of an embedded account on which the project was deployed once; each has a clock of its own."""

    template: Path
    project: Project
    copies: bool = True

    def lacks(self, words: frozenset[str]) -> str:
        del words
        return ""

    def open(self, folder: Path, source: Path | None = None, now: datetime | None = None) -> _Copy:
        return _Copy(self.project, folder, source or self.template, now)


def local_benches(folder: Path, project: Project, now: datetime) -> LocalBenches:
    """Deploys the project once to an embedded account in this folder, whose clock begins at `now`; tests work on copies."""
    from snowpipe_deploy.local.account import LocalAccount

    account = LocalAccount(folder, now=now, asleep=True)
    account.freeze()  # schedules count from `now`, however long it takes to deploy
    try:
        _deploy(project, account)
        account.freeze(frozen=False)
    finally:
        account.close()
    return LocalBenches(folder, project)


def _deploy(project: Project, account: Account) -> None:
    """Deploys to an empty account or database; raises DeployError with what failed."""
    from snowpipe_deploy import deploy

    session = account.session()
    plan = deploy.plan(project, session)
    session.close()
    deploy.check_findings(plan)
    failed = [o for o in deploy.apply(plan, account) if o.status not in {"done", "running"}]
    if failed:
        raise DeployError(f"the project cannot be deployed: {failed[0].action.id}: {failed[0].detail}")


class _Database:
    """A database of its own on an account that is not ours alone; dropped when it is closed."""

    def __init__(self, project: Project, account: Account) -> None:
        from snowpipe_deploy import runs
        from snowpipe_deploy.live import observe

        self.project, self._account = project, account
        self.session = account.session
        session = account.session()
        self._clock = partial(runs.now, session)
        try:
            if observe(session, project.scope, ()).exists:
                raise UsageError(f"database {project.scope.database} exists already; tests make their own")
            _deploy(project, account)
            for thing in project.objects:  # or a schedule would start runs between the steps
                if thing.key.kind == "TASK" and thing.head.clauses.get("SCHEDULE"):
                    session.execute(f"ALTER TASK {project.scope.full(thing.key.name)} SUSPEND")
        except BaseException:
            self.close()
            raise

    def now(self) -> datetime:
        return self._clock()

    def tick(self, to: datetime) -> int:
        raise UsageError(f"the clock of this account cannot be moved to {to:%Y-%m-%d %H:%M}")

    def watch(self, watcher: object) -> None:
        """This account tells of no steps."""

    def refusal(self, sql: str) -> str:
        from snowpipe_deploy.testing.boundary import in_statement

        return "; ".join(message for _, message in in_statement(sql, self.project))

    def run(self, session: Session, task: ObjectName, config: Mapping[str, Any], before: set[str]) -> None:
        from snowpipe_deploy import deploy, runs

        scope = self.project.scope
        number = deploy.task_id(session, scope, task)
        runs.start(session, scope.full(task), config)
        for _ in runs.follow(session, scope.database, task, number, before):
            pass

    def close(self, *, keep: bool = False) -> None:
        del keep
        session = self._account.session()
        session.execute(f"DROP DATABASE IF EXISTS {quote(self.project.scope.database)}")
        session.close()


@dataclass(slots=True)
class DatabaseBenches:
    """Databases of their own, one a test, made and dropped on an account; their names begin with `prefix`."""

    root: Path
    environment: Environment
    prefix: str
    account: Account
    copies: bool = False
    count: int = 0

    def lacks(self, words: frozenset[str]) -> str:
        reasons = {
            "clock": "the clock of this account cannot be moved",
            "faults": "tasks of this account cannot be made to fail",
        }
        return "; ".join(reasons[word] for word in sorted(words))

    def open(self, folder: Path, source: Path | None = None, now: datetime | None = None) -> _Database:
        del folder, source, now
        self.count += 1
        return _Database(self.project(f"{self.prefix}_{self.count}"), self.account)

    def project(self, database: str) -> Project:
        """The project in this database; refused if it names anything outside."""
        from snowpipe_deploy.project import load
        from snowpipe_deploy.testing.boundary import outside

        project = load(self.root, replace(self.environment, database=database))
        found = outside(project)
        if found:
            lines = "\n".join(f"  {where}: {message}" for where, message in found)
            raise RefusedError(
                f"tests on a real account work in a database of their own, but the project reaches outside it:\n{lines}",
                hint="leave the database out of names, or take it from {{ database }}",
            )
        return project

    def sweep(self) -> None:
        """Drops what a test left behind: whoever was stopped hard did not come to it."""
        session = self.account.session()
        for row in session.execute(f"SHOW DATABASES LIKE {literal(self.prefix + '%')}").dicts():
            name = str(row["name"])
            if name.startswith(self.prefix):
                session.execute(f"DROP DATABASE IF EXISTS {quote(name)}")
        session.close()


@contextmanager
def benches(
    root: Path, environment: Environment, project: Project, folder: Path, now: datetime
) -> Iterator[LocalBenches | DatabaseBenches]:
    """Where the tests of a project run: copies of an embedded account, or databases of their own on a real one, which are
    dropped in any case."""
    if environment.connection.type == "local":
        yield local_benches(folder, project, now)
        return
    account = open_account(root, environment)
    try:
        with throwaway(root, environment, account) as made:
            yield made
    finally:
        account.close()


@contextmanager
def throwaway(root: Path, environment: Environment, account: Account) -> Iterator[DatabaseBenches]:
    """Databases of their own on an open account; at the end, Ctrl-C or not, all of them are dropped."""
    made = DatabaseBenches(root, environment, f"{environment.database}_TEST_{uuid.uuid4().hex[:8].upper()}", account)
    made.project(f"{made.prefix}_0")  # refuses before anything is made
    try:
        yield made
    finally:
        with _undisturbed():
            made.sweep()


def facts_tried(root: Path, environment: Environment) -> Iterator["Verdict"]:
    """Whether each Snowflake fact that plans lean on holds in the account; the schema that it takes is dropped, Ctrl-C or not."""
    from snowpipe_deploy.selftest import selftest

    account = open_account(root, environment)
    session = account.session()
    try:
        warehouse = environment.connection.warehouse or session.execute("SELECT CURRENT_WAREHOUSE()").scalar()
        if environment.connection.type == "local":
            warehouse = warehouse or "W"  # any will do here
        yield from selftest(
            session, Scope(environment.database, environment.record_schema), str(warehouse or ""), _undisturbed
        )
    finally:
        session.close()
        account.close()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C does not stop what cleans up after the first."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
