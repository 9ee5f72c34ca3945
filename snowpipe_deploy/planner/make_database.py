"""The scope's database comes first, where it is not there yet."""

from snowpipe_deploy.model import Action, ObjectKey
from snowpipe_deploy.names import ObjectName, quote
from snowpipe_deploy.planner._draft import Draft


def make_database(draft: Draft) -> Draft:
    if draft.live.exists or not draft.actions:
        return draft
    name = draft.project.scope.database
    key = ObjectKey("DATABASE", ObjectName((name,)))
    action = Action(
        f"create {key}", "create", key, (f"CREATE DATABASE {quote(name)}",), None, (),
        ("the environment's database is not there yet",),
    )  # fmt: skip
    return draft.adding(action, edges=tuple((action.id, other.id) for other in draft.actions))
