"""Grants: what a role may do with one thing is one object; we revoke only what the record says we granted."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from snowpipe_deploy.kind import Alteration, Facts, Kind, Meeting, Row, Shown
from snowpipe_deploy.model import Change, Hazard, ObjectKey, Observed, Reading, Reference, Scope, SqlObject
from snowpipe_deploy.names import ObjectName, literal
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.grants import ALL, OWNERSHIP, Grant, read_grants
from snowpipe_deploy.sqltext.head import Head
from snowpipe_deploy.types import signature_type

_PLAIN, _PASSED_ON = "granted", "with grant option"
_ACCOUNT = frozenset({
    "WAREHOUSE", "ROLE", "USER", "INTEGRATION", "RESOURCE MONITOR", "EXTERNAL VOLUME", "COMPUTE POOL", "CONNECTION", "ACCOUNT",
    "FAILOVER GROUP", "REPLICATION GROUP",
})  # fmt: skip
_OWNER = "TO"  # the clause of an ownership


def of_account(kind: str) -> bool:
    """Is a thing of this kind outside of all databases?"""
    return kind in _ACCOUNT or kind.endswith(" INTEGRATION")


def depth(kind: str) -> int:
    """How many parts the name of a thing of this kind has within the scope (in the account, for what is outside)."""
    return 1 if of_account(kind) or kind in {"DATABASE", "SCHEMA", "DATABASE ROLE"} else 2


def key_of(grant: Grant) -> ObjectKey:
    """The identity of a grant whose names are within the scope: what it is on, and to whom; an ownership has one holder."""
    if grant.member:
        detail = f"of {grant.on.lower()} {grant.name} to {grant.to.lower()}"
        return ObjectKey("GRANT", grant.grantee, detail)
    what = _what(grant)
    if OWNERSHIP in grant.privileges:
        return ObjectKey("GRANT", ObjectName((OWNERSHIP,)), f"on {what} of")
    return ObjectKey("GRANT", grant.grantee, f"on {what} to {grant.to.lower()}")


def about_account(key: ObjectKey) -> bool:
    """Is the grant on something outside of the database? Then other environments may count on it as well."""
    words = key.detail.split()
    return words[:2] in (["on", "account"], ["on", "warehouse"], ["of", "role"]) or "integration" in words[1:3]


def _what(grant: Grant) -> str:
    """Said without the database: that is the scope's."""
    if grant.wide:
        inside = "database" if grant.within == "DATABASE" else f"{grant.within.lower()} {grant.name}"
        return f"{grant.wide.lower()} {grant.on.lower()}s in {inside}"
    if grant.name is None or grant.on == "DATABASE":
        return grant.on.lower()
    return f"{grant.on.lower()} {grant.name}{grant.arguments}"


def merged(grants: Iterable[Grant]) -> str:
    """Several statements with one key as the shortest text that says the same."""
    first: Grant | None = None
    passed_on: set[str] = set()
    plain: set[str] = set()
    for grant in grants:
        first = first or grant
        (passed_on if grant.option else plain).update(grant.privileges)
    if first is None:
        return ""
    parts = [
        replace(first, privileges=tuple(sorted(privileges)), option=option).text()
        for privileges, option in ((plain - passed_on, False), (passed_on, True))
        if privileges
    ]
    return "; ".join(parts)


def _read(head: Head, schema: str | None) -> Reading:
    del schema
    found: dict[str, str] = {}
    for grant in read_grants(head.text):
        if OWNERSHIP in grant.privileges:
            found[_OWNER] = f"{grant.to.lower()} {grant.grantee}"
        else:
            found |= dict.fromkeys(grant.privileges, _PASSED_ON if grant.option else _PLAIN)
    return found


def _references(head: Head, schema: str | None) -> tuple[Reference, ...]:
    """What it is on, and the role that gets it; roles that the account has are not in the project, and found nowhere."""
    del schema
    (grant, *_) = read_grants(head.text)
    found = [Reference(grant.to, grant.grantee, "grants")]
    if grant.wide:
        found += [Reference(grant.within, grant.name, "grants")] if grant.name else []
    elif grant.name is not None:
        kinds = ("STORAGE INTEGRATION", "NOTIFICATION INTEGRATION") if grant.on.endswith("INTEGRATION") else (grant.on,)
        found += [Reference(kind, grant.name, "grants") for kind in kinds]
    return tuple(found)


def sql_of(text: str, scope: Scope, verb: str = "GRANT") -> tuple[str, ...]:
    """The statements of a recorded or desired text, as GRANT or REVOKE about full names."""
    return tuple(
        _sql(replace(grant, option=grant.option and verb == "GRANT"), scope, verb) for grant in read_grants(text)
    )


