"""INFORMATION_SCHEMA: history functions and views over the account's own tables."""

from typing import Any

from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.sequences import COUNTER
from snowpipe_deploy.local.query.sources import FUNCTIONS, VIEWS, Arguments
from snowpipe_deploy.local.query.translation import Source
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.types import DataType, parse_type

_NUMBER, _TEXT, _MOMENT, _FLAG = "NUMBER", "VARCHAR", "TIMESTAMP_LTZ", "BOOLEAN"

_TASK_HISTORY = (
    ("QUERY_ID", "query_id", _TEXT), ("NAME", "name", _TEXT), ("DATABASE_NAME", "database_name", _TEXT),
    ("SCHEMA_NAME", "schema_name", _TEXT), ("QUERY_TEXT", "query_text", _TEXT), ("CONDITION_TEXT", "condition_text", _TEXT),
    ("STATE", "state", _TEXT), ("ERROR_CODE", "error_code", _TEXT), ("ERROR_MESSAGE", "error_message", _TEXT),
    ("SCHEDULED_TIME", "scheduled", _MOMENT), ("QUERY_START_TIME", "started", _MOMENT),
    ("NEXT_SCHEDULED_TIME", "next_scheduled", _MOMENT), ("COMPLETED_TIME", "completed", _MOMENT),
    ("ROOT_TASK_ID", "root::VARCHAR", _TEXT), ("GRAPH_VERSION", "graph_version", _NUMBER), ("RUN_ID", "run_id", _NUMBER),
    ("RETURN_VALUE", "return_value", _TEXT), ("SCHEDULED_FROM", "scheduled_from", _TEXT),
    ("ATTEMPT_NUMBER", "attempt", _NUMBER), ("CONFIG", "config", _TEXT), ("QUERY_HASH", "NULL", _TEXT),
    ("QUERY_HASH_VERSION", "NULL", _NUMBER), ("QUERY_PARAMETERIZED_HASH", "NULL", _TEXT),
    ("QUERY_PARAMETERIZED_HASH_VERSION", "NULL", _NUMBER), ("GRAPH_RUN_GROUP_ID", "run_group", _TEXT),
    ("BACKFILL_INFO", "NULL", _TEXT), ("SPCS_JOB_ID", "NULL", _TEXT),
)  # fmt: skip
_COPY_HISTORY = (
    ("FILE_NAME", "path", _TEXT), ("STAGE_LOCATION", "stage_location", _TEXT), ("LAST_LOAD_TIME", "loaded_at", _MOMENT),
    ("ROW_COUNT", "loaded", _NUMBER), ("ROW_PARSED", "parsed", _NUMBER), ("FILE_SIZE", "size", _NUMBER),
    ("FIRST_ERROR_MESSAGE", "first_error", _TEXT), ("FIRST_ERROR_LINE_NUMBER", "first_error_line", _NUMBER),
    ("FIRST_ERROR_CHARACTER_POS", "first_error_character", _NUMBER), ("FIRST_ERROR_COLUMN_NAME", "first_error_column", _TEXT),
    ("ERROR_COUNT", "errors", _NUMBER), ("ERROR_LIMIT", "error_limit", _NUMBER),
    ("STATUS", "CASE status WHEN 'LOADED' THEN 'Loaded' WHEN 'PARTIALLY_LOADED' THEN 'Partially loaded' ELSE 'Load failed' END", _TEXT),
    ("TABLE_CATALOG_NAME", "'{0}'", _TEXT), ("TABLE_SCHEMA_NAME", "'{1}'", _TEXT), ("TABLE_NAME", "'{2}'", _TEXT),
    ("PIPE_CATALOG_NAME", "pipe_parts[1]", _TEXT), ("PIPE_SCHEMA_NAME", "pipe_parts[2]", _TEXT),
    ("PIPE_NAME", "pipe_parts[3]", _TEXT), ("PIPE_RECEIVED_TIME", "received", _MOMENT), ("BYTES_BILLED", "NULL", _NUMBER),
)  # fmt: skip
_REFRESHES = (
    ("NAME", "parts[3]", _TEXT), ("SCHEMA_NAME", "parts[2]", _TEXT), ("DATABASE_NAME", "parts[1]", _TEXT),
    ("QUALIFIED_NAME", "parts[1] || '.' || parts[2] || '.' || parts[3]", _TEXT), ("STATE", "state", _TEXT),
    ("STATE_CODE", "CASE state WHEN 'SUCCEEDED' THEN 'SUCCESS' ELSE state END", _TEXT),
    ("STATE_MESSAGE", "state_message", _TEXT), ("QUERY_ID", "query_id", _TEXT), ("DATA_TIMESTAMP", "data_timestamp", _MOMENT),
    ("REFRESH_START_TIME", "started", _MOMENT), ("REFRESH_END_TIME", "completed", _MOMENT), ("REFRESH_ACTION", "action", _TEXT),
    ("REFRESH_TRIGGER", "cause", _TEXT), ("INSERTED_ROWS", "inserted", _NUMBER), ("DELETED_ROWS", "deleted", _NUMBER),
)  # fmt: skip
Shape = tuple[tuple[str, str, str], ...]


