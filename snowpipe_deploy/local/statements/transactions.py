"""BEGIN TRANSACTION, COMMIT, ROLLBACK; session parameters."""

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import ended
from snowpipe_deploy.sqltext.head import Cursor, Head

_DONE = "Statement executed successfully."
FIXED = {
    "TIMEZONE": "UTC", "TIMESTAMP_TYPE_MAPPING": "TIMESTAMP_NTZ", "AUTOCOMMIT": "TRUE",
    "QUOTED_IDENTIFIERS_IGNORE_CASE": "FALSE", "ERROR_ON_NONDETERMINISTIC_MERGE": "TRUE",
    "ERROR_ON_NONDETERMINISTIC_UPDATE": "FALSE",
}  # fmt: skip
# what a session (or a task) may set, with the values where it does not
SESSION_PARAMETERS = {
    **FIXED, "LOCK_TIMEOUT": "43200", "MULTI_STATEMENT_COUNT": "1", "QUERY_TAG": "", "STATEMENT_QUEUED_TIMEOUT_IN_SECONDS": "0",
    "STATEMENT_TIMEOUT_IN_SECONDS": "172800", "USE_CACHED_RESULT": "TRUE",
}  # fmt: skip


_SECONDS = frozenset({"LOCK_TIMEOUT", "STATEMENT_QUEUED_TIMEOUT_IN_SECONDS", "STATEMENT_TIMEOUT_IN_SECONDS"})
LONGEST = 604_800  # seconds: a week


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
        else:
            runner.parameters.pop(name, None)
        cursor.accept(",")
    return status(_DONE)


def check_parameter(name: str, value: str) -> str:
    """The value of a session parameter, refused where another one holds here for good."""
    word = value.upper()
    if name == "AUTOCOMMIT" and word in {"TRUE", "FALSE"}:
        return word
    if FIXED.get(name, word) != word:
        raise unsupported(f"session parameter {name} = {value}: it is {FIXED[name]} here")
    if name in _SECONDS and not (value.isdecimal() and int(value) <= LONGEST):
        raise sql_error("syntax", f"invalid value [{value}] for parameter '{name}'")
    return word if name in FIXED else value


HANDLERS = {
    ("BEGIN",): begin,
    ("START",): begin,
    ("COMMIT",): commit,
    ("ROLLBACK",): rollback,
    ("ALTER", "SESSION"): alter_session,
}
