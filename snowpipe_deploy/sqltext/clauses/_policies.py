"""Tags and policies that a relation may carry in its CREATE."""

from snowpipe_deploy.sqltext.head import Clause, Cursor, options


def policy(cursor: Cursor) -> str:
    """`name [ON (columns)] [ENTITY KEY (columns)] …`"""
    name = str(cursor.name())
    while cursor.accept_any("ON", "ENTITY KEY", "ALLOWED JOIN KEYS", "USING"):
        name += f" ON ({cursor.parens()})"
    return name


POLICIES = (
    Clause("WITH TAG", options),
    Clause("TAG", options),
    Clause("WITH CONTACT", options),
    Clause("ROW ACCESS POLICY", policy),
    Clause("AGGREGATION POLICY", policy),
    Clause("JOIN POLICY", policy),
    Clause("STORAGE LIFECYCLE POLICY", policy),
)
