"""CREATE, ALTER and DROP TABLE."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlglot import exp

from snowpipe_deploy.local import changes, dropped, tags
from snowpipe_deploy.local.assignment import insert_text
from snowpipe_deploy.local.catalog import Entry, column_dict, quoted
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.outputs import require_names
from snowpipe_deploy.local.query.translate import Query, parse, translate
from snowpipe_deploy.local.query.translation import Translation
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._columns import (
    add,
    altered_columns,
    bound_default,
    check_columns,
    drop,
    modify,
    with_columns,
)
from snowpipe_deploy.local.statements._common import (
    check_container,
    ended,
    existing,
    full_name,
    is_in_transient,
    new_entry,
    refuse_unknown,
    settings,
    words,
)  # fmt: skip
from snowpipe_deploy.local.statements._rows import folded
from snowpipe_deploy.local.statements._stored import make_storage, make_view
from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.clauses._policies import policy_name
from snowpipe_deploy.sqltext.clauses.table import Column, columns
from snowpipe_deploy.sqltext.head import Cursor, Head
from snowpipe_deploy.types import DataType

_IGNORED = frozenset({"COMMENT", "COPY GRANTS", "COPY TAGS", "LIKE", "TAG", "WITH TAG"})


def _constrained(
    runner: Runner, own: ObjectName, made: tuple[Column, ...], constraints: tuple[str, ...]
) -> tuple[Column, ...]:
    """PRIMARY KEY and UNIQUE below the columns; a primary key is NOT NULL, which is all that is enforced of it."""
    keys = sum(column.constraint == "PRIMARY KEY" for column in made)
    for text in constraints:
        cursor = Cursor(text)
        if cursor.accept("CONSTRAINT"):
            cursor.take()
        kind = cursor.accept_any("PRIMARY KEY", "UNIQUE", "FOREIGN KEY")
        if not kind:
            continue
        names = {name.last for name in Cursor(cursor.parens()).names()}
        if unknown := names - {column.name for column in made}:
            raise sql_error("invalid_identifier", min(unknown))
        if kind == "FOREIGN KEY":
            _check_reference(runner, own, cursor)
            continue
        keys += kind == "PRIMARY KEY"
        made = tuple(
            replace(c, constraint=kind, nullable=c.nullable and kind == "UNIQUE") if c.name in names else c
            for c in made
        )
    if keys > 1:
        raise sql_error("syntax", "a table has one primary key")
    for column in made:
        if column.constraint.startswith("REFERENCES"):
            _check_reference(runner, own, Cursor(column.constraint))
    return made


def _check_reference(runner: Runner, own: ObjectName, cursor: Cursor) -> None:
    """The table that a foreign key refers to is there; it may be the one that is made."""
    cursor.expect("REFERENCES")
    referenced = cursor.name()
    if runner.full(referenced) != own:
        runner.relation(referenced)


def _check_clustering(keys: str, made: Sequence[Column]) -> None:
    """What CLUSTER BY names are columns."""
    names = {column.name for column in made}
    for column in parse(f"SELECT {keys.removeprefix('LINEAR')[1:-1]}").find_all(exp.Column):
        if folded(column) not in names:
            raise sql_error("invalid_identifier", folded(column))


_OF_ITS_STAGE = frozenset({"STAGE_FILE_FORMAT"})  # which COPY takes where neither it nor the stage has a format


def create_table(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    refuse_unknown(head, also=_OF_ITS_STAGE)
    found, answer = existing(runner, head, name)
    if answer:
        return answer
    if "OR ALTER" in head.modifiers and (head.body or "LIKE" in head.clauses):
        raise sql_error("syntax", "CREATE OR ALTER TABLE takes its columns from no query and no other table")
    if (
        head.clauses.get("DEFAULT_DDL_COLLATION")
        or str(head.clauses.get("ENABLE_SCHEMA_EVOLUTION", "FALSE")).upper() == "TRUE"
    ):
        raise unsupported("DEFAULT_DDL_COLLATION and ENABLE_SCHEMA_EVOLUTION of CREATE TABLE")
    query = translate(runner, head.body, dict(runner.binds)) if head.body else None
    if query is not None:
        runner.require_warehouse()
    if head.body and not head.arguments:
        require_names(parse(head.body))
    like = _like(runner, head)
    made, derived = (like.columns, []) if like is not None else _columns(runner, head, name, query)
    if not made:
        raise sql_error("syntax", "syntax error: a table needs columns")
    made = tuple(replace(column, default=bound_default(runner, column.default)) for column in made)
    check_columns(made)
    _check_clustering(str(head.clauses.get("CLUSTER BY") or "()"), made)
    _check_governance(runner, made, head)
    kept = {"CLUSTER BY": like.properties["CLUSTER BY"]} if like is not None and "CLUSTER BY" in like.properties else {}
    properties: dict[str, Any] = {**kept, **{k: v for k, v in head.clauses.items() if k not in _IGNORED}}
    properties |= {word: value for word, value, _ in head.unknown}
    properties |= {
        "columns": [column_dict(c) for c in made],
        "transient": "TRANSIENT" in head.modifiers or is_in_transient(runner, name),
        "temporary": "TEMPORARY" in head.modifiers,
    }
    if found is not None and "OR ALTER" in head.modifiers:
        with runner.definition():
            _alter_whole(runner, found, made, properties, head)
        return status(f"Table {name.last} successfully altered.")
    with runner.definition():
        rows = query.sql if query is not None else ""
        entry = _tagged(runner, head, new_entry(runner, head, name, properties), made, like, found)
        if found is not None:
            if query is not None:  # it may read what it replaces
                runner.engine.run(f"CREATE OR REPLACE TEMP TABLE _made AS {rows}", query.values)
                rows = "SELECT * FROM temp._made"
            dropped.put_away(runner, found)
        make_storage(runner, runner.catalog.add(runner.engine, entry))
        if query is not None:
            text = insert_text(Translation(runner, {}), entry, entry.columns, rows, derived)
            runner.engine.run(text, query.values if found is None else None)
            runner.consume(query.streams)
    return status(f"Table {name.last} successfully created.")


def _tagged(
    runner: Runner, head: Head, entry: Entry, made: Sequence[Column], like: Entry | None, replaced: Entry | None
) -> Entry:
    """The new table with the tags of its columns, of the table of LIKE, and with COPY TAGS of the one it replaces, which come first."""
    tags.of_columns(runner, entry.id, made)
    if like is not None:
        tags.copy(runner, like.id, entry)
    if replaced is not None and "COPY TAGS" in head.clauses:
        tags.copy(runner, replaced.id, entry)
    return entry


def _like(runner: Runner, head: Head) -> Entry | None:
    """The table of LIKE: its columns with their defaults and constraints and its clustering, none of its rows and grants."""
    if "LIKE" not in head.clauses:
        return None
    if head.arguments or head.body:
        raise sql_error("syntax", "syntax error: LIKE stands in the place of columns and a query")
    source = runner.source(ObjectName.parse(str(head.clauses["LIKE"])))
    if source.kind != "TABLE":
        raise unsupported(f"LIKE of {source.kind.lower()} {source.name}")
    if source.properties.get("ROW ACCESS POLICY") or any(column.policy for column in source.columns):
        raise unsupported(f"LIKE of {source.name}, which a policy guards")
    return source


def _columns(
    runner: Runner, head: Head, name: ObjectName, query: Query | None
) -> tuple[tuple[Column, ...], list[DataType]]:
    """The columns of the new table, and the types of the query that fills it."""
    if query is None:
        return (_constrained(runner, name, *columns(head.arguments)) if head.arguments else ()), []
    derived = query.exactly(runner.engine.describe(query.sql, query.values or None))
    kinds = [kind for _, kind in derived]
    parts = [Cursor(part) for part in split_list(head.arguments or "")]
    if parts and len(parts) != len(derived):
        raise sql_error("syntax", "the column list does not fit the query")
    if parts and all(len(part.tokens) == 1 for part in parts):  # names alone: the types are those of the query
        return tuple(Column(fold(part.take().text), kind) for part, kind in zip(parts, kinds, strict=True)), kinds
    if head.arguments:
        return _constrained(runner, name, *columns(head.arguments)), kinds
    return tuple(Column(name, kind) for name, kind in derived), kinds


def _check_governance(runner: Runner, made: Sequence[Column], head: Head) -> None:
    """The policies that are named exist."""
    for column in made:
        if column.policy:
            runner.catalog.get("MASKING POLICY", runner.full(ObjectName.parse(policy_name(column.policy))))
    rows = str(head.clauses.get("ROW ACCESS POLICY", ""))
    if rows:
        runner.catalog.get("ROW ACCESS POLICY", runner.full(ObjectName.parse(policy_name(rows))))


def _governed(runner: Runner, entry: Entry, cursor: Cursor) -> bool:
    """ADD and DROP ROW ACCESS POLICY; False where the ALTER is another one."""
    changed = entry
    while verb := cursor.accept_any("ADD ROW ACCESS POLICY", "DROP ROW ACCESS POLICY"):
        name = runner.full(cursor.name())
        runner.catalog.get("ROW ACCESS POLICY", name)
        if verb.startswith("DROP"):
            changed = changed.with_(**{"ROW ACCESS POLICY": None})
        else:
            if changed.properties.get("ROW ACCESS POLICY"):
                raise sql_error("syntax", f"{entry.name} has a row access policy already")
            cursor.expect("ON")
            changed = changed.with_(**{"ROW ACCESS POLICY": f"{name} ON ({cursor.parens()})"})
        cursor.accept(",")
    if changed is not entry:
        runner.catalog.change(runner.engine, changed)
    return changed is not entry


def alter_table(runner: Runner, head: Head) -> Answer:
    name = full_name(runner, head)
    entry = runner.catalog.get("TABLE", name)
    cursor = Cursor(head.rest)
    with runner.definition():
        if not _governed(runner, entry, cursor) and not altered_columns(runner, entry, cursor):
            _altered(runner, entry, cursor, head)
    return status("Statement executed successfully.")


def _altered(runner: Runner, entry: Entry, cursor: Cursor, head: Head) -> None:
    if cursor.accept("SET"):
        _set(runner, entry, settings(cursor))
    elif cursor.accept("UNSET"):
        gone = words(cursor)
        if extra := set(gone) - _SETTABLE:
            raise unsupported(f"ALTER TABLE UNSET {', '.join(sorted(extra))}")
        comment = "" if "COMMENT" in gone else entry.comment
        runner.catalog.change(runner.engine, replace(entry.with_(**dict.fromkeys(gone)), comment=comment))
    elif cursor.accept("RENAME", "TO"):
        new = runner.full(cursor.name())
        ended(cursor)
        check_container(runner, new)
        if runner.catalog.find("TABLE", new):
            raise sql_error("exists", new)
        runner.engine.run(f"DROP VIEW {entry.engine_name}")
        make_view(runner, runner.catalog.change(runner.engine, replace(entry, name=new)))
    elif cursor.accept("SWAP", "WITH"):
        other = runner.full(cursor.name())
        ended(cursor)
        _swap(runner, entry, runner.catalog.get("TABLE", other))
    elif cursor.accept("CLUSTER", "BY"):
        cursor.accept("LINEAR")
        keys = cursor.parens()
        ended(cursor)
        _check_clustering(f"({keys})", entry.columns)
        runner.catalog.change(runner.engine, entry.with_(**{"CLUSTER BY": f"({keys})"}))
    elif cursor.accept("DROP", "CLUSTERING", "KEY"):
        ended(cursor)
        runner.catalog.change(runner.engine, entry.with_(**{"CLUSTER BY": None}))
    else:
        raise unsupported(f"ALTER TABLE {head.rest[:40]}")


def _swap(runner: Runner, one: Entry, other: Entry) -> None:
    """Each gets the other's name: rows, grants and streams stay with the table, not with its name."""
    if one.id == other.id:
        raise sql_error("syntax", f"{one.name} cannot SWAP WITH itself")
    if one.properties.get("temporary") or other.properties.get("temporary"):
        raise unsupported("ALTER TABLE … SWAP WITH of a temporary table")
    for entry in (one, other):
        runner.engine.run(f"DROP VIEW {entry.engine_name}")
    between = ObjectName((*one.name.parts[:-1], f"{one.name.last} {one.id}"))
    for entry, name in ((one, between), (other, one.name), (one, other.name)):
        changed = runner.catalog.change(runner.engine, replace(entry, name=name))
        if name is not between:
            make_view(runner, changed)


