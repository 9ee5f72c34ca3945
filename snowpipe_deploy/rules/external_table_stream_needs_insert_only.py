"""A stream on an external table without INSERT_ONLY."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.streams import streams_of
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for stream in streams_of(program).streams:
        mode = stream.step.clause("INSERT_ONLY")
        if (
            stream.source_kind == "EXTERNAL TABLE"
            and mode.upper() != "TRUE"
            and "__" not in mode
            and not stream.step.clause("CLONE")
        ):
            yield Hit(
                f"{stream.label} stands on an external table and has no INSERT_ONLY = TRUE",
                stream.step.clause_at("ON"),
                "add INSERT_ONLY = TRUE",
                stream.label,
            )


RULE = Rule(
    "SD115", "external-table-stream-needs-insert-only", "error",
    "A stream on an external table sees files come, not rows change, so CREATE STREAM is refused without INSERT_ONLY = TRUE.",
    check,
    bad="""
CREATE STREAM RAW.NEW_FILES ON EXTERNAL TABLE RAW.FILES; -- !
""",
    good="""
CREATE STREAM IF NOT EXISTS RAW.NEW_FILES ON EXTERNAL TABLE RAW.FILES INSERT_ONLY = TRUE;
""",
    source="B.1",
)  # fmt: skip
