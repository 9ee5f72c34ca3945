"""What ran, what did not, and why."""

from pathlib import Path

import click

from snowpipe_deploy.cli._options import choose, environment_options, output_option, verbosity


@click.command("status")
@click.option("--run", "run_id", metavar="ID", default="", help="This run only.")
@click.option("--last", default=1, show_default=True, type=click.IntRange(1, 1000), help="How many runs of each graph.")
@click.option("--failed", is_flag=True, help="Only runs in which a task failed.")
@click.option("--check", is_flag=True, help="Exit 1 if there are problems.")
@output_option("text", "json")
@environment_options
@verbosity
def command(
    run_id: str, last: int, failed: bool, check: bool, output: str, project_dir: Path | None, env: str, sets: tuple[str, ...],
    database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Problems first, then task graphs with their last runs and the reason for every skip and failure.

    \b
    Example:
      snowdeploy status --env dev
      snowdeploy status --env prod --last 5 --failed
      snowdeploy status --env prod --check --output json
    """
    from snowpipe_deploy import deploy
    from snowpipe_deploy.cli._show import status as show
    from snowpipe_deploy.cli._show.console import console

    chosen = choose(project_dir, env, sets, database)
    project = chosen.project()
    with chosen.account() as account:
        session = account.session()
        result = deploy.status(project, session, environment=env, last=last, run=run_id, failed=failed)
        session.close()
    if output == "json":
        click.echo(show.as_json(result))
    elif not (quiet and not result.problems):
        show.text(console(no_color=no_color), result)
    del verbose
    return 1 if check and result.problems else 0
