"""Our tables in the account's file: everything the account remembers, open to SELECT when a test fails."""

import re
from collections.abc import Iterator

from snowpipe_deploy.errors import DeployError
from snowpipe_deploy.local.engine import Engine

_IDS_AT_A_TIME = 20
FORMAT = 4  # of the tables below: grows with every change of them, so that older files get what they lack

# `_account` holds what Snowflake would call metadata, `_data` the rows: t<id> a table, l<id> its change log.
_TABLES = """
CREATE SCHEMA IF NOT EXISTS _account;
CREATE SCHEMA IF NOT EXISTS _data;
CREATE SEQUENCE IF NOT EXISTS _account.ids;
CREATE SEQUENCE IF NOT EXISTS _account.versions;
CREATE SEQUENCE IF NOT EXISTS _data.rows;
CREATE TABLE IF NOT EXISTS _account.format (version BIGINT);
CREATE TABLE IF NOT EXISTS _account.clock (moment TIMESTAMPTZ, frozen BOOLEAN);
CREATE TABLE IF NOT EXISTS _account.objects (
  id BIGINT PRIMARY KEY, kind VARCHAR, parts VARCHAR[], signature VARCHAR, created_on TIMESTAMPTZ, owner VARCHAR,
  comment VARCHAR, properties JSON, text VARCHAR);
CREATE TABLE IF NOT EXISTS _account.dropped (
  batch BIGINT, container BIGINT, name VARCHAR, space VARCHAR, dropped_on TIMESTAMPTZ, until TIMESTAMPTZ, grants JSON, id BIGINT,
  kind VARCHAR, parts VARCHAR[], signature VARCHAR, created_on TIMESTAMPTZ, owner VARCHAR, comment VARCHAR, properties JSON,
  text VARCHAR);
CREATE TABLE IF NOT EXISTS _account.grants (
  privilege VARCHAR, kind VARCHAR, object BIGINT, name VARCHAR, grantee_kind VARCHAR, grantee VARCHAR, grant_option BOOLEAN,
  granted_by VARCHAR, created_on TIMESTAMPTZ, wide VARCHAR);
CREATE TABLE IF NOT EXISTS _account.tag_values (object BIGINT, column_name VARCHAR, tag BIGINT, value VARCHAR);
CREATE TABLE IF NOT EXISTS _account.commits (txn BIGINT, version BIGINT, moment TIMESTAMPTZ);
CREATE TABLE IF NOT EXISTS _account.offsets (stream BIGINT, version BIGINT, moment TIMESTAMPTZ);
CREATE TABLE IF NOT EXISTS _account.stage_files (
  stage BIGINT, path VARCHAR, size BIGINT, md5 VARCHAR, modified TIMESTAMPTZ, file VARCHAR);
CREATE TABLE IF NOT EXISTS _account.loads (
  table_id BIGINT, path VARCHAR, etag VARCHAR, stage_location VARCHAR, size BIGINT, loaded_at TIMESTAMPTZ,
  status VARCHAR, parsed BIGINT, loaded BIGINT, errors BIGINT, error_limit BIGINT, first_error VARCHAR,
  first_error_line BIGINT, first_error_character BIGINT, first_error_column VARCHAR);
CREATE TABLE IF NOT EXISTS _account.load_errors (
  query_id VARCHAR, table_id BIGINT, error VARCHAR, file VARCHAR, line BIGINT, character BIGINT, byte_offset BIGINT,
  category VARCHAR, code BIGINT, sql_state VARCHAR, column_name VARCHAR, row_number BIGINT, row_start_line BIGINT,
  rejected_record VARCHAR);
CREATE TABLE IF NOT EXISTS _account.pipe_queue (pipe BIGINT, path VARCHAR, etag VARCHAR, received TIMESTAMPTZ, held BOOLEAN);
CREATE TABLE IF NOT EXISTS _account.pipe_loads (
  pipe BIGINT, pipe_parts VARCHAR[], received TIMESTAMPTZ, table_id BIGINT, path VARCHAR, etag VARCHAR, stage_location VARCHAR,
  size BIGINT, loaded_at TIMESTAMPTZ, status VARCHAR, parsed BIGINT, loaded BIGINT, errors BIGINT, error_limit BIGINT,
  first_error VARCHAR, first_error_line BIGINT, first_error_character BIGINT, first_error_column VARCHAR);
CREATE TABLE IF NOT EXISTS _account.alert_runs (
  ordinal BIGINT, alert BIGINT, parts VARCHAR[], condition VARCHAR, condition_query_id VARCHAR, action VARCHAR,
  action_query_id VARCHAR, state VARCHAR, error_code VARCHAR, error_message VARCHAR, scheduled TIMESTAMPTZ,
  completed TIMESTAMPTZ, scheduled_from VARCHAR);
CREATE TABLE IF NOT EXISTS _account.graph_versions (root BIGINT, version BIGINT, moment TIMESTAMPTZ, tasks JSON);
CREATE TABLE IF NOT EXISTS _account.task_runs (
  ordinal BIGINT, query_id VARCHAR, task BIGINT, root BIGINT, database_name VARCHAR, schema_name VARCHAR, name VARCHAR,
  query_text VARCHAR, condition_text VARCHAR, state VARCHAR, error_code VARCHAR, error_message VARCHAR,
  scheduled TIMESTAMPTZ, started TIMESTAMPTZ, completed TIMESTAMPTZ, next_scheduled TIMESTAMPTZ, graph_version BIGINT,
  run_id BIGINT, return_value VARCHAR, scheduled_from VARCHAR, attempt BIGINT, config VARCHAR, run_group VARCHAR,
  is_root BOOLEAN);
CREATE TABLE IF NOT EXISTS _account.statements (
  session BIGINT, query_id VARCHAR, database_name VARCHAR, schema_name VARCHAR, text VARCHAR, error_code BIGINT,
  error_message VARCHAR, started TIMESTAMPTZ, ended TIMESTAMPTZ, rows BIGINT, role VARCHAR, warehouse VARCHAR);
CREATE TABLE IF NOT EXISTS _account.tagged (
  session BIGINT, query_id VARCHAR, database_name VARCHAR, schema_name VARCHAR, text VARCHAR, error_code BIGINT,
  error_message VARCHAR, started TIMESTAMPTZ, ended TIMESTAMPTZ, rows BIGINT, role VARCHAR, warehouse VARCHAR, tag VARCHAR,
  user_name VARCHAR);
CREATE TABLE IF NOT EXISTS _account.temporaries (object BIGINT);
CREATE TABLE IF NOT EXISTS _account.due (root BIGINT, moment TIMESTAMPTZ);
CREATE TABLE IF NOT EXISTS _account.refreshes (
  table_id BIGINT, parts VARCHAR[], state VARCHAR, state_message VARCHAR, query_id VARCHAR, data_timestamp TIMESTAMPTZ,
  started TIMESTAMPTZ, completed TIMESTAMPTZ, action VARCHAR, cause VARCHAR, inserted BIGINT, deleted BIGINT, lag BIGINT);
CREATE TABLE IF NOT EXISTS _account.refreshed (table_id BIGINT, data_timestamp TIMESTAMPTZ);
CREATE TABLE IF NOT EXISTS _account.dynamic_versions (
  table_id BIGINT, parts VARCHAR[], inputs JSON, lag_type VARCHAR, lag BIGINT, query VARCHAR, valid_from TIMESTAMPTZ,
  valid_to TIMESTAMPTZ, state JSON, trigger JSON);
"""