def _source(shape: Shape, rest: str) -> Source:
    items = ", ".join(f'CAST({expr} AS {engine_type(parse_type(of))}) AS "{name}"' for name, expr, of in shape)
    return Source(f"(SELECT {items} {rest})", tuple((name, parse_type(of)) for name, _, of in shape))


def _check(arguments: Arguments, known: str, function: str) -> None:
    if extra := arguments.keys() - set(known.split()):
        raise unsupported(f"argument {', '.join(sorted(extra))} of {function}")


def _limited(arguments: Arguments, default: int, order: str) -> str:
    return f" ORDER BY {order} LIMIT CAST({arguments.get('RESULT_LIMIT', str(default))} AS BIGINT)"


def task_history(runner: Runner, arguments: Arguments) -> Source:
    """Newest first, 100 rows unless told otherwise, the limit after the filters (reference A.13)."""
    known = "SCHEDULED_TIME_RANGE_START SCHEDULED_TIME_RANGE_END RESULT_LIMIT TASK_NAME DATABASE_NAME SCHEMA_NAME ERROR_ONLY ROOT_TASK_ID"
    _check(arguments, known, "TASK_HISTORY")
    tests = [f"database_name = '{runner.database}'" if runner.database else "TRUE"]
    now = "CAST(getvariable('now') AS TIMESTAMPTZ)"
    tests.append(
        f"scheduled >= coalesce(CAST({arguments.get('SCHEDULED_TIME_RANGE_START', 'NULL')} AS TIMESTAMPTZ), {now} - INTERVAL 7 DAY)"
    )
    if end := arguments.get("SCHEDULED_TIME_RANGE_END"):
        tests.append(f"scheduled <= CAST({end} AS TIMESTAMPTZ)")
    for word, test in (
        ("TASK_NAME", "upper(name) = upper({0})"), ("DATABASE_NAME", "upper(database_name) = upper({0})"),
        ("SCHEMA_NAME", "upper(schema_name) = upper({0})"), ("ROOT_TASK_ID", "root::VARCHAR = {0}"),
        ("ERROR_ONLY", "({0} IS NOT TRUE OR state IN ('FAILED', 'CANCELLED', 'FAILED_AND_AUTO_SUSPENDED'))"),
    ):  # fmt: skip
        if word in arguments:
            tests.append(test.format(arguments[word]))
    rest = f"FROM ({_RUNS}) WHERE {' AND '.join(tests)}"
    return _source(_TASK_HISTORY, rest + _limited(arguments, 100, "scheduled DESC, ordinal DESC"))


def task_history_of_a_year(_: Runner, __: str) -> Source:
    """ACCOUNT_USAGE.TASK_HISTORY: runs of all databases that ended; here without the 45 minutes that it is late by."""
    kept = tuple(
        column for column in _TASK_HISTORY if column[0] not in {"NEXT_SCHEDULED_TIME", "BACKFILL_INFO", "SPCS_JOB_ID"}
    )
    return _source(kept, "FROM _account.task_runs WHERE state NOT IN ('SCHEDULED', 'EXECUTING')")


