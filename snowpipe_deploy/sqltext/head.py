"""What a statement is about, read from its first words: verb, kind, name, clauses, body."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from snowpipe_deploy.names import InvalidName, ObjectName, fold
from snowpipe_deploy.sqltext.lexer import Token, code, normalized
from snowpipe_deploy.sqltext.reserved import NO_COLUMN, RESERVED

_MODIFIERS = (
    "OR REPLACE", "OR ALTER", "TRANSIENT", "TEMPORARY", "TEMP", "VOLATILE", "LOCAL", "GLOBAL", "SECURE", "RECURSIVE",
    "AGGREGATE", "VERSIONED",
)  # fmt: skip
_MODIFIER_FIRST = frozenset(modifier.split()[0] for modifier in _MODIFIERS)
KINDS = (
    "DATABASE ROLE", "APPLICATION ROLE", "DYNAMIC ICEBERG TABLE", "DYNAMIC TABLE", "MATERIALIZED VIEW",
    "EXTERNAL TABLE", "EVENT TABLE", "ICEBERG TABLE",
    "HYBRID TABLE", "FILE FORMAT", "STORAGE INTEGRATION", "NOTIFICATION INTEGRATION", "API INTEGRATION",
    "SECURITY INTEGRATION", "CATALOG INTEGRATION", "EXTERNAL ACCESS INTEGRATION", "INTEGRATION", "MASKING POLICY",
    "ROW ACCESS POLICY", "AGGREGATION POLICY", "PROJECTION POLICY", "NETWORK POLICY", "NETWORK RULE",
    "PASSWORD POLICY", "SESSION POLICY", "AUTHENTICATION POLICY", "RESOURCE MONITOR", "EXTERNAL FUNCTION",
    "EXTERNAL VOLUME", "COMPUTE POOL", "IMAGE REPOSITORY", "GIT REPOSITORY", "SEMANTIC VIEW", "TASK GRAPH",
    "CORTEX SEARCH SERVICE", "DATA METRIC FUNCTION", "FAILOVER GROUP", "REPLICATION GROUP", "APPLICATION PACKAGE",
    "PACKAGES POLICY", "PRIVACY POLICY", "JOIN POLICY", "STORAGE LIFECYCLE POLICY", "FEATURE POLICY", "BACKUP SET", "BACKUP POLICY",
    "ARTIFACT REPOSITORY", "DBT PROJECT", "ORGANIZATION ACCOUNT", "MANAGED ACCOUNT", "CONTACT", "LISTING", "AGENT", "DATASET",
    "MCP SERVER", "SNAPSHOT POLICY", "SNAPSHOT SET", "EXPERIMENT",
    "DATABASE", "SCHEMA", "TABLE", "VIEW", "SEQUENCE", "STAGE", "PIPE", "STREAM", "TASK", "PROCEDURE", "FUNCTION",
    "ALERT", "WAREHOUSE", "ROLE", "USER", "TAG", "SHARE", "SECRET", "STREAMLIT", "NOTEBOOK", "SERVICE", "MODEL",
    "APPLICATION", "CONNECTION", "ACCOUNT", "SESSION", "INDEX",
)  # fmt: skip
_BY_FIRST: dict[str, list[str]] = {}
for _kind in KINDS:
    _BY_FIRST.setdefault(_kind.split()[0], []).append(_kind)
_NAMED_VERBS = frozenset({"CREATE", "ALTER", "DROP", "UNDROP", "DESCRIBE", "DESC", "DEFINE"})

Value = str | tuple[str, ...]


class ReadError(ValueError):
    """A statement that cannot be read; `offset` is where in its text."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Cursor:
    """A reading position in the meaningful tokens of a text."""

    def __init__(self, text: str, at: int = 0) -> None:
        self.text = text
        self.tokens = code(text)
        self.at = at

    def peek(self, ahead: int = 0) -> Token:
        """The token `ahead` of here, or an empty one behind the end."""
        index = self.at + ahead
        return self.tokens[index] if index < len(self.tokens) else Token("end", "", len(self.text), "")

    def take(self) -> Token:
        token = self.peek()
        self.at += 1
        return token

    def sees(self, *words: str) -> bool:
        tokens, at = self.tokens, self.at  # asked of nearly every token: no call for each word
        if at + len(words) > len(tokens):
            return False
        for word in words:
            if tokens[at].upper != word:
                return False
            at += 1
        return True

    def accept(self, *words: str) -> bool:
        """Moves over the words if they all stand here."""
        if self.sees(*words):
            self.at += len(words)
            return True
        return False

    def accept_any(self, *options: str) -> str:
        """The first of several (perhaps many-worded) options that stands here, or an empty string."""
        return next((option for option in options if self.accept(*option.split())), "")

    def expect(self, *words: str) -> None:
        if not self.accept(*words):
            raise self.error(f"expected {' '.join(words)}")

    def error(self, message: str) -> ReadError:
        found = self.peek().text or "the end"
        return ReadError(f"{message}, found {found!r}", self.peek().start)

    @property
    def done(self) -> bool:
        return self.at >= len(self.tokens)

    @property
    def rest(self) -> str:
        """The text from here on, as it was written."""
        return self.text[self.peek().start :]

    def name(self) -> ObjectName:
        """An object name, dots included; also IDENTIFIER('…')."""
        if self.accept("IDENTIFIER", "("):
            if self.peek().kind != "string":
                raise self.error("the name behind IDENTIFIER is not known before it runs")
            try:
                name = ObjectName.parse(self.take().value)
            except ValueError as error:
                raise self.error(str(error)) from error
            self.expect(")")
            return name
        parts = [self._part()]
        while self.peek().text == ".":
            if self.peek(1).text == "." and self.peek(2).kind in {"word", "quoted"} and len(parts) == 1:
                self.at += 2  # db..name lies in PUBLIC
                parts += ["PUBLIC", self._part()]
            elif self.peek(1).kind in {"word", "quoted"}:
                self.take()
                parts.append(self._part())
            else:
                break
        if len(parts) > 3:
            raise self.error(f"{'.'.join(parts)} has more than three parts")
        try:
            return ObjectName.parse(".".join(parts))
        except InvalidName as error:
            raise ReadError(str(error), self.tokens[self.at - 1].start) from error

    def _part(self) -> str:
        if self.peek().kind not in {"word", "quoted"}:
            raise self.error("expected a name")
        if self.peek().kind == "word" and self.peek().upper in RESERVED:
            raise self.error(f"{self.peek().upper} is a reserved word, which names nothing without quotes")
        return self.take().text

    def column(self) -> str:
        """The name of one column."""
        if self.peek().kind == "word" and self.peek().upper in NO_COLUMN:
            raise self.error(f"{self.peek().upper} is a reserved word, which names no column without quotes")
        return fold(self.take().text)

    def names(self) -> tuple[ObjectName, ...]:
        found = [self.name()]
        while self.accept(","):
            found.append(self.name())
        return tuple(found)

    def parens(self) -> str:
        """The text inside a balanced pair of parentheses that opens here."""
        opening = self.take()
        if opening.text != "(":
            self.at -= 1
            raise self.error("expected (")
        depth = 1
        while depth:
            token = self.take()
            if token.kind == "end":
                raise ReadError("this parenthesis is never closed", opening.start)
            depth += {"(": 1, ")": -1}.get(token.upper, 0)
        return self.text[opening.end : self.tokens[self.at - 1].start]

    def until(self, *stops: str) -> str:
        """The text up to one of the words outside parentheses and brackets, or to the end."""
        start, depth = self.peek().start, 0
        while not self.done and not (depth == 0 and self.peek().upper in stops):
            depth += {"(": 1, ")": -1, "[": 1, "]": -1}.get(self.take().upper, 0)
        return self.text[start : self.peek().start].strip()


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a kind: its words, how its value is read, how a change of it is altered.

    `alter` and `unset` are templates with `{value}`; an empty `alter` means that the clause cannot be altered.
    `refers` is the kind of object that the value names.
    """

    word: str
    reads: Callable[[Cursor], Value]
    alter: str = ""
    unset: str = ""
    refers: str = ""


def value(cursor: Cursor) -> str:
    """`= <one value>`: a string (without its quotes' escapes), a name, a number, or a list in parentheses."""
    cursor.accept("=")
    token = cursor.peek()
    if token.text == "(":
        return f"({normalized(cursor.parens())})"
    if token.kind in {"string", "dollar"}:
        return cursor.take().value
    if token.kind == "word" and token.upper in RESERVED:  # NULL, say
        return cursor.take().upper
    if token.kind in {"word", "quoted"}:
        return str(cursor.name())
    sign = cursor.accept_any("-", "+")
    if cursor.peek().kind not in {"number", "variable", "stage"}:
        raise cursor.error("expected a value")
    return sign + cursor.take().text


def name_list(cursor: Cursor) -> tuple[str, ...]:
    return tuple(str(name) for name in cursor.names())


def flag(_: Cursor) -> str:
    """A clause that is only its words."""
    return "TRUE"


def options(cursor: Cursor) -> str:
    """`[=] ( … )`, made comparable."""
    cursor.accept("=")
    return f"({normalized(cursor.parens())})"


def one_word(cursor: Cursor) -> str:
    return cursor.take().upper


def setting(word: str, refers: str = "") -> Clause:
    """A `WORD = value` property that ALTER … SET and UNSET change."""
    return Clause(word, value, alter=f"SET {word} = {{value}}", unset=f"UNSET {word}", refers=refers)


def text_setting(word: str) -> Clause:
    """A `WORD = 'text'` property; the value is kept unquoted and quoted again when it is altered."""
    return Clause(word, value, alter=f"SET {word} = {{literal}}", unset=f"UNSET {word}")


@dataclass(frozen=True, slots=True)
class Head:
    """The reading of one statement. `name_at` and `name_end` are the offsets of the name in `text`.

    `arguments` is the text inside the first parentheses after the name (columns of a table, arguments of a routine).
    `unknown` holds properties that no clause of the kind knows, with their offset; `stray` the text that is no clause at all
    (only `clauses.reading` lets it pass). `body_at` is the offset of the body.
    """

    text: str
    verb: str
    kind: str = ""
    name: ObjectName | None = None
    name_at: int = 0
    name_end: int = 0
    modifiers: frozenset[str] = frozenset()
    arguments: str | None = None
    clauses: Mapping[str, Value] = field(default_factory=dict)
    body: str | None = None
    rest: str = ""
    unknown: tuple[tuple[str, str, int], ...] = ()
    stray: tuple[tuple[str, int], ...] = ()
    body_at: int = 0

    def renamed(self, name: ObjectName) -> str:
        """The statement's text about another name (usually the same name, fully qualified)."""
        return self.text[: self.name_at] + str(name) + self.text[self.name_end :]


def accept_kind(cursor: Cursor) -> str:
    """The kind of object whose words stand here, as in CREATE and DROP; moves over them."""
    return next((kind for kind in _BY_FIRST.get(cursor.peek().upper, ()) if cursor.accept(*kind.split())), "")


def identify(text: str) -> tuple[Head, Cursor]:
    """Verb, kind and name; the cursor stands behind them. Never fails on text that has at least one token."""
    cursor = Cursor(text)
    verb = {"DESC": "DESCRIBE"}.get(cursor.peek().upper, cursor.peek().upper)
    cursor.take()
    if verb not in _NAMED_VERBS:
        return Head(text, verb, rest=cursor.rest), cursor
    found = set()
    while cursor.peek().upper in _MODIFIER_FIRST and (modifier := cursor.accept_any(*_MODIFIERS)):
        found.add({"TEMP": "TEMPORARY", "VOLATILE": "TEMPORARY"}.get(modifier, modifier))
    kind = accept_kind(cursor)
    if not kind:
        return Head(text, verb, rest=cursor.rest, modifiers=frozenset(found)), cursor
    found |= {m for m in (cursor.accept_any("IF NOT EXISTS", "IF EXISTS"),) if m}
    if cursor.peek().kind not in {"word", "quoted"} or kind in {"ACCOUNT", "SESSION"}:
        return Head(text, verb, kind, rest=cursor.rest, modifiers=frozenset(found)), cursor
    begin = cursor.peek().start
    name = cursor.name()
    end = cursor.tokens[cursor.at - 1].end
    return Head(text, verb, kind, name, begin, end, frozenset(found), rest=cursor.rest), cursor


@dataclass(slots=True)
class Reading:
    """What `read_clauses` found; `stray` is what it could not read, with the offsets."""

    clauses: dict[str, Value] = field(default_factory=dict)
    body: str | None = None
    body_at: int = 0
    unknown: list[tuple[str, str, int]] = field(default_factory=list)
    stray: list[tuple[str, int]] = field(default_factory=list)


def read_clauses(cursor: Cursor, table: tuple[Clause, ...]) -> Reading:
    """Clauses in any order up to AS; what follows AS is the body, as it was written. Goes on after what it cannot read."""
    found = Reading()
    by_word: dict[str, list[Clause]] = {}
    for clause in sorted(table, key=lambda c: -len(c.word.split())):
        by_word.setdefault(clause.word.split()[0], []).append(clause)
    while not cursor.done:
        if cursor.accept("AS"):
            found.body, found.body_at = cursor.rest.strip(), cursor.peek().start
            return found
        start = cursor.at
        try:
            _read_clause(cursor, by_word, found)
        except ReadError as error:
            found.stray.append((str(error), error.offset))
            if cursor.at == start and cursor.peek().text != "(":
                cursor.take()
            while cursor.peek().text == "(":
                _skip_parens(cursor)
    return found


def _read_clause(cursor: Cursor, by_word: dict[str, list[Clause]], found: Reading) -> None:
    clause = next((c for c in by_word.get(cursor.peek().upper, ()) if cursor.accept(*c.word.split())), None)
    if clause is not None:
        found.clauses[clause.word] = clause.reads(cursor)
        return
    token = cursor.take()
    if token.text == "," or (token.upper == "WITH" and cursor.peek().kind == "word"):
        return
    if token.kind != "word" or cursor.peek().text != "=":
        cursor.at -= 1
        raise cursor.error("unexpected text")
    found.unknown.append((token.upper, str(value(cursor)), token.start))


def _skip_parens(cursor: Cursor) -> None:
    try:
        cursor.parens()
    except ReadError:
        cursor.at = len(cursor.tokens)
