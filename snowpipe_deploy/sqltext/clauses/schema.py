"""CREATE SCHEMA."""

from snowpipe_deploy.sqltext.head import Clause, flag, options, setting, text_setting

CLAUSES = (
    Clause("WITH MANAGED ACCESS", flag, alter="ENABLE MANAGED ACCESS", unset="DISABLE MANAGED ACCESS"),
    setting("DATA_RETENTION_TIME_IN_DAYS"),
    setting("MAX_DATA_EXTENSION_TIME_IN_DAYS"),
    Clause("WITH TAG", options),
    Clause("TAG", options),
    text_setting("COMMENT"),
)
