"""The columns of every relation of a program, and what its statements get wrong about them.

Derived through LIKE, CLONE, CREATE … AS, ALTER TABLE, views, streams and stars.
"""

import contextlib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.column_reader import OTHER_SHAPE, Lineage, Problem, Reader
from snowpipe_deploy.analysis.fields import Field, Relation, declared, parts
from snowpipe_deploy.analysis.program import Made, Program, Step, complete
from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.sqltext.clauses.procedure import arguments
from snowpipe_deploy.sqltext.head import Cursor, ReadError
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.query import parse
from snowpipe_deploy.sqltext.scripting import CursorFor, DeclareException, ForCount, ForEach, Let, Nested, walk

_METADATA = ("METADATA$ACTION", "METADATA$ISUPDATE", "METADATA$ROW_ID")


class Columns:
    """The relations of a program with their columns, computed when they are asked for."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._known: dict[int, Relation | None] = {}
        self._altered = _alterations(program)

    def named(self, name: ObjectName, near: Step) -> Relation | None:
        """The columns that a name may have: of every definition that it may mean; None where one of them is not known."""
        found = self.program.find("relation", name, near)
        if not found:
            return None
        all_of = [self.made(m) for m in found]
        if any(relation is None for relation in all_of):
            return None
        first, *others = [relation for relation in all_of if relation is not None]
        more = tuple(f for other in others for f in (*other.fields, *other.extra) if f.name not in first.names)
        return Relation(first.fields, (*first.extra, *more)) if more else first

    def made(self, made: Made) -> Relation | None:
        """The columns of what a statement makes."""
        if made.inside or made.step.verb == "ALTER":
            return None
        index = made.step.index
        if index not in self._known:
            self._known[index] = None  # a circle is not known
            self._known[index] = self._compute(made)
        return self._known[index]

    def _compute(self, made: Made) -> Relation | None:
        step = made.step
        match step.kind:
            case "STREAM":
                return self._of_stream(step)
            case "TABLE":
                return self._with_alterations(made, self._of_table(step))
            case "VIEW" | "DYNAMIC TABLE" | "MATERIALIZED VIEW":
                return self._of_query(step)
            case "EXTERNAL TABLE":
                return self._of_external(step)
            case _:
                return None

    def _of_stream(self, step: Step) -> Relation | None:
        source = step.head.clauses.get("ON")
        if not isinstance(source, tuple) or source[0] not in {"TABLE", "VIEW", "DYNAMIC TABLE"}:
            return None
        try:
            name = complete(ObjectName.parse(source[1]), "TABLE", step.database, step.schema)
        except ValueError:
            return None
        below = self.named(name, step)
        return None if below is None else Relation((*below.fields, *map(Field, _METADATA)), below.extra)

    def _of_table(self, step: Step) -> Relation | None:
        head = step.head
        for word in ("LIKE", "CLONE"):
            if word in head.clauses:
                name = complete(ObjectName.parse(str(head.clauses[word])), "TABLE", step.database, step.schema)
                return self.named(name, step)
        if "USING TEMPLATE" in head.clauses or step.clause("ENABLE_SCHEMA_EVOLUTION").upper() == "TRUE":
            return None
        if head.arguments is not None:
            fields = declared(head.arguments)
            return Relation(fields) if fields and all(f.name for f in fields) else None
        return self.output(head.body, step) if head.body else None

    def _of_query(self, step: Step) -> Relation | None:
        found = self.output(step.head.body or "", step)
        if step.head.arguments is None:
            return found
        names = [fold(code(part)[0].text) for part in parts(step.head.arguments) if code(part)]
        types = (
            [f.type for f in found.fields]
            if found is not None and len(found.fields) == len(names)
            else [None] * len(names)
        )
        return Relation(tuple(Field(n, t) for n, t in zip(names, types, strict=True)))

    def _of_external(self, step: Step) -> Relation | None:
        fields = declared(step.head.arguments or "")
        return Relation((Field("VALUE"), *fields), (Field("METADATA$FILENAME"), Field("METADATA$FILE_ROW_NUMBER")))

    def _with_alterations(self, made: Made, found: Relation | None) -> Relation | None:
        if found is None:
            return None
        more = tuple(
            Field(column) for name, column in self._altered.get(made.name.last, ()) if same_table(name, made.name)
        )
        fresh = tuple(f for f in more if f.name not in found.names)
        return Relation(found.fields, (*found.extra, *fresh)) if fresh else found

    def output(self, text: str, step: Step) -> Relation | None:
        """The columns of a query's result in the scope of a step."""
        try:
            tree = parse(text.strip().rstrip(";"))
        except ValueError:
            return None
        with contextlib.suppress(*OTHER_SHAPE):
            return self._reader(step, 0, frozenset()).query(tree, {}, ())
        return None

    def _reader(self, step: Step, at: int, variables: frozenset[str], *, in_block: bool = False) -> Reader:
        return Reader(self.named, self.program.scope(step), step, at, variables, in_block=in_block)

    def problems(self) -> Iterator[Problem]:
        """What all statements and bodies of the program get wrong about columns."""
        for step in self.program.statements:
            body = self.program.body(step)
            if body is None:
                continue
            names = declared_names(step, body.block)
            for inner in body.statements:
                if body.opaque and not body.is_query and not _is_constant(inner):
                    continue
                yield from self._problems_of(step, inner, names, in_block=body.block is not None)
            if (
                body.is_query
                and step.head.arguments is not None
                and step.kind in {"VIEW", "DYNAMIC TABLE", "MATERIALIZED VIEW"}
            ):
                yield from self._view_count(step)

    def _problems_of(self, step: Step, inner: Inner, names: frozenset[str], *, in_block: bool) -> Iterator[Problem]:
        if inner.verb not in _CHECKED:
            return
        if not any(
            u.kind == "relation" and self.named(self.program.within(step, u.name), step) is not None for u in inner.uses
        ):
            return
        try:
            tree = parse(inner.text.strip().rstrip(";"))
        except ValueError:
            return
        shift = inner.at + len(inner.text) - len(inner.text.lstrip())
        reader = self._reader(step, shift, names, in_block=in_block)
        with contextlib.suppress(*OTHER_SHAPE):
            reader.statement(tree)
            yield from reader.problems

    def lineage(self) -> Iterator[Lineage]:
        """What the columns of views, dynamic tables and written tables are made of, statement by statement."""
        for step in self.program.statements:
            body = self.program.body(step)
            if body is None or body.opaque:
                continue
            if body.is_query and step.name is not None:
                yield from self._of_result(step, Made(step, step.kind, step.name))
                continue
            for inner in body.statements:
                if inner.verb in {"INSERT", "MERGE", "UPDATE"}:
                    with contextlib.suppress(ValueError, *OTHER_SHAPE):
                        reader = self._reader(step, inner.at, frozenset())
                        reader.statement(parse(inner.text.strip().rstrip(";")))
                        yield from reader.lineage

    def _of_result(self, step: Step, made: Made) -> Iterator[Lineage]:
        found = self.output(step.head.body or "", step)
        if found is None:
            return
        names = [f.name for f in (self.made(made) or found).fields]
        for name, given in zip(names, found.fields, strict=False):
            if name and given.origins:
                yield Lineage(made.name, name, given.origins, step)

    def _view_count(self, step: Step) -> Iterator[Problem]:
        names = parts(step.head.arguments or "")
        found = self.output(step.head.body or "", step)
        if (
            found is not None
            and not found.extra
            and len(found.fields) != len(names)
            and "(" not in (step.head.arguments or "")
        ):
            message = f"{step.label} names {len(names)} columns, but its query gives {len(found.fields)}"
            yield Problem("count", step, step.head.name_end, message, "make both the same")


