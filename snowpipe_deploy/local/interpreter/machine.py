"""The interpreter: variables by scope, handlers, loops, and every SQL statement by the runner."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from snowpipe_deploy.local.engine import Rows
from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.interpreter import nested, texts
from snowpipe_deploy.local.interpreter.held import (
    BOOLEAN,
    FLOAT,
    NUMBER,
    TEXT,
    CursorState,
    DeclaredException,
    Guard,
    Job,
    NestedProcedure,
    Scope,
    type_of,
)
from snowpipe_deploy.local.interpreter.jobs import Jobs
from snowpipe_deploy.local.interpreter.raised import Jump, Raised, Return
from snowpipe_deploy.local.query.translate import translate
from snowpipe_deploy.local.query.translation import Typed
from snowpipe_deploy.local.runner import Answer, Runner, listing
from snowpipe_deploy.names import fold
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext import scripting as s
from snowpipe_deploy.sqltext.clauses import split_list
from snowpipe_deploy.sqltext.head import Cursor, ReadError
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.types import DataType, parse_type

_FLOAT_LITERAL = re.compile(r"[+-]?(?:\d+\.\d*|\.\d+)")


class Interpreter:
    """One run of one block; `run` gives the RETURN value, or an Answer where it returns a table."""

    def __init__(self, runner: Runner, block: s.Block, arguments: dict[str, Typed], text: str = "") -> None:
        self.runner = runner
        self.block = block
        self.text = text  # what the block was read from
        self.scopes: list[Scope] = [dict(arguments)]
        self.guards: list[Guard] = []
        self.jobs = Jobs(runner)
        self.facts = _no_facts()

    def run(self) -> object:
        outer = self.runner.binds
        self.runner.depth += 1
        try:
            self._block(self.block)
        except Return as returned:
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
                kind = held.type if isinstance(held, Typed) else type_of(value)
                scope[name] = value if not isinstance(held, Typed) else Typed(self._cast(value, kind), kind)
                return
        raise sql_error("invalid_identifier", name)

    def _binds(self) -> dict[str, Typed]:
        merged: dict[str, Typed] = dict(self.facts)
        for scope in self.scopes:
            merged |= {name: held for name, held in scope.items() if isinstance(held, Typed)}
        return merged

    def value_of(self, argument: str) -> object:
        """What an argument holds at the end: the value of an OUT argument."""
        held = self.scopes[0][argument]
        return held.value if isinstance(held, Typed) else None

    # -- blocks ------------------------------------------------------------------------------------------------

    def _block(self, block: s.Block) -> None:
        self.scopes.append({})
        depth = len(self.scopes)
        try:
            for declaration in block.declarations:
                self._step(declaration)
            guard = Guard(block, depth, tuple(self.scopes[-1]))
            self.guards.append(guard)
            try:
                for node in block.body:
                    self._resuming(self._step, node)
            except Raised as raised:
                handler = _fitting(guard, raised)
                if handler is None:
                    raise
                self._handle(guard, handler, raised)
            finally:
                self.guards.pop()
        finally:
            del self.scopes[depth - 1 :]

    def _resuming(self, act: Callable[[Any], None], node: Any) -> None:
        """Does `act`; where a CONTINUE handler of the block takes what it raises, what follows goes on (reference E.5)."""
        guard = self.guards[-1]
        if not guard.resumes:
            act(node)
            return
        try:
            act(node)
        except Raised as raised:
            handler = _fitting(guard, raised)
            if handler is None or not handler.resumes:
                raise
            self._handle(guard, handler, raised)

    def _handle(self, guard: Guard, handler: s.Handler, raised: Raised) -> None:
        """Runs a handler, which sees what its block declared, and not what LET made in the body (reference E.2)."""
        facts, kept = self.facts, self.scopes[guard.depth - 1 :]
        declared = {name: kept[0][name] for name in guard.declared}
        self.facts = facts | {
            "SQLCODE": Typed(raised.number, NUMBER),
            "SQLERRM": Typed(raised.text, TEXT),
            "SQLSTATE": Typed(raised.state, TEXT),
        }
        self.scopes[guard.depth - 1 :] = [declared, {"__RAISED": raised}]
        guard.active = False
        try:
            self._body(handler.body)
        except Raised as found:
            found.beyond = guard
            raise
        finally:
            guard.active, self.facts = True, facts
            kept[0].update((name, declared[name]) for name in guard.declared)
            self.scopes[guard.depth - 1 :] = kept

    def _body(self, body: s.Body) -> None:
        for node in body:
            self._step(node)

    def _step(self, node: s.Node) -> None:
        try:
            if (watch := self.runner.shared.watch) is not None:
                task = self.runner.task_run.task if self.runner.task_run else ""
                watch(task, self.text, node.at.line, node.at.column, node.text if isinstance(node, s.Sql) else "")
            self._do(node)
        except ReadError as error:
            failed = sql_error("syntax", f"syntax error: {error}")
            raise Raised("STATEMENT_ERROR", failed.errno, failed.sqlstate, failed.text, node.at) from error
        except SqlError as error:
            if self.runner.stop is not None:
                raise  # what ends the whole session is no exception of the block
            self.runner.recover()
            kind = (
                "STATEMENT_ERROR"
                if isinstance(node, s.Sql | s.ForEach | s.CursorStep | s.Job) or _has_query(node)
                else "EXPRESSION_ERROR"
            )
            raise Raised(kind, error.errno, error.sqlstate, error.text, node.at) from error

    def _do(self, node: s.Node) -> None:
        _DO[type(node)](self, node)

    def _declare_cursor(self, node: s.CursorFor) -> None:
        self.scopes[-1][node.name] = CursorState(node.query)

    def _declare_exception(self, node: s.DeclareException) -> None:
        self.scopes[-1][node.name] = DeclaredException(node.number, node.text)

    def _branch(self, node: s.If | s.Case) -> None:
        self._resuming(self._if if isinstance(node, s.If) else self._case, node)

    def _jump(self, node: s.Jump) -> None:
        raise Jump(node.label, leaves=node.leaves)

    def _return(self, node: s.Return) -> None:
        raise Return(self._returned(node))

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

    def _run(self, text: str, using: dict[str, Typed] | None = None) -> Answer:
        texts.check_rights(self.runner, text)
        answer = self._call_nested(text) or self.runner.run_text(
            texts.substituted(text, self._find, self.scopes[-1]), {**self._binds(), **(using or {})}
        )
        for name, value in answer.assigned.items():
            self._set(name, value)
        count = answer.rowcount
        found = None if count is None else count > 0
        self.facts["SQLROWCOUNT"] = Typed(count, NUMBER)
        self.facts["ACTIVITY_COUNT"] = Typed(
            len(answer.rows.rows) if count is None and _is_query(text) else count, NUMBER
        )
        self.facts["SQLFOUND"] = Typed(found, BOOLEAN)
        self.facts["SQLNOTFOUND"] = Typed(None if found is None else not found, BOOLEAN)
        self.facts["SQLID"] = Typed(self.runner.last_query_id, TEXT)
        return answer

    def _let(self, node: s.Let) -> None:
        kind = node.type.strip().upper()
        if kind == "RESULTSET":
            if node.query:
                self.scopes[-1][node.name] = self._aside(node.query) if node.runs_aside else self._run(node.query).rows
            else:
                self.scopes[-1][node.name] = None
            return
        if not node.expression and not node.query:
            if not kind:
                raise sql_error("inference", node.at.line, node.at.column, node.name)
            self.scopes[-1][node.name] = Typed(None, parse_type(kind))
            return
        if not kind and self._is_of_row(node.expression):
            raise sql_error("inference", node.at.line, node.at.column, node.name)
        value, found = self._value(node.expression, node.query)
        if _FLOAT_LITERAL.fullmatch(node.expression.strip()):
            value, found = float(str(value)), FLOAT  # 12.3 makes a FLOAT variable (reference E.3)
        wanted = parse_type(kind) if kind else found
        self.scopes[-1][node.name] = Typed(self._cast(value, wanted) if kind else value, wanted)

    def _assign(self, node: s.Assign) -> None:
        held = self._find(node.name)
        if node.query and not isinstance(held, Typed):
            for scope in reversed(self.scopes):
                if node.name in scope:
                    scope[node.name] = self._aside(node.query) if node.runs_aside else self._run(node.query).rows
                    return
        self._set(node.name, self._value(node.expression, node.query)[0])

    def _value(self, expression: str, query: str) -> tuple[object, DataType]:
        if query:
            answer = self._run(query)
            if len(answer.rows.rows) > 1:
                raise sql_error("syntax", "Single-row subquery returns more than one row.")
            if len(answer.rows.columns) != 1:
                raise sql_error("syntax", f"a query of {len(answer.rows.columns)} columns where one value is expected")
            value = answer.rows.rows[0][0] if answer.rows.rows else None
            return value, answer.rows.types[0]
        return self._evaluate(expression)

    def _evaluate(self, expression: str) -> tuple[object, DataType]:
        """A scripting expression: variables stand without a colon (a colon is tolerated)."""
        self.runner.check_stop()
        words = code(expression)
        if len(words) == 1 and words[0].kind in {"word", "quoted"}:
            held = self._find(fold(words[0].text))
            if isinstance(held, Typed):
                return held.value, held.type
        text = texts.substituted(texts.with_colons(expression, self._find), self._find, self.scopes[-1])
        query = translate(self.runner, f"SELECT {text}\n AS V", self._binds())
        self.runner.engine.now(self.runner.now())
        found = self.runner.engine.query(query.sql, query.values or None)
        return found.rows[0][0], found.types[0]

    def _is_of_row(self, expression: str) -> bool:
        """Is it `row.column` alone? The type of a variable cannot be inferred from it (reference E.3)."""
        words = code(expression)
        return (
            len(words) == 3 and words[1].text == "." and words[0].kind in {"word", "quoted"}
            and isinstance(self._find(fold(words[0].text)), dict)
        )  # fmt: skip

    def returned(self, value: object, declared: str) -> object:
        """The value of RETURN as the type that the procedure declares."""
        kind = parse_type(declared.removesuffix(" NOT NULL"))
        return self._cast(value, kind)

    def _cast(self, value: object, kind: DataType) -> object:
        if value is None or type_of(value) == kind or kind.base in {"VARIANT", "OBJECT", "ARRAY"}:
            return value
        query = translate(self.runner, f"SELECT :V::{kind} AS V", {"V": Typed(value, type_of(value))})
        return self.runner.engine.query(query.sql, query.values or None).rows[0][0]

    def _true(self, condition: str) -> bool:
        """NULL counts as false."""
        return self._evaluate(condition)[0] is True

    def _if(self, node: s.If) -> None:
        self._body(next((body for condition, body in node.branches if self._true(condition)), node.otherwise))

    def _case(self, node: s.Case) -> None:
        for value, body in node.branches:
            if self._true(f"({node.operand}) = ({value})" if node.operand else value):
                return self._body(body)
        return self._body(node.otherwise)

    def _returned(self, node: s.Return) -> object:
        if node.table:
            found = self._find(fold(Cursor(node.table).peek().text))
            if isinstance(found, Rows | Job):
                return Answer(self._rows(node.table))
            if isinstance(found, CursorState):
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
                self._resuming(self._body, node.body)
            except Jump as jump:
                if jump.label and jump.label != node.label:
                    raise
                if jump.leaves:
                    return
            finally:
                del self.scopes[depth:]

    def _turns(self, node: s.ForCount | s.ForEach | s.While) -> Iterator[dict[str, Any]]:
        if isinstance(node, s.ForCount):
            first, last = (self._bound(text) for text in (node.first, node.last))
            numbers = range(first, last + 1)
            for number in reversed(numbers) if node.reverse else numbers:
                yield {node.name: Typed(number, NUMBER)}
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

    def _bound(self, text: str) -> int:
        value = self._cast(self._evaluate(text)[0], NUMBER)
        if not isinstance(value, int):
            raise sql_error("syntax", f"the bound {text.strip()} of a FOR loop is NULL")
        return value

    def _rows(self, source: str) -> Rows:
        held = self._find(fold(Cursor(source).peek().text))
        if isinstance(held, Job):
            if held.state != "awaited" or held.rows is None:
                raise sql_error("syntax", f"result set {source.strip()} has not been awaited")
            return held.rows
        if isinstance(held, Rows):
            return held
        if isinstance(held, CursorState):
            return self._queried(held)
        raise sql_error("syntax", f"{source.strip()} is no cursor or result set")

    def _queried(self, cursor: CursorState) -> Rows:
        """The rows of a cursor's query; CURSOR FOR may also name a result set."""
        held = self._find(fold(cursor.query.strip())) if len(code(cursor.query)) == 1 else None
        return self._rows(cursor.query) if isinstance(held, Rows | Job) else self._run(cursor.query).rows

    def _cursor(self, node: s.CursorStep) -> None:
        held = self._find(node.name)
        if not isinstance(held, CursorState):
            raise sql_error("syntax", f"{node.name} is no cursor")
        if node.verb == "OPEN":
            rows = self._opened(held, node.values) if node.values else self._queried(held)
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

    def _opened(self, cursor: CursorState, values: tuple[str, ...]) -> Rows:
        """OPEN … USING: each `?` of the cursor's query is a variable of the list."""
        using = {}
        for i, text in enumerate(values):
            value, kind = self._evaluate(text)
            using[f"__USING{i}"] = Typed(value, kind)
        return self._run(texts.placed(cursor.query, len(values)), using).rows

    # -- ASYNC -------------------------------------------------------------------------------------------------

    def _job(self, node: s.Job) -> None:
        if node.verb == "ASYNC":
            self._aside(node.text)
        elif node.verb == "AWAIT" and node.name == "ALL":
            self.jobs.wait_for_all()
        else:
            held = self._find(node.name)
            if not isinstance(held, Job):
                raise sql_error("syntax", f"{node.name} is not a result set of ASYNC")
            self.jobs.wait(held) if node.verb == "AWAIT" else self.jobs.cancel(held)

    def _aside(self, text: str) -> Job:
        facts = dict(self.facts)
        try:
            return self.jobs.start(text, self._run)
        finally:
            self.facts = facts

    # -- nested procedures -------------------------------------------------------------------------------------

    def _declare_procedure(self, node: s.Nested) -> None:
        self.scopes[-1][node.name] = nested.declared(node, self.scopes)

    def _call_nested(self, text: str) -> Answer | None:
        """The answer of a CALL of a procedure that the block declares; None for any other statement."""
        cursor = Cursor(text)
        if not cursor.accept("CALL"):
            return None
        found = self._find(fold(cursor.take().text)) if cursor.peek(1).text == "(" else None
        if not isinstance(found, NestedProcedure):
            return None
        values = {
            argument.name: Typed(self._cast(self._evaluate(text)[0], argument.type), argument.type)
            for argument, text in nested.given(found, split_list(cursor.parens()))
        }
        result = self._run_nested(found, values)
        if isinstance(result, Answer):
            return result
        return listing((found.name,), [[self.returned(result, found.returns)]])

    def _run_nested(self, procedure: NestedProcedure, values: Scope) -> object:
        own = procedure.scopes[-1]
        seen = {name: own[name] for name in procedure.names}
        outer = self.scopes, self.guards, self.facts
        self.scopes, self.guards, self.facts = [*procedure.scopes[:-1], seen, values], [], _no_facts()
        try:
            self._block(procedure.body)
        except Return as returned:
            return returned.value
        except Raised as raised:
            raise raised.plain() from raised
        finally:
            self.scopes, self.guards, self.facts = outer
            own.update(seen)
        return None

    def _raise(self, node: s.Raise) -> None:
        if not node.name:
            held = self._find("__RAISED")
            if isinstance(held, Raised):
                raise held
            raise sql_error("syntax", "RAISE without a name stands in a handler only")
        found = self._find(node.name)
        if not isinstance(found, DeclaredException):
            raise sql_error("syntax", f"exception {node.name} is not declared")
        raise Raised(node.name, found.number, "P0001", found.text, node.at)


