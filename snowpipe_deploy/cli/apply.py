"""Plan, ask, and do it."""

from pathlib import Path

import click

from snowpipe_deploy.cli._options import ancestry, choose, environment_options, verbosity


@click.command("apply")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option(
    "--allow", "allow", multiple=True, metavar="HAZARD[:OBJECT]", help="Consent to a loss that the plan names."
)
@click.option("--resume", "resume", multiple=True, metavar="TASK", help="Also resume a task that somebody suspended.")
@click.option("--jobs", default=16, show_default=True, type=click.IntRange(1, 64), help="How many statements at once.")
@click.option("--scripts", is_flag=True, help="Run scripts that say `run always` even when nothing else is to do.")
@click.option("--break-lease", is_flag=True, help="Take the lease from another deployment.")
@environment_options
@verbosity
def command(
    yes: bool, allow: tuple[str, ...], resume: tuple[str, ...], jobs: int, scripts: bool, break_lease: bool, project_dir: Path | None, env: str,
    sets: tuple[str, ...], database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Plan, ask, and do it: in dependency order, in parallel, recorded step by step.

    \b
    Example:
      snowdeploy apply --env dev --yes
      snowdeploy apply --env prod --allow loses-offset:RAW.VIDEO_STREAM
      snowdeploy apply --env dev --resume RAW.MONITOR_NEW_FILES
    """
    from snowpipe_deploy import deploy
    from snowpipe_deploy.cli._planning import carry_out, check_rules, command_line, opened, task_keys
    from snowpipe_deploy.cli._show import plan as show
    from snowpipe_deploy.cli._show.console import console

    screen = console(no_color=no_color)
    chosen = choose(project_dir, env, sets, database)
    with opened(chosen) as (project, account):
        session = account.session()
        options = deploy.Options(
            env, chosen.environment.policy, task_keys(project, resume), ancestry(chosen.root), scripts
        )
        plan = deploy.plan(project, session, options)
        session.close()
        if plan.actions:
            check_rules(project, chosen)
        if not quiet or plan.findings:
            show.text(screen, plan, verbose=verbose)
        deploy.check_findings(plan)
        deploy.check_consent(plan, (*chosen.environment.policy.allow, *allow))
        if not plan.actions:
            return 0
        if not yes and not click.confirm(f"apply this to {chosen.environment.database}?", default=False):
            click.echo("nothing was changed")
            return 1
        again = command_line("apply", env, project_dir, database)
        return carry_out(
            screen, chosen, account, plan, jobs=jobs, force=break_lease, keep_record=True, quiet=quiet, again=again
        )
