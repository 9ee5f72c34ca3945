"""What plan, apply and teardown do alike: a project that is valid, a plan, a question."""

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snowpipe_deploy.cli._options import Chosen, commit_of
from snowpipe_deploy.errors import DeployError, UsageError
from snowpipe_deploy.names import ObjectName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from snowpipe_deploy.model import Finding, ObjectKey, Outcome, Plan, Project
    from snowpipe_deploy.session import Account


@contextmanager
def opened(chosen: Chosen) -> "Iterator[tuple[Project, Account]]":
    """The project and the open account: the login waits for the network while the project is read."""
    from concurrent.futures import ThreadPoolExecutor

    from snowpipe_deploy.connect import open_account

    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(open_account, chosen.root, chosen.environment)
        try:
            project = chosen.project()
            _refuse_errors(project.problems, chosen)
            if not project.objects and not project.scripts:
                raise UsageError("the project holds no SQL", hint="put *.sql below sql/ or *.sql.j2 below templates/")
            yield project, opening.result()
        finally:
            if opening.exception() is None:
                opening.result().close()


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


def task_keys(project: "Project", names: tuple[str, ...]) -> "frozenset[ObjectKey]":
    """The tasks that --resume names."""
    from snowpipe_deploy.model import ObjectKey

    found = set()
    for name in names:
        parsed = ObjectName.parse(name)
        matching = [
            t.key
            for t in project.objects
            if t.key.kind == "TASK" and t.key.name.parts[-len(parsed.parts) :] == parsed.parts
        ]
        if len(matching) != 1:
            raise UsageError(
                f"--resume {name}: {'no such task' if not matching else 'more than one task of that name'} in the project"
            )
        found.add(ObjectKey("TASK", matching[0].name))
    return frozenset(found)


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
            commit=commit_of(chosen.root),
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
