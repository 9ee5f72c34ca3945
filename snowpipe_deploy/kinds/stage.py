"""Stages: files of an internal stage die with it (reference D.1)."""

from snowpipe_deploy.analysis.uses import format_name
from snowpipe_deploy.kind import Alteration, Kind, Row, alter_clauses, show_key, text_of, within
from snowpipe_deploy.model import Change, Reference, Scope
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


KIND = Kind(
    "STAGE",
    show="SHOW STAGES IN DATABASE {database}",
    facts=_facts,
    key=show_key("STAGE"),
    references=_references,
    alter=_alter,
    drop_hazard="deletes-data",
    replaceable=False,
    unknowable=("credentials", "the file format of the stage"),
)
