"""What the role needs for a plan and does not have, all at once and before anything is touched.

`needs` reads a plan and runs nothing; `look` asks the account what the role holds, through the roles it inherits; `problems` puts
the two side by side. Grants that the plan itself makes count as held, and so does all that it creates.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from snowpipe_deploy.kinds import KINDS, grant
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Action, Finding, ObjectKey, Plan, Project, Scope
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.session import Result, Session, SqlError
from snowpipe_deploy.sqltext.clauses import head
from snowpipe_deploy.sqltext.grants import OWNERSHIP, read_grants
from snowpipe_deploy.sqltext.head import Head

ADMIN = "ACCOUNTADMIN"  # needs no look: what it lacks it can grant itself
_DEPTH = 12  # of roles granted to roles; deeper ones are not looked at
Place = tuple[str, str]  # a kind and a full name (with the types of a routine); the account has no name
_ACCOUNT: Place = ("ACCOUNT", "")
# the clauses that name a warehouse or an integration of the account
_NAMES = {
    "WAREHOUSE": "WAREHOUSE", "INITIALIZATION_WAREHOUSE": "WAREHOUSE", "STORAGE_INTEGRATION": "INTEGRATION",
    "ERROR_INTEGRATION": "INTEGRATION", "SUCCESS_INTEGRATION": "INTEGRATION", "INTEGRATION": "INTEGRATION",
    "NOTIFICATION_INTEGRATION": "INTEGRATION",
}  # fmt: skip
_MAY_NAME = re.compile("WAREHOUSE|INTEGRATION", re.IGNORECASE)
_STARTS = {"TASK": "EXECUTE TASK", "ALERT": "EXECUTE ALERT"}
_MANAGED = {"TASK": "EXECUTE MANAGED TASK", "ALERT": "EXECUTE MANAGED ALERT"}
_OPERATED = frozenset({"TASK", "ALERT", "PIPE", "DYNAMIC TABLE"})


@dataclass(frozen=True, slots=True)
class Need:
    """One of the `privileges` on `on` (or its OWNERSHIP), for an object; `primary` must be held by the primary role itself."""

    privileges: tuple[str, ...]
    on: Place
    of: ObjectKey
    primary: bool = False

    @property
    def statement(self) -> str:
        """What an administrator would run, with `{role}` for the role."""
        privilege = self.privileges[0]
        kind, name = self.on
        copied = " COPY CURRENT GRANTS" if privilege == OWNERSHIP else ""
        return f"GRANT {privilege} ON {kind}{f' {name}' if name else ''} TO ROLE {{role}}{copied}"


@dataclass(frozen=True, slots=True)
class Held:
    """What the session's roles hold. `names` are the warehouses and integrations that are visible, by kind; a kind of which the
    account shows none at all is left out. `unread` are roles whose grants could not be read."""

    role: str
    own: Mapping[Place, frozenset[str]] = field(default_factory=dict)
    all: Mapping[Place, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def problems(plan: Plan, session: Session, project: Project | None = None) -> tuple[Finding, ...]:
    """Everything that keeps the plan from being done, each with the GRANT to run, and last what was not checked; reads only."""
    return found(plan, look_for(plan, session), places_of(project) if project else None)


def look_for(plan: Plan, session: Session) -> Held:
    """What the session's role holds of what matters to the plan.

    A statement for who we are, one for the names of warehouses and one for those of integrations where the plan names any, and one a role:
    as many round trips as roles are deep, whatever the number of objects.
    """
    return look(session, {kind for _, kind, _ in _named(plan)})


def places_of(project: Project) -> dict[ObjectKey, Location]:
    return {thing.key: thing.statement.where for thing in project.objects}


def found(plan: Plan, held: Held, places: Mapping[ObjectKey, Location] | None = None) -> tuple[Finding, ...]:
    """The findings of a plan for what is held; pure."""
    where = places or {}
    missing: dict[tuple[tuple[str, ...], Place], list[Need]] = {}
    if held.role != ADMIN and not held.unread:
        given = _given(plan)
        for need in needs(plan):
            at = held.own if need.primary else held.all
            has = at.get(need.on, frozenset()) | given.get((held.role, need.on), set())
            if "MANAGE GRANTS" in need.privileges:
                has |= at.get(_ACCOUNT, frozenset()) & {"MANAGE GRANTS"}
            if not has & {*need.privileges, OWNERSHIP}:
                missing.setdefault((need.privileges, need.on), []).append(need)
    lacks = [_lack(held.role, group, where) for group in missing.values()]
    gone = [*_not_there(plan, held, where)]
    unchecked = _unchecked(plan, held)
    return (*lacks, *gone, *([unchecked] if unchecked else []))


# -- what a plan needs ---------------------------------------------------------------------------------------------------


def needs(plan: Plan) -> tuple[Need, ...]:
    """The privileges that the plan's statements need, in its order; what the plan makes itself is owned by the role."""
    made = {action.key for action in plan.actions if action.verb == "create"}
    found_: list[Need] = []
    if ("DATABASE", plan.scope.database) not in {(key.kind, key.name.last) for key in made} and plan.actions:
        found_ += _of_record(plan, made)
    for action in plan.actions:
        found_ += _of_action(action, plan.scope, made)
    return tuple(dict.fromkeys(found_))


