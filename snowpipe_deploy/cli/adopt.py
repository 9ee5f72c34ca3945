"""Take over what exists."""

from pathlib import Path

import click

from snowpipe_deploy.cli._options import choose, environment_options, verbosity


@click.command("adopt")
@click.argument("objects", nargs=-1)
@click.option("--from", "source", metavar="PROJECT", default="", help="Take over what this other project deployed.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option("--break-lease", is_flag=True, help="Take the lease from another deployment.")
@environment_options
@verbosity
def command(
    objects: tuple[str, ...], source: str, yes: bool, break_lease: bool, project_dir: Path | None, env: str,
    sets: tuple[str, ...], database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Takes over objects that exist and stand in the files. It changes the record and nothing else.

    OBJECTS are names (RAW.T, 'table RAW.T', 'RAW.*'); without them, all that nobody recorded. What differs from the file is
    said, and changed by the next apply; what cannot be compared is taken to be as the file says. A named object that is
    this project's already is recorded as it is now: what drifted is no drift any more.

    \b
    Example:
      snowdeploy adopt --env prod
      snowdeploy adopt 'procedure RAW.LOAD()' --env prod --yes
      snowdeploy adopt --from old-pipeline --env prod
    """
    from snowpipe_deploy import deploy
    from snowpipe_deploy.cli._planning import ask_and_do, command_line, opened
    from snowpipe_deploy.cli._show.console import console

    chosen = choose(project_dir, env, sets, database)
    with opened(chosen) as (project, account, _):
        session = account.session()
        plan = deploy.adopt(project, session, deploy.Options(env), objects, source)
        session.close()
        return ask_and_do(
            console(no_color=no_color), chosen, account, plan, yes=yes, allow=(), jobs=1, force=break_lease, verbose=verbose,
            quiet=quiet, again=command_line("adopt", env, project_dir, database),
        )  # fmt: skip
