"""Streams: whether they have data now, who consumes them, and when they go stale."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from snowpipe_deploy.model import Project
from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.session import moment
from snowpipe_deploy.status.model import Stream, Task

_WORD = re.compile(r"[\w$]+")
_STALE = frozenset({"true", "Y", "YES"})

Row = Mapping[str, object]


def name_of(row: Row) -> ObjectName:
    return ObjectName((str(row["schema_name"]), str(row["name"])))


def readable(rows: Iterable[Row]) -> list[Row]:
    """Streams that can be asked for data: neither stale nor without a source."""
    return [row for row in rows if not _stale(row) and str(row.get("invalid_reason") or "N/A") == "N/A"]


def question(row: Row) -> str:
    """SQL that tells whether the stream has data now."""
    full = ObjectName((str(row["database_name"]), str(row["schema_name"]), str(row["name"])))
    return f"SYSTEM$STREAM_HAS_DATA({literal(str(full))})"


def streams(
    rows: Iterable[Row], answers: Mapping[ObjectName, object], tasks: Iterable[Task], project: Project
) -> dict[ObjectName, Stream]:
    """`answers` are those to `question`, by stream; where there is none, nothing is claimed."""
    shown = list(rows)
    consumers = _consumers([name_of(row) for row in shown], tasks, project)
    found = {}
    for row in shown:
        name, data = name_of(row), answers.get(name_of(row))
        invalid = str(row.get("invalid_reason") or "N/A")
        found[name] = Stream(
            name, str(row["table_name"]).partition(".")[2] or str(row["table_name"]),
            None if data is None else str(data).lower() == "true", moment(row.get("stale_after")), _stale(row),
            consumers.get(name, ()), "" if invalid == "N/A" else invalid,
        )  # fmt: skip
    return found


def _stale(row: Row) -> bool:
    return str(row.get("stale") or "") in _STALE


def _consumers(
    names: list[ObjectName], tasks: Iterable[Task], project: Project
) -> dict[ObjectName, tuple[ObjectName, ...]]:
    """The tasks whose body names the stream, or calls a procedure of the project that does."""
    by_word: dict[str, list[ObjectName]] = defaultdict(list)
    for name in names:
        by_word[name.last.upper()].append(name)
    for thing in project.objects:
        if thing.key.kind in {"PROCEDURE", "VIEW"}:
            for reference in thing.references:
                by_word[thing.key.name.last.upper()] += [n for n in names if n == reference.name]
    found: dict[ObjectName, list[ObjectName]] = defaultdict(list)
    for task in tasks:
        words = {word.upper() for word in _WORD.findall(task.definition)}
        for word in words & by_word.keys():
            for name in by_word[word]:
                # a plain name is looked up in the task's schema; another schema must be named
                if name.parts[0] == task.name.parts[0] or name.parts[0].upper() in words or word != name.last.upper():
                    found[name].append(task.name)
    return {name: tuple(sorted(set(tasks_))) for name, tasks_ in found.items()}
