"""A set of SQL files as one program: its statements in order, what they make, and what runs when.

Everything a rule asks is computed once and kept. Names are completed as Snowflake would: a statement's by the USE above it in
its file, a body's by the schema of the object that it belongs to (reference F.5, A.14, E.7).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Protocol

from snowpipe_deploy.analysis.bodies import Body, Inner, body_of
from snowpipe_deploy.analysis.uses import RELATIONS, clause_uses, uses
from snowpipe_deploy.location import Location
from snowpipe_deploy.model import Statement
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses import reading
from snowpipe_deploy.sqltext.clauses.procedure import signature
from snowpipe_deploy.sqltext.head import Cursor, Head, ReadError
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.query import Use, name_at
from snowpipe_deploy.sqltext.recover import Part, parts

_ACCOUNT_KINDS = frozenset({
    "DATABASE", "WAREHOUSE", "ROLE", "USER", "INTEGRATION", "STORAGE INTEGRATION", "NOTIFICATION INTEGRATION", "API INTEGRATION",
    "SECURITY INTEGRATION", "CATALOG INTEGRATION", "EXTERNAL ACCESS INTEGRATION", "RESOURCE MONITOR", "SHARE", "EXTERNAL VOLUME",
    "COMPUTE POOL", "NETWORK POLICY", "CONNECTION", "ACCOUNT", "FAILOVER GROUP", "REPLICATION GROUP", "APPLICATION",
    "APPLICATION PACKAGE",
})  # fmt: skip
_READ_AS_RELATION = RELATIONS | {"STREAM"}
_RESUMES = re.compile(r"SYSTEM\$TASK_DEPENDENTS_ENABLE\s*\(\s*'([^']+)'", re.IGNORECASE)


class Text(Protocol):
    """A file's text: `where` finds the place in the template of a line and column of the text."""

    @property
    def path(self) -> str: ...

    @property
    def text(self) -> str: ...

    def where(self, line: int, column: int = 1) -> Location: ...


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One statement in its place. `sequence` is the same for statements whose order is certain; `database` and `schema` are in
    use when it runs, empty where nobody said so; `name` is what it makes, changes or drops, completed."""

    index: int
    sequence: int
    statement: Statement
    head: Head
    database: str = ""
    schema: str = ""
    name: ObjectName | None = None
    fault: str = ""

    @property
    def path(self) -> str:
        return self.statement.where.path

    @property
    def verb(self) -> str:
        return self.head.verb

    @property
    def kind(self) -> str:
        return self.head.kind

    @property
    def creates(self) -> bool:
        return self.head.verb in {"CREATE", "DEFINE"} and self.name is not None

    @property
    def label(self) -> str:
        """What messages call it: `task RAW.LOAD`, without the database."""
        return f"{self.kind.lower()} {ObjectName(self.name.parts[-2:])}" if self.name is not None else self.verb

    def at(self, offset: int = 0) -> Location:
        return self.statement.place(offset)

    def clause(self, word: str) -> str:
        """The value of a clause as text; empty where it is not given."""
        value = self.head.clauses.get(word)
        if value is None:
            return next((str(v) for w, v, _ in self.head.unknown if w == word), "")
        return ", ".join(value) if isinstance(value, tuple) else value

    def clause_at(self, word: str) -> Location:
        """Where a clause stands; the statement's own place where it does not."""
        first = word.split(maxsplit=1)[0]
        for token in code(self.statement.text):
            if token.upper == first and token.start >= self.head.name_end:
                return self.at(token.start)
        return self.statement.where


