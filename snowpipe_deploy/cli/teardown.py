"""Drop what this project deployed, in reverse order."""

from pathlib import Path

import click

from snowpipe_deploy.cli._options import choose, environment_options, verbosity
from snowpipe_deploy.errors import RefusedError


@click.command("teardown")
@click.option("--yes", "-y", is_flag=True, help="Do not ask (needs --confirm).")
@click.option("--confirm", metavar="NAME", help="The database's name, instead of typing it at the prompt.")
@click.option("--keep-data", is_flag=True, help="Leave schemas, tables and stages.")
@click.option(
    "--allow", "allow", multiple=True, metavar="HAZARD[:OBJECT]", help="Consent to a loss that the plan names."
)
@click.option("--jobs", default=16, show_default=True, type=click.IntRange(1, 64), help="How many statements at once.")
@environment_options
@verbosity
def command(
    yes: bool, confirm: str | None, keep_data: bool, allow: tuple[str, ...], jobs: int, project_dir: Path | None, env: str,
    sets: tuple[str, ...], database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Drops what this project recorded in the database, in reverse order; what others made stays.

    In an environment with [policy] disposable = true, --yes --confirm NAME stands for every --allow.

    \b
    Example:
      snowdeploy teardown --env dev
      snowdeploy teardown --env pr --database PR_42 --yes --confirm PR_42
    """
    from snowpipe_deploy import deploy
    from snowpipe_deploy.cli._planning import carry_out, command_line
    from snowpipe_deploy.cli._show import plan as show
    from snowpipe_deploy.cli._show.console import console

    screen = console(no_color=no_color)
    chosen = choose(project_dir, env, sets, database)
    name = chosen.environment.database
    if confirm is not None and confirm != name:
        raise RefusedError(f"not confirmed: {confirm!r} is not {name}", hint=f"--confirm {name}")
    with chosen.account() as account:
        session = account.session()
        project = chosen.project()
        plan = deploy.teardown(project, session, keep_data=keep_data, environment=env, allowed=allow)
        if plan.actions:
            plan = deploy.with_preflight(plan, project, session)
        empty = not plan.actions and not deploy.has_record(project, session)
        session.close()
        if empty:
            click.echo(f"nothing to do: this project has nothing in {name}")
            return 0
        if not quiet:
            show.text(screen, plan, verbose=verbose)
        deploy.check_findings(plan)
        given = confirm
        if given is None and not yes:
            given = click.prompt(f"type the database's name ({name}) to drop all this")
        if given != name:
            raise RefusedError(f"not confirmed: {given!r} is not {name}", hint=f"--confirm {name}")
        if not chosen.environment.policy.disposable:
            deploy.check_consent(plan, (*chosen.environment.policy.allow, *allow))
        again = command_line("teardown", env, project_dir, database)
        return carry_out(
            screen, chosen, account, plan, jobs=jobs, force=False, keep_record=keep_data, quiet=quiet, again=again
        )
