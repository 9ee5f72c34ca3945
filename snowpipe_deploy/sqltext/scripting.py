"""Snowflake Scripting blocks as a tree (reference E.1, E.2)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from snowpipe_deploy.names import fold
from snowpipe_deploy.sqltext.head import Cursor, ReadError
from snowpipe_deploy.sqltext.lexer import line_of, line_starts


@dataclass(frozen=True, slots=True)
class Position:
    """Line from 1, position in the line from 0: as Snowflake counts in its error texts."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sql:
    """One SQL statement; `into` names the variables of SELECT … INTO or CALL … INTO, already cut from `text`."""

    at: Position
    text: str
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Let:
    """A declaration. `expression` is scripting text, or the SQL inside the parentheses when `query` is set; `runs_aside` is ASYNC."""

    at: Position
    name: str
    type: str
    expression: str = ""
    query: str = ""
    runs_aside: bool = False


@dataclass(frozen=True, slots=True)
class CursorFor:
    """`c CURSOR FOR query`, or FOR the name of a RESULTSET."""

    at: Position
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class DeclareException:
    at: Position
    name: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Assign:
    at: Position
    name: str
    expression: str = ""
    query: str = ""
    runs_aside: bool = False


@dataclass(frozen=True, slots=True)
class If:
    at: Position
    branches: tuple[tuple[str, "Body"], ...]
    otherwise: "Body"


@dataclass(frozen=True, slots=True)
class Case:
    """The CASE statement; `operand` is empty for the searched form."""

    at: Position
    operand: str
    branches: tuple[tuple[str, "Body"], ...]
    otherwise: "Body"


@dataclass(frozen=True, slots=True)
class ForCount:
    at: Position
    name: str
    first: str
    last: str
    reverse: bool
    body: "Body"
    label: str = ""


@dataclass(frozen=True, slots=True)
class ForEach:
    at: Position
    name: str
    source: str
    body: "Body"
    label: str = ""


@dataclass(frozen=True, slots=True)
class While:
    """WHILE, REPEAT (`until` set: tested after the body) and LOOP (no condition)."""

    at: Position
    condition: str
    body: "Body"
    until: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Jump:
    """BREAK or CONTINUE."""

    at: Position
    leaves: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    at: Position
    expression: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class CursorStep:
    """OPEN, FETCH or CLOSE."""

    at: Position
    verb: str
    name: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Raise:
    """`name` is empty for the bare RAISE that passes on the exception in hand."""

    at: Position
    name: str = ""


@dataclass(frozen=True, slots=True)
class Null:
    at: Position


@dataclass(frozen=True, slots=True)
class Job:
    """ASYNC (statement), AWAIT or CANCEL of a result set; AWAIT ALL has the name ALL."""

    at: Position
    verb: str
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Nested:
    """A procedure that is declared inside a block (reference E.7)."""

    at: Position
    name: str
    arguments: str
    returns: str
    body: "Block"


@dataclass(frozen=True, slots=True)
class Handler:
    names: tuple[str, ...]
    body: "Body"
    resumes: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    at: Position
    declarations: tuple["Node", ...]
    body: "Body"
    handlers: tuple[Handler, ...] = ()


Node = (
    Sql | Let | CursorFor | DeclareException | Assign | If | Case | ForCount | ForEach | While | Jump | Return
    | CursorStep | Raise | Null | Block | Job | Nested
)  # fmt: skip
Body = tuple[Node, ...]

_NOT_BLOCK = frozenset({";", "TRANSACTION", "WORK", "NAME", ""})


def is_block(text: str) -> bool:
    """Does this statement open a scripting block (rather than a transaction)?"""
    cursor = Cursor(text)
    if cursor.sees("BEGIN"):
        following = cursor.peek(1)
        return (following.upper or following.text) not in _NOT_BLOCK
    return cursor.sees("DECLARE")


def parse_block(text: str) -> Block:
    """Reads one block, with or without a closing `;`; raises ReadError where it is not well formed."""
    parser = _Parser(text)
    try:
        block = parser.block()
    except RecursionError as error:
        raise ReadError("blocks are nested too deeply", 0) from error
    parser.cursor.accept(";")
    if not parser.cursor.done:
        raise parser.cursor.error("unexpected text after the block")
    return block


