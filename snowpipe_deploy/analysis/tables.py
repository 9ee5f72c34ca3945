"""What is declared about tables (keys, NOT NULL, what fills itself), and which statements write to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.merges import Merge, read_merge
from snowpipe_deploy.analysis.program import Program, Step, same
from snowpipe_deploy.analysis.queries import Tokens, split_at
from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.query import closing

_WRITES = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "TRUNCATE"})
_FILLS_ITSELF = frozenset({"AUTOINCREMENT", "IDENTITY", "NEXTVAL", "UUID_STRING", "DEFAULT"})


@dataclass(frozen=True, slots=True)
class Declared:
    """One column: `generated` where its value may come by itself (identity, a default)."""

    not_null: bool = False
    generated: bool = False


@dataclass(frozen=True)
class Table:
    """The columns that CREATE TABLE lists, and every PRIMARY KEY and UNIQUE over them; `primary` is the first of these."""

    step: Step
    columns: dict[str, Declared] = field(default_factory=dict)
    primary: frozenset[str] = frozenset()
    unique: tuple[frozenset[str], ...] = ()

    def is_unique(self, columns: frozenset[str]) -> bool:
        """Is it declared that these columns (or some of them) tell rows apart?"""
        return any(key <= columns for key in ((self.primary,) if self.primary else ()) + self.unique)


@dataclass(frozen=True, slots=True)
class Write:
    """A statement that writes to a table; a COPY of a pipe too."""

    step: Step
    inner: Inner
    name: ObjectName

    @property
    def verb(self) -> str:
        return self.inner.verb


class Tables:
    """The tables of a program, and all writing to them that can be seen."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._tables: dict[int, Table] = {}
        self._writes: dict[str, list[Write]] = {}
        self._keys_added: dict[str, list[tuple[ObjectName, frozenset[str]]]] = {}
        self._opaque: dict[str, set[str]] = {}
        self._targets: dict[tuple[int, int], frozenset[int]] = {}
        for step, inner in statements(program):
            for use in inner.uses if inner.verb in _WRITES or inner.named else ():
                if use.access == "writes" and use.kind == "relation":
                    name = program.within(step, use.name)
                    self._writes.setdefault(name.last, []).append(Write(step, inner, name))
        for step in program.statements:
            if step.verb == "ALTER" and step.kind == "TABLE" and step.name is not None:
                self._keys_added.setdefault(step.name.last, []).extend(
                    (step.name, key) for key in _added_keys(step.head.rest)
                )

    def of(self, name: ObjectName, near: Step) -> Table | None:
        """The one table that a name means, with its columns; None where there are none, several, or no column list."""
        found = [m for m in self.program.find("relation", name, near) if m.step.kind in _TABLES and not m.inside]
        tables = [self._read(m.step) for m in found]
        if not tables or any(not t.columns or t.columns.keys() != tables[0].columns.keys() for t in tables):
            return None
        return tables[-1]

    def _read(self, step: Step) -> Table:
        if step.index not in self._tables:
            table = _table(step)
            added = (
                [key for name, key in self._keys_added.get(step.name.last, ()) if same(name, step.name)]
                if step.name
                else []
            )
            self._tables[step.index] = Table(step, table.columns, table.primary, (*table.unique, *added))
        return self._tables[step.index]

    def writes(self, name: ObjectName, near: Step) -> list[Write]:
        """The statements that write to what a name means, as it is seen from `near`."""
        made = {m.step.index for m in self.program.find("relation", name, near)}
        found = []
        for write in self._writes.get(name.last, ()):
            if not same(write.name, name):
                continue
            near_by = write.step.path == near.path or (not made and len(name.parts) > 1 and write.name == name)
            if near_by or not made.isdisjoint(self._meant(write)):
                found.append(write)
        return found

    def _meant(self, write: Write) -> frozenset[int]:
        """The steps that make what a statement writes to."""
        key = (write.step.index, write.inner.at)
        if key not in self._targets:
            self._targets[key] = frozenset(m.step.index for m in self.program.find("relation", write.name, write.step))
        return self._targets[key]

    def hidden_writes(self, name: ObjectName) -> bool:
        """May code that cannot be read (another language, dynamic SQL) write to it: does it name it?"""
        return name.last in self._hidden_words

    @property
    def _hidden_words(self) -> set[str]:
        if "words" not in self._opaque:
            words: set[str] = set()
            for step in self.program.statements:
                body = self.program.body(step)
                if body is not None and not body.is_query and (body.opaque or any(i.dynamic for i in body.statements)):
                    words |= {word.upper() for word in re.findall(r"\w+", body.text)}
            self._opaque["words"] = words
        return self._opaque["words"]


_TABLES = frozenset({"TABLE", "ICEBERG TABLE", "HYBRID TABLE"})


def _table(step: Step) -> Table:
    columns: dict[str, Declared] = {}
    primary: frozenset[str] = frozenset()
    unique: list[frozenset[str]] = []
    for part in split_at(code(step.head.arguments or ""), frozenset({","})):
        upper = [t.upper for t in part]
        if not part:
            continue
        if upper[0] in {"CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "INDEX"}:
            key, is_primary = _key(part)
            if key and is_primary:
                primary = key
            elif key:
                unique.append(key)
            continue
        if part[0].kind not in {"word", "quoted"}:
            return Table(step)
        name = fold(part[0].text)
        is_key = _follow(upper, "PRIMARY", "KEY")
        columns[name] = Declared(_follow(upper, "NOT", "NULL") or is_key, bool(_FILLS_ITSELF & set(upper[1:])))
        if is_key:
            primary = frozenset({name})
        elif "UNIQUE" in upper[1:]:
            unique.append(frozenset({name}))
    columns |= {name: Declared(True, columns[name].generated) for name in primary if name in columns}
    return Table(step, columns, primary, tuple(unique))


def _follow(words: list[str], one: str, two: str) -> bool:
    return any(a == one and b == two for a, b in pairwise(words[1:]))


def _key(part: Tokens) -> tuple[frozenset[str], bool]:
    """The columns of PRIMARY KEY (…) or UNIQUE (…), and whether it is the primary key."""
    upper = [t.upper for t in part]
    if "FOREIGN" in upper or not ("PRIMARY" in upper or "UNIQUE" in upper):
        return frozenset(), False
    opening = next((i for i, t in enumerate(part) if t.text == "("), -1)
    if opening < 0:
        return frozenset(), False
    inside = part[opening + 1 : closing(part, opening)]
    return frozenset(fold(t.text) for t in inside if t.kind in {"word", "quoted"}), "PRIMARY" in upper


def _added_keys(rest: str) -> Iterator[frozenset[str]]:
    tokens = code(rest)
    if tokens and tokens[0].upper == "ADD" and any(t.upper in {"PRIMARY", "UNIQUE"} for t in tokens[1:4]):
        key, _ = _key(tokens)
        if key:
            yield key


@lru_cache(maxsize=4)
def tables_of(program: Program) -> Tables:
    """The tables of a program, computed once."""
    return Tables(program)


# -- statements ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def statements(program: Program) -> tuple[tuple[Step, Inner], ...]:
    """Every statement of every body, and the plain statements of scripts, each once, in order."""
    return tuple(
        (step, inner)
        for step in program.statements
        if (body := program.body(step)) is not None
        for inner in body.statements
    )


@lru_cache(maxsize=4)
def merges(program: Program) -> tuple[tuple[Step, Inner, Merge], ...]:
    """Every MERGE that can be read."""
    return tuple(
        (step, inner, merge)
        for step, inner in statements(program)
        if inner.verb == "MERGE" and (merge := read_merge(inner.text)) is not None
    )
