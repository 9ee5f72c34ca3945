"""A table that is emptied or made new before it is loaded, so that all files load again."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.copies import Copy, copies_of
from snowpipe_deploy.analysis.program import Program, same
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.head import ReadError, identify

_MEANT = ("PURGE", "FILES", "FORCE")


def check(program: Program) -> Iterator[Hit]:
    for copy in copies_of(program):
        body = program.body(copy.step)
        if copy.step.kind not in {"TASK", "PROCEDURE"} or body is None or _meant(copy):
            continue
        if any(inner.verb in {"REMOVE", "RM"} for inner in body.statements):
            continue
        for inner in body.statements:
            name = _emptied(inner) if inner.at < copy.inner.at else None
            if name is not None and same(program.within(copy.step, name), copy.target):
                yield Hit(
                    f"{inner.verb} of {copy.target} forgets which files are loaded: the COPY below loads all of them again",
                    copy.step.at(inner.at), f"DELETE FROM {copy.target}, or PURGE = TRUE if every run loads its own files",
                    copy.step.label,
                )  # fmt: skip
                break


def _meant(copy: Copy) -> bool:
    return any(copy.is_set(word) for word in _MEANT)


def _emptied(inner: Inner) -> ObjectName | None:
    if inner.verb == "TRUNCATE":
        return next((use.name for use in inner.uses if use.access == "writes"), None)
    if inner.verb != "CREATE":
        return None
    try:
        head, _ = identify(inner.text)
    except (ReadError, ValueError):
        return None
    permanent = head.kind == "TABLE" and "TEMPORARY" not in head.modifiers
    return head.name if permanent and "OR REPLACE" in head.modifiers else None


RULE = Rule(
    "SD407", "copy-target-recreated", "warning",
    "What was loaded is remembered in the table: TRUNCATE and CREATE OR REPLACE forget it, and the next COPY loads every file of"
    " the stage once more. DELETE keeps it.",
    check,
    bad="""
CREATE PROCEDURE RAW.LOAD_ORDERS() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    TRUNCATE TABLE RAW.ORDERS; -- !
    COPY INTO RAW.ORDERS (ID) FROM @RAW.FILES ON_ERROR = ABORT_STATEMENT;
    RETURN 'done';
END;
$$;
""",
    good="""
CREATE PROCEDURE RAW.LOAD_ORDERS() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    DELETE FROM RAW.ORDERS;
    COPY INTO RAW.ORDERS (ID) FROM @RAW.FILES ON_ERROR = ABORT_STATEMENT;
    RETURN 'done';
END;
$$;
""",
    source="H44",
)  # fmt: skip
