"""Task graphs that Snowflake would refuse: two roots, a schedule on a child, a finalizer on a child."""

from collections.abc import Iterator

from snowpipe_deploy.model import ObjectKey, Project, SqlObject
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule


def check(project: Project) -> Iterator[Hit]:
    tasks = {thing.key: thing for thing in project.objects if thing.key.kind == "TASK"}
    for thing in tasks.values():
        after, where, who = _after(thing), thing.statement.where, str(thing.key)
        if ("SCHEDULE" in thing.reading) and (after or "FINALIZE" in thing.reading):
            yield Hit(f"{who} has a predecessor and a SCHEDULE", where, "only the root of a graph has a schedule", who)
        if "FINALIZE" in thing.reading:
            root = tasks.get(ObjectKey("TASK", ObjectName.parse(str(thing.reading["FINALIZE"]))))
            if root is not None and _after(root):
                yield Hit(f"{who} finalizes {root.key.name}, which is not a root task", where, "name the root", who)
        for name in after:
            if name.parts[:-1] != thing.key.name.parts[:-1]:
                yield Hit(
                    f"{who} runs after {name}: all tasks of a graph are in one schema", where, "move one of them", who
                )
        roots = _roots(thing, tasks)
        if len(roots) > 1:
            names = " and ".join(sorted(str(key.name) for key in roots))
            yield Hit(f"{who} has more than one root task above it: {names}", where, "a graph has one root", who)


def _after(thing: SqlObject) -> tuple[ObjectName, ...]:
    return tuple(ObjectName.parse(name) for name in thing.reading.get("AFTER", ()))


def _roots(thing: SqlObject, tasks: dict[ObjectKey, SqlObject]) -> set[ObjectKey]:
    found, seen, todo = set(), set(), [thing.key]
    while todo:
        key = todo.pop()
        if key in seen or key not in tasks:
            continue
        seen.add(key)
        above = [ObjectKey("TASK", name) for name in _after(tasks[key])]
        if not above:
            found.add(key)
        todo += above
    return found


RULE = Rule(
    "SD104", "graph-shape", "error",
    "A graph has exactly one root, which alone has a schedule; its tasks lie in one schema; a finalizer belongs to a root.",
    check,
)  # fmt: skip
