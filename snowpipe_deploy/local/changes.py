"""Change tracking: a log beside each watched table, and streams as DuckDB views over the log.

Three statement triggers write every changed row with its transaction, the statement's ordinal and which image it is
(0 before, 1 after). A row of `_account.commits` gives the transaction its version, so a transaction's own changes are
invisible to its streams. A stream's offset is a version; per hidden row id the first and the last image since then
say what happened to the row (reference B.3).
"""

from datetime import timedelta

from snowpipe_deploy.local.catalog import Entry, quoted
from snowpipe_deploy.local.engine import Engine, engine_type
from snowpipe_deploy.local.runner import Runner

METADATA = ("METADATA$ACTION", "METADATA$ISUPDATE", "METADATA$ROW_ID")
DEFAULT_EXTENSION_DAYS = 14
# columns that every table or its log has, or that views over them compute
RESERVED = frozenset(
    ["__ROW", "__TXN", "__ORD", "__IMG", "__VERSION", "__UP", "__DOWN", "__WAS", "__IS", "__N", "__FIELDS"]
)
_VERSIONS = "(SELECT txn AS __txn, version AS __version FROM _account.commits) AS __c"
_MARKS = "getvariable('txn'), getvariable('ord')"


def column_list(table: Entry) -> str:
    return ", ".join(quoted(column.name) for column in table.columns)


def track(engine: Engine, table: Entry) -> None:
    """Makes the change log of a table and starts to fill it."""
    typed = ", ".join(f"{quoted(c.name)} {engine_type(c.type)}" for c in table.columns)
    engine.run(f"CREATE TABLE {table.log} (__txn BIGINT, __ord BIGINT, __img TINYINT, __row BIGINT, {typed})")
    watch(engine, table)


def watch(engine: Engine, table: Entry) -> None:
    """Makes the triggers; they stand in the way of ALTER TABLE, which drops them first with `unwatch`."""
    columns = column_list(table)
    after = f"SELECT {_MARKS}, 1, __row, {columns} FROM n"
    before = f"SELECT {_MARKS}, 0, __row, {columns} FROM o"
    for event, images, body in (
        ("INSERT", "NEW TABLE AS n", after),
        ("DELETE", "OLD TABLE AS o", before),
        ("UPDATE", "OLD TABLE AS o NEW TABLE AS n", f"{before} UNION ALL {after}"),
    ):
        engine.run(
            f"CREATE TRIGGER t{table.id}_{event} AFTER {event} ON {table.base} REFERENCING {images} "
            f"FOR EACH STATEMENT INSERT INTO {table.log} (__txn, __ord, __img, __row, {columns}) {body}"
        )


def unwatch(engine: Engine, table: Entry) -> None:
    for event in ("INSERT", "DELETE", "UPDATE"):
        engine.run(f"DROP TRIGGER t{table.id}_{event} ON {table.base}")


def newest_version(engine: Engine) -> int:
    return int(str(engine.all("SELECT coalesce(max(version), 0) FROM _account.commits")[0][0]))


def new_version(runner: Runner) -> int:
    """A version without changes: a stream that has not reached it was never consumed."""
    engine = runner.engine
    numbers = [next(runner.shared.transactions), runner.now()]
    engine.run("INSERT INTO _account.commits VALUES (?, nextval('_account.versions'), ?)", numbers)
    return newest_version(engine)


def stream_view(engine: Engine, stream: Entry, table: Entry) -> None:
    """Makes (again) the DuckDB view that is the stream."""
    columns = column_list(table)
    offset = f"(SELECT version FROM _account.offsets WHERE stream = {stream.id})"
    row_id = f"substr(sha256('{table.id}/' || __row), 1, 40)"
    changes = f"FROM {table.log} JOIN {_VERSIONS} USING (__txn) WHERE __version > {offset}"
    query = (_inserts if stream.properties["mode"] == "APPEND_ONLY" else _delta)(columns, changes, row_id, table)
    if stream.properties.get("initial") is not None:
        query = f"{_initial_rows(stream, table, columns, row_id)} UNION ALL {query} AND NOT {_is_first(stream)}"
    engine.run(f"CREATE OR REPLACE VIEW {stream.engine_name} AS {query}")


