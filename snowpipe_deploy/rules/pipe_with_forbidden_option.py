"""A pipe whose COPY has options that a pipe cannot have."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.copies import Copy, copies_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule

_FORBIDDEN = ("FILES", "FORCE", "PURGE", "SIZE_LIMIT", "RETURN_FAILED_ONLY", "VALIDATION_MODE")


def check(program: Program) -> Iterator[Hit]:
    for copy in copies_of(program):
        for word, shown, severity in _found(copy) if copy.in_pipe else ():
            yield Hit(
                f"{copy.step.label}: {shown} is not allowed in a pipe", copy.at(copy.options[word].at),
                "take the option out", copy.step.label, severity,
            )  # fmt: skip


def _found(copy: Copy) -> Iterator[tuple[str, str, Severity | None]]:
    for word in _FORBIDDEN:
        if word in copy.options:
            yield word, word, "warning" if copy.option(word) == "FALSE" else None
    if copy.option("ON_ERROR") == "ABORT_STATEMENT":
        yield "ON_ERROR", "ON_ERROR = ABORT_STATEMENT", None


RULE = Rule(
    "SD404", "pipe-with-forbidden-option", "error",
    "A pipe decides itself which files it loads and when, so CREATE PIPE refuses options of a COPY that say so:"
    " FILES, FORCE, PURGE, SIZE_LIMIT, RETURN_FAILED_ONLY, VALIDATION_MODE and ON_ERROR = ABORT_STATEMENT.",
    check,
    bad="""
CREATE PIPE RAW.ORDERS_PIPE AUTO_INGEST = TRUE AS
COPY INTO RAW.ORDERS (ID) FROM @RAW.FILES
FORCE = TRUE -- !
ON_ERROR = ABORT_STATEMENT; -- !
""",
    good="""
CREATE PIPE RAW.ORDERS_PIPE AUTO_INGEST = TRUE AS
COPY INTO RAW.ORDERS (ID) FROM @RAW.FILES
PATTERN = '.*orders.*[.]csv'
ON_ERROR = SKIP_FILE;
""",
    source="H41",
)  # fmt: skip
