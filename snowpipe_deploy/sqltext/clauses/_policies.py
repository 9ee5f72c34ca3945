"""Tags and policies that a relation may carry in its CREATE."""

from collections.abc import Callable, Iterator

from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.sqltext.head import Clause, Cursor, Value, options


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


def tag_values(value: Value | None) -> dict[str, str]:
    """The tags of `(NAME = 'value', …)` by their names, as SQL. Raises ReadError on another form."""
    cursor, found = Cursor(str(value or "")), {}
    cursor.accept("(")
    while not cursor.done and cursor.peek().text != ")":
        name = str(cursor.name())
        cursor.expect("=")
        if cursor.peek().kind != "string":
            raise cursor.error("expected the value of a tag in quotes")
        found[name] = cursor.take().value
        cursor.accept(",")
    return found


def tag_changes(wanted: Value | None, before: Value | None, full: Callable[[str], str]) -> list[str]:
    """The tails of the ALTERs that bring one set of tags to the other."""
    now, old = tag_values(wanted), tag_values(before)
    new = {name: value for name, value in now.items() if old.get(name) != value}
    gone = [full(name) for name in old if name not in now]
    made = [f"SET TAG {', '.join(f'{full(name)} = {literal(value)}' for name, value in new.items())}"] if new else []
    return [*made, *([f"UNSET TAG {', '.join(gone)}"] if gone else [])]


def policy_name(value: str) -> str:
    """The name in `name [ON (columns)]` and `name [USING (columns)]`."""
    return str(Cursor(value).name()) if value else ""


def named_in(text: str) -> Iterator[tuple[int, int, str, ObjectName]]:
    """Where a CREATE names masking and row access policies and tags: start and end in the text, the kind, the name."""
    cursor = Cursor(text)
    if not any(token.upper in {"POLICY", "TAG"} for token in cursor.tokens):
        return
    while not cursor.done:
        kind = cursor.accept_any("MASKING POLICY", "ROW ACCESS POLICY")
        if kind and cursor.peek().kind in {"word", "quoted"}:
            yield _name(cursor, kind)
        elif not kind and cursor.accept("TAG", "("):
            while not cursor.done and cursor.peek().kind in {"word", "quoted"}:
                yield _name(cursor, "TAG")
                cursor.accept("=")
                cursor.take()
                cursor.accept(",")
        elif not kind:
            cursor.take()


def _name(cursor: Cursor, kind: str) -> tuple[int, int, str, ObjectName]:
    start = cursor.peek().start
    name = cursor.name()
    return start, cursor.tokens[cursor.at - 1].end, kind, name
