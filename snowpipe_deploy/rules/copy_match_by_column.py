"""MATCH_BY_COLUMN_NAME with what excludes it, or INCLUDE_METADATA without it."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.copies import Copy, copies_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.rule import Hit, Rule


def check(program: Program) -> Iterator[Hit]:
    for copy in copies_of(program):
        if found := _wrong(copy):
            word, message, hint = found
            yield Hit(f"{copy.label} {message}", copy.at(copy.options[word].at), hint, copy.step.label)


def _wrong(copy: Copy) -> tuple[str, str, str] | None:
    matches = copy.is_set("MATCH_BY_COLUMN_NAME") and "__" not in copy.option("MATCH_BY_COLUMN_NAME")
    if matches and copy.select is not None:
        return (
            "MATCH_BY_COLUMN_NAME",
            "has MATCH_BY_COLUMN_NAME and a SELECT",
            "load FROM the stage itself, or leave MATCH_BY_COLUMN_NAME out",
        )
    if matches and copy.option("VALIDATION_MODE"):
        return "VALIDATION_MODE", "has MATCH_BY_COLUMN_NAME and VALIDATION_MODE", "leave one of them out"
    if "INCLUDE_METADATA" in copy.options and copy.option("MATCH_BY_COLUMN_NAME") in {"", "NONE"}:
        return (
            "INCLUDE_METADATA",
            "has INCLUDE_METADATA without MATCH_BY_COLUMN_NAME",
            "add MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE",
        )
    return None


RULE = Rule(
    "SD403", "copy-match-by-column", "error",
    "MATCH_BY_COLUMN_NAME works only on the files as they are: with a transforming SELECT or VALIDATION_MODE the COPY fails, and"
    " INCLUDE_METADATA needs it.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER);
COPY INTO RAW.ORDERS FROM (SELECT $1:id FROM @RAW.FILES)
ON_ERROR = SKIP_FILE
FILE_FORMAT = (TYPE = PARQUET)
MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE; -- !
""",
    good="""
CREATE TABLE RAW.ORDERS (ID NUMBER, FILE VARCHAR);
COPY INTO RAW.ORDERS FROM @RAW.FILES
ON_ERROR = SKIP_FILE
FILE_FORMAT = (TYPE = PARQUET)
MATCH_BY_COLUMN_NAME = CASE_INSENSITIVE
INCLUDE_METADATA = (FILE = METADATA$FILENAME);
""",
    source="H40",
)  # fmt: skip
