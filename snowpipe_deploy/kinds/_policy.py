"""What masking and row access policies share: the signature is fixed, the expression is not (reference F.1)."""

from snowpipe_deploy.kind import (
    ARGUMENTS,
    BODY,
    Alteration,
    Facts,
    Kind,
    Row,
    Shown,
    full_name,
    show_key,
    side_by_side,
    text_of,
)
from snowpipe_deploy.model import Change, ObjectKey, Reading, Reference, Scope
from snowpipe_deploy.names import literal
from snowpipe_deploy.sqltext.clauses._body_of_policy import policy_body
from snowpipe_deploy.sqltext.head import Head
from snowpipe_deploy.sqltext.lexer import normalized

_EXEMPT = "EXEMPT_OTHER_POLICIES"


def _facts(row: Row) -> dict[str, str]:
    return text_of(row, "comment")


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    return side_by_side(reading, facts, comment="COMMENT")


def _read(head: Head, schema: str | None) -> Reading:
    del schema
    body = policy_body(head.body or "")
    found: dict[str, str] = {ARGUMENTS: normalized(body.signature), BODY: normalized(body.expression)}
    return found | {word: value for word, value in (("COMMENT", body.comment), (_EXEMPT, body.exempt)) if value}


def _no_references(head: Head, schema: str | None) -> tuple[Reference, ...]:
    """The names in an expression are looked up when it is applied."""
    del head, schema
    return ()


def _alter(change: Change, scope: Scope) -> Alteration:
    if change.desired is None:
        raise ValueError(f"{change.key}: nothing is desired")
    if ARGUMENTS in change.clauses or _EXEMPT in change.clauses:
        return Alteration(
            refuse="the arguments of a policy cannot be changed: make a new one, and set it where this one is set"
        )
    target = f"ALTER {change.key.kind} {full_name(change, scope)}"
    body = policy_body(change.desired.head.body or "")
    made = []
    if BODY in change.clauses:
        made.append(f"{target} SET BODY -> {body.expression}")
    if "COMMENT" in change.clauses:
        made.append(f"{target} SET COMMENT = {literal(body.comment)}" if body.comment else f"{target} UNSET COMMENT")
    return Alteration(tuple(made))


def policy_kind(name: str, plural: str) -> Kind:
    return Kind(
        name,
        show=f"SHOW {plural} IN DATABASE {{database}}",
        facts=_facts,
        compared=_compared,
        key=show_key(name),
        read=_read,
        references=_no_references,
        alter=_alter,
        drop_hazard="loses-policy",
        replaceable=False,
        unknowable=("its expression: SHOW does not have it", "where it is set"),
    )
