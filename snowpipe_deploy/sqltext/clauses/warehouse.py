"""CREATE WAREHOUSE."""

from snowpipe_deploy.sqltext.head import Clause, options, setting, text_setting

CLAUSES = (
    *(
        setting(word)
        for word in (
            "WAREHOUSE_TYPE", "WAREHOUSE_SIZE", "MAX_CLUSTER_COUNT", "MIN_CLUSTER_COUNT", "SCALING_POLICY", "AUTO_SUSPEND",
            "AUTO_RESUME", "INITIALLY_SUSPENDED", "RESOURCE_MONITOR", "ENABLE_QUERY_ACCELERATION", "RESOURCE_CONSTRAINT",
            "QUERY_ACCELERATION_MAX_SCALE_FACTOR", "MAX_CONCURRENCY_LEVEL", "STATEMENT_QUEUED_TIMEOUT_IN_SECONDS",
            "STATEMENT_TIMEOUT_IN_SECONDS", "GENERATION",
        )
    ),
    Clause("WITH TAG", options),
    Clause("TAG", options),
    text_setting("COMMENT"),
)  # fmt: skip
