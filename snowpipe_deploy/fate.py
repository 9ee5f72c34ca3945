"""What became of a statement whose reply was lost, by its query tag."""

from dataclasses import dataclass

from snowpipe_deploy.names import literal, quote
from snowpipe_deploy.session import Session


@dataclass(frozen=True, slots=True)
class Fate:
    """`state` is Snowflake's EXECUTION_STATUS; `error` is set where it failed."""

    query_id: str
    state: str
    code: int
    error: str


def by_tag(session: Session, database: str, tag: str) -> Fate | None:
    """The newest statement of this user with the tag; None where the account knows of none."""
    rows = session.execute(
        f"SELECT QUERY_ID, EXECUTION_STATUS, ERROR_CODE, ERROR_MESSAGE FROM TABLE({quote(database)}.INFORMATION_SCHEMA."
        f"QUERY_HISTORY_BY_USER(RESULT_LIMIT => 10000)) WHERE QUERY_TAG = {literal(tag)} ORDER BY START_TIME DESC LIMIT 1"
    ).rows
    if not rows:
        return None
    query_id, state, code, error = rows[0]
    return Fate(str(query_id), str(state), int(str(code or 0)), str(error or ""))
