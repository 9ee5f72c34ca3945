"""An environment to an open account; the only module that knows both Snowflake and the local account."""

from datetime import datetime, timedelta
from pathlib import Path

from snowpipe_deploy.environment import Environment
from snowpipe_deploy.errors import UsageError
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
