"""ALTER SCHEMA and ALTER DATABASE … RENAME TO: everything inside gets a longer or another first name, and stays what it is."""

from collections.abc import Iterator
from dataclasses import replace

from snowpipe_deploy.local.catalog import Entry, schema_name
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.local.statements._cloning import define
from snowpipe_deploy.local.statements._stored import make_view
from snowpipe_deploy.names import ObjectName

# what is known by its id, or by its name alone; others are referred to by names that are kept with what refers to them
_MOVABLE = frozenset({"SCHEMA", "TABLE", "VIEW", "STREAM", "SEQUENCE", "FILE FORMAT", "STAGE", "FUNCTION", "PROCEDURE"})


def rename(runner: Runner, container: Entry, new: ObjectName) -> None:
    """Gives a schema or database another name; texts of views and bodies are left alone, so a full name in one is broken then."""
    if runner.catalog.find(container.kind, new) is not None:
        raise sql_error("exists", new)
    inside = list(reversed(runner.catalog.below(container.name)))
    for entry in inside:
        if entry.kind not in _MOVABLE:
            raise unsupported(f"ALTER {container.kind} … RENAME TO with {entry.kind.lower()} {entry.name} inside")
    with runner.definition():
        for schema in _schemas(container, inside):
            runner.engine.run(f"DROP SCHEMA {schema_name(schema.name)} CASCADE")
        depth = len(container.name.parts)
        moved = [
            runner.catalog.change(runner.engine, replace(e, name=ObjectName((*new.parts, *e.name.parts[depth:]))))
            for e in (container, *inside)
        ]
        for schema in _schemas(moved[0], moved[1:]):
            runner.engine.run(f"CREATE SCHEMA {schema_name(schema.name)}")
        for table in moved:
            if table.kind == "TABLE":
                make_view(runner, table)
        define(runner, moved)


def _schemas(container: Entry, inside: list[Entry]) -> Iterator[Entry]:
    yield from (entry for entry in (container, *inside) if entry.kind == "SCHEMA")
