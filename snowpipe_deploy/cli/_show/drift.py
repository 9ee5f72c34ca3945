"""What differs from what was deployed, as text and JSON: what cannot be undone first."""

import json

from rich.console import Console
from rich.markup import escape

from snowpipe_deploy.deploy import DriftReport
from snowpipe_deploy.drift import described
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.plan_file import drift_dict


def text(console: Console, report: DriftReport, *, deep: bool, verbose: bool = False) -> None:
    """A line an object and fact, with what to type."""
    console.print(f"[bold]{escape(report.environment)}[/] (database {escape(report.scope.database)})")
    for undoable, title in ((False, "cannot be undone"), (True, "can be undone")):
        found = [d for d in report.drift if d.undoable == undoable]
        if found:
            console.print(f"[{'yellow' if undoable else 'red'} bold]{title}[/]")
        for one in found:
            hint = one.hint or ("snowdeploy apply" if undoable else "")
            console.print(
                f"  {escape(str(one.key))} {escape(described(one))}"
                + (f"\n    [cyan]{escape(hint)}[/]" if hint else "")
            )
    for key, why in report.not_looked:
        console.print(f"[yellow]not compared:[/] {escape(str(key))}: {escape(why)}")
    if verbose:
        for kind in (KINDS[name] for name in report.kinds if KINDS[name].unknowable):
            console.print(f"[dim]{kind.name.lower()}: cannot be compared: {escape('; '.join(kind.unknowable))}[/]")
    if not report.recorded:
        console.print("this project has deployed nothing here")
    elif not report.drift:
        console.print(f"[green]no drift[/]: {report.recorded} objects are as they were deployed")
    if deep:
        console.print(
            f"{report.looked} object{'' if report.looked == 1 else 's'} looked at one by one, with a statement each"
        )


def as_json(report: DriftReport) -> str:
    """See docs/reference/json.md."""
    return json.dumps({
        "environment": report.environment, "database": report.scope.database, "deployment": report.deployment or None,
        "drift": [drift_dict(d) for d in report.drift], "recorded": report.recorded, "looked": report.looked,
        "not_compared": [{"kind": k.kind, "name": f"{k.name}{k.detail}", "reason": why} for k, why in report.not_looked],
    }, indent=2, ensure_ascii=False)  # fmt: skip
