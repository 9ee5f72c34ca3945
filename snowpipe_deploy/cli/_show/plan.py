"""A plan as text: what is lost first, then every action with its reason."""

from rich.console import Console
from rich.markup import escape
from rich.syntax import Syntax

from snowpipe_deploy.drift import described
from snowpipe_deploy.model import Drift, Plan

_SIGNS = {
    "create": ("+", "green"), "alter": ("~", "yellow"), "replace": ("±", "magenta"), "drop": ("-", "red"),
    "suspend": ("‖", "cyan"), "wait": ("…", "cyan"), "resume": ("▶", "cyan"), "run": ("»", "blue"), "adopt": ("=", "green"),
}  # fmt: skip


def text(console: Console, plan: Plan, *, verbose: bool = False) -> None:
    """Hazards on top, then the actions in the order in which they run."""
    console.print(
        f"[bold]{escape(plan.project)}[/] on {escape(plan.environment)} (database {escape(plan.scope.database)})"
    )
    for finding in plan.findings:
        colour = "red" if finding.severity == "error" else "yellow"
        console.print(f"[{colour}]{finding.severity}[/]: {escape(finding.message)}\n  --> {escape(str(finding.where))}")
        if finding.hint:
            console.print(f"  [cyan]hint:[/] {escape(finding.hint)}")
    for note in plan.notes:
        console.print(f"[yellow]note:[/] {escape(note)}")
    for one in plan.drift:
        console.print(f"[yellow]drift:[/] {escape(drift_line(one))}")
    if not plan.actions:
        if not plan.findings:
            console.print(f"[green]nothing to do[/]: {plan.unchanged} objects are as the files say")
        return
    _hazards(console, plan)
    console.print()
    width = min(60, max(len(action.id) for action in plan.actions))
    for action in plan.actions:
        sign, colour = _SIGNS[action.verb]
        reason = action.reasons[0] if action.reasons else ""
        console.print(f"  [{colour}]{sign} {escape(action.id.ljust(width))}[/]  [dim]{escape(reason)}[/]")
        for more in action.reasons[1:]:
            console.print(f"    {' ' * width}  [dim]{escape(more)}[/]")
        if verbose:
            for sql in action.sql:
                console.print(Syntax(sql.strip() + ";", "sql", background_color="default", word_wrap=False))
    console.print()
    console.print(f"[bold]plan:[/] {summary(plan)}")


def drift_line(one: Drift) -> str:
    """What somebody changed by hand, and what apply does about it."""
    fate = "apply undoes it" if one.undoable else "apply leaves it" + (f": {one.hint}" if one.hint else "")
    return f"{one.key} {described(one)}; {fate}"


def summary(plan: Plan) -> str:
    counts = plan.summary()
    parts = [f"{counts[verb]} to {verb}" for verb in ("create", "alter", "replace", "drop") if counts[verb]]
    others = len(plan.actions) - sum(counts[verb] for verb in ("create", "alter", "replace", "drop"))
    if others:
        parts.append(f"{others} other step{'s' if others > 1 else ''}")
    return f"{', '.join(parts)}; {plan.unchanged} unchanged"


def _hazards(console: Console, plan: Plan) -> None:
    order = {"unrecoverable": 0, "destructive": 1, "expensive": 2}
    found = sorted((h for a in plan.actions for h in a.hazards), key=lambda h: (order[h.tier], h.type, h.object))
    for hazard in found:
        colour = "red" if hazard.tier == "unrecoverable" else "yellow"
        console.print(f"[{colour}]{hazard.tier}[/] [bold]{hazard.type}[/]: {escape(hazard.message)}")