def _of_record(plan: Plan, made: set[ObjectKey]) -> Iterator[Need]:
    """Every deployment is written down in the record schema."""
    key, database = ObjectKey("SCHEMA", ObjectName((plan.scope.record_schema,))), _database(plan.scope)
    del made
    yield Need(("USAGE",), database, key)
    if not plan.deployment:
        yield Need(("CREATE SCHEMA",), database, key, primary=True)
    else:
        yield Need(("USAGE",), ("SCHEMA", str(plan.scope.full(key.name))), key)


def _database(scope: Scope) -> Place:
    return ("DATABASE", str(ObjectName((scope.database,))))


def _of_action(action: Action, scope: Scope, made: set[ObjectKey]) -> Iterator[Need]:
    key = action.key
    if key.kind == "GRANT":
        yield from _of_grant(action, scope, made)
        return
    if key.kind not in KINDS or action.verb in {"adopt", "wait"}:
        return
    level = KINDS[key.kind].level
    if level == "account":
        kind = "INTEGRATION" if key.kind.endswith(" INTEGRATION") else key.kind
        place = (kind, str(key.name))
    else:
        place = (key.kind, f"{scope.full(key.name)}{key.detail}")
        yield from _around(key, level, scope, made)
    match action.verb:
        case "create" if level == "account":
            yield Need((f"CREATE {place[0]}",), _ACCOUNT, key, primary=True)
        case "create" if level == "database":
            yield Need((f"CREATE {key.kind}",), _database(scope), key, primary=True)
        case "create":
            schema = ObjectKey("SCHEMA", key.name.parent)
            if schema not in made:
                yield Need((f"CREATE {key.kind}",), ("SCHEMA", str(scope.full(schema.name))), key, primary=True)
        case "suspend" | "resume" if key not in made:
            yield Need(("OPERATE",) if key.kind in _OPERATED else (OWNERSHIP,), place, key)
        case "alter" | "replace" | "drop" if key not in made:
            yield Need((OWNERSHIP,), place, key)
    yield from _to_run(action, scope)


def _around(key: ObjectKey, level: str, scope: Scope, made: set[ObjectKey]) -> Iterator[Need]:
    """USAGE of what the object lies in."""
    if not any(other.kind == "DATABASE" for other in made):
        yield Need(("USAGE",), _database(scope), key)
    schema = ObjectKey("SCHEMA", key.name.parent)
    if level == "schema" and schema not in made:
        yield Need(("USAGE",), ("SCHEMA", str(scope.full(schema.name))), key)


def _to_run(action: Action, scope: Scope) -> Iterator[Need]:
    """What the owner of a task or an alert needs to run it: looked for where the owner is the deploying role (reference A.14)."""
    del scope
    if action.key.kind not in _STARTS or action.verb not in {"create", "alter"} or not action.text:
        return
    read = head(action.text)
    yield Need((_STARTS[action.key.kind],), _ACCOUNT, action.key)
    if "WAREHOUSE" not in read.clauses:
        yield Need((_MANAGED[action.key.kind],), _ACCOUNT, action.key)