# what ran, and the next run of each started root as a row in state SCHEDULED
_RUNS = f"""SELECT * FROM _account.task_runs UNION ALL BY NAME
SELECT {2**62} AS ordinal, o.id AS task, o.id AS root, o.parts[1] AS database_name, o.parts[2] AS schema_name,
  o.parts[3] AS name, 'SCHEDULED' AS state, d.moment AS scheduled, CAST(epoch_ms(d.moment) AS BIGINT) AS run_id,
  'SCHEDULE' AS scheduled_from, 1 AS attempt, TRUE AS is_root
FROM _account.due AS d JOIN _account.objects AS o ON o.id = d.root"""


def current_task_graphs(runner: Runner, arguments: Arguments) -> Source:
    """Runs scheduled or executing, and the next due time of each started root."""
    _check(arguments, "ROOT_TASK_NAME RESULT_LIMIT", "CURRENT_TASK_GRAPHS")
    wanted = arguments.get("ROOT_TASK_NAME", "''").strip("'").upper()
    rows: list[list[object]] = []
    for run in runner.shared.active_runs():
        state = "EXECUTING" if run.started else "SCHEDULED"
        rows.append([
            run.root.name.last, *run.root.name.parts[:2], state, run.origin, run.scheduled, str(run.root.id), run.group,
            run.version, run.run_id, run.attempt, run.config, *_first_error(runner, run),
        ])  # fmt: skip
    for root_id, due in runner.shared.next_due().items():
        if (task := runner.catalog.by_id(root_id)) is not None:
            rows.append(
                [task.name.last, *task.name.parts[:2], "SCHEDULED", "SCHEDULE", due, str(task.id), *([None] * 8)]
            )
    kept = [row for row in rows if (not wanted or row[0] == wanted) and runner.database in {None, row[1]}]
    return _values(_CURRENT, kept)


def _first_error(runner: Runner, run: Any) -> tuple[object, object, object]:
    """The task of a run that failed first, its code and words."""
    found = runner.engine.all(
        "SELECT name, error_code, error_message FROM _account.task_runs WHERE run_group = ? AND attempt = ? "
        "AND state IN ('FAILED', 'FAILED_AND_AUTO_SUSPENDED') ORDER BY completed LIMIT 1",
        [run.group, run.attempt],
    )
    return (found[0][0], found[0][1], found[0][2]) if found else (None, None, None)


def complete_task_graphs(runner: Runner, arguments: Arguments) -> Source:
    """Runs that ended within the last 60 minutes, newest first; skipped ones are not among them (reference A.13)."""
    _check(arguments, "ROOT_TASK_NAME RESULT_LIMIT ERROR_ONLY", "COMPLETE_TASK_GRAPHS")
    tests = [
        "max(completed) >= CAST(getvariable('now') AS TIMESTAMPTZ) - INTERVAL 60 MINUTE",
        "NOT bool_or(is_root AND state = 'SKIPPED')",
    ]
    tests += [f"run_group <> '{run.group}'" for run in runner.shared.active_runs()]
    if "ROOT_TASK_NAME" in arguments:
        tests.append(f"upper(any_value(o.parts[3])) = upper({arguments['ROOT_TASK_NAME']})")
    if "ERROR_ONLY" in arguments:
        tests.append(f"({arguments['ERROR_ONLY']} IS NOT TRUE OR bool_or(state IN ({_ERRORS})))")
    place = f"WHERE database_name = '{runner.database}'" if runner.database else ""
    runs = (
        "SELECT any_value(o.parts[3]) AS root_name, any_value(database_name) AS database_name, any_value(schema_name) AS "
        f"schema_name, CASE WHEN bool_or(state IN ({_ERRORS}) AND state <> 'CANCELLED') THEN 'FAILED' WHEN bool_or(state = 'CANCELLED') "
        "THEN 'CANCELLED' ELSE 'SUCCEEDED' END AS state, any_value(scheduled_from) AS scheduled_from, min(scheduled) AS scheduled, "
        "min(started) AS started, max(completed) AS completed, any_value(r.root) AS root, any_value(graph_version) AS graph_version, "
        "any_value(run_id) AS run_id, any_value(attempt) AS attempt, any_value(config) AS config, run_group, "
        f"arg_min(r.name, completed) FILTER (state IN ({_ERRORS})) AS error_name, "
        f"arg_min(error_code, completed) FILTER (state IN ({_ERRORS})) AS error_code, "
        f"arg_min(error_message, completed) FILTER (state IN ({_ERRORS})) AS error_message "
        "FROM (SELECT *, max(attempt) OVER (PARTITION BY run_group) AS newest FROM _account.task_runs) AS r "
        f"JOIN _account.objects AS o ON o.id = r.root {place}{' AND' if place else 'WHERE'} attempt = newest "
        f"GROUP BY run_group HAVING {' AND '.join(tests)}"
    )
    return _source(_COMPLETE, f"FROM ({runs})" + _limited(arguments, 1000, "completed DESC"))