class _Parser:
    def __init__(self, text: str) -> None:
        self.cursor = Cursor(text)
        self.starts = line_starts(text)

    def at(self) -> Position:
        line, column = line_of(self.starts, self.cursor.peek().start)
        return Position(line, column - 1)

    def block(self) -> Block:
        at, c = self.at(), self.cursor
        declarations: list[Node] = []
        if c.accept("DECLARE"):
            while not c.sees("BEGIN"):
                declarations.append(self.declaration())
                c.expect(";")
        c.expect("BEGIN")
        body = self.body("END", "EXCEPTION")
        if not body:
            raise c.error("expected a statement (NULL; does nothing)")
        handlers = []
        if c.accept("EXCEPTION"):
            while c.accept("WHEN"):
                handlers.append(self.handler())
        c.expect("END")
        self.label()
        return Block(at, tuple(declarations), body, tuple(handlers))

    def handler(self) -> Handler:
        c = self.cursor
        names = [fold(c.take().text)]
        while c.accept("OR"):
            names.append(fold(c.take().text))
        resumes = c.accept_any("EXIT", "CONTINUE") == "CONTINUE"
        c.expect("THEN")
        return Handler(tuple(names), self.body("WHEN", "END"), resumes)

    def label(self) -> str:
        c = self.cursor
        return fold(c.take().text) if c.peek().kind in {"word", "quoted"} and c.peek(1).text in {";", ""} else ""

    def body(self, *stops: str) -> Body:
        nodes: list[Node] = []
        while not any(self.cursor.sees(stop) for stop in stops):
            if self.cursor.done:
                raise self.cursor.error(f"expected {' or '.join(stops)}")
            nodes.append(self.statement())
            self.cursor.expect(";")
        return tuple(nodes)

    def declaration(self) -> Node:
        """What may follow DECLARE, and LET: a variable, a cursor, a result set, an exception."""
        at, c = self.at(), self.cursor
        name = fold(c.take().text)
        if c.accept("EXCEPTION"):
            number, text = -20000, ""
            if c.peek().text == "(":
                inner = Cursor(c.parens())
                sign = -1 if inner.accept("-") else 1
                number = sign * int(inner.take().text)
                if not -20999 <= number <= -20000:
                    raise c.error(f"exception number {number} is not between -20999 and -20000")
                text = inner.take().value if inner.accept(",") else ""
            return DeclareException(at, name, number, text)
        if c.accept("CURSOR", "FOR"):
            if c.sees("EXECUTE", "IMMEDIATE"):
                raise c.error("a cursor cannot be declared over EXECUTE IMMEDIATE")
            return CursorFor(at, name, c.until(";"))
        if c.accept("PROCEDURE"):
            return self.nested(at, name)
        kind = c.until("DEFAULT", ":=", ";")
        if not c.accept_any("DEFAULT", ":="):
            return Let(at, name, kind)
        runs_aside = c.accept("ASYNC")
        return Let(at, name, kind, *self.value(), runs_aside)

    def nested(self, at: Position, name: str) -> Node:
        c = self.cursor
        arguments = c.parens()
        c.expect("RETURNS")
        returns = c.until("AS", "LANGUAGE")
        c.accept("LANGUAGE", "SQL")
        c.expect("AS")
        return Nested(at, name, arguments, returns, self.block())

    def value(self) -> tuple[str, str]:
        """(expression, query) up to the `;`: one of the two is empty. `(SELECT …)` alone is a query."""
        text = self.cursor.until(";")
        inner = Cursor(text)
        if inner.peek().text == "(":
            inside = inner.parens()
            first = Cursor(inside).peek().upper
            if inner.done and first in {"SELECT", "WITH", "SHOW", "CALL", "EXECUTE", "DESCRIBE", "DESC", "LIST"}:
                return "", inside.strip()
        return text, ""

    def statement(self) -> Node:
        at, c = self.at(), self.cursor
        word, following = c.peek().upper, c.peek(1)
        if word == "ELSIF":
            raise c.error("expected ELSEIF")
        if word == "DECLARE" or (word == "BEGIN" and (following.upper or following.text) not in _NOT_BLOCK):
            return self.block()
        if following.text == ":=":
            name = fold(c.take().text)
            c.take()
            runs_aside = c.accept("ASYNC")
            return Assign(at, name, *self.value(), runs_aside)
        reader = _STATEMENTS.get(word)
        if reader is not None and not (word == "RETURN" and following.upper == "TABLE"):
            c.take()
            return reader(self, at)
        if c.accept("RETURN", "TABLE"):
            return Return(at, table=c.parens().strip())
        return self.sql(at)

    def sql(self, at: Position) -> Sql:
        c = self.cursor
        text = c.until(";")
        inner, depth, into = Cursor(text), 0, ()
        if inner.peek().upper not in {"SELECT", "WITH", "CALL", "EXECUTE"}:
            return Sql(at, text)
        while not inner.done:
            if depth == 0 and inner.sees("INTO"):
                begin = inner.peek().start
                inner.take()
                names = [_variable(inner)]
                while inner.accept(","):
                    names.append(_variable(inner))
                return Sql(at, f"{text[:begin]} {inner.rest}".strip(), tuple(names))
            depth += {"(": 1, ")": -1}.get(inner.take().upper, 0)
        return Sql(at, text, into)

    def branches(self, *stops: str) -> tuple[tuple[tuple[str, Body], ...], Body]:
        """`cond THEN stmts` after IF, or `WHEN value THEN stmts` after CASE, with the ELSE."""
        c, found = self.cursor, []
        again = stops[0]
        while True:
            condition = c.until("THEN", ";")
            c.expect("THEN")
            found.append((condition, self.body(*stops)))
            if not c.accept(again):
                break
        otherwise = self.body("END") if c.accept("ELSE") else ()
        c.expect("END")
        return tuple(found), otherwise

    def if_(self, at: Position) -> Node:
        branches, otherwise = self.branches("ELSEIF", "ELSE", "END")
        self.cursor.expect("IF")
        return If(at, branches, otherwise)

    def case(self, at: Position) -> Node:
        operand = self.cursor.until("WHEN")
        self.cursor.expect("WHEN")
        branches, otherwise = self.branches("WHEN", "ELSE", "END")
        self.cursor.accept("CASE")
        return Case(at, operand, branches, otherwise)

    def for_(self, at: Position) -> Node:
        c = self.cursor
        name = fold(c.take().text)
        c.expect("IN")
        reverse = c.accept("REVERSE")
        source = c.until("DO", "LOOP", "TO")
        last = c.until("DO", "LOOP") if c.accept("TO") else ""
        c.take()
        body = self.body("END")
        c.expect("END")
        if not c.accept_any("FOR", "LOOP"):
            raise c.error("expected END FOR")
        label = self.label()
        if last:
            return ForCount(at, name, source, last, reverse, body, label)
        return ForEach(at, name, source, body, label)

    def while_(self, at: Position) -> Node:
        condition = self.cursor.until("DO", "LOOP")
        self.cursor.take()
        return self.loop_end(at, condition, "WHILE", "LOOP")

    def loop(self, at: Position) -> Node:
        return self.loop_end(at, "", "LOOP")

    def loop_end(self, at: Position, condition: str, *words: str) -> Node:
        body = self.body("END")
        self.cursor.expect("END")
        if not self.cursor.accept_any(*words):
            raise self.cursor.error(f"expected END {words[0]}")
        return While(at, condition, body, label=self.label())

    def repeat(self, at: Position) -> Node:
        body = self.body("UNTIL")
        self.cursor.expect("UNTIL")
        condition = self.cursor.until("END")
        self.cursor.expect("END", "REPEAT")
        return While(at, condition, body, until=True, label=self.label())

    def let(self, at: Position) -> Node:
        del at
        return self.declaration()

    def leave(self, at: Position) -> Node:
        return Jump(at, leaves=True, label=self.label())

    def again(self, at: Position) -> Node:
        return Jump(at, leaves=False, label=self.label())

    def return_(self, at: Position) -> Node:
        return Return(at, self.cursor.until(";"))

    def raise_(self, at: Position) -> Node:
        c = self.cursor
        return Raise(at, "" if c.sees(";") else fold(c.take().text))

    def null(self, at: Position) -> Node:
        return Null(at)

    def open_(self, at: Position) -> Node:
        c = self.cursor
        name = fold(c.take().text)
        values = tuple(_list(c.parens())) if c.accept("USING") else ()
        return CursorStep(at, "OPEN", name, values)

    def fetch(self, at: Position) -> Node:
        c = self.cursor
        name = fold(c.take().text)
        c.expect("INTO")
        return CursorStep(at, "FETCH", name, tuple(part.lstrip(":").upper() for part in _list(c.until(";"))))

    def close(self, at: Position) -> Node:
        return CursorStep(at, "CLOSE", fold(self.cursor.take().text))

    def aside(self, at: Position) -> Node:
        return Job(at, "ASYNC", text=self.cursor.parens().strip())

    def await_(self, at: Position) -> Node:
        return Job(at, "AWAIT", fold(self.cursor.take().text))

    def cancel(self, at: Position) -> Node:
        return Job(at, "CANCEL", fold(self.cursor.take().text))


