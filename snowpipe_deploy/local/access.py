"""What a statement needs of the role in use, and the grants that come and go with the objects it makes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from snowpipe_deploy.local.catalog import PARTS, Entry
from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.privileges import ADMIN, Held
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses.procedure import signature
from snowpipe_deploy.sqltext.head import Head

# what ALTER (and EXECUTE) may do without owning the object
_OPERATE = {"TASK": ("OPERATE",), "DYNAMIC TABLE": ("OPERATE",), "PIPE": ("OPERATE",), "ALERT": ("OPERATE",),
            "WAREHOUSE": ("MODIFY", "OPERATE"), "SCHEMA": ("MODIFY",), "DATABASE": ("MODIFY",)}  # fmt: skip
_STATE_WORDS = frozenset({"RESUME", "SUSPEND", "REFRESH", "SET", "UNSET", "PAUSE"})


def integration(kind: str) -> str:
    """All integrations are one kind in the catalog, whatever word stands before it."""
    return "INTEGRATION" if kind.endswith(" INTEGRATION") else kind


def named(runner: Runner, head: Head) -> Entry | None:
    """The object that the head names, if it is there."""
    if head.name is None:
        return None
    kind = integration(head.kind)
    name = runner.full(head.name, PARTS.get(kind, 3))
    if kind not in {"PROCEDURE", "FUNCTION"}:
        return runner.catalog.find(kind, name)
    if head.arguments is not None:
        return runner.catalog.find(kind, name, signature(head.arguments))
    found = runner.catalog.overloads(kind, name)
    return found[0] if len(found) == 1 else None


@contextmanager
def granted(runner: Runner, head: Head) -> Iterator[None]:
    """Around a CREATE: checks the role before; after it the new object has what COPY GRANTS keeps and FUTURE grants give."""
    if runner.role != ADMIN:
        _check(runner, head)
    if head.verb != "CREATE" or head.name is None:
        yield
        return
    grants = runner.shared.grants
    before = named(runner, head)
    kept = grants.on(before) if before is not None and "COPY GRANTS" in head.clauses else []
    yield
    after = named(runner, head)
    if after is None or (before is not None and before.id == after.id):
        return
    new = [replace(held, target=after.id) for held in kept]
    if not (kept and after.kind == "VIEW"):  # a view that keeps its grants gets no future ones besides
        new += _future(runner, after)
    if new:
        with runner.definition():
            for held in new:
                grants.add(runner.engine, held)


def _future(runner: Runner, entry: Entry) -> list[Held]:
    """The grants on future objects that this one falls under: those of the schema hide those of the database."""
    wide = [held for held in runner.shared.grants if held.wide and held.on == entry.kind]
    for depth in range(len(entry.name.parts) - 1, 0, -1):
        above = runner.catalog.find(("DATABASE", "SCHEMA")[depth - 1], ObjectName(entry.name.parts[:depth]))
        found = [held for held in wide if above is not None and held.target == above.id]
        if found:
            return [
                replace(held, wide="", target=entry.id, created_on=runner.now()) for held in found
                if held.privilege != "OWNERSHIP"
            ]  # fmt: skip
    return []


def _check(runner: Runner, head: Head) -> None:
    match head.verb:
        case "CREATE":
            _check_create(runner, head)
        case "ALTER":
            entry = named(runner, head)
            state = head.rest.split(None, 1)[0].upper() in _STATE_WORDS if head.rest.strip() else False
            if entry is not None:
                runner.require(entry, *(_OPERATE.get(entry.kind, ()) if state else ()))
        case "DROP":
            entry = named(runner, head)
            if entry is not None and not _owns_schema(runner, entry):
                runner.require(entry)


def _owns_schema(runner: Runner, entry: Entry) -> bool:
    above = runner.catalog.find("SCHEMA", entry.name.parent) if len(entry.name.parts) == 3 else None
    return above is not None and runner.may(above)


def _check_create(runner: Runner, head: Head) -> None:
    kind = integration(head.kind)
    parts = PARTS.get(kind, 3)
    existing = named(runner, head)
    if existing is not None and head.modifiers & {"OR REPLACE", "OR ALTER"}:
        runner.require(existing)
    if parts == 1:
        runner.require_account(f"CREATE {kind}")
        return
    if head.name is None or "TEMPORARY" in head.modifiers:
        return
    name = runner.full(head.name, parts)
    above = runner.catalog.find("DATABASE" if parts == 2 else "SCHEMA", name.parent)
    if above is None:
        return
    if not runner.sees(above):
        raise sql_error("missing", above.kind.title(), above.name)
    runner.require(above, f"CREATE {kind}")