_ERRORS = "'FAILED', 'FAILED_AND_AUTO_SUSPENDED', 'CANCELLED'"
_COMPLETE = (
    ("ROOT_TASK_NAME", "root_name", _TEXT), ("DATABASE_NAME", "database_name", _TEXT), ("SCHEMA_NAME", "schema_name", _TEXT),
    ("STATE", "state", _TEXT), ("SCHEDULED_FROM", "scheduled_from", _TEXT), ("FIRST_ERROR_TASK_NAME", "error_name", _TEXT),
    ("FIRST_ERROR_CODE", "error_code", _TEXT), ("FIRST_ERROR_MESSAGE", "error_message", _TEXT),
    ("SCHEDULED_TIME", "scheduled", _MOMENT), ("QUERY_START_TIME", "started", _MOMENT), ("NEXT_SCHEDULED_TIME", "NULL", _MOMENT),
    ("COMPLETED_TIME", "completed", _MOMENT), ("ROOT_TASK_ID", "root::VARCHAR", _TEXT), ("GRAPH_VERSION", "graph_version", _NUMBER),
    ("RUN_ID", "run_id", _NUMBER), ("ATTEMPT_NUMBER", "attempt", _NUMBER), ("CONFIG", "config", _TEXT),
    ("GRAPH_RUN_GROUP_ID", "run_group", _TEXT), ("BACKFILL_INFO", "NULL", _TEXT),
)  # fmt: skip
_CURRENT = (("ROOT_TASK_NAME", _TEXT), ("DATABASE_NAME", _TEXT), ("SCHEMA_NAME", _TEXT), ("STATE", _TEXT), ("SCHEDULED_FROM", _TEXT),
            ("SCHEDULED_TIME", _MOMENT), ("ROOT_TASK_ID", _TEXT), ("GRAPH_RUN_GROUP_ID", _TEXT), ("GRAPH_VERSION", _NUMBER),
            ("RUN_ID", _NUMBER), ("ATTEMPT_NUMBER", _NUMBER), ("CONFIG", _TEXT), ("FIRST_ERROR_TASK_NAME", _TEXT),
            ("FIRST_ERROR_CODE", _TEXT), ("FIRST_ERROR_MESSAGE", _TEXT))  # fmt: skip