def _variable(cursor: Cursor) -> str:
    cursor.accept(":")
    return fold(cursor.take().text)


def _list(text: str) -> list[str]:
    cursor, parts = Cursor(text), []
    while not cursor.done:
        parts.append(cursor.until(","))
        cursor.accept(",")
    return parts


_STATEMENTS = {
    "LET": _Parser.let, "IF": _Parser.if_, "CASE": _Parser.case, "FOR": _Parser.for_, "WHILE": _Parser.while_,
    "LOOP": _Parser.loop, "REPEAT": _Parser.repeat, "BREAK": _Parser.leave, "EXIT": _Parser.leave,
    "CONTINUE": _Parser.again, "ITERATE": _Parser.again, "RETURN": _Parser.return_, "RAISE": _Parser.raise_,
    "NULL": _Parser.null, "OPEN": _Parser.open_, "FETCH": _Parser.fetch, "CLOSE": _Parser.close,
    "ASYNC": _Parser.aside, "AWAIT": _Parser.await_, "CANCEL": _Parser.cancel,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a block a node stands: how many loops and handlers are around it, and whether a branch is."""

    loops: int = 0
    handlers: int = 0
    branches: int = 0
    block: int = 0  # a number of the block around it, from 0 for the outermost


def walk(block: Block) -> Iterator[tuple[Node, Place]]:
    """Every node of a tree in the order of its text, what is nested after what it is nested in."""
    count = iter(range(1, 1 << 30))
    todo: list[tuple[Node, Place]] = [(block, Place())]
    while todo:
        node, place = todo.pop()
        yield node, place
        match node:
            case Block():
                inside = place if node is block else replace(place, block=next(count))
                caught = replace(inside, handlers=place.handlers + 1)
                found = [(n, inside) for n in (*node.declarations, *node.body)]
                found += [(n, caught) for handler in node.handlers for n in handler.body]
            case If() | Case():
                inside = replace(place, branches=place.branches + 1)
                found = [(n, inside) for n in (*(n for _, branch in node.branches for n in branch), *node.otherwise)]
            case ForCount() | ForEach() | While():
                found = [(n, replace(place, loops=place.loops + 1)) for n in node.body]
            case Nested():
                found = [(node.body, place)]
            case _:
                found = []
        todo += reversed(found)


def statements(block: Block) -> list[Sql | Let | Assign | CursorFor]:
    """Every node of a tree that holds SQL text, in order, with what is nested."""
    return [node for node, _ in walk(block) if isinstance(node, Sql | Let | Assign | CursorFor)]


def foreign(block: Block) -> str:
    """What in a block runs statements aside or declares procedures, in words; empty where nothing does."""
    for node, _ in walk(block):
        if isinstance(node, Nested):
            return "nested procedures"
        if isinstance(node, Job) or (isinstance(node, Let | Assign) and node.runs_aside):
            return "ASYNC, AWAIT and CANCEL"
    return ""
