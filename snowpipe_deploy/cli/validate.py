"""Everything that is wrong, at file:line."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snowpipe_deploy.cli._options import Chosen, choose, environment_options, output_option, pairs, verbosity
from snowpipe_deploy.errors import UsageError

if TYPE_CHECKING:
    from snowpipe_deploy.analysis.program import Program
    from snowpipe_deploy.model import Finding


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--fix", is_flag=True, help="Mend in the files what is mechanical, then report what is left.")
@click.option("--explain", metavar="RULE", help="Why a rule is there, and what to do.")
@output_option("text", "json", "github", "sarif")
@environment_options
@verbosity
def command(
    paths: tuple[Path, ...], strict: bool, fix: bool, explain: str | None, output: str, project_dir: Path | None, env: str,
    sets: tuple[str, ...], database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Everything that is wrong, in one report; no account is touched.

    Without PATHS the project is read as it would be deployed. With PATHS it needs no project: any folder or file, read as
    scripts in their order, Jinja and all.

    \b
    Example:
      snowdeploy validate --env prod
      snowdeploy validate path/to/sql --output sarif
      snowdeploy validate migrations/ --fix
      snowdeploy validate --explain SD101
    """
    if explain:
        return _explain(explain)
    from snowpipe_deploy.cli._show import findings as show
    from snowpipe_deploy.cli._show.console import console

    gc.disable()  # one pass over many small values that all live to the end: collecting them costs a fifth of the time
    read, found, chosen = _validated(paths, project_dir, env, sets, database)
    root = chosen.root if chosen else Path()
    if fix:
        from snowpipe_deploy.fix import fix_files

        for path, count in fix_files(read, found, root):
            click.echo(f"{path}: {count} mended", err=True)
        read, found, chosen = _validated(paths, project_dir, env, sets, database)
    match output:
        case "json":
            click.echo(show.as_json(read, found))
        case "github":
            click.echo(show.github(found))
        case "sarif":
            click.echo(show.sarif(found))
        case _ if not (quiet and not found):
            show.text(console(no_color=no_color), read, found, root)
    if verbose and output == "text" and chosen:
        for key, source in sorted(chosen.environment.sources.items()):
            click.echo(f"{key} from {source}")
    bad = {"error", "warning"} if strict else {"error"}
    return 1 if any(f.severity in bad for f in found) else 0


def _validated(
    paths: tuple[Path, ...], project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None
) -> "tuple[Program, tuple[Finding, ...], Chosen | None]":
    """What was read and found; for a project also what was chosen."""
    from snowpipe_deploy.lint import findings, program, validate_paths

    whole = next(iter(paths)) if len(paths) == 1 and project_dir is None else None
    if whole is not None and any((whole / "environments").glob("*.toml")):
        project_dir = whole
    elif paths:
        read, found = validate_paths(paths, pairs(sets))
        return read, found, None
    chosen = choose(project_dir, env, sets, database)
    project = chosen.project()
    read = program(project)
    return read, findings(read, project.problems, chosen.environment.rules), chosen


def _explain(code: str) -> int:
    from snowpipe_deploy.rules import RULES

    for rule in RULES:
        if code.upper() == rule.code or code.lower() == rule.name:
            click.echo(f"{rule.code} {rule.name} ({rule.severity})\n{rule.explanation}")
            for title, example in (("wrong", rule.bad), ("right", rule.good)):
                if example:
                    click.echo(f"\n{title}:\n{example.strip()}")
            return 0
    raise UsageError(f"no rule {code!r}", hint=f"known: {', '.join(f'{r.code} {r.name}' for r in RULES)}")
