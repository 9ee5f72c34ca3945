"""An object that no file makes, in a place where the files make the others."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from snowpipe_deploy.analysis.program import Made, Program, Step
from snowpipe_deploy.model import Severity
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.query import Use

_KINDS = frozenset(
    {"relation", "STREAM", "STAGE", "FILE FORMAT", "PROCEDURE", "TASK", "FUNCTION", "SEQUENCE", "WAREHOUSE"}
)
_PIPELINE = frozenset({"STREAM", "STAGE", "FILE FORMAT", "TASK", "PROCEDURE"})
_VERBS = {"reads": "reads", "writes": "writes to", "calls": "calls"}
_OTHERS = frozenset({"SNOWFLAKE", "SNOWFLAKE_SAMPLE_DATA", "INFORMATION_SCHEMA", "ACCOUNT_USAGE"})


def check(program: Program) -> Iterator[Hit]:
    altered: set[tuple[str, ObjectName]] = set()
    for step in program.statements:
        if step.verb in {"GRANT", "REVOKE", "USE"}:
            yield from _named_by_grants(program, step)
        if step.verb in {"DROP", "UNDROP", "SHOW", "DESCRIBE", "USE", "GRANT", "REVOKE", "COMMENT"} or _if_exists(step):
            continue
        for use in program.uses(step):
            if step.verb == "ALTER" and use.name == step.name:
                if (step.path, use.name) in altered:
                    continue  # said once
                altered.add((step.path, use.name))
            if use.kind in _KINDS and use.access in _VERBS and not _known(program, step, use):
                yield from _judged(program, step, use)


_ACCOUNT = re.compile(r"\b(ROLE|WAREHOUSE|DATABASE|SCHEMA)\s+([A-Za-z_][\w$.]*)", re.IGNORECASE)


def _named_by_grants(program: Program, step: Step) -> Iterator[Hit]:
    """Roles, warehouses, databases and schemas in GRANT and USE that are not made, but almost."""
    for match in _ACCOUNT.finditer(step.statement.text):
        kind = match[1].upper()
        name = ObjectName.parse(match[2])
        made = {m.name.last for m in _others(program, kind).of_file.get("" if program.in_project else step.path, [])}
        if not made or name.last in made or "__" in match[2] or name.last in {"TO", "ON", "IN", "IF"}:
            continue
        close = difflib.get_close_matches(name.last, sorted(made), 1, 0.8)
        if close and _misspelt(name.last, close[0]) and not program.find(kind, ObjectName((name.last,)), step):
            message = f"{step.verb} names the {kind.lower()} {name.last}, but no file makes it"
            yield Hit(message, step.at(match.start(2)), f"did you mean {close[0]}?", step.label, "warning")


def _if_exists(step: Step) -> bool:
    return "IF EXISTS" in step.head.modifiers


def _known(program: Program, step: Step, use: Use) -> bool:
    name = use.name
    if _OTHERS & set(name.parts[:-1]) or any("__" in part for part in name.parts) or name.last.startswith("SYSTEM$"):
        return True
    kinds = ("relation", "STREAM") if use.kind in {"relation", "STREAM"} else (use.kind,)
    return any(program.find(kind, name, step) for kind in kinds)


def _judged(program: Program, step: Step, use: Use) -> Iterator[Hit]:
    """How sure it is that the object is missing: in a project of the files' own schemas very; in scripts by the evidence."""
    name, others = use.name, _others(program, use.kind)
    near, apart = others.near(step, use), False
    close = _close(name.last, near, step)
    if not close:
        near, apart = near or others.apart(use), True
        close = _close(name.last, others.apart(use), step)
    moved, far = others.moved(step, use)
    hint = f"did you mean {close}?" if close else "add it to the files, or correct the name"
    severity: Severity
    if program.in_project:
        if not (use.kind != "WAREHOUSE" and len(name.parts) == 3 and program.knows_schema(name)):
            return
        severity, full = "error", _close(name.last, near, step, 0.6)
        hint = f"did you mean {full}?" if full else hint
    elif moved and len(name.parts) > 1 and use.kind != "WAREHOUSE":
        if len(program.unqualified(step, use).parts) == 1:
            return  # the rule about unqualified names speaks
        if len(name.parts) == 3 and not program.knows_schema(name) and not _other_database(name, moved[0], step):
            return  # another database may have it
        severity = "error" if program.knows_schema(name) and not far else "warning"
        hint = f"it is made as {moved[0].name} at {moved[0].step.statement.where}"
    elif close and near and use.kind != "WAREHOUSE":
        sure = _own_schema(program, step, use) and _misspelt(name.last, close.last) and not apart
        severity = "error" if sure else "warning"
    elif len(near) - step.creates > 1 and use.kind in _PIPELINE and not apart:
        severity = "warning"
    elif len(near) - step.creates > 2 and use.kind == "relation" and program.knows_schema(name):
        severity = "info"
    else:
        return
    what = "table or view" if use.kind == "relation" else use.kind.lower()
    verb = "runs after" if use.kind == "TASK" and use.access == "reads" else _VERBS[use.access]
    who = "ALTER" if step.verb == "ALTER" and use.name == step.name else step.label
    verb = "changes" if who == "ALTER" else verb
    yield Hit(
        f"{who} {verb} {_shown(program, use)}, but no file makes such a {what}",
        step.at(use.at),
        hint,
        step.label,
        severity,
    )


