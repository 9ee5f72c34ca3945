"""INFORMATION_SCHEMA: history functions and views over the account's own tables."""

import json
from typing import Any

from snowpipe_deploy.local import tags
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.errors import raised, sql_error, unsupported
from snowpipe_deploy.local.graphs import members
from snowpipe_deploy.local.privileges import ADMIN
from snowpipe_deploy.local.query.sequences import COUNTER
from snowpipe_deploy.local.query.sources import FUNCTIONS, VIEWS, Arguments
from snowpipe_deploy.local.query.translation import Source
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName, literal
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
_QUALIFIED = "parts[1] || '.' || parts[2] || '.' || parts[3]"
_OF_NAME = (
    ("NAME", "parts[3]", _TEXT), ("SCHEMA_NAME", "parts[2]", _TEXT), ("DATABASE_NAME", "parts[1]", _TEXT),
    ("QUALIFIED_NAME", _QUALIFIED, _TEXT),
)  # fmt: skip
_DYNAMIC_VERSIONS = (
    *_OF_NAME, ("INPUTS", "inputs", "ARRAY"), ("TARGET_LAG_TYPE", "lag_type", _TEXT), ("TARGET_LAG_SEC", "lag", _NUMBER),
    ("QUERY_TEXT", "query", _TEXT), ("VALID_FROM", "valid_from", _MOMENT), ("VALID_TO", "valid_to", _MOMENT),
    ("SCHEDULING_STATE", "state", "OBJECT"), ("ALTER_TRIGGER", "trigger", "ARRAY"),
)  # fmt: skip
_REFRESHES = (
    *_OF_NAME, ("STATE", "state", _TEXT),
    ("STATE_CODE", "CASE state WHEN 'SUCCEEDED' THEN 'SUCCESS' ELSE state END", _TEXT),
    ("STATE_MESSAGE", "state_message", _TEXT), ("QUERY_ID", "query_id", _TEXT), ("DATA_TIMESTAMP", "data_timestamp", _MOMENT),
    ("REFRESH_START_TIME", "started", _MOMENT), ("REFRESH_END_TIME", "completed", _MOMENT), ("REFRESH_ACTION", "action", _TEXT),
    ("COMPLETION_TARGET", "data_timestamp + to_seconds(lag)", _MOMENT),
    ("STATISTICS", """json_object('numInsertedRows', inserted, 'numDeletedRows', deleted)""", "OBJECT"),
    ("REFRESH_TRIGGER", "cause", _TEXT), ("TARGET_LAG_SEC", "lag", _NUMBER),
)  # fmt: skip
Shape = tuple[tuple[str, str, str], ...]


def _source(shape: Shape, rest: str) -> Source:
    items = ", ".join(f'CAST({expr} AS {engine_type(parse_type(of))}) AS "{name}"' for name, expr, of in shape)
    return Source(f"(SELECT {items} {rest})", tuple((name, parse_type(of)) for name, _, of in shape))


def _check(arguments: Arguments, known: str, function: str) -> None:
    if extra := arguments.keys() - set(known.split()):
        raise unsupported(f"argument {', '.join(sorted(extra))} of {function}")


def _between(arguments: Arguments, column: str, start: str, end: str) -> list[str]:
    """The tests of a moment against a time that is given from both ends, or from one."""
    return [
        f"{column} {test} CAST({arguments[word]} AS TIMESTAMPTZ)"
        for word, test in ((start, ">="), (end, "<="))
        if word in arguments
    ]


def _limited(arguments: Arguments, default: int, order: str) -> str:
    return f" ORDER BY {order} LIMIT {_limit(arguments, default)}"


def _limit(arguments: Arguments, default: int) -> str:
    """RESULT_LIMIT is between 1 and 10000 (reference A.13)."""
    given = arguments.get("RESULT_LIMIT", str(default))
    refused = raised("argument", f"'RESULT_LIMIT: ' || ({given})")
    return f"(SELECT CASE WHEN ({given}) BETWEEN 1 AND 10000 THEN CAST({given} AS BIGINT) ELSE CAST({refused} AS BIGINT) END)"


