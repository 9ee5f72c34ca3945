"""Findings as text, JSON, SARIF and GitHub annotations."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from snowpipe_deploy.analysis.program import Program, Step, detail
from snowpipe_deploy.model import Finding
from snowpipe_deploy.rules import RULES

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


def text(console: Console, read: Program, findings: Sequence[Finding], root: Path) -> None:
    """Grouped by file, each with its line and a caret; a summary at the end."""
    for path, of_file in groupby(findings, key=lambda f: f.where.path):
        lines = _lines(root / path)
        console.print(f"[bold]{escape(path)}[/]")
        for f in of_file:
            colour = _COLOURS[f.severity]
            console.print(
                f"  [{colour}]{f.severity}[/]: {escape(f.message)} [dim]\\[{f.rule} {f.name}][/]", soft_wrap=True
            )
            console.print(f"    --> {escape(str(f.where))}:{f.where.column}", soft_wrap=True)
            for row in _excerpt(lines, f, colour):
                console.print(f"      {row}", soft_wrap=True)
            if f.hint:
                console.print(f"    [cyan]hint:[/] {escape(f.hint)}", soft_wrap=True)
        console.print()
    console.print(f"{_counted(read)}: {_summary(read, findings)}", soft_wrap=True)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return []


def _excerpt(lines: list[str], finding: Finding, colour: str) -> Iterator[str]:
    """The line and a caret under its place, cut where it is long."""
    row, column = finding.where.line - 1, finding.where.column - 1
    if not 0 <= row < len(lines) or not lines[row].strip():
        return
    line = lines[row].replace("\t", " ")
    start = max(0, column - 60) if len(line) > 110 else 0
    yield f"[dim]{finding.where.line} |[/] {escape(line[start : start + 110])}"
    yield f"{' ' * len(str(finding.where.line))}   {' ' * (min(column, len(line)) - start)}[{colour}]^[/]"


def _counted(read: Program) -> str:
    objects = sum(step.creates for step in read.statements)
    return f"{_many(read.files, 'file')}, {_many(len(read.statements), 'statement')}, {_many(objects, 'object')}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _summary(read: Program, findings: Sequence[Finding]) -> str:
    counts = [(sum(f.severity == level for f in findings), level) for level in ("error", "warning", "info")]
    shown = ", ".join(
        f"[{_COLOURS[level]}]{_many(n, level) if level != 'info' else f'{n} info'}[/]" for n, level in counts if n
    )
    unread = len(read.not_understood)
    return (shown or "[green]nothing wrong[/]") + (f"; {_many(unread, 'text')} not understood" if unread else "")


def as_json(read: Program, findings: Sequence[Finding]) -> str:
    """See docs/reference/json.md."""
    found: dict[str, Any] = {
        "findings": [
            {"rule": f.rule, "name": f.name, "severity": f.severity, "message": f.message, "hint": f.hint, "path": f.where.path,
             "line": f.where.line, "column": f.where.column, "object": f.object}
            for f in findings
        ],
        "files": read.files,
        "statements": len(read.statements),
        "not_understood": [{"path": n.where.path, "line": n.where.line, "text": n.text} for n in read.not_understood],
        "objects": [_object(read, step) for step in read.statements if step.creates],
        "scripts": [_script(read, step) for step in read.statements if not step.creates and _names_something(read, step)],
    }  # fmt: skip
    return json.dumps(found, indent=2, ensure_ascii=False)


def _object(read: Program, step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind, "name": f"{step.name}{detail(step.head)}", "path": step.path, "line": step.statement.where.line,
        **_accesses(read, step),
    }  # fmt: skip


def _script(read: Program, step: Step) -> dict[str, Any]:
    return {"verb": step.verb, "path": step.path, "line": step.statement.where.line, **_accesses(read, step)}


def _names_something(read: Program, step: Step) -> bool:
    return step.verb not in {"GRANT", "REVOKE", "USE"} and bool(read.uses(step))


def _accesses(read: Program, step: Step) -> dict[str, list[str]]:
    """What it reads (what it must find, predecessors and formats too), writes and calls, each once."""
    uses = [use for use in read.uses(step) if use.kind != "WAREHOUSE"]
    return {
        access: sorted({str(use.name) for use in uses if use.access == access})
        for access in ("reads", "writes", "calls")
    }


def github(findings: Sequence[Finding]) -> str:
    """Annotations as GitHub Actions reads them."""
    words = {"error": "error", "warning": "warning", "info": "notice"}
    return "\n".join(
        f"::{words[f.severity]} file={f.where.path},line={f.where.line},col={f.where.column},title={f.rule} {f.name}::"
        f"{_escaped(f.message + (f' ({f.hint})' if f.hint else ''))}"
        for f in findings
    )


def _escaped(message: str) -> str:
    """What ends an annotation, written as GitHub wants it."""
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def sarif(findings: Sequence[Finding]) -> str:
    """SARIF 2.1.0, for code scanning and editors."""
    levels = {"error": "error", "warning": "warning", "info": "note"}
    known = {rule.code: rule for rule in RULES}
    used = sorted({f.rule for f in findings})
    rules = [
        {"id": code, "name": known[code].name, "shortDescription": {"text": known[code].name.replace("-", " ")},
         "fullDescription": {"text": known[code].explanation}, "defaultConfiguration": {"level": levels[known[code].severity]}}
        if code in known
        else {"id": code}
        for code in used
    ]  # fmt: skip
    results = [
        {"ruleId": f.rule, "ruleIndex": used.index(f.rule), "level": levels[f.severity],
         "message": {"text": f.message + (f". {f.hint}" if f.hint else "")},
         "locations": [{"physicalLocation": {"artifactLocation": {"uri": f.where.path},
                                             "region": {"startLine": f.where.line, "startColumn": f.where.column}}}]}
        for f in findings
    ]  # fmt: skip
    return json.dumps({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "snowdeploy", "rules": rules}}, "results": results}],
    }, indent=2, ensure_ascii=False)  # fmt: skip
