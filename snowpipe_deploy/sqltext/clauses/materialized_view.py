"""CREATE MATERIALIZED VIEW."""

from snowpipe_deploy.sqltext.clauses._policies import POLICIES
from snowpipe_deploy.sqltext.head import Clause, flag, options, text_setting

CLAUSES = (
    Clause("COPY GRANTS", flag),
    Clause("CLUSTER BY", options, alter="CLUSTER BY {value}", unset="DROP CLUSTERING KEY"),
    *POLICIES,
    text_setting("COMMENT"),
)
