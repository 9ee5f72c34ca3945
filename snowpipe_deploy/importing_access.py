"""Who may do what in a live database, as files: its database roles, the roles that it grants to, their grants, and the warehouses it uses.

Roles and warehouses belong to the account, so only those are taken that the database's objects name or that are granted something in it;
what a role may do elsewhere, and who owns what, stays out.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from snowpipe_deploy.kinds import grant as grants
from snowpipe_deploy.kinds.warehouse import CLAUSES as WAREHOUSE_CLAUSES
from snowpipe_deploy.live import Live
from snowpipe_deploy.model import ObjectKey, Observed, Scope
from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.preflight import names_in
from snowpipe_deploy.session import Result, Session, SqlError
from snowpipe_deploy.sqltext.grants import OWNERSHIP, Grant
from snowpipe_deploy.sqltext.head import Head

_AT_ONCE = 40  # roles in one statement
_ROLES = frozenset({"ROLE", "DATABASE ROLE"})
_BUILT_IN = grants.SYSTEM | {"PUBLIC"}
_WAREHOUSE_NOTE = "MAX_CONCURRENCY_LEVEL and statement time-outs: SHOW does not tell them"


@dataclass(frozen=True, slots=True)
class Access:
    """Texts by the role or warehouse that they are about, each with the objects that it holds and what could not be brought along;
    `owners` are those of imported objects that belong to another role, `failed` roles whose grants cannot be read."""

    texts: Mapping[ObjectKey, tuple[str, tuple[ObjectKey, ...], tuple[str, ...]]]
    owners: Mapping[ObjectKey, str]
    failed: tuple[tuple[ObjectKey, str], ...] = ()


def read_access(session: Session, scope: Scope, live: Live, heads: Iterable[Head], chosen: Collection[ObjectKey], *,
                whole: bool) -> Access:  # fmt: skip
    """Reads only: one statement for every forty roles. `chosen` are the objects that are imported, `whole` tells of the whole database."""
    held, failed = _held(session, scope, live)
    warehouses = {name for head in heads for kind, name in names_in(head) if kind == "WAREHOUSE"}
    inside = [g for g in held if _is_in(g, {*chosen}, whole=whole)]
    roles = {ObjectKey(g.to, g.grantee) for g in inside if g.to in _ROLES}
    roles |= {key for key in live.objects if key.kind == "DATABASE ROLE" and whole}
    made = {key for key in roles if key in live.objects and key.name.last not in _BUILT_IN}
    kept = inside + [g for g in held if _is_about(g, made, warehouses)]
    texts = {key: _of_role(key, live.objects.get(key), kept, made=key in made) for key in sorted(roles)}
    for name in sorted(warehouses):
        key = ObjectKey("WAREHOUSE", ObjectName((name,)))
        if key in live.objects:
            texts[key] = (_warehouse(live.objects[key]), (key,), (_WAREHOUSE_NOTE,))
    return Access(texts, _owners(held, {*chosen}, live.role), failed)


def _held(session: Session, scope: Scope, live: Live) -> tuple[list[Grant], tuple[tuple[ObjectKey, str], ...]]:
    roles = sorted(key for key in live.objects if key.kind in _ROLES)
    parts = [roles[at : at + _AT_ONCE] for at in range(0, len(roles), _AT_ONCE)]
    found: list[Grant] = []
    failed: list[tuple[ObjectKey, str]] = []
    for part, answer in zip(parts, _asked(session, scope, parts), strict=True):
        if isinstance(answer, Result):
            found += grants.of_rows(answer.dicts(), scope)
            continue
        for key, one in zip(part, _asked(session, scope, [[key] for key in part]), strict=True):
            if isinstance(one, Result):
                found += grants.of_rows(one.dicts(), scope)
            else:
                failed.append((key, f"its grants cannot be read: {one.message}"))
    return found, tuple(failed)


def _asked(session: Session, scope: Scope, parts: list[list[ObjectKey]]) -> list[Result | SqlError]:
    return session.together([grants.question(part, scope) for part in parts]) if parts else []


def _is_in(grant: Grant, chosen: set[ObjectKey], *, whole: bool) -> bool:
    """On what is imported, or on the database; an owner is no grant of a file."""
    if OWNERSHIP in grant.privileges or grant.to not in _ROLES:
        return False
    if grant.member:
        return whole and grant.on == "DATABASE ROLE"
    if grants.of_account(grant.on) or grant.name is None:
        return False
    if grant.on == "DATABASE" or grant.within == "DATABASE":
        return whole
    if grant.wide:
        return ObjectKey("SCHEMA", grant.name) in chosen
    return ObjectKey(grant.on, grant.name, grant.arguments) in chosen


def _is_about(grant: Grant, roles: set[ObjectKey], warehouses: set[str]) -> bool:
    """Between imported roles, or on an imported warehouse."""
    if OWNERSHIP in grant.privileges or ObjectKey(grant.to, grant.grantee) not in roles or grant.name is None:
        return False
    if grant.member:
        return grant.on == "ROLE" and ObjectKey("ROLE", grant.name) in roles
    return grant.on == "WAREHOUSE" and grant.name.last in warehouses


def _of_role(
    key: ObjectKey, seen: Observed | None, kept: Iterable[Grant], *, made: bool
) -> tuple[str, tuple[ObjectKey, ...], tuple[str, ...]]:
    by_key: dict[ObjectKey, list[Grant]] = {}
    for one in kept:
        if (one.to, one.grantee) == (key.kind, key.name):
            by_key.setdefault(grants.key_of(one), []).append(one)
    lines = []
    if made and seen is not None:
        comment = f" COMMENT = {literal(seen.facts['comment'])}" if seen.facts.get("comment") else ""
        lines.append(f"CREATE {key.kind} {key.name}{comment};")
    lines += [f"{grants.merged(group)};" for _, group in sorted(by_key.items())]
    spelled = any("DATABASE" in {one.on, one.within} for group in by_key.values() for one in group)
    notes = ("its grants name the database: for other environments make it a template with {{ database }}",)
    return "\n".join(lines), (*((key,) if made else ()), *sorted(by_key)), notes if spelled else ()


def _warehouse(seen: Observed) -> str:
    lines = [
        f"{clause} = {_value(clause, seen.facts[fact])}"
        for clause, fact in WAREHOUSE_CLAUSES.items()
        if seen.facts.get(fact)
    ]
    return "\n    ".join([f"CREATE WAREHOUSE {seen.key.name}", *lines]) + ";"


def _value(clause: str, text: str) -> str:
    return text if clause != "COMMENT" and re.fullmatch(r"\w+", text) else literal(text)


def _owners(held: Iterable[Grant], chosen: set[ObjectKey], role: str) -> dict[ObjectKey, str]:
    found = {}
    for grant in held:
        if OWNERSHIP in grant.privileges and grant.name is not None and grant.grantee.last != role:
            key = ObjectKey(grant.on, grant.name, grant.arguments)
            if key in chosen:
                found[key] = (
                    f"its owner, {grant.to.lower()} {grant.grantee}: what is made from this file belongs to who deploys it"
                )
    return found
