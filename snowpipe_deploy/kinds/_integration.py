"""What integrations share: the other side trusts an identity that Snowflake gives them, and a new one is a stranger to it.

CREATE OR REPLACE makes a new external id and principal, and stages lose their link by id (reference F.2). So none is replaced;
one that somebody dropped and that is made again is new, too.
"""

from collections.abc import Callable

from snowpipe_deploy.kind import Alteration, Kind, Row, alter_clauses, text_of
from snowpipe_deploy.model import Change, Hazard, ObjectKey, Scope
from snowpipe_deploy.names import ObjectName


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "type", "enabled", "comment")


def _alter(trusted: frozenset[str]) -> Callable[[Change, Scope], Alteration]:
    """By ALTER; what the other side trusts is asked about."""

    def alter(change: Change, scope: Scope) -> Alteration:
        made = alter_clauses(change, scope)
        words = [word for word in change.clauses if word in trusted]
        if made.replace:
            recipe = "a new one is a stranger to the other side: make one of another name, and point to that"
            return Alteration(refuse=f"{made.replace}; {recipe}")
        if not words:
            return made
        message = f"{change.key}: {', '.join(words)} changes, and the other side must trust that first"
        return Alteration(made.statements, (Hazard("breaks-trust", str(change.key.name), message),))

    return alter


def integration(name: str, trusted: frozenset[str]) -> Kind:
    """A kind of integration; `trusted` are the clauses that say whom the other side lets in."""

    def key(row: Row) -> ObjectKey:
        return ObjectKey(name, ObjectName((str(row["name"]),)))

    return Kind(
        name,
        show=f"SHOW {name}S",
        facts=_facts,
        key=key,
        alter=_alter(trusted),
        level="account",
        replaceable=False,
        again_hazards=("breaks-trust",),
        unknowable=("all but type, ENABLED and COMMENT: SHOW does not tell them, the text is compared",),
    )
