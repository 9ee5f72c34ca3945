"""CREATE DATABASE."""

from snowpipe_deploy.sqltext.head import Clause, Cursor, options, setting, text_setting

CLAUSES = (
    setting("DATA_RETENTION_TIME_IN_DAYS"),
    setting("MAX_DATA_EXTENSION_TIME_IN_DAYS"),
    Clause("WITH TAG", options),
    Clause("TAG", options),
    text_setting("COMMENT"),
)


def _share(cursor: Cursor) -> str:
    return str(cursor.name())


# read wherever they stand, but not deployed
ALSO = (
    Clause("CLONE", _share, refers="DATABASE"),
    Clause("AT", options),
    Clause("BEFORE", options),
    Clause("FROM SHARE", _share),
    Clause("FROM LISTING", _share),
    Clause("AS REPLICA OF", _share),
)
