"""Which objects a text reads, writes and calls."""

import re
from functools import lru_cache

from snowpipe_deploy.model import Reference
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses import head as read_head
from snowpipe_deploy.sqltext.head import Cursor, ReadError
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.sqltext.query import tables_of
from snowpipe_deploy.sqltext.scripting import is_block, parse_block, statements

Use = tuple[str, ObjectName, str]  # kind, name as written, access
_STREAM = re.compile(r"SYSTEM\$STREAM_(?:HAS_DATA|GET_TABLE_TIMESTAMP)\(\s*'([^']+)'", re.IGNORECASE)
_FORMAT = re.compile(r"FORMAT_NAME\s*=\s*(?:'([^']+)'|([\w.$\"]+))", re.IGNORECASE)


@lru_cache(maxsize=4096)
def uses(text: str) -> tuple[Use, ...]:
    """Everything a statement (or block, or query) names, as it is written; each once, in order."""
    if is_block(text):
        return tuple(dict.fromkeys(_of_block(text)))
    return tuple(dict.fromkeys(_of_statement(text)))


def _of_block(text: str) -> list[Use]:
    try:
        block = parse_block(text)
    except ReadError:
        return []
    found: list[Use] = []
    for node in statements((*block.declarations, *block.body, *(n for h in block.handlers for n in h.body))):
        query = getattr(node, "text", "") or getattr(node, "query", "")
        if query and not query.isidentifier():
            found += uses(query)
    return found


def _of_statement(text: str) -> list[Use]:
    tokens = code(text)
    if not tokens:
        return []
    first = tokens[0].upper
    streams: list[Use] = [("STREAM", ObjectName.parse(name), "reads") for name in _STREAM.findall(text)]
    try:
        match first:
            case "SELECT" | "WITH" | "INSERT" | "UPDATE" | "DELETE" | "MERGE" | "(":
                return [*_of_query(text), *streams]
            case "COPY":
                return _of_copy(text, tokens)
            case "CALL":
                cursor = Cursor(text, 1)
                return [("PROCEDURE", cursor.name(), "calls"), *streams]
            case "TRUNCATE":
                cursor = Cursor(text, 1)
                cursor.accept("TABLE")
                return [("relation", cursor.name(), "writes")]
            case "EXECUTE":
                if tokens[1].upper == "TASK":
                    return [("TASK", Cursor(text, 2).name(), "calls")]
                literal = tokens[2] if len(tokens) > 2 else tokens[-1]
                return list(uses(literal.value)) if literal.kind in {"string", "dollar"} else []
            case "ALTER":
                head = read_head(text)
                return [(head.kind, head.name, "writes")] if head.name is not None and head.kind else []
            case _:
                return streams
    except (ReadError, ValueError):
        return streams


def _of_query(text: str) -> list[Use]:
    return [("relation", ObjectName(parts), "writes" if written else "reads") for parts, written in tables_of(text)]


def _of_copy(text: str, tokens: tuple[Token, ...]) -> list[Use]:
    cursor = Cursor(text, 2)
    found: list[Use] = []
    if cursor.peek().kind != "stage":
        found.append(("relation", cursor.name(), "writes"))
    stages = (t.text[1:].partition("/")[0] for t in tokens if t.kind == "stage" and t.text[1:2] not in {"~", "%", ""})
    found += [("STAGE", ObjectName.parse(name), "reads") for name in stages]
    found += [("FILE FORMAT", ObjectName.parse(quoted or plain), "reads") for quoted, plain in _FORMAT.findall(text)]
    return found


def format_name(options: str) -> ObjectName | None:
    """The file format that a FILE_FORMAT clause names."""
    match = _FORMAT.search(options)
    return ObjectName.parse(match[1] or match[2]) if match else None


def references(body: str, schema: str | None, *, needs: bool) -> tuple[Reference, ...]:
    """The uses of a body, its unqualified names completed with the schema they resolve in."""
    found = []
    for kind, name, access in uses(body):
        full = name if len(name.parts) > 1 or schema is None else ObjectName((schema, *name.parts))
        found.append(Reference(kind, full, access, needs))
    return tuple(found)
