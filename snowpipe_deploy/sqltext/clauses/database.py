"""CREATE DATABASE."""

from snowpipe_deploy.sqltext.head import Clause, options, setting, text_setting

CLAUSES = (
    setting("DATA_RETENTION_TIME_IN_DAYS"),
    setting("MAX_DATA_EXTENSION_TIME_IN_DAYS"),
    Clause("WITH TAG", options),
    Clause("TAG", options),
    text_setting("COMMENT"),
)
