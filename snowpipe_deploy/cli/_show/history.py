"""Deployments as a table and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from snowpipe_deploy.record.history import Deployment

_COLOURS = {"done": "green", "running": "cyan"}


def text(console: Console, found: Sequence[Deployment], database: str) -> None:
    """A line each."""
    if not found:
        console.print(f"this project has deployed nothing in {escape(database)}")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("deployment", "started", "status", "steps", "commit", "who"):
        table.add_column(column, overflow="fold")
    for one in found:
        steps = f"{one.done} done" + (f", {one.failed} failed" if one.failed else "")
        colour = _COLOURS.get(one.status, "red")
        table.add_row(
            escape(one.id), one.started[:19].replace("T", " "), f"[{colour}]{escape(one.status)}[/]", steps, one.commit[:12],
            escape(one.who),
        )  # fmt: skip
    console.print(table)


def as_json(found: Sequence[Deployment]) -> str:
    """See docs/reference/json.md."""
    return json.dumps({"deployments": [asdict(one) for one in found]}, indent=2, ensure_ascii=False)