def task_history(runner: Runner, arguments: Arguments) -> Source:
    """Of the whole account, newest first, 100 rows unless told otherwise, the limit after the filters (reference A.13).

    A start of more than seven days ago is refused; what is due in more than eight days is not shown."""
    known = "SCHEDULED_TIME_RANGE_START SCHEDULED_TIME_RANGE_END RESULT_LIMIT TASK_NAME DATABASE_NAME SCHEMA_NAME ERROR_ONLY ROOT_TASK_ID"
    _check(arguments, known, "TASK_HISTORY")
    if "SCHEMA_NAME" in arguments and "DATABASE_NAME" not in arguments:
        raise sql_error("syntax", "TASK_HISTORY with SCHEMA_NAME needs DATABASE_NAME")
    now = "CAST(getvariable('now') AS TIMESTAMPTZ)"
    tests = [_may_see(runner), f"scheduled >= {now} - INTERVAL 7 DAY", f"scheduled <= {now} + INTERVAL 8 DAY"]
    for word, operator in (("SCHEDULED_TIME_RANGE_START", ">="), ("SCHEDULED_TIME_RANGE_END", "<=")):
        if word in arguments:
            moment = f"CAST({arguments[word]} AS TIMESTAMPTZ)"
            refused = raised("argument", f"'{word}: not within the last 7 days'")
            tests.append(
                f"(CASE WHEN {moment} < {now} - INTERVAL 7 DAY - INTERVAL 1 SECOND THEN CAST({refused} AS BOOLEAN) "
                f"ELSE scheduled {operator} {moment} END)"
            )
    for word, test in (
        ("TASK_NAME", "upper(name) = upper({0})"), ("DATABASE_NAME", "upper(database_name) = upper({0})"),
        ("SCHEMA_NAME", "upper(schema_name) = upper({0})"), ("ROOT_TASK_ID", "root::VARCHAR = {0}"),
        ("ERROR_ONLY", "({0} IS NOT TRUE OR state IN ('FAILED', 'CANCELLED', 'FAILED_AND_AUTO_SUSPENDED'))"),
    ):  # fmt: skip
        if word in arguments:
            tests.append(test.format(arguments[word]))
    rest = f"FROM ({_RUNS}) WHERE {' AND '.join(tests)}"
    return _source(_TASK_HISTORY, rest + _limited(arguments, 100, "scheduled DESC, ordinal DESC"))


def _may_see(runner: Runner) -> str:
    """The runs of tasks on which the role has a privilege; all of them with MONITOR EXECUTION (reference A.14)."""
    if runner.role == ADMIN or "MONITOR EXECUTION" in runner.shared.grants.of_account(runner.role):
        return "TRUE"
    seen = [str(task.id) for task in runner.catalog.of("TASK") if runner.may(task, "MONITOR", "OPERATE")]
    return f"task IN ({', '.join(seen) or 'NULL'})"


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
    following = runner.shared.next_due()
    for run in runner.shared.active_runs():
        state = "EXECUTING" if run.started else "SCHEDULED"
        rows.append([
            run.root.name.last, *run.root.name.parts[:2], state, run.origin, *_first_error(runner, run), run.scheduled,
            _started(runner, run), following.get(run.root.id), str(run.root.id), run.version, run.run_id, run.attempt, run.config,
            run.group, None,
        ])  # fmt: skip
    for root_id, due in following.items():
        if (task := runner.catalog.by_id(root_id)) is not None:
            rows.append([
                task.name.last, *task.name.parts[:2], "SCHEDULED", "SCHEDULE", None, None, None, due, None, None, str(task.id),
                None, int(due.timestamp() * 1000), 1, task.properties.get("CONFIG"), None, None,
            ])  # fmt: skip
    kept = [row for row in rows if (not wanted or row[0] == wanted) and runner.database in {None, row[1]}]
    found = _values(_CURRENT, kept)
    limit = _limited(arguments, 1000, '"SCHEDULED_TIME" DESC')
    return Source(f"(SELECT * FROM {found.sql}{limit})", found.columns)


def _started(runner: Runner, run: Any) -> object:
    """When the body of the root began."""
    row = run.rows.get(run.root.id)
    found = runner.engine.all("SELECT started FROM _account.task_runs WHERE ordinal = ?", [row]) if row else []
    return found[0][0] if found else None


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
    tests = ["max(completed) >= CAST(getvariable('now') AS TIMESTAMPTZ) - INTERVAL 60 MINUTE"]
    if "ROOT_TASK_NAME" in arguments:
        tests.append(f"upper(any_value(root_name)) = upper({arguments['ROOT_TASK_NAME']})")
    if "ERROR_ONLY" in arguments:
        tests.append(f"({arguments['ERROR_ONLY']} IS NOT TRUE OR bool_or(state IN ({_ERRORS})))")
    if runner.database:
        tests.append(f"any_value(database_name) = '{runner.database}'")
    return _source(_COMPLETE, f"FROM ({_complete_runs(runner, tests)})" + _limited(arguments, 1000, "completed DESC"))


