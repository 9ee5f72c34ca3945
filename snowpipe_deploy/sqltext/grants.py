"""GRANT and REVOKE as values: which privileges, on what, to whom."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.head import KINDS, Cursor, accept_kind
from snowpipe_deploy.types import signature_type

_WHOM = ("DATABASE ROLE", "APPLICATION ROLE", "ROLE", "USER", "SHARE", "APPLICATION")
OWNERSHIP = "OWNERSHIP"
ALL = "ALL"
# in one statement that grants a role, the privilege that SHOW GRANTS gives for it
MEMBERSHIP = "USAGE"


@dataclass(frozen=True, slots=True)
class Grant:
    """One GRANT or REVOKE statement.

    `on` is the kind of what it is on (ACCOUNT has no name); of a role that is granted to another, `member` is true and `on` is
    ROLE or DATABASE ROLE. `wide` is FUTURE or ALL, then `within` is SCHEMA or DATABASE and `name` that container. `option`
    is WITH GRANT OPTION (of a REVOKE: GRANT OPTION FOR); `current` is COPY or REVOKE (CURRENT GRANTS).
    """

    verb: str
    privileges: tuple[str, ...]
    on: str
    name: ObjectName | None
    to: str
    grantee: ObjectName
    arguments: str = ""
    wide: str = ""
    within: str = ""
    member: bool = False
    option: bool = False
    current: str = ""

    def text(self, full: Callable[[str, ObjectName], ObjectName] = lambda _, name: name) -> str:
        """The statement, each name as `full(kind, name)` spells it."""
        parts = [self.verb]
        if self.verb == "REVOKE" and self.option:
            parts.append("GRANT OPTION FOR")
        if self.member:
            parts += [self.on, str(full(self.on, self.name or self.grantee))]
        else:
            parts += [", ".join(self.privileges), "ON", self.what(full)]
        parts += ["TO" if self.verb == "GRANT" else "FROM", self.to, str(full(self.to, self.grantee))]
        if self.verb == "GRANT" and self.option:
            parts.append("WITH GRANT OPTION")
        return " ".join([*parts, *([f"{self.current} CURRENT GRANTS"] if self.current else [])])

    def what(self, full: Callable[[str, ObjectName], ObjectName] = lambda _, name: name) -> str:
        """What it is on, as the statement says it."""
        if self.name is None:
            return self.on
        if self.wide:
            return f"{self.wide} {plural(self.on)} IN {self.within} {full(self.within, self.name)}"
        return f"{self.on} {full(self.on, self.name)}{self.arguments}"


def plural(kind: str) -> str:
    return f"{kind[:-1]}IES" if kind.endswith("Y") else f"{kind}S"


_BY_PLURAL = {plural(kind): kind for kind in KINDS}


@lru_cache(maxsize=8192)
def read_grants(text: str) -> tuple[Grant, ...]:
    """The GRANT and REVOKE statements of a text, `;` between them; raises ReadError."""
    cursor, found = Cursor(text), []
    while not cursor.done:
        found.append(_grant(cursor))
        while cursor.accept(";"):
            pass
    return tuple(found)


def _grant(cursor: Cursor) -> Grant:
    verb = cursor.accept_any("GRANT", "REVOKE")
    if not verb:
        raise cursor.error("expected GRANT or REVOKE")
    option = verb == "REVOKE" and cursor.accept("GRANT", "OPTION", "FOR")
    member = cursor.accept_any("DATABASE ROLE", "ROLE")
    privileges: tuple[str, ...]
    if member:
        name: ObjectName | None = cursor.name()
        privileges, on, arguments, wide, within = (MEMBERSHIP,), member, "", "", ""
    else:
        privileges = _privileges(cursor)
        on, name, arguments, wide, within = _what(cursor)
    cursor.expect("TO" if verb == "GRANT" else "FROM")
    to = cursor.accept_any(*_WHOM) or "ROLE"
    grantee = cursor.name()
    if verb == "GRANT":
        option = cursor.accept("WITH", "GRANT", "OPTION")
    current = cursor.accept_any("COPY CURRENT GRANTS", "REVOKE CURRENT GRANTS").partition(" ")[0]
    cursor.accept_any("CASCADE", "RESTRICT")
    if not cursor.done and cursor.peek().text != ";":
        raise cursor.error("unexpected text")
    return Grant(
        verb, privileges, on, name, to, grantee, arguments, wide, within, bool(member), bool(option), current
    )  # fmt: skip


def _privileges(cursor: Cursor) -> tuple[str, ...]:
    found: set[str] = set()
    words: list[str] = []
    while not cursor.sees("ON"):
        token = cursor.take()
        if token.text == "," and words:
            found.add(" ".join(words))
            words = []
        elif token.kind == "word":
            words.append(token.upper)
        else:
            cursor.at -= 1
            raise cursor.error("expected privileges and ON")
    cursor.expect("ON")
    found.add(" ".join(words).replace("ALL PRIVILEGES", ALL))
    return tuple(sorted(found))


def _what(cursor: Cursor) -> tuple[str, ObjectName | None, str, str, str]:
    if cursor.accept("ACCOUNT"):
        return "ACCOUNT", None, "", "", ""
    wide = cursor.accept_any("FUTURE", "ALL")
    if wide:
        on = _BY_PLURAL.get(cursor.accept_any(*sorted(_BY_PLURAL, key=lambda k: -len(k.split()))), "")
        if not on:
            raise cursor.error("expected a kind of object in the plural")
        cursor.expect("IN")
        within = cursor.accept_any("SCHEMA", "DATABASE")
        if not within:
            raise cursor.error("expected SCHEMA or DATABASE")
        return on, cursor.name(), "", wide, within
    on = accept_kind(cursor)
    if not on:
        raise cursor.error("expected a kind of object")
    name = cursor.name()
    arguments = ""
    if cursor.peek().text == "(":
        inside = Cursor(cursor.parens())
        parts = []
        while not inside.done:
            parts.append(signature_type(inside.until(",")))
            inside.accept(",")
        arguments = f"({', '.join(parts)})"
    return on, name, arguments, "", ""