def _of_grant(action: Action, scope: Scope, made: set[ObjectKey]) -> Iterator[Need]:
    """Who owns a thing grants on it, or who may manage all grants of the account."""
    if not action.sql:
        return
    given = read_grants(action.sql[0])[0]
    if given.on == "ACCOUNT" or given.name is None:
        yield Need(("MANAGE GRANTS",), _ACCOUNT, action.key)
        return
    kind = given.within or given.on
    relative = given.name if grant.of_account(kind) else ObjectName(given.name.parts[1:] or (scope.database,))
    detail = given.arguments
    if any(other.kind == kind and other.name == relative and other.detail == detail for other in made):
        return
    yield Need((OWNERSHIP, "MANAGE GRANTS"), (kind, f"{given.name}{detail}"), action.key)


def _given(plan: Plan) -> dict[tuple[str, Place], set[str]]:
    """What the plan itself grants, by role and place."""
    found_: dict[tuple[str, Place], set[str]] = {}
    for action in plan.actions:
        for sql in action.sql if action.key.kind == "GRANT" else ():
            for given in read_grants(sql):
                if given.verb == "GRANT" and not given.wide and given.to == "ROLE":
                    place = (given.on, f"{given.name}{given.arguments}") if given.name else _ACCOUNT
                    found_.setdefault((given.grantee.last, place), set()).update(given.privileges)
    return found_


# -- what the role holds ---------------------------------------------------------------------------------------------------


def look(session: Session, kinds: Collection[str] = ("WAREHOUSE", "INTEGRATION")) -> Held:
    """What the session's role holds: one statement a role that it has, one round trip a level of roles granted to roles.

    `kinds` are those of which the names are asked for.
    """
    wanted = sorted({*kinds})
    first = session.together(
        ["SELECT CURRENT_ROLE(), CURRENT_SECONDARY_ROLES()", *(f"SHOW {kind}S" for kind in wanted)]
    )
    if isinstance(first[0], SqlError):
        raise first[0]
    role, others = first[0].rows[0]
    names = {
        kind: frozenset(str(row["name"]) for row in answer.dicts())
        for kind, answer in zip(wanted, first[1:], strict=True)
        if isinstance(answer, Result) and answer.rows
    }
    if str(role) == ADMIN:
        return Held(str(role), names=names)
    second = [name for name in str(json.loads(str(others or "{}")).get("roles") or "").split(",") if name]
    own, unread = _inherited(session, [str(role)])
    further, unread_too = _inherited(session, second) if second else ({}, ())
    everything = {place: own.get(place, frozenset()) | further.get(place, frozenset()) for place in {*own, *further}}
    return Held(str(role), own, everything, names, (*unread, *unread_too))


def _inherited(session: Session, roles: list[str]) -> tuple[dict[Place, frozenset[str]], tuple[str, ...]]:
    """The privileges of these roles and of all that they inherit, by place."""
    found_: dict[Place, set[str]] = {}
    todo: list[tuple[str, str]] = [*(("ROLE", name) for name in roles), ("ROLE", "PUBLIC")]
    seen: set[tuple[str, str]] = set()
    for _ in range(_DEPTH):
        asked = sorted({*todo} - seen)
        if not asked:
            break
        seen |= {*asked}
        answers = session.together([_grants_of(kind, name) for kind, name in asked])
        todo = []
        for (_, name), answer in zip(asked, answers, strict=True):
            if isinstance(answer, SqlError):
                return {}, (name,)
            for row in answer.dicts():
                place = _place(str(row["granted_on"]).replace("_", " "), str(row["name"]))
                privilege = str(row["privilege"])
                if place[0] in {"ROLE", "DATABASE ROLE"} and privilege == "USAGE":
                    todo.append((place[0], str(row["name"])))
                found_.setdefault(place, set()).add(privilege)
    return {place: frozenset(privileges) for place, privileges in found_.items()}, ()


def _grants_of(kind: str, name: str) -> str:
    spelled = name if kind == "DATABASE ROLE" else str(ObjectName((name,)))
    return f"SHOW GRANTS TO {kind} {spelled}"


def _place(kind: str, name: str) -> Place:
    """A row of SHOW GRANTS as a place; names are spelled as `str(ObjectName)` does."""
    if kind == "ACCOUNT":
        return _ACCOUNT
    try:
        parsed = ObjectName.parse(name)
        if kind in {"PROCEDURE", "FUNCTION"} and "(" in parsed.last:
            arguments, parsed = grant.routine(parsed)
            return (kind, f"{parsed}{arguments}")
    except ValueError:
        return (kind, name)
    return (kind, str(parsed))