def complete_task_graphs_of_a_year(runner: Runner, _: str) -> Source:
    """ACCOUNT_USAGE.COMPLETE_TASK_GRAPHS; here without the 45 minutes that it is late by."""
    return _source(_COMPLETE, f"FROM ({_complete_runs(runner, [])})")


def _complete_runs(runner: Runner, tests: list[str]) -> str:
    """The newest attempt of each run that ended and whose root was not skipped."""
    tests = [
        *tests,
        "NOT bool_or(is_root AND state = 'SKIPPED')",
        *(f"run_group <> '{r.group}'" for r in runner.shared.active_runs()),
    ]
    errors = f"FILTER (state IN ({_ERRORS}))"
    return (
        "SELECT any_value(root_name) AS root_name, any_value(database_name) AS database_name, any_value(schema_name) AS "
        f"schema_name, CASE WHEN bool_or(state IN ({_ERRORS}) AND state <> 'CANCELLED') THEN 'FAILED' WHEN bool_or(state = 'CANCELLED') "
        "THEN 'CANCELLED' ELSE 'SUCCEEDED' END AS state, any_value(scheduled_from) AS scheduled_from, min(scheduled) AS scheduled, "
        "min(started) AS started, max(next_scheduled) AS next_scheduled, max(completed) AS completed, any_value(root) AS root, "
        "any_value(graph_version) AS graph_version, any_value(run_id) AS run_id, any_value(attempt) AS attempt, any_value(config) AS "
        f"config, run_group, arg_min(name, completed) {errors} AS error_name, arg_min(error_code, completed) {errors} AS error_code, "
        f"arg_min(error_message, completed) {errors} AS error_message "
        "FROM (SELECT *, max(attempt) OVER (PARTITION BY run_group) AS newest, first_value(name) OVER (PARTITION BY run_group ORDER BY "
        "attempt, is_root DESC) AS root_name FROM _account.task_runs) "
        f"WHERE attempt = newest GROUP BY run_group HAVING {' AND '.join(tests)}"
    )


_DEPENDENTS = (
    ("CREATED_ON", _MOMENT), ("NAME", _TEXT), ("DATABASE_NAME", _TEXT), ("SCHEMA_NAME", _TEXT), ("OWNER", _TEXT), ("COMMENT", _TEXT),
    ("WAREHOUSE", _TEXT), ("SCHEDULE", _TEXT), ("PREDECESSORS", _TEXT), ("STATE", _TEXT), ("DEFINITION", _TEXT), ("CONDITION", _TEXT),
)  # fmt: skip


def task_dependents(runner: Runner, arguments: Arguments) -> Source:
    """The task and those below it, or with RECURSIVE => FALSE those right below it (reference A.13)."""
    _check(arguments, "TASK_NAME RECURSIVE", "TASK_DEPENDENTS")
    if "TASK_NAME" not in arguments:
        raise sql_error("syntax", "TASK_DEPENDENTS needs TASK_NAME")
    name, deep = runner.engine.all(f"SELECT {arguments['TASK_NAME']}, {arguments.get('RECURSIVE', 'TRUE')}")[0]
    task = runner.catalog.get("TASK", runner.full(ObjectName.parse(str(name))))
    below = [t for t in members(runner.catalog, task)[1:] if not t.properties.get("FINALIZE")]
    near = [t for t in below if deep or str(task.name) in t.properties.get("AFTER", ())]
    return _values(_DEPENDENTS, [
        [t.created_on, t.name.last, *t.name.parts[:2], t.owner, t.comment or None, p.get("WAREHOUSE"), p.get("SCHEDULE"),
         json.dumps(list(p.get("AFTER", ()))), p["state"], p["body"], p.get("WHEN")]
        for t in (task, *near) for p in [t.properties]
    ])  # fmt: skip


