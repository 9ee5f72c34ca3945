"""A stream dies with its source, a pipe with its table, stage or file format: what is replaced or dropped takes them along.

Snowflake: CREATE OR REPLACE or DROP of the source leaves the stream unusable, even if a table of the same name
returns (reference B.6); a pipe is bound to what its COPY names by id (reference D.1, D.3, D.6).
"""

from dataclasses import replace

from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.model import Change, Scope
from snowpipe_deploy.planner._draft import Draft, recorded_objects

_BOUND = {"STREAM": {"TABLE", "VIEW", "DYNAMIC TABLE"}, "PIPE": {"TABLE", "STAGE", "FILE FORMAT"}}
_SOURCES = frozenset().union(*_BOUND.values())
_REASONS = {
    "STREAM": "its source {} is replaced, which makes the stream stale",
    "PIPE": "{} is replaced, and the pipe knows the old one",
}


def follow_replacements(draft: Draft) -> Draft:
    scope = draft.project.scope
    dying = {c.key for c in draft.changes if c.verb in {"drop", "replace"} or _recreates(c, scope)}
    recorded = recorded_objects(draft.record, scope)
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


def _recreates(change: Change, scope: Scope) -> bool:
    """What is missing and made again, or a change that no ALTER makes: another query of a view, another type of a file format."""
    if change.verb == "create":
        return change.recorded is not None
    if change.verb != "alter" or change.key.kind not in _SOURCES or not change.clauses:
        return False
    kind = KINDS[change.key.kind]
    made = kind.alter(change, kind.within(scope))
    return bool(made.replace and kind.replaceable) or any(s.startswith("CREATE OR REPLACE ") for s in made.statements)
