"""CREATE STAGE (reference D.1)."""

from snowpipe_deploy.sqltext.head import Clause, Cursor, options, setting, text_setting

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


def format_of(cursor: Cursor) -> str:
    """FILE_FORMAT = (…), or the name of a format without parentheses."""
    cursor.accept("=")
    if cursor.peek().text == "(":
        return options(cursor)
    if cursor.peek().kind == "string":
        return f"(FORMAT_NAME='{cursor.take().value}')"
    return f"(FORMAT_NAME={cursor.name()})"


# read wherever they stand, but not deployed
ALSO = (
    Clause("FILE_FORMAT", format_of, refers="FILE FORMAT"),
    setting("AWS_ACCESS_POINT_ARN"),
    setting("USE_PRIVATELINK_ENDPOINT"),
    setting("CLONE"),
)
