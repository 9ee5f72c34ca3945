"""What runs inside an object: the body of a task, procedure, alert, view or block as a list of statements."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from snowpipe_deploy.analysis.embedded import composed_sql, is_known, snowpark_uses, sql_strings
from snowpipe_deploy.analysis.uses import block_texts, flow, uses
from snowpipe_deploy.sqltext.head import Head, ReadError
from snowpipe_deploy.sqltext.lexer import Token, code, inside
from snowpipe_deploy.sqltext.query import Use
from snowpipe_deploy.sqltext.scripting import (
    Assign,
    Block,
    CursorFor,
    ForEach,
    Job,
    Let,
    Node,
    Place,
    Sql,
    is_block,
    parse_block,
)
from snowpipe_deploy.sqltext.split import split

_ROUTINES = frozenset({"PROCEDURE", "FUNCTION"})
_EXISTS = re.compile(r"\s*(?:NOT\s+)?EXISTS\s*\(\s*(.*?)\s*\)\s*$", re.IGNORECASE | re.DOTALL)
_EXECUTED = re.compile(r"\bEXECUTE\s+IMMEDIATE\s+:?(\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Inner:
    """One statement (or expression) of a body. `at` is its offset in the text of the whole statement; `transaction` is a number
    above 0 inside BEGIN TRANSACTION … COMMIT; `composes` is set for a text that a later EXECUTE IMMEDIATE
    runs, `filled` where a program fills in names that cannot be known, `named` for what it names
    outside SQL."""

    text: str
    at: int
    node: Node | None = None
    place: Place = field(default_factory=Place)
    transaction: int = 0
    composes: bool = False
    filled: bool = False
    named: tuple[Use, ...] = ()

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return code(self.text)

    @cached_property
    def verb(self) -> str:
        """The first word: INSERT, CALL, BEGIN …; empty for an expression of the scripting language."""
        first = next((t.upper for t in self.tokens if t.text != "("), "")
        if not isinstance(self.node, Sql | Job | None):
            return first if first in {"SELECT", "WITH", "CALL", "EXECUTE", "SHOW"} else ""
        return first

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        if isinstance(self.node, CursorFor | ForEach) and self.text.strip().isidentifier():
            return ()
        if self.named:
            return self.named
        if self.composes:
            at, sql = composed_sql(self.text)
            if sql:
                return tuple(replace(use, at=use.at + at) for use in uses(sql) if is_known(use.name))
        return tuple(use for use in uses(self.text) if is_known(use.name)) if self.filled else uses(self.text)

    @property
    def consumes(self) -> bool:
        """Does it move the offset of a stream that it reads: DML, COPY INTO a location, CREATE TABLE … AS (reference B.4)?"""
        return self.verb in {"INSERT", "UPDATE", "DELETE", "MERGE", "COPY"} or (
            self.verb == "CREATE"
            and any(t.upper == "TABLE" for t in self.tokens[:5])
            and any(t.upper == "AS" for t in self.tokens)
        )

    @property
    def dynamic(self) -> bool:
        """EXECUTE IMMEDIATE of something that is no literal."""
        words = [t.upper for t in self.tokens[:2]]
        return (
            words == ["EXECUTE", "IMMEDIATE"]
            and len(self.tokens) > 2
            and (
                self.tokens[2].kind not in {"string", "dollar"}
                or (len(self.tokens) > 3 and self.tokens[3].text == "||")
            )
        )

    def has(self, *words: str) -> bool:
        """Does one of the words stand in it, outside quotes and comments?"""
        return any(token.upper in words for token in self.tokens)

    def at_word(self, word: str) -> int:
        """The offset of a word in the whole statement; that of the statement where it does not stand."""
        return self.at + next((t.start for t in self.tokens if t.upper == word), 0)


@dataclass(frozen=True, slots=True)
class Body:
    """A body's statements in the order of their text. `text` and `at` are the body without its quotes and its offset.

    `is_query` bodies are read and never run. `opaque` bodies are in another language. `fault` is why a block cannot be read.
    """

    text: str
    at: int
    statements: tuple[Inner, ...] = ()
    block: Block | None = None
    is_query: bool = False
    opaque: bool = False
    fault: str = ""
    fault_at: int = 0


def body_of(head: Head) -> Body | None:
    """The body of a statement that has one; of any other the statement itself, where it runs something."""
    if head.verb in {"CREATE", "DEFINE"}:
        return _of_object(head)
    if (
        head.verb == "ALTER"
        and head.kind == "TASK"
        and (match := re.match(r"\s*MODIFY\s+AS\s+", head.rest, re.IGNORECASE))
    ):
        rest = head.rest[match.end() :]
        return _of_text(rest, len(head.text) - len(rest))
    if head.verb in {"ALTER", "DROP", "GRANT", "REVOKE", "USE", "SHOW", "DESCRIBE", "UNDROP", ""}:
        return None
    return _of_text(head.text, 0)


def _of_object(head: Head) -> Body | None:
    if head.kind == "ALERT":
        return _of_alert(head)
    if head.body is None:
        return None
    if head.kind in _ROUTINES:
        return _of_routine(head)
    if head.kind in {"TASK", "PIPE"}:
        return _of_text(head.body, head.body_at)
    # views and tables, but also policies and whatever else has an expression or a query behind AS
    text, at = unquoted(head.body, head.body_at)
    return Body(text, at, (Inner(text, at),), is_query=True)


def _of_alert(head: Head) -> Body | None:
    """The body of an alert is its action; the query of its condition comes first among the statements."""
    parts = []
    for word in ("IF", "THEN"):
        text = str(head.clauses.get(word, ""))
        asked = _EXISTS.match(text) if word == "IF" else None
        text = asked[1] if asked else text
        parts.append(_of_text(text, max(0, head.text.find(text, head.name_end))))
    condition, action = parts
    return replace(action, statements=(*condition.statements, *action.statements))


def _of_routine(head: Head) -> Body:
    text, at = unquoted(head.body or "", head.body_at)
    language = str(head.clauses.get("LANGUAGE", "SQL")).upper()
    if language != "SQL":
        return Body(text, at, tuple(_embedded(text, at)), opaque=True)
    if head.kind == "FUNCTION" and not is_block(text):
        return Body(text, at, (Inner(text, at),), is_query=True)
    return _of_text(text, at)


def unquoted(text: str, at: int) -> tuple[str, int]:
    """The inside of `$$…$$` or of a quoted body, with its offset; any other text as it is."""
    at += len(text) - len(text.lstrip())
    text = text.strip().rstrip(";").rstrip()
    tokens = code(text)
    if len(tokens) == 1 and tokens[0].kind == "dollar":
        return tokens[0].value, at + tokens[0].start + 2
    if len(tokens) == 1 and tokens[0].kind == "string":
        return inside(tokens[0].text[1:-1]), at + tokens[0].start + 1
    return text, at


def _embedded(text: str, at: int) -> Iterator[Inner]:
    """Constant SQL in the strings of JavaScript and Python; transactions in the order of the text."""
    transaction, number = 0, 0
    for shift, sql in sql_strings(text):
        inner = Inner(sql, at + shift, filled=True)
        number += inner.verb in {"BEGIN", "START"}
        transaction = {"BEGIN": number, "START": number, "COMMIT": 0, "ROLLBACK": 0}.get(inner.verb, transaction)
        yield replace(inner, transaction=transaction) if transaction else inner
    for use in snowpark_uses(text):
        yield Inner("", at + use.at, named=(replace(use, at=0),))


def _of_text(text: str, at: int) -> Body:
    """A block, or one or several plain statements."""
    text, at = unquoted(text, at)
    stripped = text.strip()
    if not stripped:
        return Body(text, at)
    if is_block(text):
        try:
            block = parse_block(text)
        except ReadError as error:
            pieces = _piecemeal(text, at)
            return Body(text, at, tuple(pieces), fault=str(error), fault_at=at + error.offset)
        return Body(text, at, tuple(_of_block(block, text, at)), block)
    found: list[Inner] = []
    for shift, part in flow(text):
        found += _opened(Inner(part.rstrip().rstrip(";").rstrip(), at + shift))
    fault, fault_at = _constant_fault(text, at)
    return Body(text, at, tuple(found), fault=fault, fault_at=fault_at)


def _constant_fault(text: str, at: int) -> tuple[str, int]:
    """Why the block of EXECUTE IMMEDIATE $$…$$ cannot be read, and where; empty where it can."""
    tokens = code(text)
    if [t.upper for t in tokens[:2]] != ["EXECUTE", "IMMEDIATE"] or len(tokens) != 3 or tokens[2].kind != "dollar":
        return "", 0
    body = _of_text(tokens[2].value, at + tokens[2].start + 2)
    return body.fault, body.fault_at


def _opened(inner: Inner) -> Iterator[Inner]:
    """EXECUTE IMMEDIATE of a constant block: its statements instead of itself."""
    tokens = inner.tokens
    words = [t.upper for t in tokens[:2]]
    if words == ["EXECUTE", "IMMEDIATE"] and len(tokens) == 3 and tokens[2].kind in {"dollar", "string"}:
        body = _of_text(*unquoted(tokens[2].text, inner.at + tokens[2].start))
        for found in body.statements:
            yield replace(found, transaction=inner.transaction or found.transaction) if inner.transaction else found
        if body.statements:
            return
    yield inner


def _of_block(block: Block, text: str, at: int) -> Iterator[Inner]:
    transaction, number = 0, 0
    executed = {match[1].upper() for match in _EXECUTED.finditer(text)}
    for node, place, shift, part in block_texts(block, text):
        composes = isinstance(node, Let | Assign) and node.name.upper() in executed
        inner = Inner(part, at + shift, node, place, 0 if place.handlers else transaction, composes)
        words = [t.upper for t in inner.tokens[:2]]
        if isinstance(node, Sql) and not place.handlers:
            if words and words[0] in {"BEGIN", "START"}:
                number += 1
                transaction = number
            elif words and words[0] in {"COMMIT", "ROLLBACK"}:
                transaction = 0
        yield from _opened(inner)


def _piecemeal(text: str, at: int) -> Iterator[Inner]:
    """The statements of a block that cannot be read, as far as they can be told apart."""
    inside = re.sub(
        r"^\s*(?:DECLARE\b.*?\bBEGIN\b|BEGIN\b)",
        lambda m: " " * len(m[0]),
        text,
        count=1,
        flags=re.IGNORECASE | re.DOTALL,
    )
    for piece in split(inside):
        yield Inner(piece.text, at + piece.start)