_VERSIONS = (
    ("ROOT_TASK_ID", "v.root::VARCHAR", _TEXT), ("GRAPH_VERSION", "v.version", _NUMBER), ("GRAPH_VERSION_CREATED_ON", "v.moment", _MOMENT),
    ("NAME", "t ->> '$.name[2]'", _TEXT), ("ID", "t ->> '$.id'", _TEXT), ("DATABASE_NAME", "t ->> '$.name[0]'", _TEXT),
    ("SCHEMA_NAME", "t ->> '$.name[1]'", _TEXT), ("WAREHOUSE_NAME", "t ->> '$.WAREHOUSE'", _TEXT), ("SCHEDULE", "t ->> '$.SCHEDULE'", _TEXT),
    ("STATE", "t ->> '$.state'", _TEXT), ("DEFINITION", "t ->> '$.body'", _TEXT), ("CONDITION_TEXT", "t ->> '$.WHEN'", _TEXT),
)  # fmt: skip


def task_versions(_: Runner, __: str) -> Source:
    """ACCOUNT_USAGE.TASK_VERSIONS: each task of each version of each graph; here without the three hours that it is late by."""
    rows = "SELECT root, version, moment, unnest(from_json(tasks, '[\"JSON\"]')) AS t FROM _account.graph_versions"
    return _source(_VERSIONS, f"FROM ({rows}) AS v")


_ERRORS = "'FAILED', 'FAILED_AND_AUTO_SUSPENDED', 'CANCELLED'"
_COMPLETE = (
    ("ROOT_TASK_NAME", "root_name", _TEXT), ("DATABASE_NAME", "database_name", _TEXT), ("SCHEMA_NAME", "schema_name", _TEXT),
    ("STATE", "state", _TEXT), ("SCHEDULED_FROM", "scheduled_from", _TEXT), ("FIRST_ERROR_TASK_NAME", "error_name", _TEXT),
    ("FIRST_ERROR_CODE", "error_code", _TEXT), ("FIRST_ERROR_MESSAGE", "error_message", _TEXT),
    ("SCHEDULED_TIME", "scheduled", _MOMENT), ("QUERY_START_TIME", "started", _MOMENT), ("NEXT_SCHEDULED_TIME", "next_scheduled", _MOMENT),
    ("COMPLETED_TIME", "completed", _MOMENT), ("ROOT_TASK_ID", "root::VARCHAR", _TEXT), ("GRAPH_VERSION", "graph_version", _NUMBER),
    ("RUN_ID", "run_id", _NUMBER), ("ATTEMPT_NUMBER", "attempt", _NUMBER), ("CONFIG", "config", _TEXT),
    ("GRAPH_RUN_GROUP_ID", "run_group", _TEXT), ("BACKFILL_INFO", "NULL", _TEXT),
)  # fmt: skip
_CURRENT = tuple((name, of) for name, _, of in _COMPLETE if name != "COMPLETED_TIME")


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


_VALIDATE = (
    ("ERROR", "error", _TEXT), ("FILE", "file", _TEXT), ("LINE", "line", _NUMBER), ("CHARACTER", "character", _NUMBER),
    ("BYTE_OFFSET", "byte_offset", _NUMBER), ("CATEGORY", "category", _TEXT), ("CODE", "code", _NUMBER),
    ("SQL_STATE", "sql_state", _TEXT), ("COLUMN_NAME", "column_name", _TEXT), ("ROW_NUMBER", "row_number", _NUMBER),
    ("ROW_START_LINE", "row_start_line", _NUMBER), ("REJECTED_RECORD", "rejected_record", _TEXT),
)  # fmt: skip


def validate(runner: Runner, arguments: Arguments) -> Source:
    """The errors of a past COPY into a table: of the last one in this session, or of the query that is named."""
    _check(arguments, "0 JOB_ID", "VALIDATE")
    if "0" not in arguments or "JOB_ID" not in arguments:
        raise sql_error("syntax", "VALIDATE needs a table and JOB_ID")
    table = runner.target(ObjectName.parse(arguments["0"]))
    job = str(runner.engine.all(f"SELECT {arguments['JOB_ID']}")[0][0])
    query_id = runner.loads.get(table.id, "") if job == "_last" else job
    wanted = query_id.replace("'", "''")
    return _source(
        _VALIDATE,
        f"FROM _account.load_errors WHERE table_id = {table.id} AND query_id = '{wanted}' ORDER BY file, row_number",
    )


