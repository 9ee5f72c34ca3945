"""Two statements that make the same object."""

from collections.abc import Iterator

from snowpipe_deploy.model import Project, SqlObject
from snowpipe_deploy.rule import Hit, Rule


def check(project: Project) -> Iterator[Hit]:
    first: dict[object, SqlObject] = {}
    for thing in project.objects:
        other = first.setdefault(thing.key.space, thing)
        if other is not thing:
            yield Hit(
                f"{thing.key} is also made as {other.key} at {other.statement.where}",
                thing.statement.where,
                "keep one of the two",
                str(thing.key),
            )


RULE = Rule(
    "SD102", "duplicate-object", "error",
    "Tables, views and dynamic tables share one namespace; overloads are told apart by their argument types.",
    check,
)  # fmt: skip
