"""CREATE SCHEMA."""

from snowpipe_deploy.sqltext.head import Clause, Cursor, flag, options, setting, text_setting

CLAUSES = (
    Clause("WITH MANAGED ACCESS", flag, alter="ENABLE MANAGED ACCESS", unset="DISABLE MANAGED ACCESS"),
    setting("DATA_RETENTION_TIME_IN_DAYS"),
    setting("MAX_DATA_EXTENSION_TIME_IN_DAYS"),
    Clause("WITH TAG", options),
    Clause("TAG", options),
    text_setting("COMMENT"),
)


def _source(cursor: Cursor) -> str:
    return str(cursor.name())


# read wherever they stand, but not deployed
ALSO = (Clause("CLONE", _source, refers="SCHEMA"), Clause("AT", options), Clause("BEFORE", options))