_SETTABLE = frozenset({"DATA_RETENTION_TIME_IN_DAYS", "MAX_DATA_EXTENSION_TIME_IN_DAYS", "COMMENT", "CHANGE_TRACKING"})


def _set(runner: Runner, entry: Entry, values: dict[str, str]) -> None:
    if extra := values.keys() - _SETTABLE:
        raise unsupported(f"ALTER TABLE SET {', '.join(sorted(extra))}")
    tracking = str(values.get("CHANGE_TRACKING", "")).upper()
    if tracking == "FALSE" and changes.streams_on(runner, entry):
        raise unsupported(f"CHANGE_TRACKING = FALSE of {entry.name}, which streams watch")
    if tracking == "TRUE":
        changes.watched(runner, entry)
        entry = runner.catalog.by_id(entry.id) or entry
    comment = values.pop("COMMENT", entry.comment)
    runner.catalog.change(runner.engine, replace(entry.with_(**values), comment=comment))


# what CREATE OR ALTER sets, and unsets where it is left out (reference H25); tags and policies are left alone
_WHOLE = ("CLUSTER BY", "DATA_RETENTION_TIME_IN_DAYS", "MAX_DATA_EXTENSION_TIME_IN_DAYS", "CHANGE_TRACKING")


def _alter_whole(runner: Runner, entry: Entry, made: Sequence[Column], properties: dict[str, Any], head: Head) -> None:
    """CREATE OR ALTER: the ALTERs that make the table what the text says (reference F.4); rows, grants and streams stay."""
    if bool(entry.properties.get("transient")) != properties["transient"] or properties["temporary"]:
        raise unsupported("CREATE OR ALTER TABLE between permanent, transient and temporary")
    if properties.get("ROW ACCESS POLICY", entry.properties.get("ROW ACCESS POLICY")) != entry.properties.get(
        "ROW ACCESS POLICY"
    ):
        raise unsupported("another row access policy in CREATE OR ALTER TABLE")
    before = {column.name: column for column in entry.columns}
    kept = [column for column in made if column.name in before]
    if list(made[: len(kept)]) != kept:
        raise sql_error("syntax", "new columns stand behind all others in CREATE OR ALTER TABLE")
    stays = {column.name for column in kept}
    if [column.name for column in kept] != [name for name in before if name in stays]:
        raise sql_error("syntax", "CREATE OR ALTER TABLE does not change the order of columns")
    for name in (name for name in before if name not in stays):
        entry = drop(runner, entry, name)
    for column in kept:
        entry = _become(runner, entry, before[column.name], column)
    for column in made[len(kept) :]:
        entry = add(runner, entry, column, skip=False)
    if str(properties.get("CHANGE_TRACKING", "")).upper() == "TRUE":
        _set(runner, entry, {"CHANGE_TRACKING": "TRUE"})
        entry = runner.catalog.by_id(entry.id) or entry
    whole = {word: properties.get(word) for word in _WHOLE}
    changed = replace(entry.with_(**whole), comment=str(head.clauses.get("COMMENT", "")), text=head.text)
    runner.catalog.change(runner.engine, changed)


