"""Runs a scripting block (reference E): variables by scope, handlers, loops, and every SQL statement by the runner."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from snowpipe_deploy.local.engine import Rows
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.translate import translate
from snowpipe_deploy.local.query.translation import Typed, task_facts
from snowpipe_deploy.local.runner import Answer, Runner
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext import scripting as s
from snowpipe_deploy.sqltext.head import Cursor
from snowpipe_deploy.sqltext.lexer import code, tokens
from snowpipe_deploy.types import DataType, parse_type

_TEXT = DataType("VARCHAR", (16777216,))
_NUMBER = DataType("NUMBER", (38, 0))
_BOOLEAN = DataType("BOOLEAN")


_SUBSTITUTED = re.compile(r":\s*\w+\s*\.|\bIDENTIFIER\s*\(\s*:", re.IGNORECASE)


class Raised(Exception):
    """A scripting exception on its way: a declared one, or a failed statement or expression."""

    def __init__(self, name: str, number: int, state: str, text: str, at: s.Position) -> None:
        super().__init__(text)
        self.name, self.number, self.state, self.text, self.at = name, number, state, text, at

    def plain(self) -> SqlError:
        return SqlError(self.number, self.state, self.text)

    def uncaught(self) -> SqlError:
        """What a client sees: the number of the error, the type and place before its words (reference E.5)."""
        kind = {"STATEMENT_ERROR", "EXPRESSION_ERROR"}
        where = f"on line {self.at.line} at position {self.at.column}"
        state = self.state if self.name in kind else "P0001"
        return SqlError(self.number, state, f"Uncaught exception of type '{self.name}' {where} : {self.text}")


@dataclass(frozen=True, slots=True)
class _Exception:
    number: int
    text: str


@dataclass(slots=True)
class _CursorState:
    query: str
    rows: list[tuple[object, ...]] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    types: tuple[DataType, ...] = ()
    at: int = 0
    open: bool = False


class _Return(Exception):
    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


class _Jump(Exception):
    def __init__(self, label: str, *, leaves: bool) -> None:
        super().__init__()
        self.label, self.leaves = label, leaves


class Interpreter:
    """One run of one block; `run` gives the RETURN value, or an Answer where it returns a table."""

    def __init__(self, runner: Runner, block: s.Block, arguments: dict[str, Typed], text: str = "") -> None:
        self.runner = runner
        self.block = block
        self.text = text  # what the block was read from
        self.scopes: list[dict[str, Any]] = [dict(arguments)]
        unset = {"SQLROWCOUNT": _NUMBER, "SQLFOUND": _BOOLEAN, "SQLNOTFOUND": _BOOLEAN, "SQLID": _TEXT}
        self.facts = {name: Typed(None, kind) for name, kind in unset.items()}
        self.facts |= task_facts(runner)

    def run(self) -> object:
        outer = self.runner.binds
        self.runner.depth += 1
        try:
            self._block(self.block)
        except _Return as returned:
            return returned.value
        except Raised as raised:
            # the prefix with type and place is added at the outermost level only
            raise raised.uncaught() if self.runner.depth == 1 else raised.plain() from raised
        finally:
            self.runner.depth -= 1
            self.runner.binds = outer
        return None

    # -- names -------------------------------------------------------------------------------------------------

    def _find(self, name: str) -> Any:
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        return self.facts.get(name)

    def _set(self, name: str, value: object) -> None:
        for scope in reversed(self.scopes):
            if name in scope:
                held = scope[name]
                kind = held.type if isinstance(held, Typed) else _type_of(value)
                scope[name] = value if not isinstance(held, Typed) else Typed(self._cast(value, kind), kind)
                return
        raise sql_error("invalid_identifier", name)

    def _binds(self) -> dict[str, Typed]:
        merged: dict[str, Typed] = dict(self.facts)
        for scope in self.scopes:
            merged |= {name: held for name, held in scope.items() if isinstance(held, Typed)}
        return merged

    # -- blocks ------------------------------------------------------------------------------------------------

    def _block(self, block: s.Block) -> None:
        self.scopes.append({})
        depth = len(self.scopes)
        for declaration in block.declarations:
            self._step(declaration)
        declared = dict(self.scopes[-1])
        try:
            self._body(block.body)
        except Raised as raised:
            handler = next((h for h in block.handlers if _fits(h, raised)), None)
            if handler is None:
                raise
            if handler.resumes:
                raise unsupported("CONTINUE handlers") from raised
            del self.scopes[depth:]
            # a handler does not see what LET made in the body (reference E.2)
            self.scopes[-1] = {name: self.scopes[-1].get(name, held) for name, held in declared.items()}
            self._handle(handler, raised)
        finally:
            del self.scopes[depth - 1 :]

    def _handle(self, handler: s.Handler, raised: Raised) -> None:
        before = dict(self.facts)
        self.facts |= {
            "SQLCODE": Typed(raised.number, _NUMBER),
            "SQLERRM": Typed(raised.text, _TEXT),
            "SQLSTATE": Typed(raised.state, _TEXT),
        }
        self.scopes.append({"__RAISED": raised})
        try:
            self._body(handler.body)
        finally:
            self.scopes.pop()
            self.facts = before

    def _body(self, body: s.Body) -> None:
        for node in body:
            self._step(node)

    def _step(self, node: s.Node) -> None:
        try:
            if (watch := self.runner.shared.watch) is not None:
                task = self.runner.task_run.task if self.runner.task_run else ""
                watch(task, self.text, node.at.line, node.at.column, node.text if isinstance(node, s.Sql) else "")
            self._do(node)
        except SqlError as error:
            if self.runner.stop is not None:
                raise  # what ends the whole session is no exception of the block
            self.runner.recover()
            kind = (
                "STATEMENT_ERROR"
                if isinstance(node, s.Sql | s.ForEach | s.CursorStep) or _has_query(node)
                else "EXPRESSION_ERROR"
            )
            raise Raised(kind, error.errno, error.sqlstate, error.text, node.at) from error

    def _do(self, node: s.Node) -> None:
        match node:
            case s.Sql():
                self._sql(node)
            case s.Let():
                self._let(node)
            case s.Assign():
                self._assign(node)
            case s.CursorFor():
                self.scopes[-1][node.name] = _CursorState(node.query)
            case s.DeclareException():
                self.scopes[-1][node.name] = _Exception(node.number, node.text)
            case s.If():
                self._body(next((body for condition, body in node.branches if self._true(condition)), node.otherwise))
            case s.Case():
                self._case(node)
            case s.ForCount() | s.ForEach() | s.While():
                self._loop(node)
            case s.Jump():
                raise _Jump(node.label, leaves=node.leaves)
            case s.Return():
                raise _Return(self._returned(node))
            case s.CursorStep():
                self._cursor(node)
            case s.Raise():
                self._raise(node)
            case s.Block():
                self._block(node)
            case s.Null():
                pass

    # -- statements --------------------------------------------------------------------------------------------

    def _sql(self, node: s.Sql) -> None:
        answer = self._run(node.text)
        if node.into:
            if len(answer.rows.rows) != 1:
                raise sql_error("one_row", len(answer.rows.rows))
            row = answer.rows.rows[0]
            if len(row) != len(node.into):
                raise sql_error("syntax", f"{len(row)} columns INTO {len(node.into)} variables")
            for name, value in zip(node.into, row, strict=True):
                self._set(name, value)

    def _run(self, text: str) -> Answer:
        answer: Answer = self.runner.run_text(self._substituted(text), self._binds())
        count = answer.rowcount
        found = None if count is None else count > 0
        self.facts["SQLROWCOUNT"] = Typed(count, _NUMBER)
        self.facts["SQLFOUND"] = Typed(found, _BOOLEAN)
        self.facts["SQLNOTFOUND"] = Typed(None if found is None else not found, _BOOLEAN)
        self.facts["SQLID"] = Typed(self.runner.last_query_id, _TEXT)
        return answer

    def _substituted(self, text: str) -> str:
        """`:row.column` of a FOR row, and IDENTIFIER(:x), put in as text: the engine cannot bind them."""
        if not _SUBSTITUTED.search(text):
            return text
        out: list[str] = []
        parts = tokens(text)
        i = 0
        while i < len(parts):
            token = parts[i]
            if (
                token.text == ":"
                and i + 3 < len(parts)
                and parts[i + 2].text == "."
                and (i == 0 or parts[i - 1].text != ":")
            ):
                row = self._find(parts[i + 1].text.upper())
                if isinstance(row, dict):
                    name = f"{parts[i + 1].text.upper()}.{parts[i + 3].text.upper()}"
                    key = "__" + name.replace(".", "_")
                    self.scopes[-1][key] = _typed(row, parts[i + 3].text)
                    out.append(f":{key}")
                    i += 4
                    continue
            if token.upper == "IDENTIFIER" and [p.text for p in parts[i + 1 : i + 3]] == ["(", ":"]:
                held = self._find(parts[i + 3].text.upper())
                out.append(str(held.value if isinstance(held, Typed) else held))
                i += 5
                continue
            out.append(token.text)
            i += 1
        return "".join(out)

    def _let(self, node: s.Let) -> None:
        kind = node.type.strip().upper()
        if kind == "RESULTSET":
            self.scopes[-1][node.name] = self._run(node.query or node.expression).rows if node.query else None
            return
        if not node.expression and not node.query:
            if not kind:
                raise sql_error("inference", node.at.line, node.at.column, node.name)
            self.scopes[-1][node.name] = Typed(None, parse_type(kind))
            return
        value, found = self._value(node.expression, node.query)
        wanted = parse_type(kind) if kind else DataType("FLOAT") if _is_decimal(node.expression) else found
        self.scopes[-1][node.name] = Typed(value if wanted == found else self._cast(value, wanted), wanted)

    def _assign(self, node: s.Assign) -> None:
        held = self._find(node.name)
        if node.query and not isinstance(held, Typed):
            for scope in reversed(self.scopes):
                if node.name in scope:
                    scope[node.name] = self._run(node.query).rows
                    return
        self._set(node.name, self._value(node.expression, node.query)[0])

    def _value(self, expression: str, query: str) -> tuple[object, DataType]:
        if query:
            answer = self._run(query)
            if len(answer.rows.rows) > 1:
                raise sql_error("syntax", "Single-row subquery returns more than one row.")
            value = answer.rows.rows[0][0] if answer.rows.rows else None
            return value, answer.rows.types[0]
        return self._evaluate(expression)

    def _evaluate(self, expression: str) -> tuple[object, DataType]:
        """A scripting expression: variables stand without a colon (a colon is tolerated)."""
        self.runner.check_stop()
        words = code(expression)
        if len(words) == 1 and words[0].kind == "word" and isinstance(self._find(words[0].upper), Typed):
            held = self._find(words[0].upper)
            return held.value, held.type
        text = self._substituted(self._with_colons(expression))
        query = translate(self.runner, f"SELECT {text} AS V", self._binds())
        found = self.runner.expression(query.sql, query.values)
        return found.rows[0][0], found.types[0]

    def _with_colons(self, expression: str) -> str:
        out: list[str] = []
        parts = tokens(expression)
        depth, query = (
            0,
            0,
        )  # how deep in parentheses; and since which depth in a subquery, where plain names are columns
        for i, token in enumerate(parts):
            if token.text in {"(", ")"}:
                depth += 1 if token.text == "(" else -1
                query = 0 if depth < query else query
            elif not query and depth and token.upper in {"SELECT", "WITH"}:
                query = depth
            before = next((p.text for p in reversed(parts[:i]) if p.kind != "space"), "")
            after = next((p.text for p in parts[i + 1 :] if p.kind != "space"), "")
            is_name = token.kind == "word" and not query and before not in {":", ".", "=>"} and after != "("
            held = self._find(token.text.upper()) if is_name else None
            if isinstance(held, Typed) or (isinstance(held, dict) and after == "."):
                out.append(":" + token.text)
            else:
                out.append(token.text)
        return "".join(out)

    def returned(self, value: object, declared: str) -> object:
        """The value of RETURN as the type that the procedure declares."""
        kind = parse_type(declared.removesuffix(" NOT NULL"))
        return self._cast(value, kind)

    def _cast(self, value: object, kind: DataType) -> object:
        if value is None or _type_of(value) == kind or kind.base in {"VARIANT", "OBJECT", "ARRAY"}:
            return value
        query = translate(self.runner, f"SELECT :V::{kind} AS V", {"V": Typed(value, _type_of(value))})
        return self.runner.expression(query.sql, query.values).rows[0][0]

    def _true(self, condition: str) -> bool:
        """NULL counts as false."""
        return self._evaluate(condition)[0] is True

    def _case(self, node: s.Case) -> None:
        for value, body in node.branches:
            if self._true(f"({node.operand}) = ({value})" if node.operand else value):
                return self._body(body)
        return self._body(node.otherwise)

    def _returned(self, node: s.Return) -> object:
        if node.table:
            found = self._find(Cursor(node.table).peek().upper)
            if isinstance(found, Rows):
                return Answer(found)
            if isinstance(found, _CursorState):
                return Answer(self._queried(found))
            inner = Cursor(node.table)
            if inner.accept("RESULTSET_FROM_CURSOR"):
                return Answer(self._rows(inner.parens()))
            return Answer(self._run(node.table).rows)
        if not node.expression:
            return None
        return self._evaluate(node.expression)[0]

    # -- loops and cursors -------------------------------------------------------------------------------------

    def _loop(self, node: s.ForCount | s.ForEach | s.While) -> None:
        depth = len(self.scopes)
        for scope in self._turns(node):
            self.scopes.append(scope)
            try:
                self._body(node.body)
            except _Jump as jump:
                if jump.label and jump.label != node.label:
                    raise
                if jump.leaves:
                    return
            finally:
                del self.scopes[depth:]

    def _turns(self, node: s.ForCount | s.ForEach | s.While) -> Iterator[dict[str, Any]]:
        if isinstance(node, s.ForCount):
            first, last = (int(str(self._evaluate(text)[0])) for text in (node.first, node.last))
            numbers = range(first, last + 1)
            for number in reversed(numbers) if node.reverse else numbers:
                yield {node.name: Typed(number, _NUMBER)}
        elif isinstance(node, s.ForEach):
            rows = self._rows(node.source)
            for row in rows.rows:
                values = zip(rows.columns, row, rows.types, strict=True)
                yield {node.name: {name: Typed(value, kind) for name, value, kind in values}}
        else:
            while node.until or not node.condition or self._true(node.condition):
                yield {}
                if node.until and self._true(node.condition):
                    return

    def _rows(self, source: str) -> Rows:
        held = self._find(Cursor(source).peek().upper)
        if isinstance(held, Rows):
            return held
        if isinstance(held, _CursorState):
            return self._queried(held)
        raise sql_error("syntax", f"{source.strip()} is no cursor or result set")

    def _queried(self, cursor: _CursorState) -> Rows:
        """The rows of a cursor's query; CURSOR FOR may also name a result set."""
        held = self._find(cursor.query.strip().upper())
        return held if isinstance(held, Rows) else self._run(cursor.query).rows

    def _cursor(self, node: s.CursorStep) -> None:
        held = self._find(node.name)
        if not isinstance(held, _CursorState):
            raise sql_error("syntax", f"{node.name} is no cursor")
        if node.verb == "OPEN":
            if node.values:
                raise unsupported("OPEN … USING")
            rows = self._queried(held)
            held.rows, held.columns, held.types, held.at, held.open = list(rows.rows), rows.columns, rows.types, 0, True
        elif not held.open:
            raise sql_error("syntax", f"cursor {node.name} is not open")
        elif node.verb == "CLOSE":
            held.open = False
        else:
            row = held.rows[held.at] if held.at < len(held.rows) else (None,) * len(held.columns)
            held.at += 1
            for name, value in zip(node.values, row, strict=False):
                self._set(name, value)

    def _raise(self, node: s.Raise) -> None:
        if not node.name:
            held = self._find("__RAISED")
            if isinstance(held, Raised):
                raise held
            raise sql_error("syntax", "RAISE without a name stands in a handler only")
        found = self._find(node.name)
        if not isinstance(found, _Exception):
            raise sql_error("syntax", f"exception {node.name} is not declared")
        raise Raised(node.name, found.number, "P0001", found.text, node.at)


def _has_query(node: s.Node) -> bool:
    return isinstance(node, s.Let | s.Assign) and bool(node.query)


def _fits(handler: s.Handler, raised: Raised) -> bool:
    return raised.name in handler.names or "OTHER" in handler.names


def _typed(row: dict[str, Typed], column: str) -> Typed:
    if column.upper() in row:
        return row[column.upper()]
    raise sql_error("invalid_identifier", column.upper())


def _is_decimal(expression: str) -> bool:
    """12.3 makes a FLOAT variable, though it is a NUMBER in SQL (reference E.3)."""
    words = code(expression)
    return len(words) == 1 and words[0].kind == "number" and "." in words[0].text


def _type_of(value: object) -> DataType:
    match value:
        case bool():
            return DataType("BOOLEAN")
        case int():
            return _NUMBER
        case Decimal():
            return DataType("NUMBER", (38, max(0, -int(value.as_tuple().exponent))))
        case float():
            return DataType("FLOAT")
        case datetime():
            return DataType("TIMESTAMP_LTZ" if value.tzinfo else "TIMESTAMP_NTZ", (9,))
        case date():
            return DataType("DATE")
        case _:
            return _TEXT
