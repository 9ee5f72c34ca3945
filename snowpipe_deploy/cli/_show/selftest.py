"""Which facts held: a table of one line a fact."""

import json
from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape

from snowpipe_deploy.selftest import Verdict

_COLOURS = {"held": "green", "did not hold": "red", "not tried": "yellow"}


def line(console: Console, verdict: Verdict, *, verbose: bool) -> None:
    """The result first; what came instead, and with `verbose` who leans on the fact, below it."""
    fact = verdict.fact
    sure = "" if fact.confirmed else " [dim](unconfirmed)[/]"
    console.print(f"[{_COLOURS[verdict.result]}]{verdict.result:<12}[/]  {escape(str(fact))}{sure}")
    if verdict.detail:
        console.print(f"{' ' * 14}[dim]{escape(verdict.detail)}[/]")
    if verbose or verdict.result == "did not hold":
        console.print(f"{' ' * 14}[dim]leans on it: {escape(fact.leans)}; source: {escape(fact.source)}[/]")


def summary(console: Console, verdicts: Iterable[Verdict]) -> None:
    counts = Counter(str(verdict.result) for verdict in verdicts)
    console.print(", ".join(f"{counts[result]} {result}" for result in _COLOURS if counts[result]))


def as_json(verdicts: Iterable[Verdict]) -> str:
    """See docs/reference/json.md."""
    return json.dumps({"facts": [_dict(verdict) for verdict in verdicts]}, indent=2, ensure_ascii=False)


def _dict(verdict: Verdict) -> dict[str, object]:
    fact = verdict.fact
    return {"fact": str(fact), "result": verdict.result, "detail": verdict.detail, "confirmed": fact.confirmed,
            "source": fact.source, "leans": fact.leans}  # fmt: skip
