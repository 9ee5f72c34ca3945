"""What differs from what was deployed."""

from pathlib import Path

import click

from snowpipe_deploy.cli._options import choose, environment_options, output_option, verbosity


@click.command("drift")
@click.option(
    "--deep",
    is_flag=True,
    help="Also look at objects one by one: does each view compile, is each body and each task parameter as sent?",
)
@output_option("text", "json")
@environment_options
@verbosity
def command(
    deep: bool, output: str, project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None, verbose: bool,
    quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """What differs from what was deployed, each with whether it can be undone. Exit 3 if anything does.

    It compares the account with the record of the last deployment, not with the files: see `plan` for those.

    \b
    Example:
      snowdeploy drift --env prod
      snowdeploy drift --env prod --deep --output json
    """
    from snowpipe_deploy import deploy
    from snowpipe_deploy.cli._show import drift as show
    from snowpipe_deploy.cli._show.console import console

    chosen = choose(project_dir, env, sets, database)
    with chosen.account() as account:
        session = account.session()
        report = deploy.drift(chosen.nothing(), session, environment=env, deep=deep)
        session.close()
    if output == "json":
        click.echo(show.as_json(report))
    elif not (quiet and not report.drift):
        show.text(console(no_color=no_color), report, deep=deep, verbose=verbose)
    return 3 if report.drift else 0