_LOAD_HISTORY = (
    ("SCHEMA_NAME", "o.parts[2]", _TEXT), ("FILE_NAME", "path", _TEXT), ("TABLE_NAME", "o.parts[3]", _TEXT),
    ("LAST_LOAD_TIME", "loaded_at", _MOMENT), ("STATUS", "replace(status, '_', ' ')", _TEXT), ("ROW_COUNT", "loaded", _NUMBER),
    ("ROW_PARSED", "parsed", _NUMBER), ("FIRST_ERROR_MESSAGE", "first_error", _TEXT),
    ("FIRST_ERROR_LINE_NUMBER", "first_error_line", _NUMBER), ("FIRST_ERROR_CHARACTER_POSITION", "first_error_character", _NUMBER),
    ("FIRST_ERROR_COL_NAME", "first_error_column", _TEXT), ("ERROR_COUNT", "errors", _NUMBER), ("ERROR_LIMIT", "error_limit", _NUMBER),
)  # fmt: skip
_OF_TABLES = "JOIN _account.objects AS o ON o.id = table_id"


def load_history(_: Runner, database: str) -> Source:
    """What COPY loaded within 14 days, at most 10,000 rows; nothing of pipes (reference D.7)."""
    return _source(
        _LOAD_HISTORY,
        f"FROM _account.loads {_OF_TABLES} WHERE o.parts[1] = '{database}' "
        "AND loaded_at > CAST(getvariable('now') AS TIMESTAMPTZ) - INTERVAL 14 DAY ORDER BY loaded_at DESC LIMIT 10000",
    )


def load_history_of_a_year(_: Runner, __: str) -> Source:
    """ACCOUNT_USAGE.LOAD_HISTORY; here without the 90 minutes that it is late by."""
    shape = (("CATALOG_NAME", "o.parts[1]", _TEXT), *_LOAD_HISTORY)
    return _source(shape, f"FROM _account.loads {_OF_TABLES}")


def copy_history_of_a_year(_: Runner, __: str) -> Source:
    """ACCOUNT_USAGE.COPY_HISTORY; here without the two hours that it is late by."""
    places = {"TABLE_CATALOG_NAME": "o.parts[1]", "TABLE_SCHEMA_NAME": "o.parts[2]", "TABLE_NAME": "o.parts[3]"}
    shape = tuple((name, places.get(name, spelled), of) for name, spelled, of in _COPY_HISTORY)
    return _source(shape, f"FROM ({_LOADS}) {_OF_TABLES}")


_PIPES = (("PIPE_CATALOG", _TEXT), ("PIPE_SCHEMA", _TEXT), ("PIPE_NAME", _TEXT), ("PIPE_OWNER", _TEXT), ("DEFINITION", _TEXT),
          ("IS_AUTOINGEST_ENABLED", _TEXT), ("CREATED", _MOMENT), ("COMMENT", _TEXT), ("PATTERN", _TEXT))  # fmt: skip


def pipes(runner: Runner, database: str) -> Source:
    return _values(_PIPES, [
        [*e.name.parts, e.owner, e.properties["body"],
         "YES" if str(e.properties.get("AUTO_INGEST", "FALSE")).upper() == "TRUE" else "NO", e.created_on, e.comment or None,
         e.properties.get("pattern")]
        for e in runner.catalog.of("PIPE", (database,))
    ])  # fmt: skip


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
    tests += _between(arguments, "ended", "END_TIME_RANGE_START", "END_TIME_RANGE_END")
    if "USER_NAME" in arguments:
        tests.append(f"user_name = upper({arguments['USER_NAME']})")
    rest = f"FROM ({_STATEMENTS}) WHERE {' AND '.join(tests)}"
    return _source(_QUERY_HISTORY, rest + _limited(arguments, 100, "ended DESC"))


def query_history_by_user(runner: Runner, arguments: Arguments) -> Source:
    """Those of the user who asks, unless another is named."""
    return query_history(runner, {"USER_NAME": f"'{runner.user}'", **arguments})


