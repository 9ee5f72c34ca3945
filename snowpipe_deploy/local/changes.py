"""Change tracking: a log beside each watched table, and streams as DuckDB views over the log and the table.

Three statement triggers write an entry for every changed row: its transaction, the statement's ordinal, and an image, 0 for
what it was (with the values) and 1 for that it is (without: the values are those of the next image 0, or of the table). A
row of `_account.commits` gives the transaction its version, so a transaction's own changes are invisible to its streams. A
stream's offset is a version; per hidden row id the first and the last entry since then say what happened to the row
(reference B.3).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from snowpipe_deploy.local.catalog import ROW, Catalog, Entry, entry_of, quoted
from snowpipe_deploy.local.engine import Engine, engine_type
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.parameters import number
from snowpipe_deploy.local.runner import Runner

METADATA = ("METADATA$ACTION", "METADATA$ISUPDATE", "METADATA$ROW_ID")
_WITH_ROWS = (
    "TABLE",
    "DYNAMIC TABLE",
    "STAGE",
)  # what has rows that streams can watch: of a stage, its directory table
_HOUR = timedelta(hours=1)
# columns that every table or its log has, or that views over them compute
# (or that name the parameter of a lambda there: a column of its name would take its place)
RESERVED = frozenset(
    [
        "__EACH",
        "__AT",
        "__LEFT",
        "__RIGHT",
        "__ROW",
        "__TXN",
        "__ORD",
        "__IMG",
        "__VERSION",
        "__UP",
        "__WAS",
        "__IS",
        "__N",
    ]
)
_VERSIONS = "(SELECT txn AS __txn, version AS __version FROM _account.commits) AS __c"
_MARKS = "getvariable('txn'), getvariable('ord')"


def column_list(table: Entry) -> str:
    return ", ".join(quoted(column.name) for column in table.columns)


def watched(runner: Runner, table: Entry) -> None:
    """Starts to note the changes of a table, unless that is done already.

    Refused while another session's open transaction has changed the table: it would write none of them down.
    """
    table = runner.catalog.by_id(table.id) or table
    if table.properties.get("tracked"):
        return
    if any(table.id in changed for number, changed in runner.shared.changed.items() if number != runner.transaction):
        raise unsupported(f"the first stream on {table.name} while an open transaction has changed it")
    _track(runner.engine, table)
    kept = new_version(runner)  # what happened before is not in the log
    runner.catalog.change(runner.engine, table.with_(tracked=True, kept=kept))


def _track(engine: Engine, table: Entry) -> None:
    """Makes the change log of a table and starts to fill it."""
    typed = ", ".join(f"{quoted(c.name)} {engine_type(c.type)}" for c in table.columns)
    engine.run(f"CREATE TABLE {table.log} (__txn BIGINT, __ord BIGINT, __img TINYINT, __row BIGINT, {typed})")
    watch(engine, table)


def watch(engine: Engine, table: Entry) -> None:
    """Makes the triggers; they stand in the way of ALTER TABLE, which drops them first with `unwatch`."""
    columns = column_list(table)
    nothing = ", ".join("NULL" for _ in table.columns)
    after, gone = f"SELECT {_MARKS}, 1, __row FROM n", f"SELECT {_MARKS}, 0, __row, {columns} FROM o"
    for event, images, values, body in (
        ("INSERT", "NEW TABLE AS n", "", after),
        ("DELETE", "OLD TABLE AS o", f", {columns}", gone),
        (
            "UPDATE",
            "OLD TABLE AS o NEW TABLE AS n",
            f", {columns}",
            f"{gone} UNION ALL SELECT {_MARKS}, 1, __row, {nothing} FROM n",
        ),
    ):
        engine.run(
            f"CREATE TRIGGER t{table.id}_{event} AFTER {event} ON {table.base} REFERENCING {images} "
            f"FOR EACH STATEMENT INSERT INTO {table.log} (__txn, __ord, __img, __row{values}) {body}"
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
    offset = f"(SELECT version FROM _account.offsets WHERE stream = {stream.id})"
    query = (_inserts if stream.properties["mode"] == "APPEND_ONLY" else _delta)(table, offset)
    if stream.properties.get("initial") is not None:
        query = f"{_initial_rows(stream, table)} UNION ALL SELECT * FROM ({query}) WHERE NOT {_is_first(stream)}"
    engine.run(f"CREATE OR REPLACE VIEW {stream.engine_name} AS {query}")


def _entries(table: Entry, offset: str) -> str:
    """The committed entries after an offset, with their versions."""
    return f"FROM {table.log} JOIN {_VERSIONS} USING (__txn) WHERE __version > {offset}"


def _firsts(table: Entry, entries: str, order: str) -> str:
    """What rows were before the first of these entries that changed them: the values of their first image 0."""
    columns = column_list(table)
    return (
        f"SELECT __row, {columns} FROM (SELECT __row, {columns}, row_number() OVER (PARTITION BY __row ORDER BY {order}) "
        f"AS __up {entries} AND __img = 0) WHERE __up = 1"
    )


def at_start(table: Entry) -> str:
    """The rows of the table, with their hidden ids, without what the open transaction has done to it."""
    # no other transaction's entries are visible before it commits; the variable is NULL while none is open
    own = f"FROM {table.log} WHERE __txn = getvariable('txn')"
    return (
        f"SELECT __row, {column_list(table)} FROM {table.base} ANTI JOIN (SELECT __row {own}) USING (__row) "
        f"UNION ALL SELECT * FROM ({_firsts(table, own, '__ord')}) WHERE __row IN (SELECT __row {own} GROUP BY __row "
        "HAVING arg_min(__img, (__ord << 1) + __img) = 0)"  # not those that it has inserted itself
    )


def _shown(table: Entry, action: str, is_update: str) -> str:
    return (
        f'SELECT {column_list(table)}, \'{action}\' AS "METADATA$ACTION", {is_update} AS "METADATA$ISUPDATE", '
        f'{_row_id(table)} AS "METADATA$ROW_ID"'
    )


def _row_id(table: Entry) -> str:
    """Stable and the same in every stream on the table; files have none (reference B.2)."""
    return "''" if table.kind == "STAGE" else f"substr(sha256('{table.id}/' || __row), 1, 40)"


def _inserts(table: Entry, offset: str) -> str:
    """Inserts alone, with their inserted values: an update's new image has an old one in the same statement."""
    inserted = (
        f"SELECT __row {_entries(table, offset)} AND __img = 1 AND NOT EXISTS (SELECT 1 FROM {table.log} AS o WHERE "
        f"o.__txn = {table.log}.__txn AND o.__ord = {table.log}.__ord AND o.__row = {table.log}.__row AND o.__img = 0)"
    )
    changed = f"FROM {table.log} LEFT JOIN {_VERSIONS} USING (__txn) WHERE TRUE"  # later, also by the open transaction
    values = (
        f"SELECT __row, {column_list(table)} FROM {table.base} WHERE __row NOT IN (SELECT __row FROM {table.log} "
        f"WHERE __img = 0) UNION ALL {_firsts(table, changed, '__version NULLS LAST, __ord')}"
    )
    return f"{_shown(table, 'INSERT', 'FALSE')} FROM ({inserted}) JOIN ({values}) USING (__row)"


