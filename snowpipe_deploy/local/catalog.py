"""The objects of the account: kept in its file, read from a copy that every write renews."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from snowpipe_deploy.local.engine import Engine
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.types import parse_type

RELATIONS = frozenset({"TABLE", "VIEW", "DYNAMIC TABLE", "MATERIALIZED VIEW"})
# properties that runs change again and again, and that no translated text depends on
_PROGRESS = frozenset({"failures", "kept"})
CONTAINERS = {"DATABASE": 1, "SCHEMA": 2}
# how many parts the names have; all others have three
PARTS = {**CONTAINERS, "DATABASE ROLE": 2, "ROLE": 1, "WAREHOUSE": 1, "INTEGRATION": 1}


@dataclass(frozen=True, slots=True)
class Entry:
    """One object. `properties` is JSON: state, clauses, columns; `text` the CREATE statement as it was typed."""

    id: int
    kind: str
    name: ObjectName
    created_on: datetime
    signature: str = ""
    owner: str = "ACCOUNTADMIN"
    comment: str = ""
    properties: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(
            Column(c["name"], parse_type(c["type"]), c["nullable"], c["default"], c["identity"], c["comment"], c["constraint"],
                   c.get("policy", ""))
            for c in self.properties.get("columns", ())
        )  # fmt: skip

    @property
    def engine_name(self) -> str:
        """The DuckDB view that stands for a relation or a stream: `"DB.SCHEMA"."NAME"`."""
        return f"{schema_name(self.name.parent)}.{quoted(self.name.last)}"

    @property
    def base(self) -> str:
        """The DuckDB table that holds the rows."""
        return f"_data.t{self.id}"

    @property
    def log(self) -> str:
        """The DuckDB table that holds the changes, once a stream watches."""
        return f"_data.l{self.id}"

    def identity(self, column: Column) -> str:
        """The DuckDB sequence that numbers an IDENTITY column."""
        return f"_data.{quoted(f'i{self.id}_{column.name}')}"

    def with_(self, **changes: Any) -> "Entry":
        """A copy with some properties changed; a value of None removes the property."""
        merged = {**self.properties, **changes}
        return replace(self, properties={k: v for k, v in merged.items() if v is not None})


ROW = "id, kind, parts, signature, created_on, owner, comment, properties, text"  # the columns that hold an entry


def entry_of(row: tuple[Any, ...]) -> Entry:
    """The entry that is kept in these columns."""
    number, kind, parts, signature, created_on, owner, comment, properties, text = row
    return Entry(
        number, kind, ObjectName(tuple(parts)), created_on, signature, owner, comment, json.loads(properties), text
    )


def quoted(identifier: str) -> str:
    """An identifier for DuckDB, always in quotes."""
    return '"' + identifier.replace('"', '""') + '"'


def schema_name(schema: ObjectName) -> str:
    """All databases live in one DuckDB catalog: database and schema are one DuckDB schema, `"DB.SCHEMA"`."""
    return quoted(".".join(schema.parts))


def column_dict(column: Column) -> dict[str, Any]:
    return {
        "name": column.name, "type": str(column.type), "nullable": column.nullable, "default": column.default,
        "identity": column.identity, "comment": column.comment, "constraint": column.constraint,
        "policy": column.policy,
    }  # fmt: skip


Key = tuple[str, tuple[str, ...], str]
Seen = tuple[Key, int] | None  # a table with its stamp; None for anything else that may have been looked at


def space(kind: str) -> str:
    """Tables, views and dynamic tables share one namespace."""
    return "RELATION" if kind in RELATIONS else kind


def _engine_space(kind: str) -> str:
    """Kinds that share names in the engine; empty for those that are not in it."""
    if kind in RELATIONS or kind == "STREAM":
        return "RELATION"
    return kind if kind in CONTAINERS else ""


def _without_progress(entry: Entry) -> Entry:
    return replace(entry, properties={k: v for k, v in entry.properties.items() if k not in _PROGRESS})


class _Watch(threading.local):
    """What a thread has looked up: sessions on several threads share one catalog."""

    seen: set[Seen] | None = None


class Catalog:
    """All entries, by namespace, name and signature. `version` moves with every write that a text may depend on."""

    def __init__(self, engine: Engine) -> None:
        self._entries: dict[Key, Entry] = {}
        self._ids: dict[int, Entry] = {}
        self._stamps: dict[Key, int] = {}  # the version at which each entry became what it is
        self._watch = _Watch()
        self.version = 0
        self.load(engine)

    def load(self, engine: Engine) -> None:
        """Reads the copy anew from the file."""
        rows = engine.all(f"SELECT {ROW} FROM _account.objects ORDER BY id")
        before, stamps = self._entries, dict(self._stamps)
        self._entries, self._ids = {}, {}
        self.version += 1
        for entry in map(entry_of, rows):
            self._keep(entry)
            key = (space(entry.kind), entry.name.parts, entry.signature)
            if before.get(key) == entry:  # as it was: so is what was made of it
                self._stamps[key] = stamps[key]

    def _keep(self, entry: Entry) -> None:
        key = (space(entry.kind), entry.name.parts, entry.signature)
        self._entries[key] = entry
        self._ids[entry.id] = entry
        self.version += 1
        self._stamps[key] = self.version

    def _forget(self, entry: Entry) -> None:
        self._entries.pop((space(entry.kind), entry.name.parts, entry.signature), None)
        self._ids.pop(entry.id, None)
        self.version += 1

    def find(self, kind: str, name: ObjectName, signature: str = "") -> Entry | None:
        """The object of this kind; for a relation, whatever relation has the name."""
        key = (space(kind), name.parts, signature)
        entry = self._entries.get(key)
        if self._watch.seen is not None:
            self._watch.seen.add((key, self._stamps[key]) if entry is not None and entry.kind == "TABLE" else None)
        return entry

    @contextmanager
    def watched(self) -> Iterator[set[Seen]]:
        """What this thread looks up meanwhile; also in a watch inside another."""
        outer, inner = self._watch.seen, set[Seen]()
        self._watch.seen = inner
        try:
            yield inner
        finally:
            self._watch.seen = outer
            self.note(inner)

    def note(self, seen: Iterable[Seen]) -> None:
        """Counts as looked up."""
        if self._watch.seen is not None:
            self._watch.seen |= set(seen)

    def stands(self, seen: Iterable[Seen]) -> bool:
        """Are the tables that were looked up as they were? Never true where more than tables was."""
        return all(one is not None and one[0] in self._entries and self._stamps[one[0]] == one[1] for one in seen)

    def changed_at(self, entry: Entry) -> int:
        """The version at which it became what it is."""
        return self._stamps[space(entry.kind), entry.name.parts, entry.signature]

    def get(self, kind: str, name: ObjectName, signature: str = "") -> Entry:
        """The object of exactly this kind, or Snowflake's "does not exist or not authorized"."""
        entry = self.find(kind, name, signature)
        if entry is None or entry.kind != kind:
            raise sql_error("missing", kind.title(), f"{name}{signature}")
        return entry

    def by_id(self, number: int) -> Entry | None:
        self.note([None])
        return self._ids.get(number)

    def of(self, kind: str, within: tuple[str, ...] = ()) -> Iterator[Entry]:
        """All objects of a kind below a database or schema, by name."""
        self.note([None])
        found = (e for e in self._ids.values() if e.kind == kind and e.name.parts[: len(within)] == within)
        return iter(sorted(found, key=lambda entry: (entry.name.parts, entry.signature)))

    def everything(self) -> list[Entry]:
        """All objects, oldest first."""
        self.note([None])
        return sorted(self._ids.values(), key=lambda entry: entry.id)

    def below(self, container: ObjectName) -> list[Entry]:
        """Everything inside a database or schema, newest first."""
        self.note([None])
        depth = len(container.parts)
        inside = [
            e for e in self._ids.values() if len(e.name.parts) > depth and e.name.parts[:depth] == container.parts
        ]
        return sorted(inside, key=lambda entry: -entry.id)

    def overloads(self, kind: str, name: ObjectName) -> list[Entry]:
        self.note([None])
        return [e for e in self._ids.values() if e.kind == kind and e.name == name]

    def _check_case(self, entry: Entry) -> None:
        """DuckDB does not tell names apart by case, nor the view of a table from that of a stream."""
        place = _engine_space(entry.kind)
        upper = [part.upper() for part in entry.name.parts]
        for other in self._ids.values():
            if other.id == entry.id or _engine_space(other.kind) != place or not place:
                continue
            if [part.upper() for part in other.name.parts] == upper:
                raise unsupported(f"{entry.kind} {entry.name} beside {other.kind} {other.name}")

    def add(self, engine: Engine, entry: Entry) -> Entry:
        self._check_case(entry)
        engine.run(
            "INSERT INTO _account.objects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [entry.id, entry.kind, list(entry.name.parts), entry.signature, entry.created_on, entry.owner, entry.comment,
             json.dumps(dict(entry.properties)), entry.text],
        )  # fmt: skip
        self._keep(entry)
        return entry

    def change(self, engine: Engine, entry: Entry) -> Entry:
        """Writes a changed entry over the one with its id (which may have had another name)."""
        self._check_case(entry)
        engine.run(
            "UPDATE _account.objects SET parts = ?, owner = ?, comment = ?, properties = ?, text = ? WHERE id = ?",
            [
                list(entry.name.parts),
                entry.owner,
                entry.comment,
                json.dumps(dict(entry.properties)),
                entry.text,
                entry.id,
            ],
        )
        before = self._ids.get(entry.id)
        if before is not None and _without_progress(before) == _without_progress(entry):
            # neither the version nor the stamp moves: taken back later, they would stand for another state one day
            self._entries[space(entry.kind), entry.name.parts, entry.signature] = self._ids[entry.id] = entry
            return entry
        if before is not None:
            self._forget(before)
        self._keep(entry)
        return entry

    def remove(self, engine: Engine, entry: Entry) -> None:
        engine.run("DELETE FROM _account.objects WHERE id = ?", [entry.id])
        self._forget(entry)
