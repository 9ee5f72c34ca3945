"""Start a task graph now and follow it to the end."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from snowpipe_deploy.cli._options import choose, environment_options, output_option, verbosity
from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.names import ObjectName

if TYPE_CHECKING:
    from snowpipe_deploy.model import Project


@click.command("run")
@click.argument("task", required=False)
@click.option(
    "--config", "config", multiple=True, metavar="KEY=VALUE", help="Laid over the graph's CONFIG, for this run."
)
@click.option("--retry-last", is_flag=True, help="Go on with the last run: what failed in it, and what is below.")
@click.option("--no-wait", is_flag=True, help="Start it, and do not follow it.")
@output_option("text", "json")
@environment_options
@verbosity
def command(
    task: str | None, config: tuple[str, ...], retry_last: bool, no_wait: bool, output: str, project_dir: Path | None, env: str,
    sets: tuple[str, ...], database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Starts the task graph now, suspended or not, and follows it to the end; exit 1 if a task failed.

    \b
    Example:
      snowdeploy run --env dev
      snowdeploy run RAW.MONITOR_NEW_FILES --env prod --config full=true
      snowdeploy run --env prod --retry-last
    """
    from snowpipe_deploy import deploy, runs
    from snowpipe_deploy.cli._show import runs as show
    from snowpipe_deploy.cli._show import status as show_status
    from snowpipe_deploy.cli._show.console import console
    from snowpipe_deploy.status.observe import status

    chosen = choose(project_dir, env, sets, database)
    project = chosen.project()
    name = _root(project, task)
    pairs = dict(item.partition("=")[::2] for item in config)
    if retry_last and pairs:
        raise UsageError("--retry-last takes no --config: a retry uses that of its run")
    screen = console(no_color=no_color)
    with chosen.account() as account:
        session = account.session()
        found = deploy.task_id(session, project.scope, name)
        earlier = runs.history(session, project.scope.database, root_id=found)
        before, attempt = {r.group for r in earlier if r.group}, 0
        if retry_last:
            last = max(before, key=lambda group: max(r.run_id for r in earlier if r.group == group), default="")
            attempt = max((r.attempt for r in earlier if r.group == last), default=0)
            before -= {last}
            runs.retry(session, project.scope.full(name))
        else:
            runs.start(session, project.scope.full(name), pairs)
        if no_wait:
            click.echo(f"{name} is scheduled to run now; `snowdeploy status --env {env}` shows it")
            return 0
        seen = show.follow(
            screen,
            runs.follow(session, project.scope.database, name, found, before, attempt=attempt),
            quiet=quiet or output == "json",
        )
        if not seen:
            raise UsageError(f"no run of {name} has begun", hint=f"snowdeploy status --env {env}")
        result = status(project, session, environment=env, run=seen[0].group)
        session.close()
    if output == "json":
        click.echo(show_status.as_json(result))
    elif not quiet:
        show.result(screen, result)
    del verbose
    return 1 if any(r.state in runs.BAD for r in seen) else 0


def _root(project: "Project", task: str | None) -> ObjectName:
    """The root task to start: the one named, or the only one there is."""
    tasks = [t for t in project.objects if t.key.kind == "TASK"]
    roots = [t.key.name for t in tasks if "AFTER" not in t.reading and "FINALIZE" not in t.reading]
    if task is None:
        if len(roots) == 1:
            return roots[0]
        raise UsageError("say which task: " + (", ".join(map(str, roots)) or "the project has none"))
    wanted = ObjectName.parse(task).parts
    found = [name for name in roots if name.parts[-len(wanted) :] == wanted]
    if len(found) != 1:
        children = [t.key.name for t in tasks if t.key.name.parts[-len(wanted) :] == wanted]
        why = "is not a root task: only the root of a graph can be started" if children else "is not in the project"
        raise UsageError(f"task {task} {why}", hint=f"root tasks: {', '.join(map(str, roots)) or 'none'}")
    return found[0]
