"""One statement in, rows out: finds the handler, keeps results, puts every error in Snowflake's words."""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from snowpipe_deploy.local import information_schema as _information_schema  # noqa: F401 - fills the table functions
from snowpipe_deploy.local import staged as _staged  # noqa: F401 - fills what reads stages
from snowpipe_deploy.local import temporaries
from snowpipe_deploy.local.access import granted
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.translate import translate
from snowpipe_deploy.local.query.translation import Typed, task_facts
from snowpipe_deploy.local.runner import Answer, Runner, Statement
from snowpipe_deploy.local.statements import HANDLERS
from snowpipe_deploy.local.statements.clone import clone_head
from snowpipe_deploy.local.statements.stages import without_credentials
from snowpipe_deploy.local.statements.tagging import is_tagging
from snowpipe_deploy.local.temporaries import noted
from snowpipe_deploy.names import InvalidName, ObjectName
from snowpipe_deploy.session import Result, SqlError, sequentially
from snowpipe_deploy.sqltext.clauses import TABLES, reading
from snowpipe_deploy.sqltext.clauses import head as read_head
from snowpipe_deploy.sqltext.head import Head, ReadError
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.sqltext.scripting import is_block
from snowpipe_deploy.sqltext.split import split
from snowpipe_deploy.types import MAX_VARCHAR, DataType

_KEPT_RESULTS = 20
_QUERIES = frozenset({"SELECT", "WITH", "VALUES", "("})
_READS = frozenset({"SHOW", "DESCRIBE", "DESC", "LIST", "LS", "EXPLAIN"})
_WRITES = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE", "COPY"})
_DEFINITIONS = frozenset({"CREATE", "CREATE …", "ALTER", "DROP", "UNDROP", "GRANT", "REVOKE", "COMMENT"})
# what DML answers
_CHANGES = {
    "INSERT": ("number of rows inserted",),
    "UPDATE": ("number of rows updated", "number of multi-joined rows updated"),
    "DELETE": ("number of rows deleted",),
    "MERGE": ("number of rows inserted", "number of rows updated", "number of rows deleted"),
}
# these run many statements, each of which takes the account's lock for itself
_LONG = frozenset({("CALL",), ("BLOCK",), ("EXECUTE", "IMMEDIATE"), ("WITH", "PROCEDURE")})


