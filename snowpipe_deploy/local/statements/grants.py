"""GRANT, REVOKE and SHOW GRANTS (reference F.6, F.8, A.6)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from snowpipe_deploy.local.access import integration
from snowpipe_deploy.local.catalog import PARTS, Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.graphs import require_suspended
from snowpipe_deploy.local.privileges import ADMIN, PRIVILEGES, SYSTEM_ROLES, Held
from snowpipe_deploy.local.removal import orphan_children
from snowpipe_deploy.local.runner import Answer, Runner, listing, status
from snowpipe_deploy.local.statements._common import overload
from snowpipe_deploy.names import ObjectName, quote
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.grants import ALL, OWNERSHIP, Grant, read_grants
from snowpipe_deploy.sqltext.head import Cursor, Head, accept_kind

_DONE = "Statement executed successfully."
_ROLES = frozenset({"ROLE", "DATABASE ROLE"})


@dataclass(frozen=True, slots=True)
class _Securable:
    """What a privilege is on: an object, the account or a system role (no entry)."""

    kind: str
    entry: Entry | None = None
    name: str = ""

    @property
    def id(self) -> int:
        return self.entry.id if self.entry else 0


def _role(runner: Runner, kind: str, name: ObjectName) -> _Securable:
    """A role that there is."""
    if kind == "ROLE" and name.last in SYSTEM_ROLES:
        return _Securable("ROLE", None, name.last)
    full = runner.full(name, PARTS[kind])
    return _Securable(kind, runner.catalog.get(kind, full), ".".join(full.parts))


def _grantee(runner: Runner, kind: str, name: ObjectName) -> str:
    if kind == "USER":
        if name.last != runner.user:
            raise sql_error("missing", "User", name)
        return name.last
    if kind not in _ROLES:
        raise unsupported(f"GRANT … TO {kind}")
    return _role(runner, kind, name).name


def _one(runner: Runner, grant: Grant) -> _Securable:
    if grant.name is None:
        return _Securable("ACCOUNT")
    if grant.on in _ROLES:
        return _role(runner, grant.on, grant.name)
    kind = integration(grant.on)
    full = runner.full(grant.name, PARTS.get(kind, 3))
    if kind in {"PROCEDURE", "FUNCTION"}:
        return _Securable(kind, runner.catalog.get(kind, full, grant.arguments or "()"))
    entry = runner.catalog.get(kind, full)
    return _Securable(kind, entry)


def _container(runner: Runner, grant: Grant) -> Entry:
    if grant.name is None:
        raise sql_error("syntax", "syntax error: expected a name")
    return runner.catalog.get(grant.within, runner.full(grant.name, PARTS[grant.within]))


def _targets(runner: Runner, grant: Grant) -> list[_Securable]:
    """The objects that a statement means now; FUTURE means none."""
    if grant.wide != "ALL":
        return [_one(runner, grant)]
    return [_Securable(grant.on, entry) for entry in runner.catalog.of(grant.on, _container(runner, grant).name.parts)]


def _privileges(grant: Grant) -> tuple[str, ...]:
    known = PRIVILEGES.get(integration(grant.on))
    if known is None:
        raise unsupported(f"privileges on {grant.on}")
    if ALL in grant.privileges:
        return tuple(p for p in known if p not in {"IMPORTED PRIVILEGES", "APPLYBUDGET"})
    for privilege in grant.privileges:
        if privilege not in {*known, OWNERSHIP}:
            raise sql_error("syntax", f"Invalid privilege [{privilege}] for object type {grant.on}.")
    return grant.privileges


def grant(runner: Runner, head: Head) -> Answer:
    (made,) = read_grants(head.text)
    grantee = _grantee(runner, made.to, made.grantee)
    if made.member:
        _grant_role(runner, made, grantee)
    elif OWNERSHIP in made.privileges:
        _give(runner, made, grantee)
    elif made.wide == "FUTURE":
        container = _container(runner, made)
        _may_grant(runner, _Securable(container.kind, container), ())
        _add(runner, [_held(runner, made, p, container.id, "", grantee, "FUTURE") for p in _privileges(made)])
    else:
        privileges, new = _privileges(made), []
        for target in _targets(runner, made):
            _may_grant(runner, target, privileges)
            new += [_held(runner, made, p, target.id, "", grantee) for p in privileges]
        _add(runner, new)
    return status(_DONE)


def _held(
    runner: Runner, made: Grant, privilege: str, number: int, name: str, grantee: str, wide: str = ""
) -> Held:  # fmt: skip
    return Held(
        privilege, integration(made.on), number, name, made.to, grantee, made.option, runner.role, runner.now(), wide
    )  # fmt: skip


def _add(runner: Runner, new: list[Held]) -> None:
    with runner.definition():
        for held in new:
            runner.shared.grants.add(runner.engine, held)


def _may_grant(runner: Runner, target: _Securable, privileges: Iterable[str]) -> None:
    """The owner grants, whoever has MANAGE GRANTS, and who holds the privilege with the grant option."""
    grants = runner.shared.grants
    if runner.role == ADMIN or "MANAGE GRANTS" in grants.of_account(runner.role):
        return
    if target.entry is None:
        raise sql_error("privileges", target.kind.lower(), target.name or "LOCAL")
    schema = runner.catalog.find("SCHEMA", target.entry.name.parent) if len(target.entry.name.parts) == 3 else None
    if schema is not None and schema.properties.get("WITH MANAGED ACCESS"):
        runner.require(schema)  # who owns an object in it does not grant on it (reference F.8)
        return
    roles = grants.inherited(runner.role)
    passed_on = {h.privilege for h in grants.on(target.entry) if h.option and (h.to, h.grantee) in roles}
    if not (privileges and passed_on.issuperset(privileges)):
        runner.require(target.entry)


def _grant_role(runner: Runner, made: Grant, grantee: str) -> None:
    member = _role(runner, made.on, made.name or made.grantee)
    _may_grant(runner, member, ())
    if made.to in _ROLES and (made.to, grantee) in runner.shared.grants.inherited(member.name) - {("ROLE", "PUBLIC")}:
        raise sql_error("role_circle", grantee, member.name)
    _add(runner, [_held(runner, made, "USAGE", member.id, member.name, grantee)])


def _give(runner: Runner, made: Grant, grantee: str) -> None:
    """GRANT OWNERSHIP: refused while others hold grants, unless they are copied or revoked; suspends a task (reference A.6)."""
    if made.wide == "FUTURE" or made.to != "ROLE":
        raise unsupported(f"GRANT OWNERSHIP ON {made.wide or made.on} TO {made.to}")
    grants = runner.shared.grants
    targets = [target for target in _targets(runner, made) if target.entry is not None]
    if not targets and made.wide != "ALL":
        raise sql_error("privileges", made.on.lower(), made.name or "LOCAL")
    for target in targets:
        entry = target.entry
        if entry is None or entry.owner == grantee:
            continue
        runner.require(entry)
        if entry.kind == "TASK":
            require_suspended(runner, entry.name)
        if entry.kind == "PIPE" and not entry.properties.get("paused_on"):
            raise sql_error("task", f"Pipe {entry.name} must be paused before it changes its owner.")
        outbound = grants.on(entry)
        if outbound and not made.current:
            raise sql_error("outbound", outbound[0].privilege, entry.name, outbound[0].grantee)
    with runner.definition():
        for target in targets:
            entry = target.entry
            if entry is None or entry.owner == grantee:
                continue
            if made.current == "REVOKE":
                grants.remove(runner.engine, grants.on(entry))
            changed = replace(entry, owner=grantee)
            if entry.kind == "TASK":
                moment = runner.now().isoformat()
                changed = changed.with_(state="suspended", suspended_reason="GRANT_OWNERSHIP", suspended_on=moment)
                if not made.wide:  # one task alone leaves its graph
                    orphan_children(runner, entry)
                    changed = changed.with_(AFTER=None, FINALIZE=None)
            runner.catalog.change(runner.engine, changed)


def revoke(runner: Runner, head: Head) -> Answer:
    (made,) = read_grants(head.text)
    grantee = _grantee(runner, made.to, made.grantee)
    grants = runner.shared.grants
    whom = (made.to, grantee)
    if made.member:
        member = _role(runner, made.on, made.name or made.grantee)
        _may_grant(runner, member, ())
        gone = [h for h in grants if h.on == member.kind and h.name == member.name and (h.to, h.grantee) == whom]
    else:
        if OWNERSHIP in made.privileges:
            raise sql_error("syntax", "OWNERSHIP cannot be revoked: grant it to another role")
        privileges = _privileges(made)
        if made.wide == "FUTURE":
            targets, wide = [_Securable(made.on, _container(runner, made))], "FUTURE"
        else:
            targets, wide = _targets(runner, made), ""
        for target in targets:
            _may_grant(runner, target, privileges)
        ids = {target.id for target in targets}
        kind = integration(made.on)
        gone = [
            h for h in grants
            if h.target in ids and h.on == kind and h.wide == wide and (h.to, h.grantee) == whom and h.privilege in privileges
        ]  # fmt: skip
    with runner.definition():
        grants.remove(runner.engine, gone)
        if made.option:
            for held in gone:
                grants.add(runner.engine, replace(held, option=False))
    return status(_DONE)


_COLUMNS = ("created_on", "privilege", "granted_on", "name", "granted_to", "grantee_name", "grant_option", "granted_by",
            "granted_by_role_type")  # fmt: skip
_FUTURE = ("created_on", "privilege", "grant_on", "name", "grant_to", "grantee_name", "grant_option")
_OF = ("created_on", "role", "granted_to", "grantee_name", "granted_by")


def _shown(kind: str) -> str:
    return kind.replace(" ", "_")


def _name(entry: Entry) -> str:
    """The full name; of a routine as SHOW GRANTS spells it, with its arguments and result."""
    if entry.kind not in {"PROCEDURE", "FUNCTION"}:
        return str(entry.name)
    returns = str(entry.properties.get("returns", ""))
    spelled = f"{entry.name.last}({', '.join(split_list(entry.properties['arguments']))}):{returns}"
    return f"{entry.name.parent}.{quote(spelled)}"


def _row(runner: Runner, held: Held) -> list[object]:
    entry = runner.catalog.by_id(held.target)
    name = _name(entry) if entry else held.name or "LOCAL"
    option = "true" if held.option else "false"
    return [held.created_on, held.privilege, _shown(held.on), name, _shown(held.to), held.grantee, option, held.granted_by,
            "ROLE"]  # fmt: skip


def _owned(entry: Entry) -> list[object]:
    kind = _shown(entry.kind)
    return [entry.created_on, OWNERSHIP, kind, _name(entry), "ROLE", entry.owner, "true", entry.owner, "ROLE"]


def show_grants(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.take()
    future = cursor.accept("FUTURE")
    cursor.expect("GRANTS")
    columns, rows = _future(runner, cursor) if future else _listed(runner, cursor)
    if cursor.accept("LIMIT"):
        rows = rows[: int(cursor.take().text)]
    if not cursor.done:
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")
    return listing(columns, rows)


def _listed(runner: Runner, cursor: Cursor) -> tuple[tuple[str, ...], list[list[object]]]:
    grants = runner.shared.grants
    if cursor.accept("ON", "ACCOUNT"):
        return _COLUMNS, [_row(runner, held) for held in grants if held.on == "ACCOUNT"]
    if cursor.accept("ON"):
        return _COLUMNS, list(_on(runner, cursor))
    if cursor.accept("OF"):
        member = _role(runner, cursor.accept_any("DATABASE ROLE", "ROLE"), cursor.name())
        held_by = [h for h in grants if h.on == member.kind and h.name == member.name]
        return _OF, [[h.created_on, member.name, _shown(h.to), h.grantee, h.granted_by] for h in held_by]
    kind, name = "USER", runner.user
    if cursor.accept("TO"):
        kind = cursor.accept_any("DATABASE ROLE", "ROLE", "USER")
        name = _grantee(runner, kind, cursor.name())
    rows = [_row(runner, held) for held in grants if not held.wide and (held.to, held.grantee) == (kind, name)]
    if kind == "ROLE":
        rows += [_owned(entry) for entry in runner.catalog.everything() if entry.owner == name]
    return _COLUMNS, rows


def _on(runner: Runner, cursor: Cursor) -> Iterator[list[object]]:
    kind = integration(accept_kind(cursor))
    name = cursor.name()
    if kind in _ROLES:
        entry = _role(runner, kind, name).entry
    else:
        full = runner.full(name, PARTS.get(kind, 3))
        types = cursor.parens() if cursor.peek().text == "(" else ""
        arguments = overload(types) if kind in {"PROCEDURE", "FUNCTION"} else ""
        entry = runner.catalog.get(kind, full, arguments)
    if entry is not None:
        if not runner.sees(entry):
            raise sql_error("missing", kind.title(), entry.name)
        yield _owned(entry)
        for held in runner.shared.grants.on(entry):
            # who has a role is told by SHOW GRANTS OF
            if held.on not in _ROLES:
                yield _row(runner, held)


def _future(runner: Runner, cursor: Cursor) -> tuple[tuple[str, ...], list[list[object]]]:
    wide = [held for held in runner.shared.grants if held.wide]
    if cursor.accept("IN"):
        kind = cursor.accept_any("SCHEMA", "DATABASE")
        container = runner.catalog.get(kind, runner.full(cursor.name(), PARTS[kind]))
        found = [held for held in wide if held.target == container.id]
    else:
        cursor.expect("TO")
        kind = cursor.accept_any("DATABASE ROLE", "ROLE")
        whom = (kind, _grantee(runner, kind, cursor.name()))
        found = [held for held in wide if (held.to, held.grantee) == whom]
    rows: list[list[object]] = []
    for held in found:
        above = runner.catalog.by_id(held.target)
        name = f"{above.name if above else ''}.<{held.on}>"
        option = "true" if held.option else "false"
        rows.append([held.created_on, held.privilege, _shown(held.on), name, _shown(held.to), held.grantee, option])
    return _FUTURE, rows


HANDLERS = {
    ("GRANT",): grant,
    ("REVOKE",): revoke,
    ("SHOW", "GRANTS"): show_grants,
    ("SHOW", "FUTURE GRANTS"): show_grants,
}
