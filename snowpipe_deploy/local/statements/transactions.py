"""BEGIN TRANSACTION, COMMIT, ROLLBACK; session parameters."""

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import ended
from snowpipe_deploy.sqltext.head import Cursor, Head

_DONE = "Statement executed successfully."
# accepted and without effect here: they name a query, bound its time, or pin what is fixed in the local account
SESSION_PARAMETERS = frozenset(
    [
        "QUERY_TAG",
        "TIMEZONE",
        "STATEMENT_TIMEOUT_IN_SECONDS",
        "STATEMENT_QUEUED_TIMEOUT_IN_SECONDS",
        "LOCK_TIMEOUT",
        "MULTI_STATEMENT_COUNT",
        "TIMESTAMP_TYPE_MAPPING",
        "AUTOCOMMIT",
        "QUOTED_IDENTIFIERS_IGNORE_CASE",
        "USE_CACHED_RESULT",
        "ERROR_ON_NONDETERMINISTIC_MERGE",
        "ERROR_ON_NONDETERMINISTIC_UPDATE",
    ]
)
FIXED = {
    "TIMEZONE": "UTC", "TIMESTAMP_TYPE_MAPPING": "TIMESTAMP_NTZ", "AUTOCOMMIT": "TRUE",
    "QUOTED_IDENTIFIERS_IGNORE_CASE": "FALSE", "ERROR_ON_NONDETERMINISTIC_MERGE": "TRUE",
    "ERROR_ON_NONDETERMINISTIC_UPDATE": "FALSE",
}  # fmt: skip


def _check_end(head: Head, *words: str) -> None:
    cursor = Cursor(head.text)
    cursor.take()
    cursor.accept_any(*words)
    if head.verb in {"BEGIN", "START"} and cursor.accept("NAME"):
        cursor.take()
    ended(cursor)


def begin(runner: Runner, head: Head) -> Answer:
    _check_end(head, "TRANSACTION", "WORK")
    if runner.transaction is not None and runner.transaction_scope != runner.scope:
        raise unsupported("BEGIN in a procedure that was called within a transaction (Snowflake opens a separate one)")
    runner.begin(explicit=True)
    return status(_DONE)


def commit(runner: Runner, head: Head) -> Answer:
    _check_end(head, "WORK")
    _check_scope(runner)
    runner.commit()
    return status(_DONE)


def rollback(runner: Runner, head: Head) -> Answer:
    _check_end(head, "WORK")
    _check_scope(runner)
    runner.rollback()
    return status(_DONE)


def _check_scope(runner: Runner) -> None:
    if runner.transaction is not None and runner.transaction_scope != runner.scope:
        raise sql_error("scope")


def alter_session(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.rest)
    word = cursor.accept_any("SET", "UNSET")
    while not cursor.done:
        name = cursor.take().upper
        if name not in SESSION_PARAMETERS:
            raise unsupported(f"session parameter {name}")
        if word == "SET":
            cursor.expect("=")
            runner.parameters[name] = check_parameter(name, cursor.take().value)
        cursor.accept(",")
    return status(_DONE)


def check_parameter(name: str, value: str) -> str:
    """The value of a session parameter, refused where another one holds here for good."""
    value = value.upper()
    if name == "AUTOCOMMIT" and value in {"TRUE", "FALSE"}:
        return value
    if FIXED.get(name, value) != value:
        raise unsupported(f"session parameter {name} = {value}: it is {FIXED[name]} here")
    return value


HANDLERS = {
    ("BEGIN",): begin,
    ("START",): begin,
    ("COMMIT",): commit,
    ("ROLLBACK",): rollback,
    ("ALTER", "SESSION"): alter_session,
}
