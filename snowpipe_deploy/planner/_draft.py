"""What the passes hand on to each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from snowpipe_deploy.diff import reading_of
from snowpipe_deploy.environment import Policy
from snowpipe_deploy.kind import within, within_scope
from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.live import Live
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import (
    STAGE_FILE,
    Action,
    Change,
    Entry,
    Finding,
    ObjectKey,
    Project,
    Record,
    Scope,
    SqlObject,
    Statement,
    Upload,
)
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses import head
from snowpipe_deploy.sqltext.lexer import code


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan in the making. `edges` adds to what `Action.after` says; `resume` are the tasks of --resume, `allowed` what --allow says."""

    project: Project
    record: Record
    live: Live
    changes: tuple[Change, ...]
    actions: tuple[Action, ...] = ()
    edges: tuple[tuple[str, str], ...] = ()  # (earlier, later)
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    policy: Policy = field(default_factory=Policy)
    resume: frozenset[ObjectKey] = frozenset()
    allowed: frozenset[str] = frozenset()

    def adding(self, *actions: Action, edges: tuple[tuple[str, str], ...] = (), notes: tuple[str, ...] = ()) -> "Draft":
        return replace(
            self, actions=(*self.actions, *actions), edges=(*self.edges, *edges), notes=(*self.notes, *notes)
        )

    def main_ids(self) -> dict[ObjectKey, str]:
        """The action that changes each object (a task may also have a suspend and a resume)."""
        return {a.key: a.id for a in self.actions if a.verb in {"create", "alter", "replace", "drop", "adopt"}}


def recorded_objects(record: Record, scope: Scope) -> dict[ObjectKey, SqlObject]:
    """What we deployed last, read from the recorded texts."""
    return {key: recorded_object(entry, scope) for key, entry in record.entries.items()}


def recorded_object(entry: Entry, scope: Scope) -> SqlObject:
    """What an entry's text says by today's reader; raises DeployError where it cannot be read."""
    key, read, kind = entry.key, head(entry.text), KINDS[entry.key.kind]
    own = key.name.parts[0] if len(key.name.parts) > 1 else None
    home = (
        own if key.kind in {"VIEW", "DYNAMIC TABLE", "TASK", "ALERT", "PROCEDURE", "FUNCTION"} else entry.schema or own
    )
    statement = Statement(entry.text, Location("(recorded)"), entry.schema)
    return SqlObject(
        key, statement, read, reading_of(entry, scope), within_scope(kind.references(read, home), scope)
    )  # fmt: skip


def changed_uploads(draft: Draft) -> list[Upload]:
    """Files that are not on their stage as they are here; a stage that is made again is empty."""
    made = {c.key.name for c in draft.changes if c.key.kind == "STAGE" and c.verb in {"create", "replace"}}
    return [u for u in draft.project.uploads or () if draft.record.files.get(u.key) != u.digest or u.key.name in made]


def imports(thing: SqlObject) -> set[ObjectKey]:
    """The files on stages that a routine imports."""
    if "IMPORTS" not in thing.head.clauses:
        return set()
    found = set()
    for token in code(str(thing.head.clauses["IMPORTS"])):
        stage, _, path = token.value.removeprefix("@").partition("/")
        if token.kind == "string" and token.value.startswith("@") and path:
            name = within(thing.key.name.parts[0], stage)
            found.add(ObjectKey(STAGE_FILE, ObjectName(name.parts[-2:]), f"/{path}"))
    return found


def live_task_links(live: Live) -> Mapping[ObjectKey, tuple[ObjectKey, ...]]:
    """For each live task (and alert) the tasks it comes after or finalizes; all in its own schema."""
    found = {}
    for key, seen in live.objects.items():
        if key.kind in {"TASK", "ALERT"}:  # an alert is always alone
            names = [n for n in seen.facts.get("predecessors", "").split(", ") if n]
            names += [n for n in (seen.facts.get("finalizes", ""),) if n]
            found[key] = tuple(ObjectKey("TASK", ObjectName((key.name.parts[0], name))) for name in names)
    return found


def desired_task_links(project: Project) -> Mapping[ObjectKey, tuple[ObjectKey, ...]]:
    return {
        thing.key: tuple(ObjectKey("TASK", r.name) for r in thing.references if r.access == "after")
        for thing in project.objects
        if thing.key.kind in {"TASK", "ALERT"}
    }


def roots(key: ObjectKey, links: Mapping[ObjectKey, tuple[ObjectKey, ...]]) -> set[ObjectKey]:
    """The root tasks above a task (itself, if nothing is above it)."""
    found, seen, todo = set(), set(), [key]
    while todo:
        task = todo.pop()
        if task in seen:
            continue
        seen.add(task)
        above = links.get(task, ())
        if not above and task in links:
            found.add(task)
        todo += above
    return found


_LEADS_ON = frozenset({"PROCEDURE", "FUNCTION", "STREAM", "VIEW", "DYNAMIC TABLE"})


def used_by(things: Mapping[ObjectKey, SqlObject], tasks: Iterable[ObjectKey]) -> dict[ObjectKey, set[ObjectName]]:
    """Everything each task reads, writes or calls, also through procedures, views and streams."""
    leading: dict[ObjectName, list[SqlObject]] = {}
    for thing in things.values():
        if thing.key.kind in _LEADS_ON:
            leading.setdefault(thing.key.name, []).append(thing)
    found = {}
    for task in tasks:
        names: set[ObjectName] = set()
        todo = [r.name for r in things[task].references if r.access != "after"] if task in things else []
        while todo:
            name = todo.pop()
            if name not in names:
                names.add(name)
                todo += [r.name for thing in leading.get(name, ()) for r in thing.references]
        found[task] = names
    return found
