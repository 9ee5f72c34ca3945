"""An environment to an open account; the only module that knows both Snowflake and the local account."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from snowpipe_deploy.environment import Environment
from snowpipe_deploy.errors import DeployError, UsageError
from snowpipe_deploy.model import Project
from snowpipe_deploy.session import Account

STATE = ".snowdeploy"


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
    """Opens the account; drivers are imported here, because they cost seconds of start-up."""
    if environment.connection.type == "local":
        try:
            from snowpipe_deploy.local.account import LocalAccount
        except ModuleNotFoundError as error:
            raise UsageError(
                f"the embedded account needs {error.name}", hint="pip install 'snowpipe-deploy[local]'"
            ) from error
        return LocalAccount(local_folder(root, environment))
    from snowpipe_deploy.snowflake import SnowflakeAccount

    return SnowflakeAccount(environment)


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


# -- accounts for tests ----------------------------------------------------------------------------------------------

# what copies of one account have translated, for the next copy of it
_TRANSLATIONS: dict[Path, dict[Any, Any]] = {}


class _Copy:
    """A copy of an embedded account; see `testing.bench.Bench`."""

    def __init__(self, folder: Path, origin: Path, now: datetime | None) -> None:
        from snowpipe_deploy.local.account import LocalAccount

        shutil.copytree(origin, folder)
        self._account = LocalAccount(folder, asleep=True)
        self._folder, self._known = folder, _TRANSLATIONS.setdefault(origin, {})
        self._opened = self._account.shared.catalog.version
        self._account.shared.cache |= self._known
        self.session, self.now, self.tick = self._account.session, self._account.now, self._account.tick
        self.settle, self.watch = self._account.settle, self._account.watch
        if now is not None:
            self._account.move(now)

    def close(self) -> None:
        """What was translated before a test changed its catalog holds in the next copy, too."""
        shared = self._account.shared
        self._known |= {key: held for key, held in shared.cache.items() if key[3] == self._opened}
        if shared.catalog.version == self._opened:
            _TRANSLATIONS[self._folder] = self._known
        self._account.close()


@dataclass(frozen=True, slots=True)
class LocalBenches:
    """Copies of an embedded account on which the project was deployed once; each has a clock of its own."""

    template: Path
    database: str
    copies: bool = True

    def lacks(self, words: frozenset[str]) -> str:
        del words
        return ""

    def open(self, folder: Path, source: Path | None = None, now: datetime | None = None) -> _Copy:
        return _Copy(folder, source or self.template, now)


def local_benches(folder: Path, project: Project, now: datetime) -> LocalBenches:
    """Deploys the project once to an embedded account in this folder, whose clock begins at `now`; tests work on copies."""
    from snowpipe_deploy.local.account import LocalAccount

    account = LocalAccount(folder, now=now, asleep=True)
    try:
        _deploy(project, account)
    finally:
        account.close()
    return LocalBenches(folder, project.scope.database)


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


@dataclass(frozen=True, slots=True)
class Benched:
    """Where tests run, and the project as it is deployed there."""

    benches: LocalBenches
    project: Project


@contextmanager
def benches(root: Path, environment: Environment, project: Project, folder: Path, now: datetime) -> Iterator[Benched]:
    """Benches for the tests of a project."""
    del root
    yield Benched(local_benches(folder, project, now), project)
