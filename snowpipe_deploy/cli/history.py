"""The deployments of this project."""

from pathlib import Path

import click

from snowpipe_deploy.cli._options import choose, environment_options, output_option, verbosity


@click.command("history")
@click.option("--last", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many.")
@output_option("text", "json")
@environment_options
@verbosity
def command(
    last: int, output: str, project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None, verbose: bool,
    quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """The deployments of this project, the newest first: who, when, from which commit, and how it ended.

    \b
    Example:
      snowdeploy history --env prod
      snowdeploy history --env prod --last 100 --output json
    """
    from snowpipe_deploy import deploy
    from snowpipe_deploy.cli._show import history as show
    from snowpipe_deploy.cli._show.console import console

    chosen = choose(project_dir, env, sets, database)
    with chosen.account() as account:
        session = account.session()
        found = deploy.history(chosen.nothing(), session, last)
        session.close()
    if output == "json":
        click.echo(show.as_json(found))
    else:
        show.text(console(no_color=no_color), found, chosen.environment.database)
    del verbose, quiet
    return 0
