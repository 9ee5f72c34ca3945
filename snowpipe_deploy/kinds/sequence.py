"""Sequences: replacing one starts it again."""

from snowpipe_deploy.kind import Kind, Row, show_key, text_of


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "interval", "ordered", "comment")


KIND = Kind(
    "SEQUENCE",
    show="SHOW SEQUENCES IN DATABASE {database}",
    facts=_facts,
    key=show_key("SEQUENCE"),
    replace_hazards=("loses-grants", "resets-sequence"),
    unknowable=("its START",),
)