_TABLE = re.compile(r"CREATE TABLE IF NOT EXISTS (\S+) \((.*)\)", re.DOTALL)


def prepare(engine: Engine) -> None:
    """Makes the tables of a new account, and what an older snowdeploy did not have of them. Raises on what a newer one wrote."""
    kept = engine.all("SELECT 1 FROM duckdb_tables() WHERE schema_name = '_account' AND table_name = 'format'")
    version = int(str(engine.all("SELECT version FROM _account.format")[0][0])) if kept else 0
    if version == FORMAT:
        return
    if version > FORMAT:
        raise DeployError(f"it has format {version}, a newer version than the {FORMAT} of this snowdeploy")
    engine.run("BEGIN")
    for statement in filter(str.strip, _TABLES.split(";")):
        engine.run(statement)
        if match := _TABLE.search(statement):
            for column in re.split(r",\s*(?![^(\[]*[)\]])", match[2].strip()):
                engine.run(f"ALTER TABLE {match[1]} ADD COLUMN IF NOT EXISTS {column.removesuffix(' PRIMARY KEY')}")
    engine.run("DELETE FROM _account.format")
    engine.run("INSERT INTO _account.format VALUES (?)", [FORMAT])
    engine.run("COMMIT")


def last_moment(engine: Engine) -> object:
    """The newest time at which the account did something that it remembers."""
    times = ("moment FROM _account.commits", "moment FROM _account.offsets", "created_on FROM _account.objects",
             "coalesce(completed, started, scheduled) FROM _account.task_runs WHERE state <> 'SCHEDULED'")  # fmt: skip
    return engine.all(f"SELECT max(t) FROM ({' UNION ALL '.join(f'SELECT {time}' for time in times)}) AS f(t)")[0][0]


def last_transaction(engine: Engine) -> int:
    """The greatest number of a transaction that committed changes; logs and commits are purged together."""
    return int(str(engine.all("SELECT coalesce(max(txn), 0) FROM _account.commits")[0][0]))


def new_ids(engine: Engine) -> Iterator[int]:
    """Numbers that nothing in the account has; taken from the file some at a time, because each time is a write."""
    while True:
        for row in engine.all(f"SELECT nextval('_account.ids') FROM range({_IDS_AT_A_TIME})"):
            yield int(str(row[0]))
