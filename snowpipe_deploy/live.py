"""Reads what the account has: one SHOW a kind, and the columns of all tables at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from snowpipe_deploy.kinds import KINDS
from snowpipe_deploy.model import ObjectKey, Observed, Scope
from snowpipe_deploy.names import ObjectName, literal, quote
from snowpipe_deploy.session import Session


@dataclass(frozen=True, slots=True)
class Live:
    """What is visible. `identity` is the database's own (account and creation time); empty if it is not there."""

    identity: str = ""
    objects: Mapping[ObjectKey, Observed] = field(default_factory=dict)
    account: str = ""
    role: str = ""

    @property
    def exists(self) -> bool:
        return bool(self.identity)


def observe(session: Session, scope: Scope, kinds: Iterable[str]) -> Live:
    """The scope's database as the session's role sees it; reads only."""
    account, role = session.execute("SELECT CURRENT_ACCOUNT(), CURRENT_ROLE()").rows[0]
    found = [
        row
        for row in session.execute(f"SHOW DATABASES LIKE {literal(scope.database)}").dicts()
        if row["name"] == scope.database
    ]
    if not found:
        return Live(account=str(account), role=str(role))
    identity = f"{account}/{scope.database}/{found[0]['created_on']}"
    objects: dict[ObjectKey, Observed] = {}
    wanted = sorted(set(kinds))
    for name in wanted:
        objects |= _of_kind(session, scope, name)
    if "TABLE" in wanted:
        objects = _with_columns(session, scope, objects)
    return Live(identity, objects, str(account), str(role))


def _of_kind(session: Session, scope: Scope, name: str) -> dict[ObjectKey, Observed]:
    kind = KINDS[name]
    found = {}
    for row in session.execute(kind.show.format(database=quote(scope.database))).dicts():
        if kind.skip(row) or row.get("schema_name") == scope.record_schema:
            continue
        key = kind.key(row)
        facts = {fact: _relative(value, scope) for fact, value in kind.facts(row).items()}
        found[key] = Observed(key, str(row.get("id") or row["created_on"]), facts, kind.state(row))
    return found


def _relative(value: str, scope: Scope) -> str:
    """Facts do not name the database, so that a record can be carried to another one."""
    return value.removeprefix(f"{quote(scope.database)}.")


def _with_columns(session: Session, scope: Scope, objects: dict[ObjectKey, Observed]) -> dict[ObjectKey, Observed]:
    rows = session.execute(
        "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, "
        f"IS_NULLABLE, COMMENT FROM {quote(scope.database)}.INFORMATION_SCHEMA.COLUMNS ORDER BY 1, 2, ORDINAL_POSITION"
    ).rows
    columns: dict[ObjectKey, dict[str, str]] = {}
    for schema, table, column, kind, length, precision, digits, nullable, comment in rows:
        key = ObjectKey("TABLE", ObjectName((str(schema), str(table))))
        sizes = f"({length})" if length is not None else f"({precision},{digits})" if precision is not None else ""
        spelled = (
            f"{kind}{sizes}{'' if nullable == 'YES' else ' NOT NULL'}{' ' + literal(str(comment)) if comment else ''}"
        )
        columns.setdefault(key, {})[f"column {quote(str(column))}"] = spelled
    return {
        key: replace(seen, facts={**seen.facts, **columns.get(key, {})}) if key.kind == "TABLE" else seen
        for key, seen in objects.items()
    }
