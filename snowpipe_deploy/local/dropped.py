"""What was dropped and UNDROP can bring back: tables, dynamic tables, schemas and databases with all that lies in them (reference F.4).

They keep their ids, and by them rows, offsets, files, tags and load history; for as long as `DATA_RETENTION_TIME_IN_DAYS` says, by the
account's clock. Of each name the last that was dropped is kept: in Snowflake all are, which would let a file on a laptop grow with
every `CREATE OR REPLACE TABLE … AS`.
"""

import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from snowpipe_deploy.local import parameters, removal
from snowpipe_deploy.local.catalog import CONTAINERS, ROW, Entry, entry_of, space
from snowpipe_deploy.local.privileges import Held
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName

KINDS = ("TABLE", "DYNAMIC TABLE", "SCHEMA", "DATABASE")


def put_away(runner: Runner, entry: Entry) -> None:
    """Drops the object so that UNDROP can bring it back, where there is such a thing; runs inside `runner.definition()`."""
    days = parameters.number(runner.catalog, entry, "DATA_RETENTION_TIME_IN_DAYS") if entry.kind in KINDS else 0
    if not days or entry.properties.get("temporary"):
        removal.remove(runner, entry)
        return
    for inside in runner.catalog.below(entry.name) if entry.kind in CONTAINERS else ():
        if inside.properties.get("temporary"):
            removal.remove(runner, inside)
    place = _place(runner, entry.name)
    _free(runner, "until < ? OR (id = batch AND container = ? AND name = ? AND space = ?)",
          [runner.now(), place, entry.name.last, space(entry.kind)])  # fmt: skip
    gone = removal.with_inside(runner, entry)
    until = runner.now() + timedelta(days=days)
    for one in gone:
        grants = json.dumps([asdict(held) for held in removal.held_by(runner, one)], default=str)
        runner.engine.run(
            f"INSERT INTO _account.dropped SELECT ?, ?, ?, ?, ?, ?, ?, {ROW} FROM _account.objects WHERE id = ?",
            [entry.id, place, one.name.last, space(one.kind), runner.now(), until, grants, one.id],
        )
    removal.hide(runner, gone)


def expire(runner: Runner) -> None:
    """Gives back what has been dropped for longer than it is kept."""
    if _find(runner, "until < ?", [runner.now()]):
        with runner.definition():
            _free(runner, "until < ?", [runner.now()])


def take_back(runner: Runner, kind: str, name: ObjectName) -> tuple[list[tuple[Entry, list[Held]]], datetime] | None:
    """The object that was dropped last under this name and what lay in it, containers first, each with its grants; and when.

    They are kept no longer: it runs inside `runner.definition()`. None where nothing of this name can be brought back.
    """
    place = [_place(runner, name), name.last, kind, runner.now()]
    found = _find(runner, "id = batch AND container = ? AND name = ? AND kind = ? AND until >= ?", place)
    if not found:
        return None
    rows = _find(runner, "batch = ?", [found[0][0].id])
    runner.engine.run("DELETE FROM _account.dropped WHERE batch = ?", [found[0][0].id])
    depth = len(found[0][0].name.parts)
    # what it lies in may have another name by now
    back = [(replace(e, name=ObjectName((*name.parts, *e.name.parts[depth:]))), held) for e, held, _ in rows]
    return sorted(back, key=lambda pair: (len(pair[0].name.parts), pair[0].id)), found[0][2]


def all_of(runner: Runner, kind: str) -> list[tuple[Entry, datetime]]:
    """What of a kind can be brought back, each with when it was dropped: for SHOW … HISTORY."""
    rows: list[Any] = runner.engine.all("SELECT batch, container FROM _account.dropped WHERE id = batch")
    places: dict[int, int] = dict(rows)
    found = []
    for entry, _, dropped_on in _find(runner, "id = batch AND kind = ? AND until >= ?", [kind, runner.now()]):
        above = runner.catalog.by_id(places[entry.id])
        if above is not None or kind == "DATABASE":
            parts = (*above.name.parts, entry.name.last) if above is not None else entry.name.parts
            found.append((replace(entry, name=ObjectName(parts)), dropped_on))
    return found


def _place(runner: Runner, name: ObjectName) -> int:
    """The id of what an object of this name lies in: it keeps it when that is renamed."""
    if len(name.parts) == 1:
        return 0
    above = runner.catalog.find(("DATABASE", "SCHEMA")[len(name.parts) - 2], name.parent)
    return above.id if above is not None else 0


def _find(runner: Runner, condition: str, values: list[object]) -> list[tuple[Entry, list[Held], datetime]]:
    rows: list[Any] = runner.engine.all(
        f"SELECT {ROW}, grants, dropped_on FROM _account.dropped WHERE {condition}", values
    )
    return [
        (
            entry_of(row),
            [Held(**{**held, "created_on": datetime.fromisoformat(held["created_on"])}) for held in json.loads(grants)],
            dropped_on,
        )
        for *row, grants, dropped_on in rows
    ]


def _free(runner: Runner, condition: str, values: list[object]) -> None:
    """Frees all batches of which one object meets the condition."""
    batches = f"batch IN (SELECT batch FROM _account.dropped WHERE {condition})"
    removal.free(runner, [entry for entry, _, _ in _find(runner, batches, values)])
    runner.engine.run(f"DELETE FROM _account.dropped WHERE {batches}", values)
