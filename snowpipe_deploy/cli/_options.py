"""Options that commands share, and what they stand for: the project, the environment, the open account."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from snowpipe_deploy.errors import UsageError

if TYPE_CHECKING:
    from snowpipe_deploy.environment import Environment
    from snowpipe_deploy.model import Project
    from snowpipe_deploy.session import Account

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Chosen:
    """The project's folder and the environment that a command line chose."""

    root: Path
    environment: "Environment"

    def project(self) -> "Project":
        from snowpipe_deploy.project import load

        return load(self.root, self.environment)

    def nothing(self) -> "Project":
        """The project's name and place without its files: for what leans on the record alone."""
        from snowpipe_deploy.model import Project, Scope

        return Project(self.environment.project, Scope(self.environment.database, self.environment.record_schema))

    @contextmanager
    def account(self) -> Iterator["Account"]:
        """The open account; closed again in any case."""
        from snowpipe_deploy.connect import open_account

        account = open_account(self.root, self.environment)
        try:
            yield account
        finally:
            account.close()


def project_option(function: F) -> F:
    return click.option(
        "--project", "project_dir", type=click.Path(exists=True, file_okay=False, path_type=Path), default=None,
        help="The project's folder. Default: the one at or above here that holds environments/.",
    )(function)  # fmt: skip


def environment_options(function: F) -> F:
    """--project, --env, --set, --database."""
    function = click.option(
        "--database", default=None, help="Another database than the environment's, of your own or of a pull request."
    )(function)
    function = click.option(
        "--set", "sets", multiple=True, metavar="KEY=VALUE", help="A value for templates (also SNOWDEPLOY_SET_KEY)."
    )(function)
    function = click.option(
        "--env", "env", default=lambda: os.environ.get("SNOWDEPLOY_ENV", "dev"), show_default="$SNOWDEPLOY_ENV, else dev",
        help="environments/NAME.toml.",
    )(function)  # fmt: skip
    return project_option(function)


def output_option(*choices: str) -> Callable[[F], F]:
    return click.option(
        "--output", "output", type=click.Choice(choices), default=choices[0], show_default=True, help="How to print it."
    )


def select_option(function: F) -> F:
    """--select, of plan and apply."""
    return click.option(
        "--select", "select", multiple=True, metavar="PATTERN",
        help="Only these changes: 'RAW.T', 'task RAW.*', 'script ID'; '+RAW.T' (or 'RAW.T +upstream') with all that it needs, "
        "'RAW.T+' (or 'RAW.T +downstream') with all that needs it. Windows and replacements that they force are planned, too.",
    )(function)  # fmt: skip


def verbosity(function: F) -> F:
    function = click.option("-v", "--verbose", is_flag=True, help="Say more: SQL, and where values come from.")(
        function
    )
    function = click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")(function)
    return click.option("--no-color", is_flag=True, help="No colours (also NO_COLOR).")(function)


def choose(project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None) -> Chosen:
    """The environment's frozen values; raises UsageError with file and line."""
    from snowpipe_deploy.environment import find_root, load_environment

    root = find_root(project_dir.resolve() if project_dir else Path.cwd())
    return Chosen(root, load_environment(root, env, sets=pairs(sets), database=database))


def pairs(sets: tuple[str, ...]) -> dict[str, str]:
    """The values of --set."""
    found = {}
    for item in sets:
        key, equals, value = item.partition("=")
        if not equals or not key.strip():
            raise UsageError(f"--set {item!r} is not KEY=VALUE")
        found[key.strip()] = value
    return found


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(  # noqa: S603 - our own arguments
            ["git", "-C", str(root), *arguments],  # noqa: S607 - git from the PATH is what people have
            capture_output=True, text=True, timeout=5, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None


def commit_of(root: Path) -> str:
    """The commit that the project's folder stands at, or an empty string outside of git."""
    done = _git(root, "rev-parse", "HEAD")
    return done.stdout.strip() if done is not None and done.returncode == 0 else ""


def ancestry(root: Path) -> Callable[[str], bool]:
    """Tells whether a commit is part of what is deployed now; outside of git nothing is held against it."""

    def is_ancestor(commit: str) -> bool:
        if not commit_of(root):
            return True
        done = _git(root, "merge-base", "--is-ancestor", commit, "HEAD")
        return done is None or done.returncode == 0

    return is_ancestor