def _inserts(columns: str, changes: str, row_id: str, table: Entry) -> str:
    """Inserts alone, with their inserted values: an update's new image has an old one in the same statement."""
    return (
        f'SELECT {columns}, \'INSERT\' AS "METADATA$ACTION", FALSE AS "METADATA$ISUPDATE", '
        f'{row_id} AS "METADATA$ROW_ID" {changes} AND __img = 1 AND NOT EXISTS (SELECT 1 FROM {table.log} AS o '
        f"WHERE o.__txn = {table.log}.__txn AND o.__ord = {table.log}.__ord AND o.__row = {table.log}.__row AND o.__img = 0)"
    )


def _delta(columns: str, changes: str, row_id: str, _: Entry) -> str:
    """The net change of each row: existed before = first image is an old one, exists now = last is a new one."""
    ranked = (
        f"SELECT *, row_number() OVER (PARTITION BY __row ORDER BY __version, __ord, __img) AS __up, "
        f"row_number() OVER (PARTITION BY __row ORDER BY __version DESC, __ord DESC, __img DESC) AS __down, "
        f"first(__img) OVER (PARTITION BY __row ORDER BY __version, __ord, __img) AS __was, "
        f"first(__img) OVER (PARTITION BY __row ORDER BY __version DESC, __ord DESC, __img DESC) AS __is {changes}"
    )
    is_update = '__was = 0 AND __is = 1 AS "METADATA$ISUPDATE"'
    return (
        f"SELECT {columns}, CASE WHEN __img = 1 THEN 'INSERT' ELSE 'DELETE' END AS \"METADATA$ACTION\", {is_update}, "
        f'{row_id} AS "METADATA$ROW_ID" FROM ({ranked}) '
        "WHERE ((__down = 1 AND __is = 1) OR (__up = 1 AND __was = 0))"
    )


def _is_first(stream: Entry) -> str:
    return f"(SELECT version < {stream.properties['initial']} FROM _account.offsets WHERE stream = {stream.id})"


def _initial_rows(stream: Entry, table: Entry, columns: str, row_id: str) -> str:
    """SHOW_INITIAL_ROWS: until first consumed, the rows of the version at which the stream was made."""
    later = f"FROM {table.log} JOIN {_VERSIONS} USING (__txn) WHERE __version > {stream.properties['initial']}"
    restored = (
        f"SELECT __row, {columns} FROM {table.base} WHERE __row NOT IN (SELECT __row {later}) UNION ALL "
        f"SELECT __row, {columns} FROM (SELECT *, row_number() OVER (PARTITION BY __row ORDER BY __version, __ord, __img) "
        f"AS __up {later}) WHERE __up = 1 AND __img = 0"
    )
    return (
        f'SELECT {columns}, \'INSERT\' AS "METADATA$ACTION", FALSE AS "METADATA$ISUPDATE", '
        f'{row_id} AS "METADATA$ROW_ID" FROM ({restored}) WHERE {_is_first(stream)}'
    )


def streams_on(runner: Runner, table: Entry) -> list[Entry]:
    return [e for e in runner.catalog.of("STREAM") if e.properties["source"] == table.id]


def renew_streams(runner: Runner, table: Entry) -> None:
    """After the table's columns changed: its streams show the new ones."""
    for stream in streams_on(runner, table):
        stream_view(runner.engine, stream, table)


def has_data(stream: Entry, table: Entry) -> str:
    """An SQL condition: did anything happen to the table since the offset? No false negatives (reference B.7)."""
    since = f"(SELECT version FROM _account.offsets WHERE stream = {stream.id})"
    images = " AND __img = 1" if stream.properties["mode"] == "APPEND_ONLY" else ""
    found = f"EXISTS (SELECT 1 FROM {table.log} JOIN {_VERSIONS} USING (__txn) WHERE __version > {since}{images})"
    if stream.properties.get("initial") is None:
        return found
    return f"({found} OR ({_is_first(stream)} AND EXISTS (SELECT 1 FROM {table.base})))"


def stale_after(runner: Runner, stream: Entry, table: Entry) -> object:
    """When the offset falls out of the table's retention (reference B.6)."""
    moved = runner.engine.all("SELECT moment FROM _account.offsets WHERE stream = ?", [stream.id])
    days = max(
        int(table.properties.get("DATA_RETENTION_TIME_IN_DAYS", 1)),
        int(table.properties.get("MAX_DATA_EXTENSION_TIME_IN_DAYS", DEFAULT_EXTENSION_DAYS)),
    )
    return moved[0][0] + timedelta(days=days) if moved else None  # type: ignore[operator]  # the table holds a moment
