"""The scope's database comes first, where it is not there yet, and brings its schema PUBLIC along."""

from dataclasses import replace

from snowpipe_deploy.kind import statement
from snowpipe_deploy.model import Action, ObjectKey
from snowpipe_deploy.names import ObjectName, quote
from snowpipe_deploy.planner._draft import Draft


def make_database(draft: Draft) -> Draft:
    if draft.live.exists or not draft.actions:
        return draft
    draft = _with_public(draft)
    made = next((a for a in draft.actions if a.key.kind == "DATABASE"), None)
    if made is not None:  # the files say what it is like
        return replace(
            draft, edges=(*draft.edges, *((made.id, other.id) for other in draft.actions if other is not made))
        )
    name = draft.project.scope.database
    key = ObjectKey("DATABASE", ObjectName((name,)))
    action = Action(
        f"create {key}", "create", key, (f"CREATE DATABASE {quote(name)}",), None, (),
        ("the environment's database is not there yet",),
    )  # fmt: skip
    return draft.adding(action, edges=tuple((action.id, other.id) for other in draft.actions))


def _with_public(draft: Draft) -> Draft:
    """The schema PUBLIC is there as soon as the database is: it is made what the files say."""
    there = ObjectKey("SCHEMA", ObjectName(("PUBLIC",)))
    wanted = next((change for change in draft.changes if change.key == there and change.verb == "create"), None)
    if wanted is None:
        return draft
    sql = (statement(wanted, draft.project.scope, "OR ALTER"),)
    return replace(draft, actions=tuple(replace(a, sql=sql) if a.key == there else a for a in draft.actions))
