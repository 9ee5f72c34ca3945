"""Mends in the files what is mechanical: a missing semicolon, a root task that is resumed too early. Never what a statement means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.task_graphs import task_graphs
from snowpipe_deploy.model import Finding
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.templates import is_template

MENDED = {"SD009": "a missing semicolon", "SD204": "a root task that is resumed before its children"}


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts `new` into the place of the characters from `begin` to `end` of a file."""

    begin: int
    end: int
    new: str


def fix_files(read: Program, findings: Sequence[Finding], root: Path) -> Iterator[tuple[str, int]]:
    """Mends the files of the findings; gives each path with the number of findings that are mended.

    Templates are left alone: what they render is not what stands in them.
    """
    for path in sorted({f.where.path for f in findings if f.rule in MENDED}):
        file = root / path
        text = file.read_text(encoding="utf-8")
        if is_template(path, text) or "\r" in text:
            continue
        mine = [f for f in findings if f.where.path == path and f.rule in MENDED]
        edits = [_edits(read, text, finding) for finding in mine]
        done = [found for found in edits if found]
        if done:
            file.write_text(_applied(text, [edit for found in done for edit in found]), encoding="utf-8")
            yield path, len(done)


def _applied(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=lambda e: (e.begin, e.end), reverse=True):
        text = text[: edit.begin] + edit.new + text[edit.end :]
    return text


def _edits(read: Program, text: str, finding: Finding) -> list[Edit]:
    place = _offset(text, finding.where.line, finding.where.column)
    if finding.rule == "SD009":
        return [Edit(place + 1, place + 1, ";")]
    return _resumed_last(read, text, finding)


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(row) + 1 for row in text.split("\n")[: line - 1]) + column - 1


def _resumed_last(read: Program, text: str, finding: Finding) -> list[Edit]:
    """Moves the RESUME of a root behind the last statement of the file that makes or changes a task of its graph."""
    step = next((s for s in read.statements if s.statement.where == finding.where), None)
    if step is None or step.verb != "ALTER" or step.head.rest.strip().upper() != "RESUME" or step.name is None:
        return []
    last = _last_of_graph(read, step, step.name)
    begin, end = _span(text, step)
    if last is None or not (begin == 0 or text[begin - 1] == "\n") or text[end - 1] != "\n":
        return []  # it shares its line with something else
    behind = _span(text, last)[1]
    moved = text[begin:end] if text[behind - 1] == "\n" else "\n" + text[begin:end].rstrip("\n")
    return [Edit(begin, end, ""), Edit(behind, behind, moved)]


def _last_of_graph(read: Program, step: Step, root: ObjectName) -> Step | None:
    graphs = task_graphs(read)
    found = None
    for other in read.later(step):
        if other.path != step.path or other.kind != "TASK" or other.name is None:
            continue
        tasks = graphs.find(other.name, other)
        if any(above.name.last == root.last for task in tasks for above in graphs.roots(task)):
            found = other
    return found


def _span(text: str, step: Step) -> tuple[int, int]:
    """The characters of a statement with its `;` and, where nothing else follows on it, the end of its line."""
    begin = _offset(text, step.statement.where.line, step.statement.where.column)
    end = begin + len(step.statement.text)
    rest = text[end:]
    end += len(rest) - len(rest.lstrip(" \t;"))
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    return begin, line_end + (line_end < len(text)) if not text[end:line_end].strip() else end
