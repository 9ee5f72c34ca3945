"""What plan, apply and teardown do alike: a project that is valid, a plan, a question."""

import os
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snowpipe_deploy.cli._options import Chosen, commit_of
from snowpipe_deploy.errors import DeployError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import Console

    from snowpipe_deploy.model import Finding, Outcome, Plan, Project
    from snowpipe_deploy.session import Account


@contextmanager
def opened(chosen: Chosen) -> "Iterator[tuple[Project, Account, Callable[[], None]]]":
    """The project, the open account, and what raises every error of the lint rules at once; see `check_rules`.

    The login waits for the network while the project is read, which another process does where there is a core for it.
    """
    from concurrent.futures import ThreadPoolExecutor, wait

    from snowpipe_deploy.cli import _ahead
    from snowpipe_deploy.connect import load_driver, open_account

    ahead = _ahead.Ahead(partial(_read_and_judged, chosen)) if _ahead.is_of_use() else None
    try:
        with ThreadPoolExecutor(1) as pool:
            loading = pool.submit(load_driver, chosen.environment)
            opening = pool.submit(open_account, chosen.root, chosen.environment)
            try:
                if ahead:
                    wait([loading])  # two that load at once only wait for each other
                    _load_deployment()
                    project = ahead.next()
                else:
                    project = _read_project(chosen)
                    wait([loading])
                    _load_rules(opening.done)
                rules = (
                    (lambda: _refuse_errors(ahead.next(), chosen)) if ahead else partial(check_rules, project, chosen)
                )
                yield project, opening.result(), rules
            finally:
                if opening.exception() is None:
                    opening.result().close()
    finally:
        if ahead:
            ahead.close()


def _read_and_judged(chosen: Chosen) -> "Iterator[Project | tuple[Finding, ...]]":
    """The project, if it can be read, and what the rules find in it."""
    project = _read_project(chosen)
    yield project
    from snowpipe_deploy.lint import validate

    yield validate(project, chosen.environment.rules)


def _load_deployment() -> None:
    """Loads what comes after the project: in the time of the login and while the other process reads."""
    from snowpipe_deploy import deploy  # noqa: F401
    from snowpipe_deploy.cli._show import console, outcomes, plan  # noqa: F401


def saved_plan(path: Path) -> "Plan":
    """What `plan --out` wrote."""
    from snowpipe_deploy import plan_file

    return plan_file.read(path.read_text("utf-8", "replace"), str(path))


def _load_rules(enough: "Callable[[], bool]") -> None:
    """Loads a hundred rules and the parser that they use, as long as there is nothing else to do: in the time of the login."""
    if not enough():
        from snowpipe_deploy import lint  # noqa: F401
    if not enough():
        from snowpipe_deploy.sqltext.query import parse

        parse("SELECT 1")


def _read_project(chosen: Chosen) -> "Project":
    """The project, if it can be read."""
    project = chosen.project()
    _refuse_errors(project.problems, chosen)
    if not project.objects and not project.scripts:
        raise UsageError("the project holds no SQL", hint="put *.sql below sql/ or *.sql.j2 below templates/")
    return project


def checked_project(chosen: Chosen) -> "Project":
    """The project, if nothing in it is an error; else every error at once."""
    project = _read_project(chosen)
    check_rules(project, chosen)
    return project


def check_rules(project: "Project", chosen: Chosen) -> None:
    """Raises every error of the lint rules at once. Texts that are deployed as they are have passed before: a command that
    finds nothing to do does not ask."""
    from snowpipe_deploy.lint import validate

    _refuse_errors(validate(project, chosen.environment.rules), chosen)


def _refuse_errors(findings: "Iterable[Finding]", chosen: Chosen) -> None:
    errors = [f for f in findings if f.severity == "error"]
    if errors:
        lines = "\n".join(f"  {f.where}: {f.message}" for f in errors[:20])
        more = f"\n  … and {len(errors) - 20} more" if len(errors) > 20 else ""
        raise DeployError(
            f"{len(errors)} error{'s' if len(errors) > 1 else ''} in the project:\n{lines}{more}",
            hint=f"snowdeploy validate --env {chosen.environment.name}",
        )


def ask_and_do(
    console: "Console",
    chosen: Chosen,
    account: "Account",
    plan: "Plan",
    *,
    yes: bool,
    allow: tuple[str, ...],
    jobs: int,
    force: bool,
    verbose: bool,
    quiet: bool,
    again: str,
    commit: str | None = None,
) -> int:
    """Shows a plan, refuses what nobody consented to, asks, and does it; returns the exit code.

    `commit` is what the plan deploys; left out, the commit that the project's folder stands at.
    """
    from snowpipe_deploy import deploy
    from snowpipe_deploy.cli._show import plan as show

    if not quiet or plan.findings:
        show.text(console, plan, verbose=verbose)
    deploy.check_findings(plan)
    deploy.check_consent(plan, (*chosen.environment.policy.allow, *allow))
    if not plan.actions:
        return 0
    if not yes and not click.confirm(f"apply this to {chosen.environment.database}?", default=False):
        click.echo("nothing was changed")
        return 1
    return carry_out(
        console,
        chosen,
        account,
        plan,
        jobs=jobs,
        force=force,
        keep_record=True,
        quiet=quiet,
        again=again,
        commit=commit,
    )


def carry_out(
    console: "Console",
    chosen: Chosen,
    account: "Account",
    plan: "Plan",
    *,
    jobs: int,
    force: bool,
    keep_record: bool,
    quiet: bool,
    again: str,
    commit: str | None = None,
) -> int:
    """Applies a plan that was consented to; Ctrl-C ends it in order, a second one at once."""
    import signal
    import threading

    from snowpipe_deploy import deploy
    from snowpipe_deploy.cli._show import outcomes as show

    stop = threading.Event()

    def on_interrupt(_: int, __: object) -> None:
        if stop.is_set():
            click.echo(f"\nstopped at once; what was begun is settled by: {again}", err=True)
            os._exit(1)  # what runs is not waited for: the journal knows what was intended
        stop.set()
        click.echo("\nstopping: running statements end, nothing new starts; Ctrl-C again stops at once", err=True)

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        made: Iterator[Outcome] = deploy.apply(
            plan,
            account,
            jobs=jobs,
            commit=commit_of(chosen.root) if commit is None else commit,
            force=force,
            keep_record=keep_record,
            stop=stop,
            policy=chosen.environment.policy,
        )
        finished = show.follow(console, made, len(plan.actions), quiet=quiet)
    finally:
        signal.signal(signal.SIGINT, before)
    if not quiet or any(o.status != "done" for o in finished):
        show.summary(console, finished, stopped=stop.is_set(), again=again, word=again.split()[1])
    return 0 if all(o.status == "done" for o in finished) and len(finished) == len(plan.actions) else 1


def command_line(word: str, env: str, project_dir: Path | None, database: str | None) -> str:
    """What to type to go on."""
    extra = (f" --project {project_dir}" if project_dir else "") + (f" --database {database}" if database else "")
    return f"snowdeploy {word} --env {env}{extra}"