class LocalSession(Runner):
    """A session of the local account; see `snowpipe_deploy.session.Session`."""

    def execute(self, sql: str, tag: str = "") -> Result:
        pieces = split(sql)
        if len(pieces) != 1:
            raise sql_error("statement_count", len(pieces))
        answer = self.answer(pieces[0].text, tag)
        return Result(answer.rows.columns, answer.rows.rows, self.last_query_id, answer.rowcount)

    def answer(self, text: str, tag: str = "", binds: Mapping[str, Typed] | None = None) -> Answer:
        """One statement that is already split off: its rows with their types. It may name `binds` as `:name`."""
        self.shared.wake()
        given = {**task_facts(self), **(binds or {})}
        tag = tag or self.parameters.get("QUERY_TAG", "")
        with self._in_time():
            if not tag:
                return self.run_text(text, given)
            started = self.now()
            try:
                found = self.run_text(text, given)
            except SqlError as error:
                self._keep_tagged(text, tag, started, self.stop or error)
                raise
            self._keep_tagged(text, tag, started, None)
            return found

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Stops a client's statement by the lesser of its session's and its warehouse's STATEMENT_TIMEOUT_IN_SECONDS; tasks have their own."""
        warehouse = self.catalog.find("WAREHOUSE", ObjectName((self.warehouse,))) if self.warehouse else None
        given = (self.parameters, warehouse.properties if warehouse is not None else {})
        limits = [int(place.get("STATEMENT_TIMEOUT_IN_SECONDS", 0)) for place in given]
        if self.task_run is not None or not (seconds := min(filter(None, limits), default=0)):
            yield
            return
        late = sql_error("timeout", seconds)
        timer = threading.Timer(seconds, self.stop_with, (late,))
        timer.daemon = True
        timer.start()
        try:
            yield
        except SqlError as error:
            if self.stop is not late:
                raise
            raise late from error  # the engine only says that it was interrupted
        finally:
            timer.cancel()
            if self.stop is late:
                self.stop = None

    def describe(self, text: str, binds: Mapping[str, Typed] | None = None) -> tuple[tuple[str, DataType], ...]:
        """Names and types of the rows that a statement would answer, without a change by it."""
        key, _ = _identify(self._named(text, binds or {}))
        if key[0] in _CHANGES:
            return tuple((name, DataType("NUMBER", (38, 0))) for name in _CHANGES[key[0]])
        if key[0] in _QUERIES:
            with self.shared.lock:
                query = translate(self, text, dict(binds or {}))
                return tuple(query.exactly(self.engine.describe(query.sql, query.values or None)))
        if key[0] in _READS:
            rows = self.answer(text, binds=binds).rows
            return tuple(zip(rows.columns, rows.types, strict=True))
        return (("status", DataType("VARCHAR", (MAX_VARCHAR,))),)

    def _keep_tagged(self, text: str, tag: str, started: datetime, error: SqlError | None) -> None:
        """For QUERY_HISTORY: a client that lost a reply looks here for what became of its statement."""
        failed = (error.errno, error.text) if error is not None else (None, None)
        with self.shared.lock:
            self.shared.engine.run(
                "INSERT INTO _account.tagged VALUES (0, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)",
                [self.query_id, self.database, self.schema, without_credentials(text), *failed, started, self.now(), self.role, self.warehouse, tag,
                 self.user],
            )  # fmt: skip

    def together(self, statements: Sequence[str]) -> list[Result | SqlError]:
        return sequentially(self, statements)

    def run_text(self, text: str, binds: Mapping[str, Any]) -> Answer:
        if self.statements is None:
            return self._run_text(text, binds)
        started, error, rows = self.now(), None, None
        before = self.query_id
        try:
            answer = self._run_text(text, binds)
            rows = len(answer.rows.rows) if answer.rowcount is None else answer.rowcount
        except SqlError as raised:
            error = raised
            raise
        finally:
            if self.query_id != before:
                query_id = (error.query_id if error is not None else self.last_query_id) or self.query_id
                self.statements.append(Statement(query_id, text, started, self.now(), rows, error))
        return answer

    def _run_text(self, text: str, binds: Mapping[str, Any]) -> Answer:
        text = self._named(text, binds)
        parts = _chained(text)
        if len(parts) > 1:
            return self._run_chain(parts, binds)
        key, head = _identify(text)
        handler = HANDLERS.get(key)
        with nullcontext() if key in _LONG else self.shared.lock:
            query_id = self.new_query_id()
            self.binds = binds
            self.engine.now(self.shared.clock.now())
            try:
                self.check_stop()
                if key != ("ROLLBACK",):
                    self.require_transaction()
                if key[0] in _WRITES:
                    self.require_warehouse()
                if handler is None:
                    answer = self._query(key, text)
                else:
                    with noted(self, head), granted(self, head):
                        answer = handler(self, head)
                    if key[0] in _DEFINITIONS and key != ("ALTER", "SESSION"):
                        self.commit()  # also where there was nothing to do (reference E.9)
            except (ReadError, InvalidName) as error:
                raise sql_error("syntax", f"syntax error: {error}") from error
            except RecursionError as error:
                raise unsupported("a statement that is nested as deeply as this one") from error
            except SqlError as error:
                self.recover()
                error.query_id = error.query_id or query_id
                raise
            finally:
                self.let_go()
            self.last_query_id = query_id
            self.query_ids.append(query_id)
            self._keep(query_id, answer)
        return answer

    def _run_chain(self, parts: list[str], binds: Mapping[str, Any]) -> Answer:
        """`a ->> b ->> c`: `$n` in FROM is the result of the n-th statement before; the last one's rows are the answer."""
        ids: list[str] = []
        answer: Answer | None = None
        for part in parts:
            answer = self.run_text(_scanning(part, ids), binds)
            ids.append(self.last_query_id)
            self._keep(ids[-1], answer, len(parts))
        if answer is None:
            raise sql_error("syntax", "Empty SQL statement.")
        return answer

    def _named(self, text: str, binds: Mapping[str, Any]) -> str:
        """The text with the names that IDENTIFIER(…) and TABLE(…) mean: literals, session variables, binds."""
        if not _NAMES.search(text) or is_block(text):
            return text
        out, at = [], 0
        for token, inner in _meant(code(text)):
            out += [text[at : token.start], self._name_of(inner, binds)]
            at = text.index(")", inner.end) + 1
        return "".join(out) + text[at:]

    def _name_of(self, token: Token, binds: Mapping[str, Any]) -> str:
        if token.kind == "string":
            value: object = token.value
        elif token.kind == "variable":
            held = self.variables.get(token.text[1:].upper())
            if held is None:
                raise sql_error("syntax", f"Session variable '{token.text.upper()}' does not exist")
            value = held.value
        else:
            held = binds.get(token.upper)
            if held is None:
                raise sql_error("syntax", f"Bind variable :{token.text} not set.")
            value = held.value
        try:
            return str(ObjectName.parse(str(value)))
        except ValueError as error:
            raise sql_error("syntax", f"Invalid identifier: {value!r}") from error

    def _query(self, key: tuple[str, ...], text: str) -> Answer:
        if key[0] not in _QUERIES:
            raise unsupported(f"statement {' '.join(part for part in key if part)}")
        query = translate(self, text, dict(self.binds))
        if self.reading:
            self.require_warehouse()
        rows = self.engine.query(query.sql, query.values or None)
        if self.depth:  # the type of a scripting variable is not that of its first value
            return Answer(rows)
        described = query.exactly(zip(rows.columns, rows.types, strict=True))
        return Answer(replace(rows, types=tuple(kind for _, kind in described)))

    def _keep(self, query_id: str, answer: Answer, besides: int = 0) -> None:
        self.results[query_id] = answer.rows
        while len(self.results) > _KEPT_RESULTS + besides:
            self.results.pop(next(iter(self.results)))

    def cancel(self) -> None:
        self.engine.interrupt()

    def close(self) -> None:
        if self.transaction is not None:
            self.rollback()  # the end of a session rolls back what is open (reference E.9)
        temporaries.drop(self)
        self.engine.close()


