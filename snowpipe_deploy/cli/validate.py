"""Everything that is wrong, at file:line."""

from pathlib import Path

import click

from snowpipe_deploy.cli._options import choose, environment_options, output_option, verbosity
from snowpipe_deploy.errors import UsageError


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--explain", metavar="RULE", help="Why a rule is there, and what to do.")
@output_option("text", "json", "github")
@environment_options
@verbosity
def command(
    paths: tuple[Path, ...], strict: bool, explain: str | None, output: str, project_dir: Path | None, env: str,
    sets: tuple[str, ...], database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Everything that is wrong with the project, in one report; no account is touched.

    \b
    Example:
      snowdeploy validate --env prod
      snowdeploy validate --output github
      snowdeploy validate --explain SD101
    """
    if explain:
        return _explain(explain)
    from snowpipe_deploy.cli._show import findings as show
    from snowpipe_deploy.cli._show.console import console
    from snowpipe_deploy.lint import validate

    chosen = choose(project_dir, env, sets, database)
    project = chosen.project()
    found = validate(project, chosen.environment.rules)
    if paths:
        wanted = [(p if p.is_absolute() else Path.cwd() / p).resolve() for p in paths]
        found = tuple(f for f in found if any((chosen.root / f.where.path).resolve().is_relative_to(w) for w in wanted))
    match output:
        case "json":
            click.echo(show.as_json(project, found))
        case "github":
            click.echo(show.github(found))
        case _ if not (quiet and not found):
            show.text(console(no_color=no_color), project, found)
    if verbose and output == "text":
        for key, source in sorted(chosen.environment.sources.items()):
            click.echo(f"{key} from {source}")
    bad = {"error", "warning"} if strict else {"error"}
    return 1 if any(f.severity in bad for f in found) else 0


def _explain(code: str) -> int:
    from snowpipe_deploy.rules import RULES

    for rule in RULES:
        if code.upper() == rule.code or code.lower() == rule.name:
            click.echo(f"{rule.code} {rule.name} ({rule.severity})\n{rule.explanation}")
            return 0
    raise UsageError(f"no rule {code!r}", hint=f"known: {', '.join(f'{r.code} {r.name}' for r in RULES)}")