def _other_database(name: ObjectName, made: Made, step: Step) -> bool:
    """Does the same file make the object in the schema of that name of another database?"""
    return step.path == made.step.path and len(made.name.parts) == 3 and made.name.parts[1:] == name.parts[1:]


def _misspelt(one: str, other: str) -> bool:
    """Do a letter or two make the difference? Numbers and whole words tell objects apart that are both meant."""
    parts = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    changed = [one[a:b] + other[c:d] for what, a, b, c, d in parts if what != "equal"]
    return sum(map(len, changed)) <= 4 and all(text.isalpha() and len(text) < 4 for text in changed)


def _shown(program: Program, use: Use) -> str:
    return ".".join(str(use.name).split(".")[1:]) if program.in_project and len(use.name.parts) == 3 else str(use.name)


def _own_schema(program: Program, step: Step, use: Use) -> bool:
    """Is the schema of the name made by the files, or do both stand in one file?"""
    return (
        any(m.kind == "SCHEMA" for m in program.find("SCHEMA", use.name.parent, step))
        if len(use.name.parts) > 1
        else False
    )


def _close(name: str, found: list[Made], step: Step, likeness: float = 0.8) -> ObjectName | None:
    """The object whose name is nearest to one that is not found, schema and name; what the statement makes itself is none."""
    ends = {name[:1], name[-1:]}
    likely = {
        m.name.last: ObjectName(m.name.parts[-2:])
        for m in found
        if (m.name.last[:1] in ends or m.name.last[-1:] in ends) and not (step.creates and m.step is step)
    }
    close = difflib.get_close_matches(name, sorted(likely), 1, likeness)
    return likely[close[0]] if close else None


_ANYWHERE = "*"


@dataclass
class _Others:
    """The objects of one sort that the program makes, by where a name that is not found could have meant one of them."""

    root: int
    in_project: bool
    of_file: dict[str, list[Made]] = field(default_factory=dict)
    of_schema: dict[tuple[tuple[str, ...], str], list[Made]] = field(default_factory=dict)
    of_name: dict[str, list[Made]] = field(default_factory=dict)

    def add(self, made: Made) -> None:
        path = made.step.path
        self.of_file.setdefault(self._file(path), []).append(made)
        for folder in {self._folder(path), _ANYWHERE}:
            self.of_schema.setdefault((made.name.parts[-2:-1], folder), []).append(made)
        self.of_name.setdefault(made.name.last, []).append(made)

    def near(self, step: Step, use: Use) -> list[Made]:
        """Objects of the schema that the name says in the same folder; of the same file where it says none."""
        if len(use.name.parts) == 1 or use.kind == "WAREHOUSE":
            return self.of_file.get(self._file(step.path), [])
        return self.of_schema.get((use.name.parts[-2:-1], self._folder(step.path)), [])

    def apart(self, use: Use) -> list[Made]:
        """Objects of the schema that the name says, in any folder."""
        return self.of_schema.get((use.name.parts[-2:-1], _ANYWHERE), []) if len(use.name.parts) > 1 else []

    def moved(self, step: Step, use: Use) -> tuple[list[Made], bool]:
        """Objects of that name in other schemas: those of the same folder, else all of them; and whether they are far."""
        found = self.of_name.get(use.name.last, [])[:50]
        folder = self._folder(step.path)
        here = [made for made in found if self._folder(made.step.path) == folder]
        return here or found, not here

    def _file(self, path: str) -> str:
        return "" if self.in_project else path

    def _folder(self, path: str) -> str:
        """The folder below the one that holds all files: what lies in different ones may have nothing to do with each other."""
        return "" if self.in_project else "/".join(path.split("/")[self.root : -1][:1])


@lru_cache(maxsize=16)
def _others(program: Program, kind: str) -> _Others:
    folders = {tuple(step.path.split("/")[:-1]) for step in program.steps} or {()}
    root = next(
        (i for i, pair in enumerate(zip(min(folders), max(folders), strict=False)) if len(set(pair)) > 1),
        len(min(folders)),
    )
    found = _Others(root, program.in_project)
    for made in (m for one in _SORTS.get(kind, (kind,)) for m in program.made(one)):
        found.add(made)
    return found


_TABLES = ("TABLE", "VIEW", "DYNAMIC TABLE", "STREAM", "MATERIALIZED VIEW", "EXTERNAL TABLE")
_SORTS = {"relation": _TABLES, "STREAM": _TABLES}


RULE = Rule(
    "SD701", "unknown-reference", "error",
    "A name in a schema whose objects the files make, that no file makes, fails when the object is created or, in tasks and "
    "procedures, when it runs.",
    check,
    bad="""
CREATE SCHEMA RAW;
CREATE TABLE RAW.ORDERS (ID NUMBER);
CREATE TABLE RAW.CUSTOMERS (ID NUMBER);
CREATE VIEW RAW.ORDER_IDS AS SELECT ID FROM RAW.ORDER; -- !
""",
    good="""
CREATE SCHEMA RAW;
CREATE TABLE RAW.ORDERS (ID NUMBER);
CREATE TABLE RAW.CUSTOMERS (ID NUMBER);
CREATE VIEW RAW.ORDER_IDS AS SELECT ID FROM RAW.ORDERS;
CREATE VIEW RAW.OTHER_IDS AS SELECT ID FROM SHOP.PUBLIC.ORDER_ITEMS;
""",
)  # fmt: skip
