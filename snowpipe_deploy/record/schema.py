"""The tables of the record schema."""

from snowpipe_deploy.model import Scope
from snowpipe_deploy.names import literal, quote
from snowpipe_deploy.session import Session

# RECORD is only ever added to: the newest row of a key counts. TEXT is NULL for an object that is no longer ours.
_TABLES = {
    "RECORD": "PROJECT VARCHAR, KIND VARCHAR, NAME VARCHAR, DETAIL VARCHAR, TEXT VARCHAR, SCHEMA_IN_USE VARCHAR, "
    "IDENTITY VARCHAR, FACTS VARCHAR, STATE VARCHAR, DEPLOYMENT VARCHAR, RECORDED_AT TIMESTAMP_LTZ, ORDINAL NUMBER",
    "JOURNAL": "PROJECT VARCHAR, DEPLOYMENT VARCHAR, ACTION VARCHAR, KIND VARCHAR, NAME VARCHAR, DETAIL VARCHAR, "
    "STATUS VARCHAR, MESSAGE VARCHAR, QUERY_ID VARCHAR, WRITTEN_AT TIMESTAMP_LTZ, ORDINAL NUMBER",
    "DEPLOYMENTS": "PROJECT VARCHAR, DEPLOYMENT VARCHAR, HOME VARCHAR, ENVIRONMENT VARCHAR, COMMIT_ID VARCHAR, WHO VARCHAR, "
    "STATUS VARCHAR, STARTED_AT TIMESTAMP_LTZ, ENDED_AT TIMESTAMP_LTZ",
    "LEASE": "PROJECT VARCHAR, HOLDER VARCHAR, WHO VARCHAR, TAKEN_AT TIMESTAMP_LTZ, EXPIRES_AT TIMESTAMP_LTZ",
}


def place(scope: Scope, table: str) -> str:
    return f"{quote(scope.database)}.{quote(scope.record_schema)}.{table}"


def exists(session: Session, scope: Scope) -> bool:
    rows = session.execute(f"SHOW SCHEMAS IN DATABASE {quote(scope.database)}").dicts()
    return any(row["name"] == scope.record_schema for row in rows)


def ensure(session: Session, scope: Scope) -> None:
    """Makes the record schema and its tables; leaves what is there alone."""
    session.execute(
        f"CREATE SCHEMA IF NOT EXISTS {quote(scope.database)}.{quote(scope.record_schema)} "
        "COMMENT = 'What snowdeploy deployed here; do not edit'"
    )
    for table, columns in _TABLES.items():
        session.execute(f"CREATE TABLE IF NOT EXISTS {place(scope, table)} ({columns})")


def next_ordinal(session: Session, scope: Scope) -> int:
    """A number above all that were given: rows written in one instant still have an order."""
    found = session.execute(
        f"SELECT MAX(ORDINAL) FROM (SELECT ORDINAL FROM {place(scope, 'RECORD')} UNION ALL SELECT ORDINAL FROM {place(scope, 'JOURNAL')})"
    ).scalar()
    return 1 if found is None else int(str(found)) + 1


def drop(session: Session, scope: Scope) -> None:
    session.execute(f"DROP SCHEMA IF EXISTS {quote(scope.database)}.{quote(scope.record_schema)}")


def text(value: str | None) -> str:
    """A VARCHAR literal, or NULL; bind values are not the same on all accounts, so texts are quoted here."""
    return "NULL" if value is None else literal(value)
