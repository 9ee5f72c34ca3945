"""Stages: files of an internal stage die with it (reference D.1)."""

from snowpipe_deploy.analysis.uses import format_name
from snowpipe_deploy.kind import (
    Alteration,
    Facts,
    Kind,
    Row,
    Shown,
    alter_clauses,
    show_key,
    side_by_side,
    text_of,
    within,
)
from snowpipe_deploy.model import Change, ObjectKey, Reading, Reference, Scope
from snowpipe_deploy.sqltext.head import Head


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "url", "storage_integration", "comment", "type", "directory_enabled")


def _references(head: Head, schema: str | None) -> tuple[Reference, ...]:
    name = format_name(str(head.clauses.get("FILE_FORMAT", "")))
    return (Reference("FILE FORMAT", within(schema, str(name)), "reads"),) if name is not None else ()


def _alter(change: Change, scope: Scope) -> Alteration:
    desired = change.desired.reading if change.desired else {}
    if ("URL" in desired) != ("URL" in change.before):
        return Alteration(
            refuse="a stage cannot change between internal and external: make a new one under another name"
        )
    return alter_clauses(change, scope)


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    found = side_by_side(reading, facts, comment="COMMENT", storage_integration="STORAGE_INTEGRATION")
    if "url" in facts:
        found["url"] = Shown("URL", str(reading.get("URL", "")).rstrip("/"), facts["url"].rstrip("/"))
    if "directory_enabled" in facts:
        wanted = "ENABLE=TRUE" in str(reading.get("DIRECTORY", "")).replace(" ", "").upper()
        found["directory_enabled"] = Shown("DIRECTORY", "Y" if wanted else "N", facts["directory_enabled"])
    return found


KIND = Kind(
    "STAGE",
    show="SHOW STAGES IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    key=show_key("STAGE"),
    references=_references,
    alter=_alter,
    drop_hazard="deletes-data",
    replaceable=False,
    unknowable=("credentials", "the file format of the stage"),
)