@dataclass(frozen=True, slots=True)
class Made:
    """Something that a statement makes, perhaps inside a body."""

    step: Step
    kind: str
    name: ObjectName
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A statement of a body that runs as part of a task, procedure or script; `via` are the procedures called on the way."""

    inner: Inner
    owner: Step
    via: tuple[Step, ...] = ()

    @property
    def where(self) -> Location:
        return self.owner.at(self.inner.at)


@dataclass(frozen=True, slots=True)
class NotRead:
    """Text that was not understood, and where."""

    where: Location
    text: str


def same(one: ObjectName, other: ObjectName) -> bool:
    """May both names mean one object? A part that one of them leaves out is not held against it."""
    return all(a == b for a, b in zip(reversed(one.parts), reversed(other.parts), strict=False))


def complete(name: ObjectName, kind: str, database: str, schema: str) -> ObjectName:
    """The name with database and schema, as far as they are known."""
    if kind in _ACCOUNT_KINDS:
        return ObjectName(name.parts[-1:])
    wanted = 2 if kind in {"SCHEMA", "DATABASE ROLE"} else 3
    scope = (database,) if wanted == 2 else (database, schema)
    parts = name.parts
    for part in reversed(scope[: max(0, wanted - len(name.parts))]):
        if not part:
            break
        parts = (part, *parts)
    return ObjectName(parts)


@dataclass(slots=True)
class _Context:
    """What a session has in use while a file is read."""

    database: str = ""
    schema: str = ""
    variables: dict[str, str] = field(default_factory=dict)


class Program:
    """The statements of a project (`in_project`) or of scripts that others run as they stand."""

    def __init__(self, steps: Iterable[Step], *, in_project: bool, files: int = 0) -> None:
        self.steps = tuple(steps)
        self.in_project = in_project
        self.files = files
        self._bodies: dict[int, Body | None] = {}
        self._runs: dict[int, tuple[Run, ...]] = {}
        self._uses: dict[int, tuple[Use, ...]] = {}
        self._found: dict[tuple[str, ObjectName, str], list[Made]] = {}

    # -- what is there -----------------------------------------------------------------------------------------------

    @cached_property
    def statements(self) -> tuple[Step, ...]:
        """The steps that are statements."""
        return tuple(step for step in self.steps if step.fault in {"", "unended"})

    @cached_property
    def _made(self) -> dict[str, list[Made]]:
        found: dict[str, list[Made]] = {}
        for step in self.statements:
            for made in self._made_by(step):
                found.setdefault(made.name.last, []).append(made)
        return found

    def _made_by(self, step: Step) -> Iterator[Made]:
        if step.creates and step.name is not None:
            yield Made(step, step.kind, step.name)
        if step.verb == "ALTER" and step.name is not None and (renamed := _renamed(step)):
            yield Made(step, step.kind, complete(renamed, step.kind, *_own(step)))
        body = self.body(step)
        if body is not None and not body.is_query:
            for inner in body.statements:
                if inner.verb in {"CREATE", "ALTER"} and (made := self._made_inside(step, inner)):
                    yield made

    def _made_inside(self, step: Step, inner: Inner) -> Made | None:
        try:
            head = reading(inner.text)
        except (ReadError, ValueError):
            return None
        if head.name is None or not head.kind or head.verb != "CREATE":
            return None
        return Made(step, head.kind, complete(head.name, head.kind, *self.scope(step)), inside=True)

    def made(self, kind: str, near: Step | None = None) -> list[Made]:
        """All objects of a kind, in order, those made inside bodies left out."""
        del near
        return [m for all_of in self._made.values() for m in all_of if m.kind == kind and not m.inside]

    def find(self, kind: str, name: ObjectName, near: Step) -> list[Made]:
        """What a name may mean: of that kind ("relation": any table, view, stream), in the files nearest to `near`."""
        kinds = _READ_AS_RELATION if kind in _READ_AS_RELATION | {"relation"} and kind != "STREAM" else {kind}
        if kind == "FUNCTION":
            kinds = {"FUNCTION", "EXTERNAL FUNCTION", "PROCEDURE"}
        asked = (kind, name, near.path)
        if asked not in self._found:
            self._found[asked] = nearest(
                [m for m in self._made.get(name.last, ()) if m.kind in kinds and same(m.name, name)], near
            )
        return self._found[asked]

    def within(self, step: Step, name: ObjectName, kind: str = "relation") -> ObjectName:
        """A name in the body of a step, completed."""
        return complete(name, kind, *self.scope(step))

    def scope(self, step: Step) -> tuple[str, str]:
        """Database and schema in which the names of a step's body are looked up."""
        if step.creates and step.kind in _OWN_SCHEMA and step.name is not None:
            return _own(step)
        return step.database, step.schema

    def knows(self, name: ObjectName) -> bool:
        """Does the program make other relations in the schema of this name?"""
        return len(name.parts) > 1 and name.parts[-2] in self._schemas

    def knows_schema(self, name: ObjectName) -> bool:
        """Does the program make anything in the schema of this name?"""
        return len(name.parts) > 1 and name.parent in self._all_schemas

    @cached_property
    def _all_schemas(self) -> frozenset[ObjectName]:
        return frozenset(
            m.name.parent for all_of in self._made.values() for m in all_of if len(m.name.parts) > 1 and not m.inside
        )

    def unqualified(self, step: Step, use: Use) -> ObjectName:
        """A completed name as it was written."""
        tokens = code(step.statement.text[use.at : use.at + 400])
        written, _ = name_at(tokens, 0) if tokens else (None, 0)
        return written if written is not None and written.last == use.name.last else use.name

    @cached_property
    def _schemas(self) -> frozenset[str]:
        return frozenset(
            m.name.parts[-2]
            for all_of in self._made.values()
            for m in all_of
            if len(m.name.parts) > 1 and m.kind in _READ_AS_RELATION and not m.inside
        )

    # -- bodies ------------------------------------------------------------------------------------------------------

    def body(self, step: Step) -> Body | None:
        if step.index not in self._bodies:
            self._bodies[step.index] = body_of(step.head) if step.fault in {"", "unended"} else None
        return self._bodies[step.index]

    def uses(self, step: Step) -> tuple[Use, ...]:
        """Everything a statement names, itself and in its body, completed; offsets are in its text."""
        if step.index not in self._uses:
            self._uses[step.index] = tuple(self._uses_of(step))
        return self._uses[step.index]

    def _uses_of(self, step: Step) -> Iterator[Use]:
        head, seen = step.head, set()
        found = [*clause_uses(head)] if step.creates else [*uses(step.statement.text)]
        scope = self.scope(step)
        for use in found:
            full = replace(use, name=complete(use.name, use.kind, *scope))
            if (full.kind, full.name, full.access) not in seen:
                seen.add((full.kind, full.name, full.access))
                yield full
        body = self.body(step)
        if body is None or not step.creates:
            return
        for inner in body.statements:
            for use in inner.uses:
                full = replace(use, name=self.within(step, use.name, use.kind), at=use.at + inner.at)
                if (full.kind, full.name, full.access) not in seen:
                    seen.add((full.kind, full.name, full.access))
                    yield full

    def runs(self, step: Step) -> tuple[Run, ...]:
        """All statements that run when a task, procedure or script runs, procedures of the program followed."""
        if step.index not in self._runs:
            self._runs[step.index] = tuple(self._follow(step, ()))
        return self._runs[step.index]

    def _follow(self, step: Step, via: tuple[Step, ...]) -> Iterator[Run]:
        body = self.body(step)
        if body is None or len(via) > 8:
            return
        for inner in body.statements:
            yield Run(inner, step, via)
            for use in inner.uses:
                if use.kind != "PROCEDURE" or use.access != "calls":
                    continue
                for made in in_force(self.find("PROCEDURE", self.within(step, use.name), step), step):
                    if made.step not in via and made.step is not step and not made.inside:
                        yield from self._follow(made.step, (*via, made.step))

    def opaque(self, step: Step) -> bool:
        """Does what runs here hold code that cannot be looked into: another language, dynamic SQL, a procedure from elsewhere?"""
        for run in (None, *self.runs(step)):
            owner = step if run is None else run.owner
            body = self.body(owner)
            if body is not None and body.opaque:
                return True
            if run is None:
                continue
            if run.inner.dynamic:
                return True
            for use in run.inner.uses:
                if use.kind == "PROCEDURE" and self._is_dark(
                    self.find("PROCEDURE", self.within(owner, use.name), owner)
                ):
                    return True
        return False

    def _is_dark(self, found: list[Made]) -> bool:
        """Is a procedure that is called from elsewhere, or in a language that is not followed?"""
        return not found or any((body := self.body(made.step)) is None or body.opaque for made in found[:1])

    # -- order -------------------------------------------------------------------------------------------------------

    def before(self, one: Step, other: Step) -> bool:
        """Is it certain that one runs before the other?"""
        return one.sequence == other.sequence and one.index < other.index

    def later(self, step: Step) -> Iterator[Step]:
        """The statements that certainly follow."""
        for other in self.steps[step.index + 1 :]:
            if other.sequence != step.sequence:
                break
            if other.fault in {"", "unended"}:
                yield other

    @cached_property
    def not_understood(self) -> tuple[NotRead, ...]:
        """All text that was not understood: stray text, clauses that are none, bodies that cannot be read."""
        found = []
        for step in self.steps:
            text = step.statement.text
            if step.fault in {"prose", "unclosed"}:
                found.append(NotRead(step.statement.where, text[:200]))
                continue
            if step.fault == "client":
                continue
            found += [NotRead(step.at(at), text[at : at + 120]) for _, at in step.head.stray]
            if not step.head.stray and _unknown_statement(step):
                found.append(NotRead(step.statement.where, text[:200]))
            body = self.body(step)
            if body is not None and body.fault:
                found.append(NotRead(step.at(body.fault_at), body.fault))
        return tuple(found)