def _delta(table: Entry, offset: str) -> str:
    """The net change of each row: existed before = first image is an old one, exists now = last is a new one."""
    entries = _entries(table, offset)
    place = "(__version << 28) + (__ord << 1) + __img"
    net = f"SELECT __row, arg_min(__img, {place}) AS __was, arg_max(__img, {place}) AS __is {entries} GROUP BY __row"
    before = _firsts(table, entries, "__version, __ord")
    return (
        f"WITH __net AS ({net}) "
        f"{_shown(table, 'INSERT', '__was = 0')} FROM __net JOIN ({at_start(table)}) USING (__row) WHERE __is = 1 "
        f"UNION ALL {_shown(table, 'DELETE', '__is = 1')} FROM __net JOIN ({before}) USING (__row) WHERE __was = 0"
    )


def _is_first(stream: Entry) -> str:
    return f"(SELECT version < {stream.properties['initial']} FROM _account.offsets WHERE stream = {stream.id})"


def _initial_rows(stream: Entry, table: Entry) -> str:
    """SHOW_INITIAL_ROWS: until first consumed, the rows of the version at which the stream was made."""
    restored = as_of(table, str(stream.properties["initial"]))
    return f"{_shown(table, 'INSERT', 'FALSE')} FROM ({restored}) WHERE {_is_first(stream)}"


