"""The way back to what an earlier deployment had left."""

from pathlib import Path

import click

from snowpipe_deploy.cli._options import choose, environment_options, verbosity


@click.command("rollback")
@click.option("--to", "to", metavar="ID", required=True, help="The deployment to go back to (`snowdeploy history`).")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option(
    "--allow", "allow", multiple=True, metavar="HAZARD[:OBJECT]", help="Consent to a loss that the plan names."
)
@click.option("--resume", "resume", multiple=True, metavar="TASK", help="Also resume a task that somebody suspended.")
@click.option("--jobs", default=16, show_default=True, type=click.IntRange(1, 64), help="How many statements at once.")
@click.option("--break-lease", is_flag=True, help="Take the lease from another deployment.")
@environment_options
@verbosity
def command(
    to: str, yes: bool, allow: tuple[str, ...], resume: tuple[str, ...], jobs: int, break_lease: bool,
    project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Plans, asks, and makes the objects as deployment ID had left them. The texts come from the record, not from the files.

    Rows, stream positions and what scripts did are not taken back. The next `apply` deploys the files again.

    \b
    Example:
      snowdeploy history --env prod
      snowdeploy rollback --env prod --to 20260102-060000-1f2e3d
    """
    from snowpipe_deploy import deploy
    from snowpipe_deploy.cli._planning import ask_and_do, command_line
    from snowpipe_deploy.cli._show.console import console

    chosen = choose(project_dir, env, sets, database)
    with chosen.account() as account:
        session = account.session()
        options = deploy.Options(env, chosen.environment.policy)
        plan, deployment = deploy.rollback(chosen.nothing(), session, to, options, resume)
        if plan.actions:
            plan = deploy.with_preflight(plan, chosen.nothing(), session)
        session.close()
        again = f"{command_line('rollback', env, project_dir, database)} --to {deployment.id}"
        return ask_and_do(
            console(no_color=no_color), chosen, account, plan, yes=yes, allow=allow, jobs=jobs, force=break_lease,
            verbose=verbose, quiet=quiet, again=again, commit=deployment.commit,
        )  # fmt: skip
