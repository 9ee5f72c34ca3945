"""Project files from a live account."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snowpipe_deploy.cli._options import choose, environment_options, output_option, verbosity
from snowpipe_deploy.errors import UsageError
from snowpipe_deploy.names import fold

if TYPE_CHECKING:
    from rich.console import Console

    from snowpipe_deploy.importing import Import


@click.command("import")
@click.option("--schema", "schemas", multiple=True, metavar="NAME", help="Only this schema (more than one: repeat it).")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write to. Default: the project's."
)
@output_option("text", "json")
@environment_options
@verbosity
def command(
    schemas: tuple[str, ...], out: Path | None, output: str, project_dir: Path | None, env: str, sets: tuple[str, ...],
    database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Writes a file for each object of the environment's database, sql/<schema>/<kind>_<name>.sql, and for each role that is granted
    something in it and each warehouse that it names, sql/access/. No file is overwritten.

    What nobody can read back (credentials, the position of a stream) is said. `snowdeploy adopt` then records what is
    there, and the plan after it is empty.

    \b
    Example:
      snowdeploy import --env prod
      snowdeploy import --env prod --schema RAW --out imported
    """
    from snowpipe_deploy import importing
    from snowpipe_deploy.cli._planning import command_line
    from snowpipe_deploy.cli._show.console import console

    chosen = choose(project_dir, env, sets, database)
    with chosen.account() as account:
        session = account.session()
        found = importing.read_account(session, chosen.nothing(), tuple(fold(name) for name in schemas))
        session.close()
    folder = out or chosen.root
    if there := [file.path for file in found.files if (folder / file.path).exists()]:
        more = f" and {len(there) - 5} more" if len(there) > 5 else ""
        raise UsageError(
            f"there already: {', '.join(there[:5])}{more}; nothing was written",
            hint="--out an empty folder, or move them away",
        )
    for file in found.files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    if output == "json":
        click.echo(as_json(found))
    else:
        following = command_line("adopt", env, project_dir, database)
        _show(
            console(no_color=no_color),
            found,
            folder,
            chosen.environment.project,
            following,
            verbose=verbose,
            quiet=quiet,
        )
    return 1 if found.failed else 0


def _show(
    console: "Console", found: "Import", folder: Path, project: str, following: str, *, verbose: bool, quiet: bool
) -> None:
    from rich.markup import escape

    for key, why in found.failed:
        console.print(f"[red]not imported:[/] {escape(str(key))}: {escape(why)}")
    for name in found.left:
        console.print(f"[yellow]not imported:[/] {escape(name)}: a kind that is not imported")
    for file in found.files if not quiet else ():
        if verbose:
            console.print(f"  {escape(file.path)}")
        for note in file.notes:
            console.print(f"[yellow]not brought along:[/] {escape(str(file.key))}: {escape(note)}")
    if quiet:
        return
    console.print(f"[green]{len(found.files)} objects[/] written below {escape(str(folder))}/sql")
    if found.recorded.get(project, 0) != len(found.files):
        console.print(f"  next: [bold]{escape(following)}[/] records what is there; then the plan is empty")
    for name, count in found.recorded.items():
        if name != project:
            console.print(
                f"  project {escape(name)} deployed {count} of them: [bold]{escape(following)} --from {escape(name)}[/]"
            )


def as_json(found: "Import") -> str:
    """See docs/reference/json.md."""
    return json.dumps({
        "files": [{"kind": f.key.kind, "name": f"{f.key.name}{f.key.detail}", "path": f.path, "notes": list(f.notes)}
                  for f in found.files],
        "failed": [{"kind": k.kind, "name": f"{k.name}{k.detail}", "reason": why} for k, why in found.failed],
        "left": list(found.left), "recorded": dict(found.recorded),
    }, indent=2, ensure_ascii=False)  # fmt: skip
