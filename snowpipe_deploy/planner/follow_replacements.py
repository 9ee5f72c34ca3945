"""A stream dies with its source, a pipe with its table, stage or file format: what is replaced or dropped takes them along.

Snowflake: CREATE OR REPLACE or DROP of the source leaves the stream unusable, even if a table of the same name
returns (reference B.6); a pipe is bound to what its COPY names by id (reference D.1, D.3, D.6).
"""

from dataclasses import replace

from snowpipe_deploy.model import Change
from snowpipe_deploy.planner._draft import Draft, recorded_objects

_BOUND = {"STREAM": {"TABLE", "VIEW", "DYNAMIC TABLE"}, "PIPE": {"TABLE", "STAGE", "FILE FORMAT"}}
_REASONS = {
    "STREAM": "its source {} is replaced, which makes the stream stale",
    "PIPE": "{} is replaced, and the pipe knows the old one",
}


def follow_replacements(draft: Draft) -> Draft:
    dying = {c.key for c in draft.changes if c.verb in {"drop", "replace"} or _recreates(c)}
    recorded = recorded_objects(draft.record, draft.project.scope)
    changes = {c.key: c for c in draft.changes}
    for key, thing in draft.project.by_key().items():
        if key.kind not in _BOUND or key not in draft.record.entries or key not in draft.live.objects:
            continue
        before = recorded.get(key)
        sources = {r.name for r in (before.references if before else ())} & {
            k.name for k in dying if k.kind in _BOUND[key.kind]
        }
        if sources and changes.get(key, Change("alter", key)).verb != "replace":
            names = ", ".join(sorted(map(str, sources)))
            changes[key] = Change(
                "replace", key, thing, draft.record.entries[key], draft.live.objects[key],
                (_REASONS[key.kind].format(names),), (), before.reading if before else {},
            )  # fmt: skip
    return replace(draft, changes=tuple(changes.values()))


def _recreates(change: Change) -> bool:
    """A missing table that is made again, or a view whose query is replaced."""
    if change.verb == "create":
        return change.recorded is not None
    return change.verb == "alter" and change.key.kind == "VIEW" and set(change.clauses) != {"COMMENT"}