def _has_query(node: s.Node) -> bool:
    return isinstance(node, s.Let | s.Assign) and bool(node.query)


def _fitting(guard: Guard, raised: Raised) -> s.Handler | None:
    """The block's first handler that takes the exception; none while one of them runs, for what it let go, or for what this account
    cannot do: no handler may make another answer of that."""
    if not guard.active or raised.beyond is guard or raised.refusal:
        return None
    return next((h for h in guard.block.handlers if raised.name in h.names or "OTHER" in h.names), None)


def _is_query(text: str) -> bool:
    return Cursor(text).peek().upper in {"SELECT", "WITH"}


def _no_facts() -> dict[str, Typed]:
    """The globals of a block that has run nothing yet."""
    unset = {
        "SQLROWCOUNT": NUMBER,
        "ACTIVITY_COUNT": NUMBER,
        "SQLFOUND": BOOLEAN,
        "SQLNOTFOUND": BOOLEAN,
        "SQLID": TEXT,
    }
    return {name: Typed(None, kind) for name, kind in unset.items()}


_DO: dict[type, Callable[[Interpreter, Any], None]] = {
    s.Sql: Interpreter._sql, s.Let: Interpreter._let, s.Assign: Interpreter._assign, s.CursorFor: Interpreter._declare_cursor,
    s.DeclareException: Interpreter._declare_exception, s.If: Interpreter._branch, s.Case: Interpreter._branch,
    s.ForCount: Interpreter._loop, s.ForEach: Interpreter._loop, s.While: Interpreter._loop, s.Jump: Interpreter._jump,
    s.Return: Interpreter._return, s.CursorStep: Interpreter._cursor, s.Raise: Interpreter._raise, s.Block: Interpreter._block,
    s.Job: Interpreter._job, s.Nested: Interpreter._declare_procedure, s.Null: lambda _, __: None,
}  # fmt: skip