def copy_history(runner: Runner, arguments: Arguments) -> Source:
    _check(arguments, "TABLE_NAME START_TIME END_TIME PIPE_NAME", "COPY_HISTORY")
    if "TABLE_NAME" not in arguments or "START_TIME" not in arguments:
        raise sql_error("syntax", "COPY_HISTORY needs TABLE_NAME and START_TIME")
    name = str(runner.engine.all(f"SELECT {arguments['TABLE_NAME']}")[0][0])
    table = runner.target(ObjectName.parse(name))
    now = "CAST(getvariable('now') AS TIMESTAMPTZ)"  # it reaches 14 days back
    tests = [
        f"table_id = {table.id}",
        f"loaded_at > {now} - INTERVAL 14 DAY",
        f"loaded_at >= CAST({arguments['START_TIME']} AS TIMESTAMPTZ)",
    ]
    if "END_TIME" in arguments:
        tests.append(f"loaded_at <= CAST({arguments['END_TIME']} AS TIMESTAMPTZ)")
    if "PIPE_NAME" in arguments:
        pipe = str(runner.engine.all(f"SELECT {arguments['PIPE_NAME']}")[0][0])
        tests.append(f"pipe = {runner.catalog.get('PIPE', runner.full(ObjectName.parse(pipe))).id}")
    parts = [part.replace("'", "''") for part in table.name.parts]
    shape = tuple((n, e.format(*parts) if "{" in e else e, t) for n, e, t in _COPY_HISTORY)
    loads = _LOADS if _has_pipes(runner) else _OWN_LOADS
    return _source(shape, f"FROM ({loads}) WHERE {' AND '.join(tests)} ORDER BY loaded_at DESC, path")


def _has_pipes(runner: Runner) -> bool:
    """Did a pipe ever load anything, or is there one that may?"""
    return any(runner.catalog.of("PIPE")) or bool(runner.engine.all("SELECT 1 FROM _account.pipe_loads LIMIT 1"))


_OWN_LOADS = "SELECT *, NULL AS pipe, NULL::VARCHAR[] AS pipe_parts, NULL::TIMESTAMPTZ AS received FROM _account.loads"
_LOADS = "SELECT *, NULL AS pipe FROM _account.loads UNION ALL BY NAME SELECT * FROM _account.pipe_loads"


_ALERT_HISTORY = (
    ("NAME", "parts[3]", _TEXT), ("DATABASE_NAME", "parts[1]", _TEXT), ("SCHEMA_NAME", "parts[2]", _TEXT),
    ("CONDITION", "condition", _TEXT), ("CONDITION_QUERY_ID", "condition_query_id", _TEXT), ("ACTION", "action", _TEXT),
    ("ACTION_QUERY_ID", "action_query_id", _TEXT), ("STATE", "state", _TEXT), ("SQL_ERROR_CODE", "error_code", _TEXT),
    ("SQL_ERROR_MESSAGE", "error_message", _TEXT), ("SCHEDULED_TIME", "scheduled", _MOMENT),
    ("COMPLETED_TIME", "completed", _MOMENT), ("SCHEDULED_FROM", "scheduled_from", _TEXT),
)  # fmt: skip


def alert_history(runner: Runner, arguments: Arguments) -> Source:
    """Newest first, seven days, 100 rows unless told otherwise."""
    _check(arguments, "SCHEDULED_TIME_RANGE_START SCHEDULED_TIME_RANGE_END RESULT_LIMIT ALERT_NAME", "ALERT_HISTORY")
    now = "CAST(getvariable('now') AS TIMESTAMPTZ)"
    start = arguments.get("SCHEDULED_TIME_RANGE_START", "NULL")
    tests = [
        f"parts[1] = '{runner.database}'" if runner.database else "TRUE",
        f"scheduled >= coalesce(CAST({start} AS TIMESTAMPTZ), {now} - INTERVAL 7 DAY)",
    ]
    if end := arguments.get("SCHEDULED_TIME_RANGE_END"):
        tests.append(f"scheduled <= CAST({end} AS TIMESTAMPTZ)")
    if "ALERT_NAME" in arguments:
        tests.append(f"upper(parts[3]) = upper({arguments['ALERT_NAME']})")
    rest = f"FROM _account.alert_runs WHERE {' AND '.join(tests)}"
    return _source(_ALERT_HISTORY, rest + _limited(arguments, 100, "scheduled DESC, ordinal DESC"))


