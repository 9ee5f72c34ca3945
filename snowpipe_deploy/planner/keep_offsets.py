"""A stream that changes its mode or its source is emptied by its consumers first: nothing is lost or delivered twice.

CREATE OR REPLACE STREAM starts at now, and AT (STREAM => …) is not documented to keep a position across modes (reference B.5).
AT (TIMESTAMP => …) with SYSTEM$STREAM_GET_TABLE_TIMESTAMP is: what came since the last read is delivered, in the new mode. No
position leads from one source to another: there the stream must be empty at the moment of the replace, or it stays as it is.
"""

from collections.abc import Mapping
from dataclasses import replace

from snowpipe_deploy.model import Action, Change, Hazard, ObjectKey, Scope, SqlObject
from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.planner._draft import Draft, live_task_links, recorded_objects, roots, used_by
from snowpipe_deploy.streams import look_for_data, position_of

_WRITTEN = frozenset({"ON", "APPEND_ONLY", "COMMENT", "SHOW_INITIAL_ROWS", "AT", "BEFORE"})

_GOES_ON = (
    "it goes on where it stood: what comes meanwhile is delivered in the new mode",
    "AT its own position is put together from documented pieces (unconfirmed as a whole): `snowdeploy selftest` tries it",
)


def keep_offsets(draft: Draft) -> Draft:
    changes = {c.key: c for c in draft.changes}
    for action in draft.actions:
        if action.verb == "replace" and action.key.kind == "STREAM":
            change = changes[action.key]
            if _changes_mode(change):
                draft = _drained(draft, action, _goes_on(action, change, draft.project.scope))
            elif _moves(change, draft):
                draft = _drained(draft, action, _once_empty(draft, action, change))
    return draft


def _changes_mode(change: Change) -> bool:
    """The same table, in another mode: a stream on a view does not tell its position (reference B.7)."""
    if change.desired is None or change.verb != "alter" or "ON" in change.clauses:
        return False
    source = change.desired.reading["ON"]
    return source[0] == "TABLE" and change.desired.head.clauses.keys() <= _WRITTEN


def _moves(change: Change, draft: Draft) -> bool:
    """To another source, while the one that it has can still be read: it is not made again; its drop comes later."""
    before = change.before.get("ON")
    if change.desired is None or before is None or before == change.desired.reading["ON"]:
        return False
    kind, name = str(before[0]), ObjectName.parse(str(before[1]))
    made_again = {"create", "replace", *({"alter"} if kind == "VIEW" else ())}
    return not any(a.key == ObjectKey(kind, name) and a.verb in made_again for a in draft.actions)


def _goes_on(action: Action, change: Change, scope: Scope) -> Action:
    return replace(
        action,
        sql=(_statement(change.desired, scope),) if change.desired else action.sql,
        hazards=_without_loss(action),
        reasons=(*action.reasons, *_GOES_ON),
    )


def _once_empty(draft: Draft, action: Action, change: Change) -> Action:
    """Who consents to the loss by name loses only what comes behind the last read of its consumers."""
    old, new = (str(change.before["ON"][1]), str(change.desired.reading["ON"][1]) if change.desired else "")
    starts = f"it starts on {new} at that moment: rows that are there before are not delivered"
    if f"loses-offset:{action.key.name}" in draft.allowed:
        return replace(action, reasons=(*action.reasons, starts))
    return replace(
        action,
        sql=(look_for_data(str(draft.project.scope.full(action.key.name))), *action.sql),
        hazards=_without_loss(action),
        reasons=(*action.reasons, f"only if it is empty: it is left as it is while something writes to {old}", starts),
    )


def _without_loss(action: Action) -> tuple[Hazard, ...]:
    return tuple(h for h in action.hazards if h.type != "loses-offset")


def _drained(draft: Draft, action: Action, kept: Action) -> Draft:
    """With the step that empties the stream, where all that reads it is a graph whose window is open."""
    links = live_task_links(draft.live)
    used = used_by(recorded_objects(draft.record, draft.project.scope), links)
    readers = [task for task, names in used.items() if action.key.name in names]
    graphs = sorted({root for task in readers for root in roots(task, links)})
    open_ = {a.key for a in draft.actions if a.verb == "resume" and a.undoes}
    if not graphs or not open_.issuperset(graphs):
        return draft
    scope = draft.project.scope
    drain = Action(
        f"drain {action.key}", "wait", action.key, tuple(f"EXECUTE TASK {scope.full(root.name)}" for root in graphs),
        reasons=("its consumers read what it holds, as it is now",),
    )  # fmt: skip
    touched = {name for task in used if roots(task, links) & set(graphs) for name in used[task]}
    later = {
        a.id for a in draft.actions
        if a.verb in {"create", "alter", "replace", "drop"} and (a.key.name in touched or _within(a.key, graphs, links))
    }  # fmt: skip
    opened = [(f"suspend {root}", drain.id) for root in graphs]
    waited = [(f"{word} runs of {root}", drain.id) for root in graphs for word in ("wait for", "cancel")]
    after = [(drain.id, id_) for id_ in sorted(later | {action.id} | {f"resume {root}" for root in graphs})]
    actions = tuple(kept if a.id == action.id else a for a in draft.actions)
    return replace(draft, actions=actions).adding(drain, edges=(*opened, *waited, *after))


def _within(key: ObjectKey, graphs: list[ObjectKey], links: Mapping[ObjectKey, tuple[ObjectKey, ...]]) -> bool:
    return key.kind == "TASK" and bool(roots(key, links) & set(graphs))


def _statement(thing: SqlObject, scope: Scope) -> str:
    """Without SHOW_INITIAL_ROWS: all rows of the table would be delivered once more."""
    name, source = scope.full(thing.key.name), scope.full(ObjectName.parse(str(thing.reading["ON"][1])))
    parts = [f"CREATE OR REPLACE STREAM {name} ON TABLE {source} AT (TIMESTAMP => {position_of(str(name))})"]
    if "APPEND_ONLY" in thing.reading:
        parts.append(f"APPEND_ONLY = {thing.reading['APPEND_ONLY']}")
    if "COMMENT" in thing.reading:
        parts.append(f"COMMENT = {literal(str(thing.reading['COMMENT']))}")
    return " ".join(parts)
