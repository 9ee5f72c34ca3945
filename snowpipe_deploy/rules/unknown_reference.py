"""An object that no file makes, in a place where the files make the others."""

import difflib
from collections.abc import Iterator
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
        if step.verb in {"DROP", "UNDROP", "SHOW", "DESCRIBE", "USE", "GRANT", "REVOKE", "COMMENT"} or _if_exists(step):
            continue
        for use in program.uses(step):
            if step.verb == "ALTER" and use.name == step.name:
                if (step.path, use.name) in altered:
                    continue  # said once
                altered.add((step.path, use.name))
            if use.kind in _KINDS and use.access in _VERBS and not _known(program, step, use):
                yield from _judged(program, step, use)


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
    name = use.name
    near = [
        m
        for m in _neighbours(program, use.kind)
        if _same_place(m, step, use, program) and not (step.creates and m.step is step)
    ]
    shown = {m.name.last: str(ObjectName(m.name.parts[-2:])) for m in near}
    close = difflib.get_close_matches(name.last, sorted(shown), 1, 0.8)
    moved = [m for m in _neighbours(program, use.kind, name.last) if _one_folder(m.step.path, step.path)]
    hint = f"did you mean {shown[close[0]]}?" if close else "add it to the files, or correct the name"
    severity: Severity
    if program.in_project:
        if not (use.kind != "WAREHOUSE" and len(name.parts) == 3 and program.knows_schema(name)):
            return
        severity, full = "error", difflib.get_close_matches(name.last, sorted(shown), 1)
        hint = f"did you mean {shown[full[0]]}?" if full else hint
    elif moved and len(name.parts) > 1 and use.kind != "WAREHOUSE":
        if len(program.unqualified(step, use).parts) == 1:
            return  # the rule about unqualified names speaks
        if len(name.parts) == 3 and not program.knows_schema(name):
            return  # another database may have it
        severity = "error" if program.knows_schema(name) else "warning"
        hint = f"it is made as {moved[0].name} at {moved[0].step.statement.where}"
    elif close and near and use.kind != "WAREHOUSE":
        severity = "error" if _own_schema(program, step, use) and _misspelt(name.last, close[0]) else "warning"
    elif near and use.kind in _PIPELINE and len(near) > 1:
        severity = "warning"
    elif len(near) > 2 and use.kind == "relation" and program.knows_schema(name):
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


@lru_cache(maxsize=64)
def _by_kind(program: Program, kind: str) -> tuple[Made, ...]:
    kinds = (
        ("TABLE", "VIEW", "DYNAMIC TABLE", "STREAM", "MATERIALIZED VIEW", "EXTERNAL TABLE")
        if kind in {"relation", "STREAM"}
        else (kind,)
    )
    return tuple(m for one in kinds for m in program.made(one))


@lru_cache(maxsize=64)
def _by_name(program: Program, kind: str) -> dict[str, list[Made]]:
    found: dict[str, list[Made]] = {}
    for made in _by_kind(program, kind):
        found.setdefault(made.name.last, []).append(made)
    return found


def _neighbours(program: Program, kind: str, last: str = "") -> tuple[Made, ...]:
    return tuple(_by_name(program, kind).get(last, ())) if last else _by_kind(program, kind)


def _one_folder(one: str, other: str) -> bool:
    """Do two files stand in one folder, or in folders below one of it?"""
    return one.split("/")[:-1][:2] == other.split("/")[:-1][:2]


def _same_place(made: Made, step: Step, use: Use, program: Program) -> bool:
    """Objects of the schema that the name says, in the same file or (where the schema is known) the same folder."""
    if made.kind == "WAREHOUSE" or len(use.name.parts) == 1:
        return made.step.path == step.path or program.in_project
    same_schema = made.name.parts[-2:-1] == use.name.parts[-2:-1]
    return same_schema and (program.in_project or made.step.path == step.path or _one_folder(made.step.path, step.path))


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