def _unread(text: str, error: ReadError) -> SqlError:
    """A clause that there is, and that is not known here, is named; anything else is wrong."""
    try:
        found = reading(text) if error.offset else None
    except ReadError:  # not even its name
        found = None
    if found is not None and not found.stray and found.kind in TABLES:
        for word in found.clauses.keys() - {clause.word for clause in TABLES[found.kind]}:
            return unsupported(f"{word} of {found.kind}")
    return sql_error("syntax", f"syntax error: {error}")


_NAMES = re.compile(r"\b(?:IDENTIFIER|TABLE)\s*\(\s*['$:]", re.IGNORECASE)


def _meant(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """The words IDENTIFIER and TABLE before `('name')`, `($v)` or `(:v)`, each with what stands for the name."""
    for i, token in enumerate(tokens):
        rest = tokens[i + 1 : i + 5]
        if token.upper not in {"IDENTIFIER", "TABLE"} or not rest or rest[0].text != "(":
            continue
        bound = len(rest) > 3 and rest[1].text == ":" and rest[2].kind == "word"
        inner, closes = (rest[2], rest[3]) if bound else (rest[1], rest[2]) if len(rest) > 2 else (token, token)
        if closes.text == ")" and (bound or inner.kind in {"string", "variable"}):
            yield token, inner


def _chained(text: str) -> list[str]:
    """The statements of a chain of `->>`; one, where there is none."""
    if "->>" not in text or is_block(text):
        return [text]
    parts, start = [], 0
    for token in code(text):
        if token.text == "->>":
            parts.append(text[start : token.start])
            start = token.end
    return [*parts, text[start:]]


def _scanning(text: str, ids: list[str]) -> str:
    """The statement with each `$n` that stands for a relation as a scan of the result that it means."""
    out, at = [], 0
    for token in _relations(text):
        number = int(token.text[1:])
        if not 0 < number <= len(ids):
            raise sql_error("syntax", f"{token.text} names no statement of the chain")
        out += [text[at : token.start], f"TABLE(RESULT_SCAN('{ids[-number]}'))"]
        at = token.end
    return "".join(out) + text[at:]


def _relations(text: str) -> Iterator[Token]:
    """The tokens `$n` behind FROM, JOIN and the commas of FROM."""
    lists = [False]  # by depth of parentheses: are we in what FROM lists?
    for before, token in pairwise(code(text)):
        lists = [*lists, False] if before.text == "(" else lists[:-1] or [False] if before.text == ")" else lists
        if before.upper in {"FROM", "SELECT", "WHERE", "GROUP", "ORDER", "HAVING", "QUALIFY", "UNION"}:
            lists[-1] = before.upper == "FROM"
        starts = before.upper in {"FROM", "JOIN"} or (before.text == "," and lists[-1])
        if starts and token.kind == "variable" and token.text[1:].isdigit():
            yield token


def _identify(text: str) -> tuple[tuple[str, ...], Head]:
    """The handler's key: verb and kind where it has one, else the first word."""
    if not code(text):
        raise sql_error("syntax", "Empty SQL statement.")
    if is_block(text):
        return ("BLOCK",), Head(text, "BLOCK")
    if (copy := clone_head(text)) is not None:
        return ("CREATE …", "CLONE"), copy
    try:
        head = read_head(text)
    except ReadError as error:
        raise _unread(text, error) from error
    if is_tagging(head):
        return ("ALTER …", "TAG"), head
    if head.kind:
        return (head.verb, head.kind), head
    if head.verb in {"EXECUTE", "SHOW"}:
        words = [token.upper for token in code(text)[1:4]]
        for key in ((head.verb, " ".join(words[:count])) for count in (3, 2, 1)):
            if key in HANDLERS:
                return key, head
        return (head.verb, words[0] if words else ""), head
    if head.verb == "WITH" and [token.upper for token in code(text)[2:4]] == ["AS", "PROCEDURE"]:
        return ("WITH", "PROCEDURE"), head
    first = code(text)[0]
    return (head.verb or first.text,), head