def _is_constant(inner: Inner) -> bool:
    """A statement in a string of another language that nothing is filled into."""
    return inner.filled and not re.search(r"__|[?{}%]|:\d", inner.text)


_CHECKED = frozenset({"SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE"})


def same_table(one: ObjectName, other: ObjectName) -> bool:
    return all(a == b for a, b in zip(reversed(one.parts), reversed(other.parts), strict=False))


def _alterations(program: Program) -> dict[str, list[tuple[ObjectName, str]]]:
    """Columns that ALTER TABLE adds or renames to, at top level or in a body, by the last part of the table's name."""
    found: dict[str, list[tuple[ObjectName, str]]] = {}
    for step in program.statements:
        texts = [step.statement.text] if step.verb == "ALTER" and step.kind == "TABLE" else []
        body = program.body(step) if not texts else None
        if body is not None and not body.is_query:
            texts = [i.text for i in body.statements if i.verb == "ALTER" and i.has("TABLE")]
        for text in texts:
            for name, column in _altered_columns(text):
                full = complete(name, "TABLE", *program.scope(step))
                found.setdefault(full.last, []).append((full, column))
    return found


def _altered_columns(text: str) -> Iterator[tuple[ObjectName, str]]:
    cursor = Cursor(text, 1)
    cursor.accept("TABLE")
    cursor.accept("IF", "EXISTS")
    try:
        name = cursor.name()
    except (ReadError, ValueError):
        return
    if cursor.accept("RENAME", "COLUMN"):
        cursor.take()
        cursor.accept("TO")
        yield name, fold(cursor.take().text)
    elif cursor.accept("ADD"):
        cursor.accept("COLUMN")
        cursor.accept("IF", "NOT", "EXISTS")
        for part in parts(cursor.rest.strip().removeprefix("(")):
            tokens = [t for t in code(part) if t.upper not in {"COLUMN", "ADD"}]
            if tokens and tokens[0].kind in {"word", "quoted"}:
                yield name, fold(tokens[0].text)


def declared_names(step: Step, block: Any) -> frozenset[str]:
    """Arguments and variables that a body declares: they may stand where a column could."""
    names: set[str] = set()
    if step.kind in {"PROCEDURE", "FUNCTION"} and step.head.arguments:
        try:
            names |= {argument.name for argument in arguments(step.head.arguments)}
        except (ReadError, ValueError):
            names |= {fold(code(part)[0].text) for part in parts(step.head.arguments)}
    for node, _ in walk(block) if block is not None else ():
        if isinstance(node, Let | CursorFor | DeclareException | ForCount | ForEach | Nested):
            names.add(node.name)
    return frozenset(names)


@lru_cache(maxsize=4)
def columns_of(program: Program) -> Columns:
    """The columns of a program, computed once."""
    return Columns(program)


@lru_cache(maxsize=4)
def column_lineage(program: Program) -> tuple[Lineage, ...]:
    """What every column is made of, each statement's part once."""
    return tuple(dict.fromkeys(columns_of(program).lineage()))


@lru_cache(maxsize=4)
def column_problems(program: Program) -> tuple[Problem, ...]:
    """All that a program gets wrong about columns, computed once for the rules that show it."""
    return tuple(dict.fromkeys(columns_of(program).problems()))