# -- what to say -----------------------------------------------------------------------------------------------------------


def _lack(role: str, group: list[Need], places: Mapping[ObjectKey, Location]) -> Finding:
    need = group[0]
    kind, name = need.on
    objects = sorted({str(one.of) for one in group})
    shown = ", ".join(objects[:3]) + (f" and {len(objects) - 3} more" if len(objects) > 3 else "")
    place = f"{kind.lower()} {name}".strip()
    message = f"role {role} has no {' or '.join(need.privileges)} on {place}, which {shown} needs"
    where = next((places[one.of] for one in group if one.of in places), Location("(plan)"))
    hint = need.statement.format(role=ObjectName((role,)))
    return Finding("SD022", "missing-privilege", "error", message, where, hint, str(need.of))


def _not_there(plan: Plan, held: Held, places: Mapping[ObjectKey, Location]) -> Iterator[Finding]:
    """Warehouses and integrations that are named and that the role does not see."""
    made = {("INTEGRATION" if a.key.kind.endswith("INTEGRATION") else a.key.kind, a.key.name.last) for a in plan.actions
            if a.verb == "create"}  # fmt: skip
    given = _given(plan)
    said: set[Place] = set()
    for action, kind, name in _named(plan):
        place = (kind, str(ObjectName((name,))))
        if place in said or (kind, name) in made or kind not in held.names:
            continue
        where = places.get(action.key, Location("(plan)"))
        of = str(action.key)
        if name not in held.names[kind]:
            said.add(place)
            message = (
                f"{kind.lower()} {name} does not exist, or role {held.role} does not see it; {action.key} names it"
            )
            hint = f"make it, or GRANT USAGE ON {kind} {place[1]} TO ROLE {ObjectName((held.role,))}"
            yield Finding("SD023", "missing-object", "error", message, where, hint, of)
        elif held.role != ADMIN and not held.unread:
            has = held.all.get(place, frozenset()) | given.get((held.role, place), set())
            if not has & {"USAGE", OWNERSHIP}:
                said.add(place)
                yield _lack(held.role, [Need(("USAGE",), place, action.key)], places)


def _named(plan: Plan) -> Iterator[tuple[Action, str, str]]:
    """The warehouses and integrations that the plan's objects name."""
    for action in plan.actions:
        made = action.key.kind in KINDS and action.verb in {"create", "alter", "replace"}
        if made and action.text and _MAY_NAME.search(action.text):  # to read 500 heads in vain takes 20 ms
            yield from ((action, kind, name) for kind, name in names_in(head(action.text)))


def names_in(read: Head) -> Iterator[tuple[str, str]]:
    """The warehouses and integrations that a statement names, each with its kind."""
    for clause, kind in _NAMES.items():
        value = read.clauses.get(clause)
        if isinstance(value, str) and value:
            yield kind, ObjectName.parse(value).last


def _unchecked(plan: Plan, held: Held) -> Finding | None:
    """What nobody looked at, in one line: silence would read as a pass."""
    what: list[str] = []
    if held.unread and held.role != ADMIN:
        what.append(f"privileges, because the grants of role {held.unread[0]} cannot be read")
    kinds = {kind for _, kind, _ in _named(plan)} - held.names.keys()
    what += [f"whether {kind.lower()}s exist: the account shows none" for kind in sorted(kinds)]
    made = {action.key.kind for action in plan.actions if action.verb in {"create", "alter", "replace"}}
    if made & {"VIEW", "DYNAMIC TABLE", "STREAM"}:
        what.append("what views, dynamic tables and streams read")
    if made & {"TASK", "ALERT"}:
        what.append("what tasks and alerts do when they run, and the rights of owners other than this role")
    if any(action.verb == "run" for action in plan.actions):
        what.append("what scripts do")
    if any(action.key.kind == "GRANT" for action in plan.actions):
        what.append("the owner of schemas with managed access")
    if not what:
        return None
    return Finding("SD024", "not-checked", "info", f"not checked: {'; '.join(what)}", Location("(plan)"))


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that keep the plan from being done."""
    return tuple(finding for finding in findings if finding.severity == "error")
