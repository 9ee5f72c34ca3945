"""Outcomes of pipeline tests as they come, their summary and coverage; as JSON and as JUnit XML."""

import json
import statistics
from collections.abc import Sequence
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from rich.console import Console
from rich.markup import escape

from snowpipe_deploy.testing.coverage import Coverage, Line
from snowpipe_deploy.testing.suite import Outcome

_MARKS = {"passed": "[green]✓[/]", "failed": "[red]✗[/]", "skipped": "[yellow]-[/]"}
_COLOURS = {"-": "red", "+": "green", "~": "yellow"}


def line(console: Console, outcome: Outcome, *, quiet: bool, verbose: bool) -> None:
    """One test; where it failed, what did not hold and where the file says so."""
    if quiet and outcome.status != "failed":
        return
    took = (
        f" [dim]{outcome.seconds:.2f} s[/]" if outcome.status != "skipped" else f" [dim]({escape(outcome.reason)})[/]"
    )
    where = f" [dim]{escape(str(outcome.where))}[/]" if verbose else ""
    console.print(f"{_MARKS[outcome.status]} {escape(outcome.name)}{took}{where}")
    for failure in outcome.failures:
        console.print(f"    {escape(failure.message)}\n      [dim]-->[/] {escape(str(failure.where))}")
        for text in failure.lines:
            colour = _COLOURS.get(text[:1])
            console.print(f"      [{colour}]{escape(text)}[/]" if colour else f"      {escape(text)}")


def summary(
    console: Console, outcomes: Sequence[Outcome], coverage: Coverage | None, written: Sequence[str], *, quiet: bool
) -> None:
    """How many tests ended how; coverage; what --update wrote."""
    if coverage is not None:
        _coverage(console, coverage)
    for path in written:
        console.print(f"updated {escape(path)}: look at it with git diff")
    if not outcomes:
        console.print("no test was chosen")
    elif not quiet or any(o.status == "failed" for o in outcomes):
        counts = {s: sum(o.status == s for o in outcomes) for s in ("passed", "failed", "skipped")}
        said = ", ".join(f"{n} {s}" for s, n in counts.items() if n)
        ran = [o.seconds for o in outcomes if o.status != "skipped"]
        times = f"; median {statistics.median(ran):.2f} s a test" if ran else ""
        console.print(f"test: {said}{times}")


def _percent(part: int, whole: int) -> str:
    return f"{part} of {whole}" + (f" ({100 * part // whole} %)" if whole else "")


def _coverage(console: Console, c: Coverage) -> None:
    console.print("\ncoverage")
    for title, (part, whole) in c.counts.items():
        console.print(f"  {title:<20} {_percent(part, whole)}")
    console.print("\n  task                                      succeeded  skipped  failed")
    for name, states in c.tasks.items():
        failed = "failed" in states
        seen = "  ".join(
            f"{'yes' if x else '-':<{w}}"
            for x, w in (("succeeded" in states, 9), ("skipped" in states, 7), (failed, 6))
        )
        console.print(f"  {escape(name):<40}  {seen}".rstrip())
    left = [x for x in (*c.branches, *c.handlers, *c.merges, *c.statements) if not x.ran]
    if left:
        console.print("\n  never came to")
    for name, group in groupby(left, key=lambda x: x.object):
        console.print(f"    {escape(name)}")
        for x in group:
            console.print(f"      {escape(str(x.where))}  {escape(x.text)}")
    for text in c.unread:
        console.print(f"  not recorded: {escape(text)}")
    console.print()


def as_json(outcomes: Sequence[Outcome], coverage: Coverage | None, written: Sequence[str] = ()) -> str:
    made: dict[str, Any] = {
        "tests": [
            {
                "name": o.name, "path": o.path, "line": o.where.line, "status": o.status, "seconds": round(o.seconds, 3),
                "reason": o.reason,
                "failures": [
                    {"path": f.where.path, "line": f.where.line, "message": f.message, "difference": list(f.lines)}
                    for f in o.failures
                ],
            }
            for o in outcomes
        ],
        "updated": list(written),
        "summary": {s: sum(o.status == s for o in outcomes) for s in ("passed", "failed", "skipped")},
    }  # fmt: skip
    if coverage is not None:
        made["coverage"] = {
            "tasks": {name: sorted(states) for name, states in coverage.tasks.items()},
            **{
                name: [_line(x) for x in lines]
                for name, lines in (
                    ("when", coverage.branches), ("handlers", coverage.handlers), ("merges", coverage.merges), ("statements", coverage.statements),
                )
            },
            "not_recorded": list(coverage.unread),
        }  # fmt: skip
    return json.dumps(made, indent=2, ensure_ascii=False)


def _line(x: Line) -> dict[str, object]:
    return {"object": x.object, "path": x.where.path, "line": x.where.line, "text": x.text, "ran": x.ran}


def as_junit(outcomes: Sequence[Outcome]) -> str:
    """One suite a file, as CI servers read it."""
    top = ET.Element("testsuites")
    for path, group in groupby(sorted(outcomes, key=lambda o: o.path), key=lambda o: o.path):
        cases = list(group)
        counts = {"tests": len(cases), "failures": sum(o.status == "failed" for o in cases),
                  "skipped": sum(o.status == "skipped" for o in cases)}  # fmt: skip
        suite = ET.SubElement(top, "testsuite", name=path, time=f"{sum(o.seconds for o in cases):.3f}")
        suite.attrib.update({key: str(value) for key, value in counts.items()})
        for o in cases:
            case = ET.SubElement(
                suite,
                "testcase",
                classname=path,
                name=o.name,
                file=path,
                line=str(o.where.line),
                time=f"{o.seconds:.3f}",
            )
            for f in o.failures:
                found = ET.SubElement(case, "failure", message=f"{f.where}: {f.message}")
                found.text = "\n".join(_printable(text) for text in f.lines)
            if o.status == "skipped":
                ET.SubElement(case, "skipped", message=o.reason)
    ET.indent(top)
    return ET.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def _printable(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c if c in "\t\n" or ord(c) >= 32 else "�" for c in text)
