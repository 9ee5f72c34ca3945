"""Who may do what: the grants of the account, kept in its file and read from a copy, and the roles that inherit them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.engine import Engine

ADMIN = "ACCOUNTADMIN"
PUBLIC = "PUBLIC"
# the roles that every account has, and what each inherits; PUBLIC belongs to all
SYSTEM_ROLES: dict[str, tuple[str, ...]] = {
    ADMIN: ("SYSADMIN", "SECURITYADMIN"), "SECURITYADMIN": ("USERADMIN",), "SYSADMIN": (), "USERADMIN": (), PUBLIC: (),
}  # fmt: skip
_GLOBAL = {
    "SYSADMIN": ("CREATE DATABASE", "CREATE WAREHOUSE"),
    "SECURITYADMIN": ("MANAGE GRANTS",),
    "USERADMIN": ("CREATE ROLE", "CREATE USER"),
}
_ON_TABLE = (
    "APPLYBUDGET",
    "DELETE",
    "EVOLVE SCHEMA",
    "INSERT",
    "REFERENCES",
    "REBUILD",
    "SELECT",
    "TRUNCATE",
    "UPDATE",
)
# what can be granted on each kind, OWNERSHIP aside; of a schema also CREATE <kind>
PRIVILEGES: dict[str, tuple[str, ...]] = {
    "DATABASE": ("APPLYBUDGET", "CREATE DATABASE ROLE", "CREATE SCHEMA", "IMPORTED PRIVILEGES", "MODIFY", "MONITOR", "USAGE"),
    "SCHEMA": ("ADD SEARCH OPTIMIZATION", "APPLYBUDGET", "MODIFY", "MONITOR", "USAGE"),
    "TABLE": _ON_TABLE,
    "VIEW": ("DELETE", "INSERT", "REFERENCES", "SELECT", "TRUNCATE", "UPDATE"),
    "DYNAMIC TABLE": ("MONITOR", "OPERATE", "SELECT"),
    "STREAM": ("SELECT",),
    "SEQUENCE": ("USAGE",),
    "FILE FORMAT": ("USAGE",),
    "STAGE": ("READ", "USAGE", "WRITE"),
    "TASK": ("APPLYBUDGET", "MONITOR", "OPERATE"),
    "PIPE": ("APPLYBUDGET", "MONITOR", "OPERATE"),
    "ALERT": ("MONITOR", "OPERATE"),
    "PROCEDURE": ("USAGE",),
    "FUNCTION": ("USAGE",),
    "TAG": ("APPLY",),
    "MASKING POLICY": ("APPLY",),
    "ROW ACCESS POLICY": ("APPLY",),
    "WAREHOUSE": ("APPLYBUDGET", "MODIFY", "MONITOR", "OPERATE", "USAGE"),
    "INTEGRATION": ("USAGE", "USE_ANY_ROLE"),
    "ACCOUNT": (
        "CREATE DATABASE", "CREATE INTEGRATION", "CREATE ROLE", "CREATE USER", "CREATE WAREHOUSE", "EXECUTE ALERT",
        "EXECUTE MANAGED ALERT", "EXECUTE MANAGED TASK", "EXECUTE TASK", "IMPORT SHARE", "MANAGE GRANTS", "MANAGE WAREHOUSES",
        "MONITOR EXECUTION", "MONITOR USAGE",
    ),
}  # fmt: skip
_IN_SCHEMAS = frozenset(PRIVILEGES) - {"DATABASE", "SCHEMA", "WAREHOUSE", "INTEGRATION", "ACCOUNT"}
CREATABLE = (*sorted(_IN_SCHEMAS | {"MATERIALIZED VIEW", "EXTERNAL TABLE"}),)
PRIVILEGES["SCHEMA"] += tuple(f"CREATE {kind}" for kind in CREATABLE)
Role = tuple[str, str]  # ROLE or DATABASE ROLE, and its name


@dataclass(frozen=True, slots=True)
class Held:
    """One privilege that a role has.

    `target` is the id of what it is on, or 0: then it is the account, or the system role `name`. `wide` is FUTURE for what
    applies to objects of the kind `on` that come into the database or schema `target`.
    """

    privilege: str
    on: str
    target: int
    name: str
    to: str
    grantee: str
    option: bool
    granted_by: str
    created_on: datetime
    wide: str = ""

    @property
    def place(self) -> tuple[object, ...]:
        """What there can be only one of."""
        return (self.privilege, self.on, self.target, self.name, self.to, self.grantee, self.wide)


class Grants:
    """All grants of the account. `version` moves with every change."""

    def __init__(self, engine: Engine) -> None:
        self._held: dict[tuple[object, ...], Held] = {}
        self._inherited: dict[
            str, tuple[int, set[Role]]
        ] = {}  # by role: the version they were found at, and what was found
        self.version = 0
        self.load(engine)

    def load(self, engine: Engine) -> None:
        rows: list[Any] = engine.all(
            "SELECT privilege, kind, object, name, grantee_kind, grantee, grant_option, granted_by, created_on, wide "
            "FROM _account.grants ORDER BY created_on"
        )
        self._held = {held.place: held for held in (Held(*row) for row in rows)}
        self.version += 1

    def __iter__(self) -> Iterator[Held]:
        return iter(self._held.values())

    def add(self, engine: Engine, held: Held) -> None:
        """A grant that is there already stays as it is, unless it gains the grant option."""
        before = self._held.get(held.place)
        if before is not None and (before.option or not held.option):
            return
        self._forget(engine, held)
        engine.run(
            "INSERT INTO _account.grants VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [held.privilege, held.on, held.target, held.name, held.to, held.grantee, held.option, held.granted_by,
             held.created_on, held.wide],
        )  # fmt: skip
        self._held[held.place] = held
        self.version += 1

    def remove(self, engine: Engine, gone: Iterable[Held]) -> None:
        for held in tuple(gone):
            self._forget(engine, held)
            self._held.pop(held.place, None)
            self.version += 1

    def _forget(self, engine: Engine, held: Held) -> None:
        engine.run(
            "DELETE FROM _account.grants WHERE privilege = ? AND kind = ? AND object = ? AND name = ? AND grantee_kind = ? "
            "AND grantee = ? AND wide = ?",
            list(held.place),
        )

    def on(self, entry: Entry) -> list[Held]:
        """What is granted on an object itself."""
        return [held for held in self if held.target == entry.id and not held.wide]

    def inherited(self, role: str) -> set[Role]:
        """The role and all roles whose privileges it has."""
        version, known = self._inherited.get(role, (-1, set()))
        if version == self.version:
            return known
        found: set[Role] = set()
        todo: list[Role] = [("ROLE", role), ("ROLE", PUBLIC)]
        while todo:
            one = todo.pop()
            if one in found:
                continue
            found.add(one)
            todo += [("ROLE", below) for below in SYSTEM_ROLES.get(one[1], ()) if one[0] == "ROLE"]
            todo += [
                (h.on, h.name)
                for h in self
                if h.on in {"ROLE", "DATABASE ROLE"} and (h.to, h.grantee) == one and h.name
            ]
        self._inherited[role] = (self.version, found)
        return found

    def privileges(self, role: str, entry: Entry) -> set[str]:
        """What the role may do with an object, by itself or through the roles it inherits."""
        roles = self.inherited(role)
        found = {held.privilege for held in self.on(entry) if (held.to, held.grantee) in roles}
        return found | {"OWNERSHIP"} if ("ROLE", entry.owner) in roles else found

    def of_account(self, role: str) -> set[str]:
        """The global privileges of a role."""
        roles = self.inherited(role)
        found = {held.privilege for held in self if held.on == "ACCOUNT" and (held.to, held.grantee) in roles}
        return found.union(*(_GLOBAL.get(name, ()) for _, name in roles))
