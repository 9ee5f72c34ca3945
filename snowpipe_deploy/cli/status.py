"""What ran, what did not, and why."""

import contextlib
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snowpipe_deploy.cli._options import Chosen, choose, environment_options, output_option, verbosity
from snowpipe_deploy.errors import UsageError

if TYPE_CHECKING:
    from snowpipe_deploy.session import Account
    from snowpipe_deploy.status.model import Status


@click.command("status")
@click.option("--run", "run_id", metavar="ID", default="", help="This run only.")
@click.option("--last", default=1, show_default=True, type=click.IntRange(1, 1000), help="How many runs of each graph.")
@click.option(
    "--since",
    default="",
    metavar="24h",
    help="All runs since: 90m, 24h, 30d; beyond 7d from ACCOUNT_USAGE, 45 minutes late.",
)
@click.option("--failed", is_flag=True, help="Only runs in which a task failed.")
@click.option("--check", is_flag=True, help="Exit 1 if there are problems.")
@click.option("--watch", is_flag=True, help="Look again and again, until Ctrl-C.")
@output_option("text", "json")
@environment_options
@verbosity
def command(
    run_id: str, last: int, since: str, failed: bool, check: bool, watch: bool, output: str, project_dir: Path | None, env: str,
    sets: tuple[str, ...], database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Problems first, then task graphs with their last runs and the reason for every skip and failure.

    With -v also the statements that it sent, to paste into a worksheet.

    \b
    Example:
      snowdeploy status --env dev
      snowdeploy status --env prod --last 5 --failed
      snowdeploy status --env prod --since 24h
      snowdeploy status --env prod --check --output json
      snowdeploy status --env prod --watch
    """
    from snowpipe_deploy.cli._show import status as show
    from snowpipe_deploy.cli._show import watch as show_watch
    from snowpipe_deploy.cli._show.console import console

    chosen = choose(project_dir, env, sets, database)
    ask = _Question(chosen, last, run_id, _span(since), failed=failed)
    screen = console(no_color=no_color)
    if watch:
        if output == "json":
            raise UsageError("--watch shows, it prints no JSON", hint="snowdeploy status --output json")
        with contextlib.closing(ask), contextlib.suppress(KeyboardInterrupt):
            from snowpipe_deploy.status.watch import looks

            show_watch.watch(screen, looks(ask.look, time.sleep))
        return 0
    with contextlib.closing(ask):
        result = ask.look()
    if output == "json":
        click.echo(show.as_json(result))
    elif not (quiet and not result.problems):
        show.text(screen, result, sql=verbose)
    return 1 if check and result.problems else 0


def _span(text: str) -> timedelta | None:
    from snowpipe_deploy.schedule import duration

    found = duration(text) if text else None
    if text and not found:
        raise UsageError(f"--since {text!r} is no span of time", hint="for example 90m, 24h or 30d")
    return found


class _Question:
    """What is asked of the account, with a connection that is opened when it is needed and again after it was lost."""

    def __init__(self, chosen: Chosen, last: int, run: str, since: timedelta | None, *, failed: bool) -> None:
        self._chosen, self._last, self._run, self._since, self._failed = chosen, last, run, since, failed
        self._project = chosen.project()
        self._account: Account | None = None

    def look(self) -> "Status":
        from snowpipe_deploy.connect import open_account
        from snowpipe_deploy.status.observe import status

        try:
            if self._account is None:
                self._account = open_account(self._chosen.root, self._chosen.environment)
            session = self._account.session()
            try:
                return status(
                    self._project, session, environment=self._chosen.environment.name, last=self._last, run=self._run,
                    failed=self._failed, since=self._since,
                )  # fmt: skip
            finally:
                session.close()
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        """Lets go of the connection; one that is lost may not even close."""
        account, self._account = self._account, None
        if account is not None:
            with contextlib.suppress(Exception):
                account.close()
