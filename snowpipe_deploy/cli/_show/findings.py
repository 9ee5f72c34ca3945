"""Findings as text, JSON and GitHub annotations."""

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from snowpipe_deploy.model import Finding, Project

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def text(console: Console, project: Project, findings: Sequence[Finding]) -> None:
    for f in findings:
        colour = _COLOURS[f.severity]
        console.print(f"[{colour}]{f.severity}[/]: {escape(f.message)} [dim]\\[{f.rule} {f.name}][/]")
        console.print(f"  --> {escape(str(f.where))}")
        if f.hint:
            console.print(f"  [cyan]hint:[/] {escape(f.hint)}")
    errors = sum(f.severity == "error" for f in findings)
    counted = f"{project.files} files, {len(project.statements)} statements, {len(project.objects)} objects"
    console.print(
        f"{counted}: "
        + (f"[red]{errors} errors[/], {len(findings) - errors} others" if findings else "[green]nothing wrong[/]")
    )


def as_json(project: Project, findings: Sequence[Finding]) -> str:
    """See docs/reference/json.md."""
    found: dict[str, Any] = {
        "findings": [
            {"rule": f.rule, "name": f.name, "severity": f.severity, "message": f.message, "hint": f.hint, "path": f.where.path,
             "line": f.where.line, "column": f.where.column, "object": f.object}
            for f in findings
        ],
        "files": project.files,
        "statements": len(project.statements),
        "not_understood": [{"path": s.where.path, "line": s.where.line, "text": s.text} for s in project.not_understood],
        "objects": [
            {"kind": t.key.kind, "name": f"{t.key.name}{t.key.detail}", "path": t.statement.where.path, "line": t.statement.where.line,
             "reads": sorted({str(r.name) for r in t.references if r.access == "reads"}),
             "writes": sorted({str(r.name) for r in t.references if r.access == "writes"})}
            for t in project.objects
        ],
    }  # fmt: skip
    return json.dumps(found, indent=2, ensure_ascii=False)


def github(findings: Sequence[Finding]) -> str:
    """Annotations as GitHub Actions reads them."""
    words = {"error": "error", "warning": "warning", "info": "notice"}
    return "\n".join(
        f"::{words[f.severity]} file={f.where.path},line={f.where.line},col={f.where.column},title={f.rule} {f.name}::{f.message}"
        for f in findings
    )
