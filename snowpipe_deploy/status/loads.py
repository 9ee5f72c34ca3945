"""Files that were loaded, rejected or lost, from COPY_HISTORY."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from snowpipe_deploy.model import Project
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.session import moment
from snowpipe_deploy.status.model import Load


def loaded_tables(project: Project, recorded: AbstractSet[ObjectName]) -> list[ObjectName]:
    """The tables of the project that a COPY of it loads, and that were deployed."""
    tables = {thing.key.name for thing in project.objects if thing.key.kind == "TABLE"}
    written = {
        reference.name for thing in project.objects for reference in thing.references
        if reference.access == "writes" and any(other.kind == "STAGE" for other in thing.references)
    }  # fmt: skip
    return sorted(written & tables & recorded)


def loads(rows: Iterable[Mapping[str, object]]) -> tuple[Load, ...]:
    return tuple(
        Load(
            ObjectName.parse(str(row["TARGET"])), str(row["FILE_NAME"]), str(row["STATUS"]), _count(row["ROW_COUNT"]),
            _count(row["ERROR_COUNT"]), moment(row["LAST_LOAD_TIME"]), str(row["FIRST_ERROR_MESSAGE"] or ""),
            _count(row["ROW_PARSED"]),
        )
        for row in rows
    )  # fmt: skip


def _count(value: object) -> int:
    return int(str(value or 0))
