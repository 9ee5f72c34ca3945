"""CREATE PIPE (reference D.6): the body is a COPY INTO."""

from snowpipe_deploy.sqltext.head import setting, text_setting

CLAUSES = (
    setting("AUTO_INGEST"),
    setting("ERROR_INTEGRATION"),
    text_setting("AWS_SNS_TOPIC"),
    text_setting("INTEGRATION"),
    setting("PIPE_EXECUTION_PAUSED"),
    text_setting("COMMENT"),
)