_QUERY_HISTORY = (
    ("QUERY_ID", "query_id", _TEXT), ("QUERY_TEXT", "text", _TEXT), ("DATABASE_NAME", "database_name", _TEXT),
    ("SCHEMA_NAME", "schema_name", _TEXT), ("SESSION_ID", "session", _NUMBER), ("USER_NAME", "user_name", _TEXT),
    ("ROLE_NAME", "role", _TEXT), ("WAREHOUSE_NAME", "warehouse", _TEXT), ("QUERY_TAG", "tag", _TEXT),
    ("EXECUTION_STATUS", "CASE WHEN error_code IS NULL THEN 'SUCCESS' ELSE 'FAILED_WITH_ERROR' END", _TEXT),
    ("ERROR_CODE", "error_code", _NUMBER), ("ERROR_MESSAGE", "error_message", _TEXT), ("START_TIME", "started", _MOMENT),
    ("END_TIME", "ended", _MOMENT), ("TOTAL_ELAPSED_TIME", "CAST(epoch_ms(ended) - epoch_ms(started) AS BIGINT)", _NUMBER),
    ("ROWS_PRODUCED", "rows", _NUMBER),
)  # fmt: skip


_STATEMENTS = "SELECT *, '' AS tag, 'SYSTEM' AS user_name FROM _account.statements UNION ALL BY NAME SELECT * FROM _account.tagged"


def query_history(runner: Runner, arguments: Arguments) -> Source:
    """The statements of tasks and those that carried a query tag, newest first; others are not kept by this account."""
    _check(arguments, "END_TIME_RANGE_START END_TIME_RANGE_END RESULT_LIMIT USER_NAME", "QUERY_HISTORY")
    del runner
    tests = ["TRUE"]
    for word, test in (("END_TIME_RANGE_START", "ended >="), ("END_TIME_RANGE_END", "ended <=")):
        if word in arguments:
            tests.append(f"{test} CAST({arguments[word]} AS TIMESTAMPTZ)")
    if "USER_NAME" in arguments:
        tests.append(f"user_name = upper({arguments['USER_NAME']})")
    rest = f"FROM ({_STATEMENTS}) WHERE {' AND '.join(tests)}"
    return _source(_QUERY_HISTORY, rest + _limited(arguments, 100, "ended DESC"))


def query_history_by_user(runner: Runner, arguments: Arguments) -> Source:
    """Those of the user who asks, unless another is named."""
    return query_history(runner, {"USER_NAME": f"'{runner.user}'", **arguments})


def refresh_history(runner: Runner, arguments: Arguments) -> Source:
    _check(arguments, "NAME RESULT_LIMIT", "DYNAMIC_TABLE_REFRESH_HISTORY")
    test = f"parts[1] = '{runner.database}'" if runner.database else "TRUE"
    if "NAME" in arguments:
        test += f" AND list_reduce(parts, lambda a, b: a || '.' || b) = upper({arguments['NAME']})"
    return _source(_REFRESHES, f"FROM _account.refreshes WHERE {test}" + _limited(arguments, 100, "started DESC"))


def generator(_: Runner, arguments: Arguments) -> Source:
    _check(arguments, "ROWCOUNT", "GENERATOR")
    if not arguments:
        raise unsupported("GENERATOR without ROWCOUNT")
    rows = f'(SELECT range AS "{COUNTER}" FROM range({arguments["ROWCOUNT"]}))'
    return Source(rows, ((COUNTER, DataType("NUMBER", (38, 0))),))


def _values(columns: tuple[tuple[str, str], ...], rows: list[list[object]]) -> Source:
    """Rows made here, as engine text."""

    def spelled(value: object, of: str) -> str:
        text = "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"
        return f"CAST({text} AS {engine_type(parse_type(of))})"

    names = ", ".join(f'"{name}"' for name, _ in columns)
    made = ", ".join(
        "(" + ", ".join(spelled(v, of) for v, (_, of) in zip(row, columns, strict=True)) + ")" for row in rows
    )
    empty = ", ".join(f"CAST(NULL AS {engine_type(parse_type(of))})" for _, of in columns)
    body = f"VALUES {made}" if rows else f"SELECT {empty} WHERE FALSE"
    return Source(f"(SELECT * FROM ({body}) AS v({names}))", tuple((n, parse_type(of)) for n, of in columns))