def as_of(table: Entry, version: str) -> str:
    """The rows of the table, with their hidden ids, as they were at a version that the log reaches back to."""
    later = f"FROM {table.log} LEFT JOIN {_VERSIONS} USING (__txn) WHERE (__version > {version} OR __version IS NULL)"
    # a row whose first entry is its insert was not there yet
    old = f"SELECT __row {later} GROUP BY __row HAVING arg_min(__img, (coalesce(__version, 1::BIGINT << 34) << 28) + (__ord << 1) + __img) = 0"
    return (
        f"SELECT __row, {column_list(table)} FROM {table.base} WHERE __row NOT IN (SELECT __row {later}) UNION ALL "
        f"SELECT * FROM ({_firsts(table, later, '__version NULLS LAST, __ord')}) WHERE __row IN ({old})"
    )


def purge(engine: Engine, catalog: Catalog) -> None:
    """Deletes the log entries that every stream of their table has passed, and the commits that no entry needs; all or nothing."""
    engine.run("BEGIN")
    try:
        _purge(engine, catalog)
        engine.commit()
    except BaseException:
        engine.rollback()
        catalog.load(engine)
        raise


def _purge(engine: Engine, catalog: Catalog) -> None:
    # UNDROP may bring a stream back, and it goes on where it stood
    dropped = map(entry_of, engine.all(f"SELECT {ROW} FROM _account.dropped WHERE kind = 'STREAM'"))
    known = [*catalog.of("STREAM"), *dropped]
    for table in [entry for kind in _WITH_ROWS for entry in catalog.of(kind) if entry.properties.get("tracked")]:
        streams = [str(e.id) for e in known if is_on(e, table)]
        passed = (
            f"(SELECT min(version) FROM _account.offsets WHERE stream IN ({', '.join(streams)}))" if streams else "NULL"
        )
        gone = engine.run(
            f"DELETE FROM {table.log} WHERE __txn IN (SELECT txn FROM _account.commits WHERE coalesce(version <= {passed}, TRUE))"
        )
        if gone:  # the log does not reach further back any more
            kept = engine.all(f"SELECT coalesce({passed}, (SELECT max(version) FROM _account.commits))")[0][0]
            catalog.change(engine, table.with_(kept=int(str(kept))))
    engine.run(
        "DELETE FROM _account.commits WHERE version < (SELECT max(version) FROM _account.commits) "
        "AND version < (SELECT coalesce(min(version), 9223372036854775807) FROM _account.offsets)"
    )


# a version's time in ns: versions of one microsecond stay in their order
_TIME = "epoch_us(moment) * 1000 + version % 1000"


def time_of(engine: Engine, version: int) -> int | None:
    """When a version was committed, in ns since 1970; None where that is not known any more."""
    found = engine.all(f"SELECT {_TIME} FROM _account.commits WHERE version = ?", [version])
    return int(str(found[0][0])) if found else None


def version_at(engine: Engine, nanoseconds: int) -> int:
    """The newest version at or before a time; refused where more changes than can be told apart share a microsecond."""
    found, blocks = engine.all(
        "SELECT coalesce(max(version) FILTER (t <= $at), 0), count(DISTINCT version // 1000) FILTER (t // 1000 = $at // 1000) "
        f"FROM (SELECT version, {_TIME} AS t FROM _account.commits)",
        {"at": nanoseconds},
    )[0]
    if int(str(blocks)) > 1:
        raise unsupported("a time at which more than a thousand changes were made")
    return int(str(found))


def streams_on(runner: Runner, table: Entry) -> list[Entry]:
    return [e for e in runner.catalog.of("STREAM") if is_on(e, table)]


def is_on(stream: Entry, table: Entry) -> bool:
    """Is the stream on the table, or on a view over it?"""
    return stream.properties["source"] == table.id or str(table.id) in stream.properties.get("below", ())


