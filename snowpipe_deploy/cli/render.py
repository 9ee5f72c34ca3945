"""The SQL that the templates give."""

from pathlib import Path

import click

from snowpipe_deploy.cli._options import choose, environment_options
from snowpipe_deploy.errors import DeployError, UsageError


@click.command("render")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write the files there, in the same folders."
)
@environment_options
def command(
    paths: tuple[Path, ...],
    out: Path | None,
    project_dir: Path | None,
    env: str,
    sets: tuple[str, ...],
    database: str | None,
) -> int:
    """The SQL that the templates give, to the terminal or into a folder.

    \b
    Example:
      snowdeploy render templates/raw/tasks.sql.j2 --env prod
      snowdeploy render --out build/sql
    """
    from snowpipe_deploy.project import rendered, sources

    chosen = choose(project_dir, env, sets, database)
    found = sources(chosen.root)
    if paths:
        wanted = {(path if path.is_absolute() else Path.cwd() / path).resolve() for path in paths}
        found = [p for p in found if any(p.resolve() == w or p.resolve().is_relative_to(w) for w in wanted)]
        if not found:
            raise UsageError(
                f"no SQL file at {', '.join(map(str, paths))}",
                hint="files are *.sql and *.sql.j2 below sql/ and templates/",
            )
    texts, problems = rendered(chosen.root, chosen.environment, found)
    for text in texts:
        if out is None:
            click.echo(f"-- {text.path}\n{text.text.rstrip()}\n")
            continue
        target = out / text.path.removesuffix(".j2")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.text, encoding="utf-8")
    if problems:
        first = problems[0]
        more = f" (and {len(problems) - 1} more: `snowdeploy validate`)" if len(problems) > 1 else ""
        raise DeployError(first.message + more, hint=first.hint, where=first.where)
    return 0
