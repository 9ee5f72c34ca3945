"""Privileges for PUBLIC, which every user has."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.model import Severity
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code

_READS = frozenset({"SELECT", "USAGE", "REFERENCES", "MONITOR", "READ", ","})


def check(program: Program) -> Iterator[Hit]:
    for step in program.statements:
        words = [t.upper for t in code(step.statement.text)] if step.verb == "GRANT" else []
        public = words[-2:] in (["TO", "PUBLIC"], ["ROLE", "PUBLIC"]) or _with_option(words)
        if not public:
            continue
        granted = words[1 : words.index("ON")] if "ON" in words else words[1:]
        harmless = "ON" in words and all(word in _READS for word in granted)
        severity: Severity | None = "info" if harmless else None
        shown = " ".join(granted).replace(" ,", ",")
        yield Hit(
            f"every user gets {shown}", step.statement.where, "grant it to a role that needs it", step.label, severity
        )


def _with_option(words: list[str]) -> bool:
    return words[-3:] == ["WITH", "GRANT", "OPTION"] and words[-4] == "PUBLIC"


RULE = Rule(
    "SD902", "grant-to-public", "warning",
    "Every user of the account has the role PUBLIC, also those that come later: what it may change, everybody may. Grant to a role of"
    " those who need it.",
    check,
    bad="""
GRANT INSERT, UPDATE ON TABLE RAW.ORDERS TO ROLE PUBLIC; -- !
GRANT ALL PRIVILEGES ON SCHEMA RAW TO PUBLIC; -- !
""",
    good="""
GRANT INSERT, UPDATE ON TABLE RAW.ORDERS TO ROLE LOADER;
""",
    source="issue 4",
)  # fmt: skip
