"""What stands behind AS in CREATE MASKING POLICY and CREATE ROW ACCESS POLICY."""

from dataclasses import dataclass

from snowpipe_deploy.sqltext.head import Cursor


@dataclass(frozen=True, slots=True)
class PolicyBody:
    """`(arguments) RETURNS type`, the expression behind the arrow as it was written, and what follows it."""

    signature: str
    expression: str
    comment: str = ""
    exempt: str = ""  # EXEMPT_OTHER_POLICIES


def policy_body(text: str) -> PolicyBody:
    """Reads the body; raises ReadError where there is no arrow."""
    cursor = Cursor(text)
    signature = cursor.until("->")
    if not cursor.accept("->"):
        raise cursor.error("a policy needs -> and an expression")
    start, end, depth, comment, exempt = cursor.peek().start, len(text), 0, "", ""
    while not cursor.done:
        word = cursor.peek().upper
        if depth == 0 and word in {"COMMENT", "EXEMPT_OTHER_POLICIES"} and cursor.peek(1).text == "=":
            end = min(end, cursor.take().start)
            cursor.take()
            value = cursor.take().value
            comment, exempt = (value, exempt) if word == "COMMENT" else (comment, value.upper())
            continue
        depth += {"(": 1, ")": -1, "CASE": 1, "END": -1}.get(cursor.take().upper, 0)
    return PolicyBody(signature, text[start:end].strip().rstrip(";").strip(), comment, exempt)
