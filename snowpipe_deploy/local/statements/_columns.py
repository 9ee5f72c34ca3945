"""Changes of the columns of a table, with its rows, its change log and the streams on it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from snowpipe_deploy.local import changes, tags
from snowpipe_deploy.local.assignment import assigned, default_of
from snowpipe_deploy.local.catalog import Entry, column_dict, quoted
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.files.csv_table import text
from snowpipe_deploy.local.query import stream_views
from snowpipe_deploy.local.query.translation import Translation
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.local.statements._common import ended
from snowpipe_deploy.local.statements._stored import make_view
from snowpipe_deploy.names import ObjectName, fold, quote
from snowpipe_deploy.sqltext.clauses.table import Column, columns
from snowpipe_deploy.sqltext.head import Cursor
from snowpipe_deploy.sqltext.lexer import Token, code, tokens
from snowpipe_deploy.types import WORDS, DataType


def check_columns(made: Sequence[Column]) -> None:
    """Column names must differ, also without regard to case, and must not be those that the account adds."""
    names = [column.name for column in made]
    if len(set(names)) != len(names):
        raise sql_error("duplicate_column", next(n for n in names if names.count(n) > 1))
    if len({name.upper() for name in names}) != len(names):
        raise unsupported("columns whose names differ by case only")
    if used := changes.RESERVED & {name.upper() for name in names}:
        raise unsupported(f"a column named {', '.join(used)}")
    if wrong := next((column for column in made if column.misfits), None):
        raise sql_error("default_type", wrong.name)


def altered_columns(runner: Runner, entry: Entry, cursor: Cursor) -> bool:
    """ADD, DROP, RENAME and ALTER of columns; False where the ALTER is another one."""
    if cursor.sees("DROP", "CLUSTERING") or cursor.sees("ADD", "SEARCH") or cursor.sees("DROP", "SEARCH"):
        return False
    if cursor.accept_any("ADD COLUMN", "ADD"):
        if cursor.accept_any("CONSTRAINT", "PRIMARY KEY", "UNIQUE", "FOREIGN KEY"):
            raise unsupported("ALTER TABLE … ADD CONSTRAINT")
        skip = bool(cursor.accept_any("IF NOT EXISTS"))
        for column in columns(cursor.rest)[0]:
            bound = replace(column, default=bound_default(runner, column.default))
            entry = add(runner, entry, bound, skip=skip)
    elif cursor.accept_any("DROP COLUMN"):
        lenient = cursor.accept("IF", "EXISTS")
        names = cursor.names()
        ended(cursor)
        for gone_name in names:
            if not lenient or any(column.name == gone_name.last for column in entry.columns):
                entry = drop(runner, entry, gone_name.last)
    elif cursor.accept("RENAME", "COLUMN"):
        old = cursor.column()
        cursor.expect("TO")
        new_name = cursor.column()
        ended(cursor)
        _rename(runner, entry, old, new_name)
    elif cursor.accept_any("ALTER COLUMN", "MODIFY COLUMN", "ALTER", "MODIFY"):
        for item in column_changes(cursor):
            entry = modify(runner, entry, item)
    else:
        return False
    return True


def column_changes(cursor: Cursor) -> list[Cursor]:
    if cursor.peek().text == "(":
        cursor = Cursor(cursor.parens())
    found = []
    while not cursor.done:
        cursor.accept_any("COLUMN")
        found.append(Cursor(cursor.until(",")))
        cursor.accept(",")
    return found


def _reshape(runner: Runner, entry: Entry, after: Entry, *statements: str, log: Sequence[str] | None = None) -> Entry:
    """Alters the stored table (and its log, in the same way or as `log` says), whose triggers and views are made anew around it."""
    engine, tracked = runner.engine, bool(entry.properties.get("tracked"))
    if tracked:
        changes.unwatch(engine, entry)
    for statement in statements:
        engine.run(f"ALTER TABLE {entry.base} {statement}")
    for statement in (statements if log is None else log) if tracked else ():
        engine.run(f"ALTER TABLE {entry.log} {statement}")
    changed = runner.catalog.change(engine, after.with_(shaped=changes.new_version(runner)) if tracked else after)
    make_view(runner, changed)
    if tracked:
        changes.watch(engine, changed)
        stream_views.renew(runner, changed)
    return changed


def with_columns(entry: Entry, made: tuple[Column, ...]) -> Entry:
    return entry.with_(columns=[column_dict(c) for c in made])


def position(entry: Entry, name: str) -> int:
    for i, column in enumerate(entry.columns):
        if column.name == name:
            return i
    raise sql_error("invalid_identifier", name)


def bound_default(runner: Runner, default: str) -> str:
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


def add(runner: Runner, entry: Entry, column: Column, *, skip: bool) -> Entry:
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
    after = with_columns(entry, (*entry.columns, column))
    name, spelled = quoted(column.name), f"ADD COLUMN {quoted(column.name)} {engine_type(column.type)}"
    constraint = () if column.nullable else (f"ALTER COLUMN {name} SET NOT NULL",)
    if not column.default or _varies(column.default):
        return _reshape(runner, entry, after, spelled, *constraint, log=(spelled,))
    # a default fills old rows without being a change of them; the engine wants a constant, and NOT NULL before the default goes again
    default = _constant(runner, column, assigned(column, *default_of(Translation(runner, {}), entry, column)))
    filling = (f"{spelled} DEFAULT ({default})", *constraint, f"ALTER COLUMN {name} DROP DEFAULT")
    entry = _reshape(runner, entry, after, *filling, log=(spelled,))
    if entry.properties.get("tracked"):
        runner.engine.run(f"UPDATE {entry.log} SET {name} = ({default}) WHERE __img = 0")
    return entry


def _constant(runner: Runner, column: Column, value: str) -> str:
    """The engine's text of what an expression is."""
    found = runner.engine.all(f"SELECT CAST(({value}) AS VARCHAR)")[0][0]
    return f"CAST({'NULL' if found is None else text(str(found))} AS {engine_type(column.type)})"


