"""What apply would do, and why."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from snowpipe_deploy.cli._options import ancestry, choose, environment_options, output_option, select_option, verbosity


@click.command("plan")
@click.option("--check", is_flag=True, help="Exit 3 if there is anything to do.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Also write the plan as JSON, for apply --plan."
)
@select_option
@output_option("text", "json", "markdown")
@environment_options
@verbosity
def command(
    check: bool, out: Path | None, select: tuple[str, ...], output: str, project_dir: Path | None, env: str, sets: tuple[str, ...],
    database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """What apply would do and why; reads the account, changes nothing.

    \b
    Example:
      snowdeploy plan --env dev
      snowdeploy plan --env prod -v
      snowdeploy plan --env prod --check --output markdown
      snowdeploy plan --env prod --out plan.json
      snowdeploy plan --env dev --select 'task RAW.*' --select RAW.VIDEO_STREAM+
    """
    from snowpipe_deploy.cli._planning import opened

    chosen = choose(project_dir, env, sets, database)
    with opened(chosen) as (project, account, check_rules):
        from snowpipe_deploy import deploy, plan_file
        from snowpipe_deploy.cli._show import plan as show
        from snowpipe_deploy.cli._show.console import console
        from snowpipe_deploy.cli._show.markdown import markdown

        session = account.session()
        options = deploy.Options(
            env,
            chosen.environment.policy,
            is_ancestor=ancestry(chosen.root),
            allowed=frozenset(chosen.environment.policy.allow),
            select=select,
        )
        made = deploy.plan(project, session, options)
        if made.actions:
            with ThreadPoolExecutor(1) as pool:  # the account answers while the rules are asked
                looking = pool.submit(deploy.with_forecast, made, project, session)
                check_rules()
                made = looking.result()
        session.close()
    if out is not None:
        out.write_text(plan_file.written(made) + "\n", encoding="utf-8")
    match output:
        case "json":
            click.echo(plan_file.written(made))
        case "markdown":
            click.echo(markdown(made))
        case _ if not (quiet and not made.actions and not made.findings):
            show.text(console(no_color=no_color), made, verbose=verbose)
    if any(f.severity == "error" for f in made.findings):
        return 1
    return 3 if check and made.actions else 0
