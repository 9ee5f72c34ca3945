"""What a task did in a run."""

from pathlib import Path

import click

from snowpipe_deploy.cli._options import choose, environment_options, output_option, verbosity
from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.names import ObjectName


@click.command("logs")
@click.argument("task")
@click.option("--run", "run_id", metavar="ID", default="", help="This run. Default: the task's newest.")
@output_option("text", "json")
@environment_options
@verbosity
def command(
    task: str, run_id: str, output: str, project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None,
    verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """The attempts of a task in a run with error, return value and config, and the statements of its body with query ids.

    With -v each statement in full.

    \b
    Example:
      snowdeploy logs RAW.PROCESS_NEW_VIDEOS --env dev
      snowdeploy logs PROCESS_NEW_VIDEOS --run 1042 --env prod
    """
    from snowpipe_deploy.cli._show import logs as show
    from snowpipe_deploy.cli._show.console import console
    from snowpipe_deploy.status.logs import logs
    from snowpipe_deploy.status.observe import sources

    try:
        name = ObjectName.parse(task)
    except ValueError as error:
        raise UsageError(str(error), hint="for example RAW.PROCESS_NEW_VIDEOS") from error
    chosen = choose(project_dir, env, sets, database)
    project = chosen.project()
    scope = project.scope
    with chosen.account() as account:
        session = account.session()
        found = logs(session, scope, name, run_id)
        session.close()
    if output == "json":
        click.echo(show.as_json(found, scope.database))
    else:
        show.text(console(no_color=no_color), found, sources(project), full=verbose)
    del quiet
    return 0
