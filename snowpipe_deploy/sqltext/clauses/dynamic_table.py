"""CREATE DYNAMIC TABLE (reference C.1)."""

from snowpipe_deploy.sqltext.clauses._policies import POLICIES
from snowpipe_deploy.sqltext.head import Clause, Cursor, flag, options, setting, text_setting, value

CLAUSES = (
    Clause("TARGET_LAG", value, alter="SET TARGET_LAG = {literal}"),
    Clause("LAG", value),
    setting("SCHEDULER"),
    setting("WAREHOUSE", refers="WAREHOUSE"),
    setting("INITIALIZATION_WAREHOUSE", refers="WAREHOUSE"),
    Clause("REFRESH_MODE", value),
    Clause("INITIALIZE", value),
    Clause("CLUSTER BY", options, alter="CLUSTER BY {value}", unset="DROP CLUSTERING KEY"),
    setting("DATA_RETENTION_TIME_IN_DAYS"),
    setting("MAX_DATA_EXTENSION_TIME_IN_DAYS"),
    Clause("COPY GRANTS", flag),
    Clause("COPY TAGS", flag),
    Clause("REQUIRE USER", flag),
    Clause("WITH TAG", options),
    Clause("TAG", options),
    text_setting("COMMENT"),
)


def _source(cursor: Cursor) -> str:
    return str(cursor.name())


# read wherever they stand, but not deployed
ALSO = (
    *POLICIES,
    Clause("FROZEN WHERE", options),
    Clause("IMMUTABLE WHERE", options),
    Clause("BACKFILL FROM", _source, refers="TABLE"),
    Clause("CLONE", _source, refers="DYNAMIC TABLE"),
    Clause("AT", options),
    Clause("BEFORE", options),
    Clause("START AT", options),
    Clause("REFRESH USING", options),
    setting("ROW_TIMESTAMP"),
    setting("CHANGE_TRACKING"),
    Clause("EXECUTE AS USER", value),
)
