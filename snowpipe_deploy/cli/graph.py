"""Which object needs which, and the task graphs."""

from pathlib import Path

import click

from snowpipe_deploy.cli._options import choose, environment_options, output_option
from snowpipe_deploy.errors import UsageError


@click.command("graph")
@click.argument("object_name", metavar="[OBJECT]", required=False)
@click.option("--columns", is_flag=True, help="What each column is made of, as text or json.")
@output_option("text", "mermaid", "dot", "json")
@environment_options
def command(
    object_name: str | None,
    columns: bool,
    output: str,
    project_dir: Path | None,
    env: str,
    sets: tuple[str, ...],
    database: str | None,
) -> int:
    """Objects and task graph, from the SQL itself; with OBJECT only what touches it.

    \b
    Example:
      snowdeploy graph
      snowdeploy graph STAGING.VIDEOS
      snowdeploy graph --output mermaid
      snowdeploy graph DWH.DIM_VIDEO --columns
    """
    from snowpipe_deploy.cli._show import graph as show

    project = choose(project_dir, env, sets, database).project()
    names = {str(t.key.name) for t in project.objects} | {t.key.name.last for t in project.objects}
    if object_name and object_name.upper() not in names:
        import difflib

        close = difflib.get_close_matches(object_name.upper(), sorted(names), 1)
        raise UsageError(f"no object {object_name} in the project", hint=f"did you mean {close[0]}?" if close else None)
    if columns:
        if output not in {"text", "json"}:
            raise UsageError(f"--columns has no {output}", hint="--output text or json")
        click.echo(show.columns(project, object_name or "", as_json=output == "json"))
        return 0
    shown = {"text": show.text, "mermaid": show.mermaid, "dot": show.dot, "json": show.as_json}[output]
    click.echo(shown(project, object_name or ""))
    return 0