def refresh_history(runner: Runner, arguments: Arguments) -> Source:
    """Of the last seven days, newest first."""
    known = "DATA_TIMESTAMP_START DATA_TIMESTAMP_END NAME NAME_PREFIX ERROR_ONLY RESULT_LIMIT"
    _check(arguments, known, "DYNAMIC_TABLE_REFRESH_HISTORY")
    tests = [_of_database(runner)]
    tests += _between(arguments, "data_timestamp", "DATA_TIMESTAMP_START", "DATA_TIMESTAMP_END")
    if "NAME" in arguments:
        tests.append(f"{_QUALIFIED} = {_full_name(runner, arguments['NAME'])}")
    if "NAME_PREFIX" in arguments:
        tests.append(f"starts_with({_QUALIFIED}, upper({arguments['NAME_PREFIX']}))")
    if "ERROR_ONLY" in arguments:
        tests.append(f"(state IN ('FAILED', 'UPSTREAM_FAILED') OR NOT {arguments['ERROR_ONLY']})")
    rest = f"FROM _account.refreshes WHERE {' AND '.join(tests)}"
    return _source(_REFRESHES, rest + _limited(arguments, 100, "data_timestamp DESC, rowid DESC"))


def _full_name(runner: Runner, argument: str) -> str:
    """A name as _QUALIFIED spells it: the parts as they are kept, without quotes."""
    name = ObjectName.parse(str(runner.engine.all(f"SELECT {argument}")[0][0]))
    return literal(".".join(name.parts))


def graph_history(runner: Runner, arguments: Arguments) -> Source:
    """What dynamic tables there were, and when: those of now, or of a moment or a time."""
    _check(arguments, "AS_OF HISTORY_START HISTORY_END", "DYNAMIC_TABLE_GRAPH_HISTORY")
    if "AS_OF" in arguments and len(arguments) > 1:
        raise sql_error("syntax", "DYNAMIC_TABLE_GRAPH_HISTORY takes AS_OF, or a start and an end of the history")
    now = f"TIMESTAMPTZ '{runner.now().isoformat()}'"
    at = {word: f"CAST({text} AS TIMESTAMPTZ)" for word, text in arguments.items()}
    from_, until = (at.get(word, at.get("AS_OF", now)) for word in ("HISTORY_START", "HISTORY_END"))
    test = f"valid_from <= {until} AND coalesce(valid_to > {from_}, TRUE)"
    rest = f"FROM _account.dynamic_versions WHERE {_of_database(runner)} AND {test} ORDER BY valid_from, rowid"
    return _source(_DYNAMIC_VERSIONS, rest)


def _of_database(runner: Runner) -> str:
    return f"parts[1] = {literal(runner.database)}" if runner.database else "TRUE"


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
           ("IS_TRANSIENT", _TEXT), ("IS_DYNAMIC", _TEXT), ("CLUSTERING_KEY", _TEXT), ("ROW_COUNT", _NUMBER), ("CREATED", _MOMENT),
           ("COMMENT", _TEXT))  # fmt: skip
_VIEWS = (("TABLE_CATALOG", _TEXT), ("TABLE_SCHEMA", _TEXT), ("TABLE_NAME", _TEXT), ("TABLE_OWNER", _TEXT), ("VIEW_DEFINITION", _TEXT),
          ("CHECK_OPTION", _TEXT), ("IS_UPDATABLE", _TEXT), ("INSERTABLE_INTO", _TEXT), ("IS_SECURE", _TEXT), ("CREATED", _MOMENT),
          ("COMMENT", _TEXT))  # fmt: skip
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
    """Those that the role may see (reference F.6)."""
    found = (
        e
        for kind in ("TABLE", "VIEW", "DYNAMIC TABLE", "MATERIALIZED VIEW")
        for e in runner.catalog.of(kind, (database,))
    )
    return [entry for entry in found if runner.sees(entry)]


def tables(runner: Runner, database: str) -> Source:
    rows: list[list[object]] = []
    for e in _relations(runner, database):
        stored = e.kind in {"TABLE", "DYNAMIC TABLE"}
        cluster = e.properties.get("CLUSTER BY")
        rows.append([
            *e.name.parts, e.owner, "BASE TABLE" if stored else e.kind, "YES" if e.properties.get("transient") else "NO",
            "YES" if e.kind == "DYNAMIC TABLE" else "NO", f"LINEAR{cluster}" if cluster else None,
            runner.count(e) if stored else None, e.created_on, e.comment or None,
        ])  # fmt: skip
    return _values(_TABLES, rows)


