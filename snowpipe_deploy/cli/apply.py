"""Plan, ask, and do it."""

import shlex
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from snowpipe_deploy.cli._options import ancestry, choose, commit_of, environment_options, select_option, verbosity
from snowpipe_deploy.errors import UsageError


@click.command("apply")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option(
    "--plan",
    "plan_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Do what `plan --out FILE` wrote, unless account or files moved since. Does not ask.",
)
@click.option(
    "--allow", "allow", multiple=True, metavar="HAZARD[:OBJECT]", help="Consent to a loss that the plan names."
)
@click.option("--resume", "resume", multiple=True, metavar="TASK", help="Also resume a task that somebody suspended.")
@click.option("--jobs", default=16, show_default=True, type=click.IntRange(1, 64), help="How many statements at once.")
@click.option("--scripts", is_flag=True, help="Run scripts that say `run always` even when nothing else is to do.")
@click.option("--break-lease", is_flag=True, help="Take the lease from another deployment.")
@select_option
@environment_options
@verbosity
def command(
    yes: bool, plan_path: Path | None, allow: tuple[str, ...], resume: tuple[str, ...], jobs: int, scripts: bool, break_lease: bool,
    select: tuple[str, ...], project_dir: Path | None, env: str, sets: tuple[str, ...],
    database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Plan, ask, and do it: in dependency order, in parallel, recorded step by step.

    \b
    Example:
      snowdeploy apply --env dev --yes
      snowdeploy apply --env prod --allow loses-offset:RAW.VIDEO_STREAM
      snowdeploy apply --env dev --resume RAW.MONITOR_NEW_FILES
      snowdeploy apply --env prod --plan plan.json
    """
    from snowpipe_deploy.cli._planning import ask_and_do, command_line, opened, saved_plan

    if plan_path is not None and (resume or scripts or select):
        raise UsageError("--plan does what the file says: --resume, --scripts and --select make another plan")
    saved = saved_plan(plan_path) if plan_path is not None else None
    chosen = choose(project_dir, env, sets, database)
    with opened(chosen) as (project, account, check_rules):
        from snowpipe_deploy import deploy, plan_file
        from snowpipe_deploy.cli._show.console import console

        session = account.session()
        options = deploy.Options(
            env, chosen.environment.policy, deploy.task_keys(project, resume), ancestry(chosen.root), scripts,
            frozenset((*chosen.environment.policy.allow, *(() if saved else allow))),
            saved.select if saved else select,
        )  # fmt: skip
        plan = deploy.plan(project, session, options)
        if saved is not None:
            plan_file.refuse_if_moved(saved, plan, str(plan_path))
        commit = ""
        if plan.actions:
            with ThreadPoolExecutor(2) as pool:  # the account and git answer while the rules are asked
                looking = pool.submit(deploy.with_preflight, plan, project, session)
                asking = pool.submit(commit_of, chosen.root)
                check_rules()
                plan, commit = looking.result(), asking.result()
        session.close()
        return ask_and_do(
            console(no_color=no_color), chosen, account, plan, yes=yes or saved is not None, allow=allow, jobs=jobs, force=break_lease,
            verbose=verbose, quiet=quiet, commit=commit, again=command_line("apply", env, project_dir, database)
            + "".join(f" --select {shlex.quote(pattern)}" for pattern in plan.select),
        )  # fmt: skip
