"""The Snowflake facts that plans lean on, tried in the account."""

from pathlib import Path

import click

from snowpipe_deploy.cli._options import choose, environment_options, output_option, verbosity


@click.command("selftest")
@output_option("text", "json")
@environment_options
@verbosity
def command(
    output: str, project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None, verbose: bool, quiet: bool,
    no_color: bool,
) -> int:  # fmt: skip
    """Tries the Snowflake facts that plans lean on, in a schema of its own in the environment's database, which is dropped at the end.

    Exit 1 if one did not hold: then a plan may not do what it says in this account. What the role may not do, or the account does not
    have, is not tried. It needs CREATE SCHEMA on the database, and a warehouse.

    \b
    Example:
      snowdeploy selftest --env staging
      snowdeploy selftest --env staging --output json
    """
    from snowpipe_deploy.cli._show import selftest as show
    from snowpipe_deploy.cli._show.console import console
    from snowpipe_deploy.connect import facts_tried

    chosen = choose(project_dir, env, sets, database)
    screen = console(no_color=no_color)
    found = []
    for verdict in facts_tried(chosen.root, chosen.environment):
        found.append(verdict)
        if output == "text" and (verbose or not quiet or verdict.result != "held"):
            show.line(screen, verdict, verbose=verbose)
    if output == "json":
        click.echo(show.as_json(found))
    elif not quiet:
        show.summary(screen, found)
    return 1 if any(verdict.result == "did not hold" for verdict in found) else 0
