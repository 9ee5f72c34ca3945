"""CREATE STAGE (reference D.1)."""

from snowpipe_deploy.sqltext.head import Clause, options, setting, text_setting

CLAUSES = (
    Clause("URL", text_setting("URL").reads, alter="SET URL = {literal}"),
    setting("STORAGE_INTEGRATION"),
    Clause("CREDENTIALS", options, alter="SET CREDENTIALS = {value}"),
    Clause("ENCRYPTION", options),
    text_setting("ENDPOINT"),
    Clause("DIRECTORY", options, alter="SET DIRECTORY = {value}"),
    Clause("FILE_FORMAT", options, alter="SET FILE_FORMAT = {value}", refers="FILE FORMAT"),
    Clause("COPY_OPTIONS", options, alter="SET COPY_OPTIONS = {value}"),
    Clause("WITH TAG", options),
    Clause("TAG", options),
    text_setting("COMMENT"),
)