def views(runner: Runner, database: str) -> Source:
    """The text of a secure view is its owner's (reference F.5)."""
    rows: list[list[object]] = [
        [*e.name.parts, e.owner, None if e.properties.get("secure") and not runner.may(e) else e.text, "NONE", "NO", "NO",
         "YES" if e.properties.get("secure") else "NO", e.created_on, e.comment or None]
        for e in _relations(runner, database)
        if e.kind in {"VIEW", "MATERIALIZED VIEW"}
    ]  # fmt: skip
    return _values(_VIEWS, rows)


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
        [*e.name.parts, e.owner, e.created_on, e.comment or None]
        for e in runner.catalog.of("SCHEMA", (database,))
        if runner.sees(e)
    ]
    return _values(_SCHEMATA, rows)


_TAGS = tuple((name, _TEXT) for name in (
    "TAG_DATABASE", "TAG_SCHEMA", "TAG_NAME", "TAG_VALUE", "APPLY_METHOD", "LEVEL", "OBJECT_DATABASE", "OBJECT_SCHEMA",
    "OBJECT_NAME", "DOMAIN", "COLUMN_NAME"))  # fmt: skip


def _tag_rows(runner: Runner, entry: Entry, column: str = "") -> list[list[object]]:
    domain = "COLUMN" if column else tags.domain(entry)
    place = [None, None, *entry.name.parts][-3:] if domain != "DATABASE" else [None, None, entry.name.last]
    return [
        [*held.tag.name.parts, held.value, "MANUAL" if held.level == domain else "INHERITED", held.level, *place, domain, column or None]
        for held in tags.all_of(runner, entry, column)
    ]  # fmt: skip


def _constants(runner: Runner, arguments: Arguments, function: str) -> tuple[str, str]:
    _check(arguments, "0 1", function)
    if arguments.keys() != {"0", "1"}:
        raise sql_error("syntax", f"{function} takes an object and its domain")
    name, domain = runner.engine.all(f"SELECT {arguments['0']}, {arguments['1']}")[0]
    return str(name), str(domain)


def tag_references(runner: Runner, arguments: Arguments) -> Source:
    """The tags of an object or a column, with those that it inherits."""
    return _values(_TAGS, _tag_rows(runner, *tags.meant(runner, *_constants(runner, arguments, "TAG_REFERENCES"))))


def tag_references_all_columns(runner: Runner, arguments: Arguments) -> Source:
    """The tags of all columns of a relation, with those that they inherit."""
    name, domain = _constants(runner, arguments, "TAG_REFERENCES_ALL_COLUMNS")
    if domain.upper() != "TABLE":
        raise sql_error("syntax", f"TAG_REFERENCES_ALL_COLUMNS takes the domain 'table', not {domain!r}")
    entry, _ = tags.meant(runner, name, domain)
    return _values(_TAGS, [row for column in entry.columns for row in _tag_rows(runner, entry, column.name)])


FUNCTIONS |= {
    "TAG_REFERENCES": tag_references,
    "TAG_REFERENCES_ALL_COLUMNS": tag_references_all_columns,
    "TASK_HISTORY": task_history,
    "ALERT_HISTORY": alert_history,
    "COPY_HISTORY": copy_history,
    "QUERY_HISTORY": query_history,
    "QUERY_HISTORY_BY_USER": query_history_by_user,
    "CURRENT_TASK_GRAPHS": current_task_graphs,
    "COMPLETE_TASK_GRAPHS": complete_task_graphs,
    "TASK_DEPENDENTS": task_dependents,
    "DYNAMIC_TABLE_GRAPH_HISTORY": graph_history,
    "DYNAMIC_TABLE_REFRESH_HISTORY": refresh_history,
    "GENERATOR": generator,
    "VALIDATE": validate,
}
VIEWS |= {
    "TABLES": tables,
    "VIEWS": views,
    "COLUMNS": columns,
    "SCHEMATA": schemata,
    "LOAD_HISTORY": load_history,
    "PIPES": pipes,
    "ACCOUNT_USAGE.TASK_HISTORY": task_history_of_a_year,
    "ACCOUNT_USAGE.COPY_HISTORY": copy_history_of_a_year,
    "ACCOUNT_USAGE.LOAD_HISTORY": load_history_of_a_year,
    "ACCOUNT_USAGE.COMPLETE_TASK_GRAPHS": complete_task_graphs_of_a_year,
    "ACCOUNT_USAGE.TASK_VERSIONS": task_versions,
}