def drop(runner: Runner, entry: Entry, name: str) -> Entry:
    at = position(entry, name)
    if _clusters(entry, name):
        raise unsupported(f"DROP COLUMN {name}, by which {entry.name} is clustered")
    if len(entry.columns) == 1:
        raise unsupported(f"DROP COLUMN {name}, the only one of {entry.name}")
    after = with_columns(entry, (*entry.columns[:at], *entry.columns[at + 1 :]))
    tags.drop_column(runner, entry, name)
    if entry.columns[at].identity:
        runner.engine.run(f"DROP SEQUENCE {entry.identity(entry.columns[at])}")
    runner.engine.run(f"DROP VIEW {entry.engine_name}")
    stream_views.forget(runner.engine, changes.streams_on(runner, entry))
    return _reshape(runner, entry, after, f"DROP COLUMN {quoted(name)}")


def _rename(runner: Runner, entry: Entry, old: str, new: str) -> Entry:
    at = position(entry, old)
    if any(c.name == new for c in entry.columns):
        raise sql_error("column_exists", new)
    before = entry.columns[at]
    made = (*entry.columns[:at], replace(before, name=new), *entry.columns[at + 1 :])
    check_columns(made)
    if before.identity:
        runner.engine.continue_sequence(entry.identity(before), entry.identity(made[at]))
        runner.engine.run(f"DROP SEQUENCE {entry.identity(before)}")
    tags.rename_column(runner, entry, old, new)
    if keys := _clusters(entry, old):
        entry = entry.with_(**{"CLUSTER BY": "".join(quote(new) if _names(t, old) else t.text for t in tokens(keys))})
    return _reshape(runner, entry, with_columns(entry, made), f"RENAME COLUMN {quoted(old)} TO {quoted(new)}")


def described(runner: Runner, column: Column, cursor: Cursor) -> Column | None:
    """What ALTER COLUMN says that touches no rows, of a view's column too: comment and masking policy; None where it says something else."""
    if cursor.accept("SET", "MASKING", "POLICY"):
        policy = str(runner.full(cursor.name()))
        runner.catalog.get("MASKING POLICY", ObjectName.parse(policy))
        policy += f" USING ({cursor.parens()})" if cursor.accept("USING") else ""
        if column.policy and not cursor.accept("FORCE"):
            raise sql_error("syntax", f"column {column.name} has a masking policy already")
        return replace(column, policy=policy)
    if cursor.accept("UNSET", "MASKING", "POLICY"):
        return replace(column, policy="")
    if cursor.accept("COMMENT"):
        return replace(column, comment=cursor.take().value)
    if cursor.accept("UNSET", "COMMENT"):
        return replace(column, comment="")
    return None


def _clusters(entry: Entry, name: str) -> str:
    """The clustering key, where it names the column."""
    keys = str(entry.properties.get("CLUSTER BY") or "")
    return keys if any(_names(token, name) for token in tokens(keys)) else ""


def _names(token: Token, column: str) -> bool:
    return token.kind in {"word", "quoted"} and fold(token.text) == column


def modify(runner: Runner, entry: Entry, cursor: Cursor) -> Entry:
    at = position(entry, fold(cursor.take().text))
    column = entry.columns[at]

    def changed(new: Column) -> Entry:
        return with_columns(entry, (*entry.columns[:at], new, *entry.columns[at + 1 :]))

    name = quoted(column.name)
    if (new := described(runner, column, cursor)) is not None:
        return runner.catalog.change(runner.engine, changed(new))
    if cursor.accept_any("SET NOT NULL", "NOT NULL"):
        after = changed(replace(column, nullable=False))
        return _reshape(runner, entry, after, f"ALTER COLUMN {name} SET NOT NULL", log=())
    if cursor.accept("DROP", "NOT", "NULL"):
        after = changed(replace(column, nullable=True))
        return _reshape(runner, entry, after, f"ALTER COLUMN {name} DROP NOT NULL", log=())
    if cursor.accept("DROP", "DEFAULT"):
        return runner.catalog.change(runner.engine, changed(replace(column, default="")))
    if cursor.accept_any("SET DATA TYPE", "TYPE") or cursor.peek().upper in WORDS:
        wanted = columns(f"x {cursor.rest}")[0][0].type
        if not _may_become(column, wanted) and not _holds(runner, entry, column, wanted):
            raise sql_error("type_change", column.name, column.type, wanted)
        return _reshape(
            runner, entry, changed(replace(column, type=wanted)), f"ALTER COLUMN {name} TYPE {engine_type(wanted)}"
        )
    raise unsupported(f"ALTER COLUMN … {cursor.rest[:30]}")


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