def has_data(stream: Entry, tables: Sequence[Entry]) -> str:
    """An SQL condition: did anything happen to one of the tables since the offset? No false negatives (reference B.7)."""
    return f"({' OR '.join(_has_data(stream, table) for table in tables)})"


def _has_data(stream: Entry, table: Entry) -> str:
    # lists and not a join: DuckDB orders the joins of all streams in a condition together, which takes it longer than the rest
    images = " WHERE __img = 1" if stream.properties["mode"] == "APPEND_ONLY" else ""
    since = f"WHERE version > (SELECT version FROM _account.offsets WHERE stream = {stream.id})"
    found = (
        f"coalesce(list_has_any((SELECT list(DISTINCT __txn) FROM {table.log}{images}), "
        f"(SELECT list(txn) FROM _account.commits {since})), FALSE)"
    )
    if stream.properties.get("initial") is None:
        return found
    return f"({found} OR ({_is_first(stream)} AND EXISTS (SELECT 1 FROM {table.base})))"


def nothing_new(runner: Runner, streams: frozenset[int]) -> bool:
    """Has a stream certainly no rows, as the runner's transaction sees it? Asked of one stream: of several, something is mostly new."""
    stream = runner.catalog.by_id(next(iter(streams))) if len(streams) == 1 else None
    if stream is None:
        return False
    return not runner.engine.all(f"SELECT {has_data(stream, tables_of(runner.catalog, stream))}")[0][0]


def tables_of(catalog: Catalog, stream: Entry) -> list[Entry]:
    """The tables whose changes the stream shows, or raises that one of them (or the view) is gone."""
    places = {str(stream.properties["source"]): stream.properties["source_name"], **stream.properties.get("below", {})}
    found = []
    for key, name in places.items():
        entry = catalog.by_id(int(key))
        if entry is None:
            raise sql_error("dropped_source", name, stream.name)
        if entry.kind in _WITH_ROWS:
            found.append(entry)
    return found


def stale_after(runner: Runner, stream: Entry) -> datetime | None:
    """When the offset falls out of the retention of its tables (reference B.6)."""
    found = runner.engine.all("SELECT moment FROM _account.offsets WHERE stream = ?", [stream.id])
    if not found or not isinstance(found[0][0], datetime):
        return None
    words = ("DATA_RETENTION_TIME_IN_DAYS", "MAX_DATA_EXTENSION_TIME_IN_DAYS")
    days = min(
        max(number(runner.catalog, table, word) for word in words) for table in tables_of(runner.catalog, stream)
    )
    return found[0][0] + timedelta(days=days)


def require_fresh(runner: Runner, streams: Iterable[int]) -> None:
    """Raises that a stream was not consumed for longer than its tables keep their changes."""
    now, version = runner.now(), runner.catalog.version
    for number_ in streams:
        known = runner.shared.fresh_until.get(number_)
        if known is not None and known[0] == version and now <= known[1]:
            continue
        stream = runner.catalog.by_id(number_)
        until = stale_after(runner, stream) if stream is not None else None
        if stream is None or until is None:
            continue
        if now > until:
            raise sql_error("stale", stream.name, f"its offset was valid until {until:%Y-%m-%d %H:%M:%S}")
        runner.shared.fresh_until[number_] = version, until


def keep_fresh(runner: Runner, streams: Iterable[int]) -> None:
    """Asking an empty stream whether it has data counts as reading it to the end (reference B.6). Written down once an hour."""
    now = runner.now()
    for number_ in streams:
        noted = runner.shared.asked_at.get(number_)
        stream = runner.catalog.by_id(number_)
        if stream is None or runner.transaction is not None or (noted is not None and noted <= now < noted + _HOUR):
            continue
        runner.shared.asked_at[number_] = now
        until = stale_after(runner, stream)
        if until is not None and now <= until:
            empty = f"NOT {has_data(stream, tables_of(runner.catalog, stream))}"
            runner.engine.run(f"UPDATE _account.offsets SET moment = ? WHERE stream = ? AND {empty}", [now, number_])
            runner.shared.fresh_until.pop(number_, None)
