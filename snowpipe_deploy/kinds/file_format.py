"""File formats: CREATE OR ALTER restates all options and keeps grants."""

import json

from snowpipe_deploy.kind import Kind, Row, or_alter, show_key, text_of


def _facts(row: Row) -> dict[str, str]:
    options = json.loads(str(row.get("format_options") or "{}"))
    return {**text_of(row, "type", "comment"), "options": json.dumps(options, sort_keys=True)}


KIND = Kind(
    "FILE FORMAT",
    show="SHOW FILE FORMATS IN DATABASE {database}",
    facts=_facts,
    key=show_key("FILE FORMAT"),
    alter=or_alter,
)
