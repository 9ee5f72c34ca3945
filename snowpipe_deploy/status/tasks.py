"""Rows of SHOW TASKS as values."""

import json
from collections.abc import Iterable, Mapping

from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.session import moment
from snowpipe_deploy.status.model import Task


def tasks(rows: Iterable[Mapping[str, object]]) -> dict[ObjectName, Task]:
    return {task.name: task for task in map(_task, rows)}


def _task(row: Mapping[str, object]) -> Task:
    schema = str(row["schema_name"])
    relations = json.loads(str(row.get("task_relations") or "{}"))
    final = relations.get("FinalizedRootTask")
    return Task(
        ObjectName((schema, str(row["name"]))), str(row.get("id") or ""), str(row["state"]), str(row.get("schedule") or ""),
        str(row.get("condition") or ""),
        tuple(ObjectName((schema, ObjectName.parse(n).last)) for n in json.loads(str(row.get("predecessors") or "[]"))),
        ObjectName((schema, ObjectName.parse(str(final)).last)) if final else None,
        moment(row.get("last_suspended_on")), str(row.get("last_suspended_reason") or ""), moment(row.get("created_on")),
        moment(row.get("last_committed_on")), str(row.get("owner") or ""), str(row.get("warehouse") or ""),
        str(row.get("definition") or ""),
    )  # fmt: skip
