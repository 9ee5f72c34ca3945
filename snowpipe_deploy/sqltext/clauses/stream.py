"""CREATE STREAM (reference B.1)."""

from snowpipe_deploy.sqltext.head import Clause, Cursor, flag, options, text_setting, value


def source(cursor: Cursor) -> tuple[str, ...]:
    """`TABLE t`, `VIEW v`, `DYNAMIC TABLE d` …: the kind and the name."""
    kind = cursor.accept_any("TABLE", "VIEW", "DYNAMIC TABLE", "EXTERNAL TABLE", "EVENT TABLE", "STAGE")
    if not kind:
        raise cursor.error("expected ON TABLE, VIEW, DYNAMIC TABLE, EXTERNAL TABLE, EVENT TABLE or STAGE")
    return kind, str(cursor.name())


CLAUSES = (
    Clause("ON", source, refers="TABLE"),
    Clause("AT", options),
    Clause("BEFORE", options),
    Clause("APPEND_ONLY", value),
    Clause("INSERT_ONLY", value),
    Clause("SHOW_INITIAL_ROWS", value),
    Clause("COPY GRANTS", flag),
    Clause("WITH TAG", options),
    Clause("TAG", options),
    text_setting("COMMENT"),
)


def _copied(cursor: Cursor) -> str:
    return str(cursor.name())


# read wherever it stands, but not deployed
ALSO = (Clause("CLONE", _copied, refers="STREAM"),)