_OWN_SCHEMA = frozenset(
    {
        "VIEW",
        "DYNAMIC TABLE",
        "TASK",
        "PROCEDURE",
        "FUNCTION",
        "MATERIALIZED VIEW",
        "ALERT",
        "PIPE",
        "EXTERNAL FUNCTION",
    }
)
_VERBS = frozenset({
    "SELECT", "TABLE", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "PUT", "GET", "LIST", "LS", "REMOVE", "RM", "TRUNCATE",
    "GRANT", "REVOKE", "USE", "SET", "UNSET", "SHOW", "DESCRIBE", "CALL", "EXECUTE", "BEGIN", "START", "COMMIT", "ROLLBACK",
    "DECLARE", "COMMENT", "EXPLAIN", "VALUES", "(", "UNDROP", "ALTER", "DROP", "CREATE", "DEFINE", "FROM", "LET", "RETURN",
})  # fmt: skip


def _unknown_statement(step: Step) -> bool:
    if step.verb not in _VERBS:
        return True
    if step.verb in {"CREATE", "DEFINE"}:
        return not step.kind or (step.head.name is None and "IDENTIFIER" not in step.statement.text.upper())
    if step.verb in {"ALTER", "DROP", "UNDROP"}:
        return not step.kind
    return False


def _own(step: Step) -> tuple[str, str]:
    """Database and schema of the object that a step makes or changes."""
    if step.name is None or step.kind in _ACCOUNT_KINDS:
        return step.database, step.schema
    parts = step.name.parts
    return (parts[-3] if len(parts) > 2 else step.database), (parts[-2] if len(parts) > 1 else step.schema)


