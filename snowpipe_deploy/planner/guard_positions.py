"""AT (STREAM => other) in a text is sent only where the other stream has the same source and mode: there it keeps the position.

Across modes that is not documented (reference B.5, unconfirmed). A stream that is replaced goes without it; one that is made new
carries `loses-offset`, so that nobody gets it unasked.
"""

from dataclasses import replace

from snowpipe_deploy.kinds.stream import stream_at
from snowpipe_deploy.model import Action, Hazard, ObjectKey, Scope, SqlObject
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.planner._draft import Draft
from snowpipe_deploy.sqltext.head import Cursor

_NATURE = (
    "ON",
    "APPEND_ONLY",
    "INSERT_ONLY",
)  # what two streams have in common where a position means the same to both


def guard_positions(draft: Draft) -> Draft:
    things = draft.project.by_key()
    return replace(draft, actions=tuple(_guarded(a, things, draft) if a.key in things else a for a in draft.actions))


def _guarded(action: Action, things: dict[ObjectKey, SqlObject], draft: Draft) -> Action:
    other = (
        _other(things[action.key], draft.project.scope)
        if action.key.kind == "STREAM" and action.verb in {"create", "replace"}
        else None
    )
    if other is None or _alike(things[action.key], other, draft):
        return action
    said = f"AT (STREAM => {other.name}): it has another mode or source, for which Snowflake documents no position (unconfirmed)"
    if action.verb == "replace":
        return replace(action, sql=tuple(map(_from_now, action.sql)), reasons=(*action.reasons, f"without {said}"))
    hazard = Hazard("loses-offset", str(action.key.name), f"{action.key}: {said}")
    return replace(action, hazards=(*action.hazards, hazard))


def _other(thing: SqlObject, scope: Scope) -> ObjectKey | None:
    name = stream_at(thing.head, thing.statement.schema or thing.key.name.parts[0])
    if name is None:
        return None
    own = len(name.parts) == 3 and name.parts[0] == scope.database
    return ObjectKey("STREAM", ObjectName(name.parts[1:]) if own else name)


def _alike(thing: SqlObject, other: ObjectKey, draft: Draft) -> bool:
    """As it is now, where it is there; a stream that nobody knows is taken for another one."""
    seen = draft.live.objects.get(other)
    if seen is not None:
        mode = next((w for w in _NATURE[1:] if w in thing.reading), "DEFAULT")
        return (str(thing.reading["ON"][1]), mode) == (seen.facts.get("table_name"), seen.facts.get("mode"))
    made = draft.project.by_key().get(other)
    return made is not None and other != thing.key and all(thing.reading.get(w) == made.reading.get(w) for w in _NATURE)


def _from_now(sql: str) -> str:
    """The statement without its AT or BEFORE."""
    cursor = Cursor(sql)
    while not cursor.done:
        token = cursor.take()
        if token.kind == "word" and token.upper in {"AT", "BEFORE"} and cursor.peek().text == "(":
            cursor.parens()
            return sql[: token.start].rstrip() + sql[cursor.tokens[cursor.at - 1].end :]
    return sql
