"""ALTER … SET TAG and UNSET TAG, which are the same for every kind and for columns."""

from snowpipe_deploy.local import tags
from snowpipe_deploy.local.catalog import RELATIONS
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.graphs import require_suspended
from snowpipe_deploy.local.runner import Answer, Runner, status
from snowpipe_deploy.local.statements._common import ended, full_name, lenient, overload
from snowpipe_deploy.names import fold
from snowpipe_deploy.sqltext.clauses._policies import tag_values
from snowpipe_deploy.sqltext.head import Cursor, Head

_DONE = "Statement executed successfully."
_ROUTINES = frozenset({"PROCEDURE", "FUNCTION"})
_KINDS = RELATIONS | _ROUTINES | {
    "DATABASE", "SCHEMA", "STREAM", "STAGE", "TASK", "PIPE", "ALERT", "WAREHOUSE", "ROLE", "DATABASE ROLE", "INTEGRATION",
}  # fmt: skip


def is_tagging(head: Head) -> bool:
    """Does this ALTER set or unset tags?"""
    return head.verb == "ALTER" and head.name is not None and bool(_parts(head)[2])


def _parts(head: Head) -> tuple[str, str, str, Cursor]:
    """The types of a routine, the column, SET TAG or UNSET TAG (or nothing), and what stands behind."""
    cursor = Cursor(head.rest)
    types = f"({cursor.parens()})" if head.kind in _ROUTINES and cursor.peek().text == "(" else ""
    column = ""
    if head.kind in RELATIONS and cursor.accept_any("MODIFY COLUMN", "ALTER COLUMN", "MODIFY", "ALTER"):
        column = fold(cursor.take().text)
    return types, column, cursor.accept_any("SET TAG", "UNSET TAG"), cursor


def alter_tags(runner: Runner, head: Head) -> Answer:
    if head.kind not in _KINDS:
        raise unsupported(f"tags of a {head.kind.lower()}")
    types, column, verb, cursor = _parts(head)
    name, signature = full_name(runner, head), overload(types[1:-1]) if types else ""
    entry = runner.catalog.get(head.kind, name, signature)
    if column and column not in {c.name for c in entry.columns}:
        raise sql_error("invalid_identifier", column)
    if head.kind == "TASK":
        require_suspended(runner, name)
    with runner.definition():
        if verb == "SET TAG":
            tags.set_tags(runner, entry.id, tag_values(f"({cursor.rest})"), column)
        else:
            tags.unset_tags(runner, entry.id, cursor.names(), column)
            ended(cursor)
    return status(_DONE)


HANDLERS = {("ALTER …", "TAG"): lenient(alter_tags)}
