"""Objects that need each other."""

from collections.abc import Iterator

from snowpipe_deploy.graph import circle, needs
from snowpipe_deploy.model import Project
from snowpipe_deploy.rule import Hit, Rule


def check(project: Project) -> Iterator[Hit]:
    path = circle(needs(project.objects))
    if not path:
        return
    thing = project.by_key()[path[0]]
    arrow = " -> ".join(str(key.name) for key in path)
    kind = f"{path[0].kind.lower()}s" if len({key.kind for key in path}) == 1 else "objects"
    hint = "take one AFTER away" if kind == "tasks" else "take one of these references away"
    yield Hit(f"{kind} need each other: {arrow}", thing.statement.where, hint, str(thing.key))


RULE = Rule(
    "SD103", "circular-dependency", "error",
    "No order of creation exists; Snowflake finds a circle of tasks only when the root is resumed.",
    check,
)  # fmt: skip
