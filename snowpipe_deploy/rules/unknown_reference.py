"""An object of the project's own schemas that no file makes."""

import difflib
import re
from collections.abc import Iterator

from snowpipe_deploy.graph import Lookup
from snowpipe_deploy.model import Project, Reference, SqlObject
from snowpipe_deploy.rule import Hit, Rule


def check(project: Project) -> Iterator[Hit]:
    """Names in schemas that are not the project's are left alone: nothing is known about them."""
    schemas = {thing.key.name.parts[0] for thing in project.objects}
    lookup = Lookup(project.objects)
    names = sorted({str(thing.key.name) for thing in project.objects})
    for thing in project.objects:
        for reference in dict.fromkeys(thing.references):
            if len(reference.name.parts) != 2 or reference.name.parts[0] not in schemas:
                continue
            if lookup.find(reference.kind, reference.name) or _made_inside(thing, reference):
                continue
            close = difflib.get_close_matches(str(reference.name), names, 1)
            kind = "table or view" if reference.kind == "relation" else reference.kind.lower()
            yield Hit(
                f"{thing.key} {_verb(reference)} {reference.name}, but no file makes such a {kind}",
                thing.statement.place(_offset(thing, reference)),
                f"did you mean {close[0]}?" if close else "add it to the project, or correct the name",
                str(thing.key),
            )


def _verb(reference: Reference) -> str:
    return {"reads": "reads", "writes": "writes to", "calls": "calls", "after": "runs after"}[reference.access]


def _offset(thing: SqlObject, reference: Reference) -> int:
    """Where the name first stands in the statement."""
    for name in (str(reference.name), reference.name.last):
        found = re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", thing.statement.text, re.IGNORECASE)
        if found:
            return found.start()
    return 0


def _made_inside(thing: SqlObject, reference: Reference) -> bool:
    """A temporary table that the body makes for itself."""
    text = thing.head.body or ""
    return bool(re.search(rf"\bCREATE\b[^;]*\bTABLE\b[^;]*\b{re.escape(reference.name.last)}\b", text, re.IGNORECASE))


RULE = Rule(
    "SD101", "unknown-reference", "error",
    "A name in one of the project's own schemas that no file makes fails when the object is created or, in tasks and "
    "procedures, when it runs.",
    check,
)  # fmt: skip
