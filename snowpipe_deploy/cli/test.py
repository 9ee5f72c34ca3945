"""Pipeline tests on a fresh local account."""

import os
import tempfile
from contextlib import closing
from pathlib import Path

import click

from snowpipe_deploy.cli._options import choose, environment_options, output_option, verbosity
from snowpipe_deploy.errors import UsageError


@click.command("test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("-k", "word", default="", metavar="WORD", help="Only tests with this word in their name or path.")
@click.option("--coverage", is_flag=True, help="Also say which tasks, WHEN branches and statements of the project ran.")
@click.option(
    "--fail-under",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="With --coverage: exit 1 if less of anything was reached.",
)
@click.option(
    "--update", is_flag=True, help="Write what was found into the expectations that did not hold; review with git diff."
)
@click.option(
    "--junit", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Also write a JUnit report."
)
@click.option("--jobs", type=click.IntRange(1), default=None, show_default="one a core; 1 on a real account",
              help="How many test files are worked off at once.")  # fmt: skip
@output_option("text", "json")
@environment_options
@verbosity
def command(
    paths: tuple[Path, ...], word: str, coverage: bool, fail_under: int | None, update: bool, junit: Path | None, jobs: int | None, output: str,
    project_dir: Path | None, env: str, sets: tuple[str, ...], database: str | None, verbose: bool, quiet: bool, no_color: bool,
) -> int:  # fmt: skip
    """Runs the pipeline tests below tests/pipelines/, each on a fresh account; exit 1 if one fails.

    With an environment on Snowflake, each test gets an empty database of its own that is dropped afterwards.

    \b
    Example:
      snowdeploy test
      snowdeploy test -k duplicate --coverage
      snowdeploy test tests/pipelines/late_files.toml --update
    """
    from snowpipe_deploy.cli._planning import checked_project
    from snowpipe_deploy.cli._show import tests as show
    from snowpipe_deploy.cli._show.console import console
    from snowpipe_deploy.connect import benches
    from snowpipe_deploy.testing import suite
    from snowpipe_deploy.testing.coverage import measure
    from snowpipe_deploy.testing.update import rewrite

    if fail_under is not None and not coverage:
        raise UsageError("--fail-under needs --coverage")
    chosen = choose(project_dir, env, sets, database)
    files = suite.select(suite.collect(chosen.root, paths), word)
    project = checked_project(chosen)
    screen = console(no_color=no_color)
    outcomes = []
    with (
        tempfile.TemporaryDirectory(prefix="snowdeploy-test-", ignore_cleanup_errors=True) as folder,
        benches(chosen.root, chosen.environment, project, Path(folder) / "template", suite.EPOCH) as made,
        closing(suite.run(files, made, _jobs(jobs, made.copies), update=update)) as running,
    ):
        for outcome in running:
            outcomes.append(outcome)
            if output == "text":
                show.line(screen, outcome, quiet=quiet, verbose=verbose)
        recorded = made.copies
    measured = measure(project, [o.trace for o in outcomes], recorded=recorded) if coverage else None
    written = [path for file, _ in files if (path := rewrite(chosen.root, file, outcomes))] if update else []
    if junit is not None:
        junit.write_text(show.as_junit(outcomes), encoding="utf-8")
    if output == "json":
        click.echo(show.as_json(outcomes, measured, written))
    else:
        show.summary(screen, outcomes, measured, written, quiet=quiet)
    short = measured.below(fail_under) if measured is not None and fail_under is not None else []
    if short:
        click.echo(f"less than {fail_under} %: {', '.join(short)}", err=True)
    return 1 if any(o.status == "failed" for o in outcomes) or not outcomes or short else 0


def _jobs(asked: int | None, is_local: bool) -> int:
    """A real account has one login, which is of one process."""
    if not is_local and asked not in {None, 1}:
        raise UsageError("tests on a real account share one login", hint="leave --jobs out")
    return asked or (os.cpu_count() or 1 if is_local else 1)
