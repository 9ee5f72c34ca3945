"""CREATE EXTERNAL TABLE."""

from snowpipe_deploy.sqltext.clauses._policies import POLICIES
from snowpipe_deploy.sqltext.head import Clause, Cursor, flag, options, setting, text_setting, value


def _location(cursor: Cursor) -> str:
    cursor.accept("=")
    return cursor.parens().strip() if cursor.peek().text == "(" else cursor.take().text


CLAUSES = (
    setting("INTEGRATION"),
    Clause("PARTITION BY", options),
    Clause("LOCATION", _location),
    Clause("WITH LOCATION", _location),
    setting("PARTITION_TYPE"),
    setting("REFRESH_ON_CREATE"),
    setting("AUTO_REFRESH"),
    text_setting("PATTERN"),
    Clause("FILE_FORMAT", value, refers="FILE FORMAT"),
    Clause("USING TEMPLATE", options),
    text_setting("AWS_SNS_TOPIC"),
    setting("TABLE_FORMAT"),
    Clause("COPY GRANTS", flag),
    *POLICIES,
    text_setting("COMMENT"),
)
