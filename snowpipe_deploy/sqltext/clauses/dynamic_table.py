"""CREATE DYNAMIC TABLE (reference C.1)."""

from snowpipe_deploy.sqltext.head import Clause, flag, options, setting, text_setting, value

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
    Clause("REQUIRE USER", flag),
    Clause("WITH TAG", options),
    Clause("TAG", options),
    text_setting("COMMENT"),
)
