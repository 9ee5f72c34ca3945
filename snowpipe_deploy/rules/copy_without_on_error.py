"""A COPY that says nothing about what happens with bad rows."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.copies import Copy, copies_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for copy in copies_of(program):
        if {"ON_ERROR", "VALIDATION_MODE"} & copy.options.keys() or _decided_by_stage(program, copy):
            continue
        default = "skips a file with an error" if copy.in_pipe else "stops at the first bad row"
        yield Hit(
            f"{copy.label} has no ON_ERROR and {default}", copy.where,
            "decide it: ON_ERROR = 'SKIP_FILE', CONTINUE or ABORT_STATEMENT", copy.step.label,
            severity=None if copy.step.kind in {"TASK", "PROCEDURE"} else "info",
        )  # fmt: skip


def _decided_by_stage(program: Program, copy: Copy) -> bool:
    return any(
        "ON_ERROR" in made.step.statement.text.upper()
        for use in copy.inner.uses
        if use.kind == "STAGE"
        for made in program.find("STAGE", program.within(copy.step, use.name, "STAGE"), copy.step)
    )


RULE = Rule(
    "SD401", "copy-without-on-error", "warning",
    "By default a COPY in a task stops at the first bad row and loads nothing, run after run, while a pipe skips the whole file"
    " without a word. Say with ON_ERROR which of them you want.",
    check,
    bad="""
CREATE PROCEDURE RAW.LOAD_ORDERS() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    COPY INTO RAW.ORDERS (ID) FROM @RAW.FILES; -- !
    RETURN 'done';
END;
$$;
""",
    good="""
CREATE PROCEDURE RAW.LOAD_ORDERS() RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    COPY INTO RAW.ORDERS (ID) FROM @RAW.FILES ON_ERROR = 'SKIP_FILE_1%';
    RETURN 'done';
END;
$$;
""",
    source="H38",
)  # fmt: skip
