"""The type TIMESTAMP, which means something else in another session."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.queries import split_at
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        if (
            not step.creates
            or step.kind not in {"TABLE", "ICEBERG TABLE"}
            or "TIMESTAMP" not in (step.head.arguments or "").upper()
        ):
            continue
        begin = step.statement.text.find(step.head.arguments or "", step.head.name_end)
        for part in split_at(code(step.head.arguments or ""), frozenset({","})):
            if len(part) > 1 and part[1].upper == "TIMESTAMP":
                yield Hit(
                    f"{step.label}: TIMESTAMP of {part[0].text} is what the session says (TIMESTAMP_TYPE_MAPPING)",
                    step.at(begin + part[1].start), "TIMESTAMP_NTZ, TIMESTAMP_LTZ or TIMESTAMP_TZ", step.label,
                )  # fmt: skip


RULE = Rule(
    "SD711", "timestamp-without-zone", "info",
    "TIMESTAMP stands for NTZ, LTZ or TZ, as the account or session maps it. Name the one that you mean.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (
    ID NUMBER,
    AT TIMESTAMP -- !
);
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER, AT TIMESTAMP_NTZ(3), TIMESTAMP DATE);
""",
    source="H68",
)  # fmt: skip
