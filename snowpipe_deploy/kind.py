"""What a kind of object is: a value whose defaults are plain functions that one reads and replaces."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from snowpipe_deploy.analysis.uses import references as uses_in
from snowpipe_deploy.model import Change, Hazard, ObjectKey, Observed, Reading, Reference, Scope, SqlObject
from snowpipe_deploy.names import ObjectName, literal, quote
from snowpipe_deploy.sqltext.clauses import TABLES
from snowpipe_deploy.sqltext.clauses._policies import named_in, tag_changes
from snowpipe_deploy.sqltext.head import Clause, Cursor, Head, Value
from snowpipe_deploy.sqltext.lexer import normalized

Row = Mapping[str, object]
Level = Literal[
    "schema", "database", "account"
]  # what an object lies in; SQL about account-level ones names no database
Meeting = Literal["", "adopt", "create", "same"]
ACCOUNT = Scope("")  # names of account-level objects within it are their own
BODY, KIND_WORDS, ARGUMENTS = "AS", "MODIFIERS", "()"  # readings beside the clauses
_IGNORED = frozenset({"COPY GRANTS", "COPY TAGS"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact of SHOW beside the clause that sets it: what a text asks for and what is live, both canonical; empty: not set."""

    clause: str
    wanted: Value
    live: Value


Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """A look at one object, for what no SHOW of its kind tells: a statement about `{name}`, and what its rows say differs.

    `differs` gives (fact, before, now) of what is not as the recorded text says, `mend` what to type for one (object, fact, before).
    Where the account cannot compile the statement, the object itself does not compile.
    """

    sql: str
    differs: Callable[[Reading, Iterable[Row]], tuple[tuple[str, str, str], ...]]
    mend: Callable[[ObjectKey, str, str], str] = lambda key, fact, before: (  # noqa: ARG005 - the default needs none of them
        "`snowdeploy plan` does not see it: drop it and apply, or make it again by hand"
    )


def nothing_differs(reading: Reading, rows: Iterable[Row]) -> tuple[tuple[str, str, str], ...]:
    del reading, rows
    return ()


