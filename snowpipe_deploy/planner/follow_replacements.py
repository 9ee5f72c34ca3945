"""A stream dies with its source: whatever replaces or drops a table (or view) replaces the streams on it.

Snowflake: CREATE OR REPLACE or DROP of the source leaves the stream unusable, even if a table of the same name
returns (reference B.6).
"""

from dataclasses import replace

from snowpipe_deploy.model import Change, ObjectKey
from snowpipe_deploy.planner._draft import Draft, recorded_objects


def follow_replacements(draft: Draft) -> Draft:
    dying = {c.key for c in draft.changes if c.verb in {"drop", "replace"} or _recreates(c)}
    recorded = recorded_objects(draft.record, draft.project.scope)
    changes = {c.key: c for c in draft.changes}
    for key, thing in draft.project.by_key().items():
        if key.kind != "STREAM" or key not in draft.record.entries or key not in draft.live.objects:
            continue
        before = recorded.get(key)
        sources = {r.name for r in (before.references if before else ())} & {k.name for k in dying if _is_source(k)}
        if sources and changes.get(key, Change("alter", key)).verb != "replace":
            names = ", ".join(sorted(map(str, sources)))
            changes[key] = Change(
                "replace", key, thing, draft.record.entries[key], draft.live.objects[key],
                (f"its source {names} is replaced, which makes the stream stale",), (), before.reading if before else {},
            )  # fmt: skip
    return replace(draft, changes=tuple(changes.values()))


def _recreates(change: Change) -> bool:
    """A missing table that is made again, or a view whose query is replaced."""
    if change.verb == "create":
        return change.recorded is not None
    return change.verb == "alter" and change.key.kind == "VIEW" and set(change.clauses) != {"COMMENT"}


def _is_source(key: ObjectKey) -> bool:
    return key.kind in {"TABLE", "VIEW", "DYNAMIC TABLE"}
