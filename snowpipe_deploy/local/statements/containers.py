"""CREATE, ALTER and DROP of databases and schemas; USE."""

from collections.abc import Iterable
from dataclasses import replace

from snowpipe_deploy.local import dropped
from snowpipe_deploy.local.catalog import Entry, schema_name
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.parameters import OF_TASKS
from snowpipe_deploy.local.privileges import SYSTEM_ROLES
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import (
    created,
    ended,
    existing,
    full_name,
    new_entry,
    place,
    refuse_unknown,
    settings,
    words,
)  # fmt: skip
from snowpipe_deploy.local.statements._moving import rename
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses import TABLES
from snowpipe_deploy.sqltext.head import Cursor, Head


def create_database(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head) if head.name and len(head.name.parts) > 1 else head.name
    if name is None or len(name.parts) != 1:
        raise sql_error("syntax", "syntax error: a database name has one part")
    refuse_unknown(head)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    if found is not None and "OR ALTER" in head.modifiers:
        return _alter_whole(runner, found, head)
    with runner.definition():
        if found is not None:
            dropped.put_away(runner, found)
        runner.catalog.add(runner.engine, new_entry(runner, head, name, _properties(head)))
        _make_schema(runner, ObjectName((*name.parts, "PUBLIC")))
    runner.database, runner.schema = name.last, "PUBLIC"
    return created(head, name)


def _properties(head: Head) -> dict[str, object]:
    kept = {k: v for k, v in head.clauses.items() if k not in {"COMMENT", "TAG", "WITH TAG"}}
    return {**kept, "transient": "TRANSIENT" in head.modifiers}


def _alter_whole(runner: Runner, found: Entry, head: Head) -> Answer:
    """CREATE OR ALTER: what is left out is unset; what is inside stays, and so do grants (reference F.1)."""
    properties = _properties(head)
    if bool(found.properties.get("transient")) != properties["transient"]:
        raise unsupported(f"CREATE OR ALTER {head.kind} between permanent and transient")
    comment = str(head.clauses.get("COMMENT", ""))
    with runner.definition():
        runner.catalog.change(runner.engine, replace(found, comment=comment, properties=properties, text=head.text))
    return created(head, found.name)


def _make_schema(runner: Runner, name: ObjectName) -> None:
    runner.engine.run(f"CREATE SCHEMA IF NOT EXISTS {schema_name(name)}")
    head = Head(f"create schema {name}", "CREATE", "SCHEMA", name)
    runner.catalog.add(runner.engine, new_entry(runner, head, name, _properties(head)))


def create_schema(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    if found is not None and "OR ALTER" in head.modifiers:
        return _alter_whole(runner, found, head)
    with runner.definition():
        if found is not None:
            dropped.put_away(runner, found)
        runner.engine.run(f"CREATE SCHEMA IF NOT EXISTS {schema_name(name)}")
        runner.catalog.add(runner.engine, new_entry(runner, head, name, _properties(head)))
    runner.database, runner.schema = name.parts  # CREATE SCHEMA makes it the current one
    return created(head, name)


def alter_container(runner: Runner, head: Head) -> Answer:
    name = head.name if head.kind == "DATABASE" else full_name(runner, head)
    entry = runner.catalog.get(head.kind, name or ObjectName(("",)))
    cursor = Cursor(head.rest)
    if cursor.accept("SET"):
        changes = settings(cursor)
        _check_known(head, changes)
        comment = changes.pop("COMMENT", entry.comment)
        with runner.definition():
            runner.catalog.change(runner.engine, replace(entry.with_(**changes), comment=comment))
    elif cursor.accept("UNSET"):
        gone = words(cursor)
        _check_known(head, gone)
        with runner.definition():
            kept = replace(entry.with_(**dict.fromkeys(gone)), comment="" if "COMMENT" in gone else entry.comment)
            runner.catalog.change(runner.engine, kept)
    elif cursor.accept("RENAME", "TO"):
        new = cursor.name()
        ended(cursor)
        _rename(runner, entry, new)
    elif mode := cursor.accept_any("ENABLE MANAGED ACCESS", "DISABLE MANAGED ACCESS"):
        with runner.definition():
            managed = "TRUE" if mode.startswith("ENABLE") else None
            runner.catalog.change(runner.engine, entry.with_(**{"WITH MANAGED ACCESS": managed}))
    else:
        raise unsupported(f"ALTER {head.kind} {head.rest[:40]}")
    return status("Statement executed successfully.")


def _check_known(head: Head, given: Iterable[str]) -> None:
    if extra := set(given) - {clause.word for clause in TABLES[head.kind]} - OF_TASKS.keys():
        raise unsupported(f"{', '.join(sorted(extra))} of ALTER {head.kind}")


def _rename(runner: Runner, entry: Entry, written: ObjectName) -> None:
    """Whoever stands in what is renamed stands in it still."""
    new = written if entry.kind == "DATABASE" else runner.full(written, 2)
    if len(new.parts) != len(entry.name.parts):
        raise sql_error("syntax", f"syntax error: {written} is not the name of a {entry.kind.lower()}")
    if entry.kind == "SCHEMA" and new.parent != entry.name.parent:
        raise unsupported("moving a schema to another database")
    here = (str(runner.database), str(runner.schema))[: len(entry.name.parts)]
    rename(runner, entry, new)
    if here == entry.name.parts:
        runner.database, runner.schema = (*new.parts, runner.schema)[:2]


def use(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.take()
    kind = cursor.accept_any("DATABASE", "SCHEMA", "ROLE", "WAREHOUSE", "SECONDARY ROLES")
    if kind == "SECONDARY ROLES":
        if not cursor.accept_any("ALL", "NONE"):
            raise unsupported(f"USE SECONDARY ROLES {cursor.rest[:20]}")
        ended(cursor)
        return status("Statement executed successfully.")
    name = cursor.name()
    ended(cursor)
    if len(name.parts) > {"DATABASE": 1, "ROLE": 1, "WAREHOUSE": 1}.get(kind, 2):
        raise sql_error("syntax", f"syntax error: USE {kind} {name}")
    if kind == "ROLE":
        if name.last not in SYSTEM_ROLES:
            place(runner, "ROLE", name)
        runner.role = name.last
    elif kind == "WAREHOUSE":
        place(runner, "WAREHOUSE", name)
        runner.warehouse, runner.chose_warehouse = name.last, True
    elif kind == "SCHEMA":
        full = runner.full(name, 2)
        place(runner, "SCHEMA", full)
        runner.database, runner.schema = full.parts
    elif kind in {"", "DATABASE"}:
        if len(name.parts) == 2:
            place(runner, "SCHEMA", name)
        place(runner, "DATABASE", ObjectName(name.parts[:1]))
        runner.database = name.parts[0]
        default = "PUBLIC" if runner.catalog.find("SCHEMA", ObjectName((name.parts[0], "PUBLIC"))) else None
        runner.schema = name.parts[1] if len(name.parts) > 1 else default
    return status("Statement executed successfully.")


HANDLERS = {
    ("CREATE", "DATABASE"): create_database,
    ("CREATE", "SCHEMA"): create_schema,
    ("ALTER", "DATABASE"): alter_container,
    ("ALTER", "SCHEMA"): alter_container,
    ("USE",): use,
}
