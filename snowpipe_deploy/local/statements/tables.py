"""CREATE, ALTER and DROP TABLE."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from sqlglot import exp

from snowpipe_deploy.local import changes, dropped, tags
from snowpipe_deploy.local.assignment import assigned, default_of, insert_text
from snowpipe_deploy.local.catalog import Entry, column_dict, quoted
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query import stream_views
from snowpipe_deploy.local.query.outputs import require_names
from snowpipe_deploy.local.query.translate import Query, parse, translate
from snowpipe_deploy.local.query.translation import Translation
from snowpipe_deploy.local.runner import Answer, Runner, status
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
from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.clauses._policies import policy_name
from snowpipe_deploy.sqltext.clauses.table import Column, columns
from snowpipe_deploy.sqltext.head import Cursor, Head
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.types import DataType

_IGNORED = frozenset({"COMMENT", "COPY GRANTS", "COPY TAGS", "LIKE", "TAG", "WITH TAG"})


def make_storage(runner: Runner, entry: Entry) -> None:
    """The DuckDB table with the hidden row id, and the view by which it is read."""
    make_base(runner, entry)
    make_view(runner, entry)


def make_base(runner: Runner, entry: Entry) -> None:
    spelled = ", ".join(
        f"{quoted(c.name)} {engine_type(c.type)}{'' if c.nullable else ' NOT NULL'}" for c in entry.columns
    )
    runner.engine.run(f"CREATE TABLE {entry.base} (__row BIGINT DEFAULT nextval('_data.rows'), {spelled})")
    for column in entry.columns:
        if column.identity:
            start, step = column.identity.split()
            runner.engine.make_sequence(entry.identity(column), start, step)


def make_view(runner: Runner, entry: Entry) -> None:
    runner.engine.run(
        f"CREATE OR REPLACE VIEW {entry.engine_name} AS SELECT {changes.column_list(entry)} FROM {entry.base}"
    )


def check_columns(made: Sequence[Column]) -> None:
    """Column names must differ, also without regard to case, and must not be those that the account adds."""
    names = [column.name for column in made]
    if len(set(names)) != len(names):
        raise sql_error("duplicate_column", next(n for n in names if names.count(n) > 1))
    if len({name.upper() for name in names}) != len(names):
        raise unsupported("columns whose names differ by case only")
    if used := changes.RESERVED & {name.upper() for name in names}:
        raise unsupported(f"a column named {', '.join(used)}")


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
            cursor.expect("REFERENCES")
            referenced = cursor.name()
            if runner.full(referenced) != own:  # it may refer to itself
                runner.relation(referenced)
            continue
        keys += kind == "PRIMARY KEY"
        made = tuple(
            replace(c, constraint=kind, nullable=c.nullable and kind == "UNIQUE") if c.name in names else c
            for c in made
        )
    if keys > 1:
        raise sql_error("syntax", "a table has one primary key")
    return made


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
    made = tuple(replace(column, default=_bound(runner, column.default)) for column in made)
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
        if not _governed(runner, entry, cursor) and not _altered_columns(runner, entry, cursor):
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
        keys = cursor.parens()
        ended(cursor)
        _check_clustering(f"({keys})", entry.columns)
        runner.catalog.change(runner.engine, entry.with_(**{"CLUSTER BY": f"({keys})"}))
    elif cursor.accept("DROP", "CLUSTERING", "KEY"):
        ended(cursor)
        runner.catalog.change(runner.engine, entry.with_(**{"CLUSTER BY": None}))
    else:
        raise unsupported(f"ALTER TABLE {head.rest[:40]}")


def _altered_columns(runner: Runner, entry: Entry, cursor: Cursor) -> bool:
    """ADD, DROP, RENAME and ALTER of columns; False where the ALTER is another one."""
    if cursor.sees("DROP", "CLUSTERING"):
        return False
    if cursor.accept_any("ADD COLUMN", "ADD"):
        if cursor.accept_any("CONSTRAINT", "PRIMARY KEY", "UNIQUE", "FOREIGN KEY"):
            raise unsupported("ALTER TABLE … ADD CONSTRAINT")
        skip = bool(cursor.accept_any("IF NOT EXISTS"))
        for column in columns(cursor.rest)[0]:
            bound = replace(column, default=_bound(runner, column.default))
            entry = _add(runner, entry, bound, skip=skip)
    elif cursor.accept_any("DROP COLUMN"):
        lenient = cursor.accept("IF", "EXISTS")
        names = cursor.names()
        ended(cursor)
        for gone_name in names:
            if not lenient or any(column.name == gone_name.last for column in entry.columns):
                entry = _drop(runner, entry, gone_name.last)
    elif cursor.accept("RENAME", "COLUMN"):
        old = cursor.column()
        cursor.expect("TO")
        new_name = cursor.column()
        ended(cursor)
        _rename(runner, entry, old, new_name)
    elif cursor.accept_any("ALTER COLUMN", "MODIFY COLUMN", "ALTER", "MODIFY"):
        for item in _column_changes(cursor):
            entry = _modify(runner, entry, item)
    else:
        return False
    return True


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


def _column_changes(cursor: Cursor) -> list[Cursor]:
    if cursor.peek().text == "(":
        cursor = Cursor(cursor.parens())
    found = []
    while not cursor.done:
        cursor.accept_any("COLUMN")
        found.append(Cursor(cursor.until(",")))
        cursor.accept(",")
    return found


def _reshape(runner: Runner, entry: Entry, after: Entry, *statements: str, log: bool = True) -> Entry:
    """Alters the stored table (and its log), whose triggers and views are made anew around it."""
    engine, tracked = runner.engine, bool(entry.properties.get("tracked"))
    if tracked:
        changes.unwatch(engine, entry)
    for statement in statements:
        engine.run(f"ALTER TABLE {entry.base} {statement}")
        if tracked and log:
            engine.run(f"ALTER TABLE {entry.log} {statement}")
    changed = runner.catalog.change(engine, after.with_(shaped=changes.new_version(runner)) if tracked else after)
    make_view(runner, changed)
    if tracked:
        changes.watch(engine, changed)
        stream_views.renew(runner, changed)
    return changed


def _with_columns(entry: Entry, made: tuple[Column, ...]) -> Entry:
    return entry.with_(columns=[column_dict(c) for c in made])


def _position(entry: Entry, name: str) -> int:
    for i, column in enumerate(entry.columns):
        if column.name == name:
            return i
    raise sql_error("invalid_identifier", name)


def _bound(runner: Runner, default: str) -> str:
    """A default with the sequence that it means now: whoever inserts, and from where, draws from that one."""
    found = code(default)
    if (
        len(found) < 3
        or [token.upper for token in found[-2:]] != [".", "NEXTVAL"]
        or found[0].kind not in {"word", "quoted"}
    ):
        return default
    written = default[: found[-2].start]
    return f"{runner.catalog.get('SEQUENCE', runner.full(ObjectName.parse(written))).name}.NEXTVAL"


def _varies(default: str) -> bool:
    """Is it more than a constant?"""
    return any(
        token.kind == "word" and (token.upper == "NEXTVAL" or token.upper.startswith("CURRENT_") or after.text == "(")
        for token, after in pairwise((*code(default), Token("symbol", "", 0, "")))
    )


def _add(runner: Runner, entry: Entry, column: Column, *, skip: bool) -> Entry:
    if any(c.name == column.name for c in entry.columns):
        if skip:
            return entry
        raise sql_error("column_exists", column.name)
    filled = any(True for _ in runner.engine.all(f"SELECT 1 FROM {entry.base} LIMIT 1"))
    if filled and (column.identity or _varies(column.default)):
        raise sql_error("syntax", f"column {column.name} of a table with rows takes a constant default only")
    if not column.nullable and not column.default and filled:
        raise sql_error("not_null_column", column.name)
    check_columns((*entry.columns, column))
    tags.of_columns(runner, entry.id, [column])
    after = _with_columns(entry, (*entry.columns, column))
    entry = _reshape(runner, entry, after, f"ADD COLUMN {quoted(column.name)} {engine_type(column.type)}")
    if column.default:
        text, kind = default_of(Translation(runner, {}), entry, column)
        default = assigned(column, text, kind)
        # a default fills old rows without being a change of them: the triggers stay out of the way
        tracked = bool(entry.properties.get("tracked"))
        if tracked:
            changes.unwatch(runner.engine, entry)
        runner.engine.run(f"UPDATE {entry.base} SET {quoted(column.name)} = ({default})")
        if tracked:
            runner.engine.run(f"UPDATE {entry.log} SET {quoted(column.name)} = ({default}) WHERE __img = 0")
            changes.watch(runner.engine, entry)
    if not column.nullable:
        entry = _reshape(runner, entry, entry, f"ALTER COLUMN {quoted(column.name)} SET NOT NULL", log=False)
    return entry


def _drop(runner: Runner, entry: Entry, name: str) -> Entry:
    at = _position(entry, name)
    after = _with_columns(entry, (*entry.columns[:at], *entry.columns[at + 1 :]))
    tags.drop_column(runner, entry, name)
    if entry.columns[at].identity:
        runner.engine.run(f"DROP SEQUENCE {entry.identity(entry.columns[at])}")
    runner.engine.run(f"DROP VIEW {entry.engine_name}")
    stream_views.forget(runner.engine, changes.streams_on(runner, entry))
    return _reshape(runner, entry, after, f"DROP COLUMN {quoted(name)}")


def _rename(runner: Runner, entry: Entry, old: str, new: str) -> Entry:
    at = _position(entry, old)
    if any(c.name == new for c in entry.columns):
        raise sql_error("column_exists", new)
    before = entry.columns[at]
    made = (*entry.columns[:at], replace(before, name=new), *entry.columns[at + 1 :])
    check_columns(made)
    if before.identity:
        runner.engine.continue_sequence(entry.identity(before), entry.identity(made[at]))
        runner.engine.run(f"DROP SEQUENCE {entry.identity(before)}")
    tags.rename_column(runner, entry, old, new)
    return _reshape(runner, entry, _with_columns(entry, made), f"RENAME COLUMN {quoted(old)} TO {quoted(new)}")


def _modify(runner: Runner, entry: Entry, cursor: Cursor) -> Entry:
    at = _position(entry, fold(cursor.take().text))
    column = entry.columns[at]

    def changed(new: Column) -> Entry:
        return _with_columns(entry, (*entry.columns[:at], new, *entry.columns[at + 1 :]))

    name = quoted(column.name)
    if cursor.accept("SET", "MASKING", "POLICY"):
        policy = str(runner.full(cursor.name()))
        runner.catalog.get("MASKING POLICY", ObjectName.parse(policy))
        policy += f" USING ({cursor.parens()})" if cursor.accept("USING") else ""
        if column.policy and not cursor.accept("FORCE"):
            raise sql_error("syntax", f"column {column.name} has a masking policy already")
        return runner.catalog.change(runner.engine, changed(replace(column, policy=policy)))
    if cursor.accept("UNSET", "MASKING", "POLICY"):
        return runner.catalog.change(runner.engine, changed(replace(column, policy="")))
    if cursor.accept("COMMENT"):
        return runner.catalog.change(runner.engine, changed(replace(column, comment=cursor.take().value)))
    if cursor.accept("UNSET", "COMMENT"):
        return runner.catalog.change(runner.engine, changed(replace(column, comment="")))
    if cursor.accept_any("SET NOT NULL", "NOT NULL"):
        after = changed(replace(column, nullable=False))
        return _reshape(runner, entry, after, f"ALTER COLUMN {name} SET NOT NULL", log=False)
    if cursor.accept("DROP", "NOT", "NULL"):
        after = changed(replace(column, nullable=True))
        return _reshape(runner, entry, after, f"ALTER COLUMN {name} DROP NOT NULL", log=False)
    if cursor.accept("DROP", "DEFAULT"):
        return runner.catalog.change(runner.engine, changed(replace(column, default="")))
    if cursor.accept_any("SET DATA TYPE", "TYPE"):
        wanted = columns(f"x {cursor.rest}")[0][0].type
        if not _may_become(column, wanted) and not _holds(runner, entry, column, wanted):
            raise sql_error("type_change", column.name, column.type, wanted)
        return _reshape(
            runner, entry, changed(replace(column, type=wanted)), f"ALTER COLUMN {name} TYPE {engine_type(wanted)}"
        )
    raise unsupported(f"ALTER COLUMN … {cursor.rest[:30]}")


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
        entry = _drop(runner, entry, name)
    for column in kept:
        entry = _become(runner, entry, before[column.name], column)
    for column in made[len(kept) :]:
        entry = _add(runner, entry, column, skip=False)
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
            entry = _modify(runner, entry, Cursor(f"{quoted(new.name)} {text}"))
    columns_now = tuple(
        replace(c, comment=new.comment, constraint=new.constraint) if c.name == new.name else c for c in entry.columns
    )
    return runner.catalog.change(runner.engine, _with_columns(entry, columns_now))


def _may_become(column: Column, wanted: DataType) -> bool:
    """Wider text, more precision at the same scale (reference F.3)."""
    old = column.type
    if wanted.base != old.base:
        return False
    if wanted.base == "VARCHAR":
        return wanted.sizes[0] >= old.sizes[0]
    if wanted.base == "NUMBER":
        return wanted.sizes[1:] == old.sizes[1:] and wanted.sizes[0] >= old.sizes[0]
    return wanted.sizes == old.sizes


def _holds(runner: Runner, entry: Entry, column: Column, wanted: DataType) -> bool:
    """May a NUMBER have less precision, because all its values fit? (reference F.3)"""
    if wanted.base != "NUMBER" or column.type.base != "NUMBER" or wanted.sizes[1] != column.type.sizes[1]:
        return False
    name, limit = quoted(column.name), 10 ** (wanted.sizes[0] - wanted.sizes[1])
    kept = [entry.base, *([entry.log] if entry.properties.get("tracked") else [])]
    return not any(runner.engine.all(f"SELECT 1 FROM {rows} WHERE abs({name}) >= {limit} LIMIT 1") for rows in kept)


HANDLERS = {
    ("CREATE", "TABLE"): create_table,
    ("ALTER", "TABLE"): alter_table,
}