def _renamed(step: Step) -> ObjectName | None:
    cursor = Cursor(step.head.rest)
    if not cursor.accept("RENAME", "TO"):
        return None
    try:
        return cursor.name()
    except ReadError:
        return None


def in_force(found: list[Made], near: Step) -> list[Made]:
    """The first of several procedures, or what replaces it: before a statement of a script, at the end for all that runs later."""
    if len(found) < 2:
        return found
    own = [m for m in found if m.name == found[0].name and detail(m.step.head) == detail(found[0].step.head)]
    above = [m for m in own if not near.creates and m.step.sequence == near.sequence and m.step.index < near.index]
    return (above or own)[-1:]


def nearest(found: list[Made], near: Step) -> list[Made]:
    """Those in the folder that shares most with the asking file: copies in other folders are other programs."""
    if len(found) < 2:
        return found
    asked = _folders(near.path)
    shared = [_shared(asked, _folders(made.step.path)) for made in found]
    most = max(shared)
    return [made for made, count in zip(found, shared, strict=True) if count == most]


@lru_cache(maxsize=16384)
def _folders(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many folders two paths have in common."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def detail(head: Head) -> str:
    """The argument types of a routine; empty for everything else and where they cannot be read."""
    if head.kind not in {"PROCEDURE", "FUNCTION"}:
        return ""
    try:
        return signature(head.arguments or "")
    except (ReadError, ValueError):
        return ""


# -- reading ---------------------------------------------------------------------------------------------------------


def from_texts(
    texts: Iterable[Text],
    *,
    in_project: bool,
    scope: tuple[str, str] = ("", ""),
    sequences: Mapping[str, int] | None = None,
) -> Program:
    """A program from its files in their order. Files with the same number in `sequences` certainly run one after the other."""
    steps: list[Step] = []
    count = 0
    for number, text in enumerate(texts):
        count += 1
        context = _Context(*scope)
        sequence = (sequences or {}).get(text.path, -number - 1)
        for part in parts(text.text):
            steps.append(_step(text, part, context, len(steps), sequence))
    return Program(steps, in_project=in_project, files=count)


def _step(text: Text, part: Part, context: _Context, index: int, sequence: int) -> Step:
    piece = part.piece
    where = text.where(piece.line, piece.column)
    sql = _known_variables(piece.text, context.variables) if "$" in piece.text else piece.text
    rows = sql.count("\n") + 1
    lines = tuple(text.where(piece.line + i).line for i in range(rows))
    statement = Statement(sql, where, context.schema or None, piece.comments, lines)
    if part.fault in {"prose", "client", "unclosed"}:
        return Step(index, sequence, statement, Head(sql, ""), context.database, context.schema, None, part.fault)
    try:
        head = reading(sql)
    except (ReadError, ValueError) as error:
        head = Head(
            sql,
            piece.text.split()[0].upper() if piece.text.split() else "",
            stray=((str(error), getattr(error, "offset", 0)),),
        )
    name = complete(head.name, head.kind, context.database, context.schema) if head.name is not None else None
    step = Step(index, sequence, statement, head, context.database, context.schema, name, part.fault)
    _after(step, context)
    return step


def _known_variables(text: str, variables: Mapping[str, str]) -> str:
    """IDENTIFIER($v) with the value that SET gave v above; where it is computed, with a name for what it may be."""

    def known(match: re.Match[str]) -> str:
        value = variables.get(match[1].upper())
        return f"IDENTIFIER('{f'__{match[1]}__' if value is None else value}')"

    return re.sub(r"\bIDENTIFIER\s*\(\s*\$(\w+)\s*\)", known, text, flags=re.IGNORECASE)


def _after(step: Step, context: _Context) -> None:
    """What is in use after a statement: USE, and CREATE DATABASE or SCHEMA, which enter what they make."""
    head, name = step.head, step.name
    if head.verb == "USE":
        cursor = Cursor(head.text, 1)
        kind = cursor.accept_any("DATABASE", "SCHEMA", "ROLE", "WAREHOUSE", "SECONDARY ROLES", "APPLICATION PACKAGE")
        try:
            used = cursor.name()
        except ReadError:
            used = None
        if kind in {"", "APPLICATION PACKAGE"}:
            kind = "SCHEMA" if used is not None and len(used.parts) > 1 else "DATABASE"
        if kind == "DATABASE":
            context.database, context.schema = (used.last, "PUBLIC") if used else ("", "")
        elif kind == "SCHEMA":
            context.schema = used.last if used else ""
            if used is not None and len(used.parts) > 1:
                context.database = used.parts[-2]
    elif head.verb == "CREATE" and head.kind in {"DATABASE", "APPLICATION PACKAGE"} and name is not None:
        context.database, context.schema = name.last, "PUBLIC"
    elif head.verb == "CREATE" and head.kind == "SCHEMA" and name is not None:
        context.schema = name.last
        context.database = name.parts[-2] if len(name.parts) > 1 else context.database
    elif head.verb == "SET":
        match = re.fullmatch(r"SET\s+(\w+)\s*=\s*'([^']*)'", head.text.strip(), re.IGNORECASE)
        if match:
            context.variables[match[1].upper()] = match[2]
        elif other := re.match(r"SET\s+(\w+)\s*=", head.text.strip(), re.IGNORECASE):
            context.variables.pop(other[1].upper(), None)


def resumed_by_function(text: str) -> list[ObjectName]:
    """The tasks that SYSTEM$TASK_DEPENDENTS_ENABLE names."""
    found = []
    for match in _RESUMES.finditer(text):
        try:
            found.append(ObjectName.parse(match[1]))
        except ValueError:
            continue
    return found