_TABLES = (("TABLE_CATALOG", _TEXT), ("TABLE_SCHEMA", _TEXT), ("TABLE_NAME", _TEXT), ("TABLE_OWNER", _TEXT), ("TABLE_TYPE", _TEXT),
           ("IS_TRANSIENT", _TEXT), ("IS_DYNAMIC", _TEXT), ("CREATED", _MOMENT), ("COMMENT", _TEXT))  # fmt: skip
_COLUMNS = (("TABLE_CATALOG", _TEXT), ("TABLE_SCHEMA", _TEXT), ("TABLE_NAME", _TEXT), ("COLUMN_NAME", _TEXT),
            ("ORDINAL_POSITION", _NUMBER), ("COLUMN_DEFAULT", _TEXT), ("IS_NULLABLE", _TEXT), ("DATA_TYPE", _TEXT),
            ("CHARACTER_MAXIMUM_LENGTH", _NUMBER), ("NUMERIC_PRECISION", _NUMBER), ("NUMERIC_SCALE", _NUMBER),
            ("IS_IDENTITY", _TEXT), ("IDENTITY_START", _TEXT), ("IDENTITY_INCREMENT", _TEXT), ("COMMENT", _TEXT))  # fmt: skip
_SCHEMATA = (
    ("CATALOG_NAME", _TEXT),
    ("SCHEMA_NAME", _TEXT),
    ("SCHEMA_OWNER", _TEXT),
    ("CREATED", _MOMENT),
    ("COMMENT", _TEXT),
)


def _relations(runner: Runner, database: str) -> list[Entry]:
    return [e for kind in ("TABLE", "VIEW", "DYNAMIC TABLE") for e in runner.catalog.of(kind, (database,))]


def tables(runner: Runner, database: str) -> Source:
    return _values(_TABLES, [
        [*e.name.parts, e.owner, "VIEW" if e.kind == "VIEW" else "BASE TABLE",
         "YES" if e.properties.get("transient") else "NO", "YES" if e.kind == "DYNAMIC TABLE" else "NO", e.created_on,
         e.comment or None]
        for e in _relations(runner, database)
    ])  # fmt: skip


def columns(runner: Runner, database: str) -> Source:
    rows: list[list[object]] = []
    for e in _relations(runner, database):
        for i, c in enumerate(e.columns, 1):
            base, sizes = c.type.base, c.type.sizes
            shown = {"VARCHAR": "TEXT"}.get(base, base)
            start, step = c.identity.split() if c.identity else (None, None)
            rows.append([
                *e.name.parts, c.name, i, c.default or None, "YES" if c.nullable else "NO", shown,
                sizes[0] if base == "VARCHAR" else None, sizes[0] if base == "NUMBER" else None,
                sizes[1] if base == "NUMBER" else None, "YES" if c.identity else "NO", start, step, c.comment or None,
            ])  # fmt: skip
    return _values(_COLUMNS, rows)


def schemata(runner: Runner, database: str) -> Source:
    rows: list[list[object]] = [
        [*e.name.parts, e.owner, e.created_on, e.comment or None] for e in runner.catalog.of("SCHEMA", (database,))
    ]
    return _values(_SCHEMATA, rows)


FUNCTIONS |= {
    "TASK_HISTORY": task_history,
    "ALERT_HISTORY": alert_history,
    "COPY_HISTORY": copy_history,
    "QUERY_HISTORY": query_history,
    "QUERY_HISTORY_BY_USER": query_history_by_user,
    "CURRENT_TASK_GRAPHS": current_task_graphs,
    "COMPLETE_TASK_GRAPHS": complete_task_graphs,
    "DYNAMIC_TABLE_REFRESH_HISTORY": refresh_history,
    "GENERATOR": generator,
}
VIEWS |= {
    "TABLES": tables,
    "COLUMNS": columns,
    "SCHEMATA": schemata,
    "ACCOUNT_USAGE.TASK_HISTORY": task_history_of_a_year,
}