def _sql(grant: Grant, scope: Scope, verb: str = "GRANT") -> str:
    def full(kind: str, name: ObjectName) -> ObjectName:
        if kind == "DATABASE":
            return ObjectName((scope.database,))
        return name if of_account(kind) else scope.full(name)

    # others keep what they were granted when the owner changes (reference F.8)
    current = (grant.current or "COPY") if OWNERSHIP in grant.privileges else ""
    return replace(grant, verb=verb, current=current).text(full)


def _creates(change: Change, scope: Scope) -> tuple[str, ...]:
    return sql_of(change.desired.statement.text, scope) if change.desired else ()


def _drops(change: Change, scope: Scope) -> tuple[str, ...]:
    """An ownership cannot be revoked: it goes with what it is on."""
    if change.recorded is None or change.key.name.last == OWNERSHIP:
        return ()
    return sql_of(change.recorded.text, scope, "REVOKE")


def _alter(change: Change, scope: Scope) -> Alteration:
    if change.desired is None:
        raise ValueError(f"{change.key}: nothing is desired")
    if _OWNER in change.clauses:
        return Alteration(_creates(change, scope), _widens(change.desired))
    (first, *_) = read_grants(change.desired.statement.text)
    desired, before = change.desired.reading, change.before
    gone = tuple(p for p in change.clauses if p not in desired)
    made = [p for p in change.clauses if p in desired]
    statements = [_sql(replace(first, privileges=gone, option=False), scope, "REVOKE")] if gone else []
    lessened = tuple(p for p in made if desired[p] == _PLAIN and before.get(p) == _PASSED_ON)
    if lessened:
        statements.append(_sql(replace(first, privileges=lessened, option=True), scope, "REVOKE"))
    for option in (False, True):
        new = tuple(p for p in made if p not in lessened and (desired[p] == _PASSED_ON) == option)
        if new:
            statements.append(_sql(replace(first, privileges=new, option=option), scope))
    lost = Hazard("loses-grants", str(change.key.name), f"{change.key}: {', '.join(gone)} is revoked")
    return Alteration(tuple(statements), (*((lost,) if gone else ()), *_widens_by(change.key, first, made, desired)))


SYSTEM = frozenset({"ACCOUNTADMIN", "SECURITYADMIN", "USERADMIN", "SYSADMIN", "ORGADMIN", "GLOBALORGADMIN"})


def _widens(thing: SqlObject) -> tuple[Hazard, ...]:
    (first, *_) = read_grants(thing.statement.text)
    return _widens_by(thing.key, first, list(thing.reading), thing.reading)


def _widens_by(key: ObjectKey, grant: Grant, privileges: list[str], reading: Reading) -> tuple[Hazard, ...]:
    """Access that reaches further than one role's use of one thing."""
    why = ""
    if not privileges:
        return ()
    if grant.to == "ROLE" and grant.grantee.last == "PUBLIC":
        why = "everybody has the role PUBLIC"
    elif _OWNER in reading:
        why = f"the owner may do all with it, and give it away: {reading[_OWNER]}"
    elif grant.member:
        why = "who has the second role may do all that the first one may"
    elif grant.on == "ACCOUNT":
        why = f"{', '.join(privileges)} holds for the whole account"
    elif any(reading.get(p) == _PASSED_ON for p in privileges):
        why = "the role may pass it on"
    elif grant.to == "ROLE" and grant.grantee.last in SYSTEM:
        why = f"{grant.grantee} is a role of the account's administrators"
    return (Hazard("widens-access", str(grant.grantee), f"{key}: {why}"),) if why else ()


def missing(reading: Reading, facts: Mapping[str, str]) -> tuple[str, ...]:
    """The privileges that a text grants and that are not there; of ALL nobody can say."""
    if _OWNER in reading:
        return () if facts.get("owner") == reading[_OWNER] else (_OWNER,)
    parts = facts.get("privileges", "").split(", ")
    passed_on = {part.removesuffix(f" {_PASSED_ON}") for part in parts if part.endswith(_PASSED_ON)}
    held = {*parts, *passed_on}
    return tuple(p for p in reading if p != ALL and p not in (passed_on if reading[p] == _PASSED_ON else held))