def _become(runner: Runner, entry: Entry, old: Column, new: Column) -> Entry:
    """One column as it is written now."""
    if new.tags:
        raise unsupported(f"tags of column {new.name} in CREATE OR ALTER TABLE, which leaves them alone")
    if old.identity != new.identity or (new.policy and old.policy != new.policy):
        raise unsupported(f"another identity or masking policy of column {new.name} in CREATE OR ALTER TABLE")
    if new.default and old.default != new.default:
        raise sql_error("syntax", f"CREATE OR ALTER TABLE cannot change the default of column {new.name}")
    steps = [
        (old.type != new.type, f"SET DATA TYPE {new.type}"),
        (old.nullable and not new.nullable, "SET NOT NULL"),
        (new.nullable and not old.nullable, "DROP NOT NULL"),
        (bool(old.default) and not new.default, "DROP DEFAULT"),
    ]
    for applies, text in steps:
        if applies:
            entry = modify(runner, entry, Cursor(f"{quoted(new.name)} {text}"))
    columns_now = tuple(
        replace(c, comment=new.comment, constraint=new.constraint) if c.name == new.name else c for c in entry.columns
    )
    return runner.catalog.change(runner.engine, with_columns(entry, columns_now))


HANDLERS = {
    ("CREATE", "TABLE"): create_table,
    ("ALTER", "TABLE"): alter_table,
}
