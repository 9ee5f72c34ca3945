"""Tags: allowed values are added and dropped in place; a tag is never replaced, all its assignments would go (reference F.2)."""

from dataclasses import replace

from snowpipe_deploy.kind import (
    Alteration,
    Facts,
    Kind,
    Row,
    Shown,
    alter_clauses,
    full_name,
    show_key,
    side_by_side,
    text_of,
)
from snowpipe_deploy.model import Change, ObjectKey, Reading, Scope
from snowpipe_deploy.names import literal


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "comment", "allowed_values")


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    return side_by_side(reading, facts, comment="COMMENT")


def _alter(change: Change, scope: Scope) -> Alteration:
    """Values that stay allowed are left alone; without ALLOWED_VALUES every value is."""
    target = f"ALTER TAG {full_name(change, scope)}"
    rest = alter_clauses(replace(change, clauses=tuple(c for c in change.clauses if c != "ALLOWED_VALUES")), scope)
    if rest.replace or "ALLOWED_VALUES" not in change.clauses or change.desired is None:
        return rest
    wanted, before = change.desired.reading.get("ALLOWED_VALUES"), change.before.get("ALLOWED_VALUES", ())
    if wanted is None:
        return Alteration((f"{target} UNSET ALLOWED_VALUES", *rest.statements))
    new, gone = [v for v in wanted if v not in before], [v for v in before if v not in wanted]
    made = [
        f"{target} {verb} ALLOWED_VALUES {', '.join(map(literal, values))}"
        for verb, values in (("ADD", new), ("DROP", gone))
        if values
    ]
    return Alteration((*made, *rest.statements))


KIND = Kind(
    "TAG",
    show="SHOW TAGS IN DATABASE {database}",
    facts=_facts,
    compared=_compared,
    key=show_key("TAG"),
    alter=_alter,
    replaceable=False,
    unknowable=("where it is set: the objects' own texts say",),
)
