"""Storage integrations: account-level, compared by their text; never replaced, for that breaks the trust of the other side."""

from snowpipe_deploy.kind import Alteration, Kind, Row, alter_clauses, text_of
from snowpipe_deploy.model import Change, ObjectKey, Scope
from snowpipe_deploy.names import ObjectName


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "type", "enabled", "comment")


def _key(row: Row) -> ObjectKey:
    return ObjectKey("STORAGE INTEGRATION", ObjectName((str(row["name"]),)))


def _alter(change: Change, scope: Scope) -> Alteration:
    fixed = {"TYPE", "STORAGE_PROVIDER"} & set(change.clauses)
    if fixed:
        return Alteration(
            refuse=f"{', '.join(sorted(fixed))} of an integration cannot be altered: make a new one beside it"
        )
    return alter_clauses(change, scope)


KIND = Kind(
    "STORAGE INTEGRATION",
    show="SHOW STORAGE INTEGRATIONS",
    facts=_facts,
    key=_key,
    level="account",
    alter=_alter,
    replaceable=False,
    unknowable=("all but type, ENABLED and COMMENT: SHOW does not tell them, the text is compared",),
)
