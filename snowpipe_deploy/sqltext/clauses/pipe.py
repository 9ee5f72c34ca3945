"""CREATE PIPE (reference D.6): the body is a COPY INTO."""

from snowpipe_deploy.sqltext.head import Clause, setting, text_setting, value

CLAUSES = (
    Clause("AUTO_INGEST", value),
    setting("ERROR_INTEGRATION"),
    Clause("AWS_SNS_TOPIC", value),
    Clause("INTEGRATION", value),
    text_setting("COMMENT"),
)

# read wherever it stands, but not deployed: only CREATE OR ALTER takes it
ALSO = (setting("PIPE_EXECUTION_PAUSED"),)