def _compared(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    """What is missing is granted again; what others granted besides is theirs."""
    del key
    clauses = ", ".join(missing(reading, facts))
    if _OWNER in reading:
        return {"owner": Shown(clauses, str(reading[_OWNER]), facts.get("owner", ""))}
    wanted = _spelled({p: str(option) for p, option in reading.items()})
    return {"privileges": Shown(clauses, wanted, facts.get("privileges", ""))}


def _meets(thing: SqlObject, seen: Observed) -> Meeting:
    """A GRANT of what is there already succeeds (reference F.8): what is missing is granted, the rest is ours as well.

    Not so outside of the database: what another environment granted there is not ours to revoke.
    """
    if ALL in thing.reading or missing(thing.reading, seen.facts):
        return "create"
    return "same" if about_account(thing.key) else "adopt"


def roles_of(text: str) -> set[ObjectKey]:
    """The roles that get what the text grants."""
    return {ObjectKey(grant.to, grant.grantee) for grant in read_grants(text) if grant.to in {"ROLE", "DATABASE ROLE"}}


def question(roles: Iterable[ObjectKey], scope: Scope) -> str:
    """One statement that gives all grants to these roles: privileges, roles, and those on future objects."""
    shows, selects = [], []
    wanted = sorted(set(roles))
    for number, (kind, name) in enumerate((key.kind, key.name) for key in wanted):
        full = name if kind == "ROLE" else scope.full(name)
        shows += [f"SHOW GRANTS TO {kind} {full}", f"SHOW FUTURE GRANTS TO {kind} {full}"]
        place = 2 * (len(wanted) - number)
        who = f'SELECT {literal(kind)} AS "to", {literal(str(name))} AS "grantee"'
        selects.append(
            f'{who}, \'\' AS "wide", "privilege", "granted_on" AS "on", "name", "grant_option" FROM ${place}'
        )
        selects.append(f'{who}, \'FUTURE\', "privilege", "grant_on", "name", "grant_option" FROM ${place - 1}')
    return " ->> ".join([*shows, " UNION ALL ".join(selects)])


def observed(rows: Iterable[Row], scope: Scope) -> dict[ObjectKey, Observed]:
    """The answer to `question` by key; grants on what lies in another database are left out."""
    found: dict[ObjectKey, dict[str, str]] = {}
    for grant in of_rows(rows, scope):
        held = found.setdefault(key_of(grant), {})
        if OWNERSHIP in grant.privileges:
            held[_OWNER] = f"{grant.to.lower()} {grant.grantee}"
        else:
            held[grant.privileges[0]] = _PASSED_ON if grant.option else _PLAIN
    return {key: Observed(key, "granted", _facts(held)) for key, held in found.items()}


def of_rows(rows: Iterable[Row], scope: Scope) -> list[Grant]:
    """The answer to `question` as a grant for each privilege, names within the scope."""
    return [grant for grant in (_of_row(row, scope) for row in rows) if grant is not None]


def _facts(held: Mapping[str, str]) -> dict[str, str]:
    if _OWNER in held:
        return {"owner": held[_OWNER]}
    return {"privileges": _spelled(held)}


def _spelled(held: Mapping[str, str]) -> str:
    return ", ".join(f"{p} {_PASSED_ON}" if held[p] == _PASSED_ON else p for p in sorted(held))


def _of_row(row: Row, scope: Scope) -> Grant | None:
    on, name, wide = str(row["on"]).replace("_", " "), str(row["name"]), str(row["wide"] or "")
    to, grantee = str(row["to"]), ObjectName.parse(str(row["grantee"]))
    privilege, option = str(row["privilege"]), str(row["grant_option"]).lower() == "true"
    arguments = within = ""
    try:
        if wide:
            container = ObjectName.parse(name.rpartition(".<")[0])
            within = "DATABASE" if len(container.parts) == 1 else "SCHEMA"
            place = _placed(within, container, scope)
        elif on == "ACCOUNT":
            place = None
        else:
            place = _placed(on, ObjectName.parse(name), scope)
            if place is not None and "(" in place.last and on in {"PROCEDURE", "FUNCTION"}:
                arguments, place = routine(place)
    except ValueError:
        return None
    if place is None and on != "ACCOUNT":
        return None
    member = on in {"ROLE", "DATABASE ROLE"} and privilege == "USAGE"
    return Grant("GRANT", (privilege,), on, place, to, grantee, arguments, wide, within, member, option and not member)


def _placed(kind: str, name: ObjectName, scope: Scope) -> ObjectName | None:
    """The name within the scope, or nothing for what lies in another database."""
    if of_account(kind):
        return name
    if name.parts[0] != scope.database:
        return None
    return name if kind == "DATABASE" else ObjectName(name.parts[1:])


def routine(name: ObjectName) -> tuple[str, ObjectName]:
    """`"P(A NUMBER, B VARCHAR):VARCHAR"` to the argument types and the name."""
    spelled, _, rest = name.last.partition("(")
    inside = rest[: rest.rindex(")", 0, rest.rfind(":") if ":" in rest else None)]
    types = [signature_type(part.split(None, 1)[-1]) for part in split_list(inside)]
    return f"({', '.join(types)})", ObjectName((*name.parts[:-1], spelled))


def _no_key(row: Row) -> ObjectKey:
    raise ValueError(f"a grant is no row of one SHOW: {row}")


KIND = Kind(
    "GRANT",
    show="",
    facts=lambda _: {},
    key=_no_key,
    level="database",
    outside=about_account,
    read=_read,
    references=_references,
    creates=_creates,
    alter=_alter,
    drops=_drops,
    widens=_widens,
    compared=_compared,
    meets=_meets,
    drop_hazard="loses-grants",
    replaceable=False,
    unknowable=("which privileges ALL stands for",),
)
