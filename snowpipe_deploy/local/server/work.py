"""What a session does with the text of a request: one statement, several, or with binds; and what there is to reply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from snowpipe_deploy.local.engine import Rows
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.server import arrays, binding
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.split import split
from snowpipe_deploy.types import MAX_VARCHAR, DataType

# of the connectors' statement types those that they look at: which results are counts, which have rows
_SELECT, _DML, _DDL, _SHOW, _TCL, _MULTI = 0x1000, 0x3000, 0x6000, 0x4000, 0x5000, 0xA000
_TYPES = {
    "SELECT": _SELECT, "WITH": _SELECT, "VALUES": _SELECT, "(": _SELECT, "INSERT": _DML + 0x100, "UPDATE": _DML + 0x200,
    "DELETE": _DML + 0x300, "MERGE": _DML + 0x400, "SHOW": _SHOW, "DESCRIBE": _SHOW, "DESC": _SHOW, "USE": _SHOW,
    "SET": _SHOW, "UNSET": _SHOW, "CALL": _SELECT, "EXECUTE": _SELECT, "BEGIN": _TCL, "COMMIT": _TCL, "ROLLBACK": _TCL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Order:
    """A text to run. `sent` are the binds as the client wrote them, `count` how many statements it says there are."""

    text: str
    sent: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    tag: str = ""
    count: int = 1
    describe_only: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an order; `parts` are the statements of a text that has several."""

    query_id: str
    rows: Rows
    type_id: int
    binds: int = 0
    parts: tuple["Done", ...] = ()


def statement_type(text: str) -> int:
    first = code(text)[:1]
    return _TYPES.get(first[0].upper or first[0].text, _DDL) if first else _DDL


def run(session: LocalSession, order: Order, query_id: str) -> Done:
    """Runs the order under this query id; raises SqlError."""
    texts = [piece.text for piece in split(order.text)]
    if order.count not in {0, len(texts)}:
        raise _wrong_count(len(texts), order.count)
    if len(texts) != 1:
        return _several(session, order, texts, query_id)
    text = binding.named(texts[0]) if order.sent else texts[0]
    return _one(session, order, text, query_id)


def _wrong_count(found: int, wanted: int) -> Exception:
    error = sql_error("statement_count", found)
    error.text = error.text.replace("count 1.", f"count {wanted}.")
    return error


def _one(session: LocalSession, order: Order, text: str, query_id: str) -> Done:
    type_id = statement_type(text)
    if order.describe_only:
        binds = {} if binding.is_array(order.sent) else binding.binds(order.sent)
        columns = session.describe(text, binds)
        rows = Rows(tuple(name for name, _ in columns), tuple(kind for _, kind in columns), ())
        return Done(query_id, _as_written(rows), type_id, len(order.sent))
    session.coming_id = query_id
    if binding.is_array(order.sent):
        answer = arrays.run(session, text, binding.rows(order.sent), order.tag)
    else:
        answer = session.answer(text, order.tag, binding.binds(order.sent))
    return Done(query_id, _as_written(answer.rows), type_id, len(order.sent))


def _several(session: LocalSession, order: Order, texts: Sequence[str], query_id: str) -> Done:
    """One after the other; the first that fails ends it, what ran before stays."""
    if order.sent:
        raise unsupported("binds in a text of several statements")
    parts = []
    for text in texts:
        answer = session.answer(text, order.tag)
        parts.append(Done(session.last_query_id, answer.rows, statement_type(text)))
    column = ("multiple statement execution", DataType("VARCHAR", (MAX_VARCHAR,)))
    rows = Rows((column[0],), (column[1],), (("Multiple statements executed successfully.",),))
    return Done(query_id, rows, _MULTI, 0, tuple(parts))


def _as_written(rows: Rows) -> Rows:
    return Rows(tuple(map(binding.as_written, rows.columns)), rows.types, rows.rows)