@dataclass(frozen=True, slots=True)
class Alteration:
    """How a change is made: statements in place, or a replace with its reason, or a refusal with the recipe."""

    statements: tuple[str, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    replace: str = ""
    refuse: str = ""


def show_key(kind: str) -> Callable[[Row], ObjectKey]:
    """The key of a SHOW row of a schema object."""

    def key(row: Row) -> ObjectKey:
        return ObjectKey(kind, ObjectName((str(row["schema_name"]), str(row["name"]))))

    return key


def text_of(row: Row, *names: str) -> dict[str, str]:
    """The named columns that the row has, as text; NULL and empty are one."""
    return {name: "" if row.get(name) in {None, "null"} else str(row[name]) for name in names if name in row}


def query_of(text: str) -> str:
    """The query of a CREATE … AS as SHOW gives it, made comparable; empty where the role may not see it."""
    cursor = Cursor(text)
    cursor.until("AS")
    return normalized(cursor.rest).rstrip("; ") if cursor.accept("AS") else ""


def read(head: Head, schema: str | None) -> Reading:
    """The default reading: clauses, modifiers that change what the object is, and the body as it was written."""
    del schema
    found: dict[str, Value] = {k: v for k, v in head.clauses.items() if k not in _IGNORED}
    found |= {word: str(value) for word, value, _ in head.unknown}
    kept = sorted(head.modifiers & {"TRANSIENT", "TEMPORARY", "SECURE"})
    if kept:
        found[KIND_WORDS] = tuple(kept)
    if "WITH TAG" in found:
        found["TAG"] = found.pop("WITH TAG")
    if head.arguments is not None:
        found[ARGUMENTS] = normalized(head.arguments)
    if head.body is not None:
        found[BODY] = head.body.rstrip().rstrip(";").rstrip()
    return found


def referenced(head: Head, schema: str | None) -> tuple[Reference, ...]:
    """The default references: what the clauses name, and what the body uses when it is made."""
    found = [
        Reference(clause.refers, within(schema, str(name)), "reads", needs=True)
        for clause in TABLES.get(head.kind, ())
        if clause.refers and clause.refers != "WAREHOUSE" and clause.word in head.clauses
        for name in _names(head.clauses[clause.word])
    ]
    end = len(head.text) - len(head.body or "")
    governed = [
        Reference(kind, within(schema, str(name)), "reads")
        for start, _, kind, name in named_in(head.text[:end])
        if start >= head.name_end
    ]
    return (*found, *governed, *(uses_in(head.body, schema, needs=True) if head.body else ()))


def _names(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def within(schema: str | None, name: str) -> ObjectName:
    """A name relative to the scope's database: unqualified ones belong to the schema in use."""
    parsed = ObjectName.parse(name)
    return parsed if len(parsed.parts) > 1 or schema is None else ObjectName((schema, *parsed.parts))


def within_scope(references: Iterable[Reference], scope: Scope) -> tuple[Reference, ...]:
    """Names that spell out the scope's own database are names within it."""
    return tuple(
        replace(r, name=ObjectName(r.name.parts[1:]))
        if len(r.name.parts) == 3 and r.name.parts[0] == scope.database
        else r
        for r in references
    )


_NAMING = frozenset({"AFTER", "FINALIZE", "ON", "LIKE", "CLONE"})  # clauses whose values are names of objects


def relative(reading: Reading, database: str) -> Reading:
    """The reading with names that spell out the scope's own database cut to schema and name."""

    def cut(value: str) -> str:
        return value.removeprefix(f"{quote(database)}.")

    found = dict(reading)
    for word in _NAMING & found.keys():
        value = found[word]
        found[word] = (
            tuple(sorted(map(cut, value)) if word == "AFTER" else map(cut, value))
            if isinstance(value, tuple)
            else cut(value)
        )
    return found


def alter_clauses(change: Change, scope: Scope) -> Alteration:
    """The default change: the ALTER of each clause that differs; a replace where one has none."""
    desired, recorded = _readings(change)
    table = {clause.word: clause for clause in TABLES[change.key.kind]}
    target = f"ALTER {change.key.kind} {full_name(change, scope)}"
    statements = []
    for word in change.clauses:
        clause = table.get(word)
        if word == "TAG":
            tails = tag_changes(desired.get(word), recorded.get(word), lambda name: _tag_name(change, scope, name))
            statements += [f"{target} {tail}" for tail in tails]
            continue
        text = clause_change(clause, desired.get(word), recorded.get(word)) if clause else ""
        if not text:
            named = {*desired.get(word, ()), *recorded.get(word, ())} if word == KIND_WORDS else {word}
            return Alteration(replace=f"{', '.join(sorted(named))} cannot be altered")
        statements.append(f"{target} {text}")
    return Alteration(tuple(statements))


def _tag_name(change: Change, scope: Scope, name: str) -> str:
    return str(ObjectName.parse(name).within(scope.database, change.key.name.parts[0]))


def clause_change(clause: Clause, wanted: Value | None, before: Value | None) -> str:
    """The tail of the ALTER for one clause, or an empty string where there is none."""
    if wanted is None:
        shown = ", ".join(before) if isinstance(before, tuple) else str(before)
        return clause.unset.format(value=shown)
    shown = ", ".join(wanted) if isinstance(wanted, tuple) else str(wanted)
    return clause.alter.format(value=shown, literal=literal(shown)) if clause.alter else ""


def or_alter(change: Change, scope: Scope) -> Alteration:
    """CREATE OR ALTER with the whole text: right only where the text restates all that is set live."""
    return Alteration((statement(change, scope, "OR ALTER"),))


def in_place_or(whole: Callable[[Change, Scope], Alteration]) -> Callable[[Change, Scope], Alteration]:
    """Clauses by ALTER; the whole text where a clause has none."""

    def alter(change: Change, scope: Scope) -> Alteration:
        found = alter_clauses(change, scope)
        return whole(change, scope) if found.replace else found

    return alter


def _readings(change: Change) -> tuple[Reading, Reading]:
    if change.desired is None or change.recorded is None:
        raise ValueError(f"{change.key}: an alteration needs both sides")
    return change.desired.reading, change.before


def full_name(change: Change, scope: Scope) -> str:
    return str(scope.full(change.key.name))


def statement(change: Change, scope: Scope, form: str = "") -> str:
    """The desired CREATE in this form ("", OR REPLACE, OR ALTER) about the fully qualified name."""
    if change.desired is None:
        raise ValueError(f"{change.key}: nothing is desired")
    head = change.desired.head
    words = " ".join([form, *sorted(head.modifiers & {"TRANSIENT", "TEMPORARY", "SECURE", "RECURSIVE"}), head.kind])
    schema = change.desired.statement.schema or change.key.name.parts[0]
    tail = _governed(qualified_tail(head, schema, scope), len(head.body or ""), schema, scope)
    return f"CREATE {words.strip()} {scope.full(change.key.name)}{tail}"


def _governed(tail: str, body: int, schema: str, scope: Scope) -> str:
    """The tail with the names of policies and tags spelled out in full; the body at its end stays as it is."""
    out, at = [], 0
    for start, end, _, name in named_in(tail[: len(tail) - body]):
        out += [tail[at:start], str(name.within(scope.database, schema))]
        at = end
    return "".join(out) + tail[at:]


def qualified_tail(head: Head, schema: str, scope: Scope) -> str:
    """What follows the name, with the names that its clauses refer to spelled out in full.

    Sessions share one login, and so one current schema: no statement may lean on it. Bodies stay as they are; names in
    them belong to the object's own schema (reference F.5, A.14, E.7).
    """
    end = len(head.text) - len(head.body or "") if head.body else len(head.text)
    refers = {clause.word.split()[0] for clause in TABLES.get(head.kind, ()) if clause.refers not in {"", "WAREHOUSE"}}
    in_text = {"FORMAT_NAME", "STREAM"} if head.kind == "STREAM" else {"FORMAT_NAME"}  # their names stand in quotes
    cursor, out, at = Cursor(head.text), [], head.name_end
    while not cursor.done and cursor.peek().start < end:
        token = cursor.take()
        if token.start < head.name_end or token.upper not in {*refers, *in_text}:
            continue
        cursor.accept_any("=", "=>")
        cursor.accept_any("DYNAMIC TABLE", "EXTERNAL TABLE", "EVENT TABLE", "TABLE", "VIEW", "STAGE")
        while cursor.peek().kind in {"word", "quoted"} or (token.upper in in_text and cursor.peek().kind == "string"):
            start = cursor.peek().start
            quoted = cursor.peek().kind == "string"
            name = ObjectName.parse(cursor.take().value) if quoted else cursor.name()
            full = str(name.within(scope.database, schema))
            out += [head.text[at:start], literal(full) if quoted else full]
            at = cursor.tokens[cursor.at - 1].end
            if not cursor.accept(","):
                break
    return "".join(out) + head.text[at:]


def drop(key: ObjectKey, scope: Scope) -> str:
    return f"DROP {key.kind} {scope.full(key.name)}{key.detail}"


def side_by_side(reading: Reading, facts: Facts, **clauses: str) -> dict[str, Shown]:
    """The facts that SHOW gives as the text of one clause: `comment="COMMENT"`."""
    return {
        fact: Shown(clause, str(reading.get(clause, "")), facts[fact])
        for fact, clause in clauses.items()
        if fact in facts
    }


def retention(reading: Reading, facts: Facts) -> dict[str, Shown]:
    """Compared only where the text sets it: an inherited value looks like one that was set (reference F.7)."""
    clause = "DATA_RETENTION_TIME_IN_DAYS"
    return side_by_side(reading, facts, retention_time=clause) if clause in reading else {}


def comment_only(key: ObjectKey, reading: Reading, facts: Facts) -> dict[str, Shown]:
    del key
    return side_by_side(reading, facts, comment="COMMENT")


def creates(change: Change, scope: Scope) -> tuple[str, ...]:
    return (statement(change, scope),)


def drops(change: Change, scope: Scope) -> tuple[str, ...]:
    return (drop(change.key, scope),)


def widens_nothing(thing: SqlObject) -> tuple[Hazard, ...]:
    del thing
    return ()


def inside(key: ObjectKey) -> bool:
    del key
    return False


def stays_theirs(thing: SqlObject, seen: Observed) -> Meeting:
    del thing, seen
    return ""


def no_state(row: Row) -> dict[str, str]:
    del row
    return {}


def plain_detail(head: Head) -> str:
    del head
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: how it is shown, read, compared and changed.

    `facts` names the columns of SHOW that we compare, made canonical. `unknowable` says what nobody can read back.
    `compared` puts facts beside the clauses that set them; a clause that it does not name cannot be compared with what is live,
    nor what `unseen` says of those it names.
    `outside` tells which objects of a kind inside the database are about something outside of it.
    `creates` and `drops` write the statements, `widens` what access a new one opens. `meets` says what becomes of a desired object that
    others made: it is adopted (equal), created all the same, left to them as it will do (same), or refused.
    `drop_hazard` is what dropping it loses; `replaceable` allows CREATE OR REPLACE, with `replace_hazards`. `again_hazards` are those
    of making one again that somebody dropped.
    """

    name: str
    show: str
    facts: Callable[[Row], dict[str, str]]
    key: Callable[[Row], ObjectKey]
    state: Callable[[Row], dict[str, str]] = no_state
    detail: Callable[[Head], str] = plain_detail
    read: Callable[[Head, str | None], Reading] = read
    references: Callable[[Head, str | None], tuple[Reference, ...]] = referenced
    alter: Callable[[Change, Scope], Alteration] = alter_clauses
    drop_hazard: str = "deletes-object"
    replaceable: bool = True
    replace_hazards: tuple[str, ...] = ("loses-grants",)
    again_hazards: tuple[str, ...] = ()
    unknowable: tuple[str, ...] = ()
    look: Look | None = None
    unseen: Callable[[Reading], tuple[str, ...]] = lambda _: ()
    compared: Callable[[ObjectKey, Reading, Facts], dict[str, Shown]] = comment_only
    skip: Callable[[Row], bool] = lambda _: False
    level: Level = "schema"
    outside: Callable[[ObjectKey], bool] = inside
    creates: Callable[[Change, Scope], tuple[str, ...]] = creates
    drops: Callable[[Change, Scope], tuple[str, ...]] = drops
    widens: Callable[[SqlObject], tuple[Hazard, ...]] = widens_nothing
    meets: Callable[[SqlObject, Observed], Meeting] = stays_theirs

    def of_account(self, key: ObjectKey) -> bool:
        """Does the object lie outside of all databases, or is it about what does? Then other environments may count on it."""
        return self.level == "account" or self.outside(key)

    def within(self, scope: Scope) -> Scope:
        """The scope of the names of this kind: the account has one of its own."""
        return ACCOUNT if self.level == "account" else scope
