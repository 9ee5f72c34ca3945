"""Which objects a text reads, writes and calls."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from snowpipe_deploy.analysis.embedded import composed, is_known
from snowpipe_deploy.model import Reference
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses import ALSO, TABLES, reading
from snowpipe_deploy.sqltext.head import Cursor, Head, ReadError, accept_kind
from snowpipe_deploy.sqltext.lexer import Token, code, line_starts
from snowpipe_deploy.sqltext.query import Use, name_at, names_called, query_uses, stage_name, table_stage
from snowpipe_deploy.sqltext.scripting import (
    Assign,
    Block,
    CursorFor,
    ForCount,
    ForEach,
    If,
    Job,
    Let,
    Node,
    Place,
    Return,
    Sql,
    While,
    is_block,
    parse_block,
    walk,
)

_STREAM = re.compile(r"SYSTEM\$STREAM_(?:HAS_DATA|GET_TABLE_TIMESTAMP|BACKLOG)\s*\(\s*'([^']+)'", re.IGNORECASE)
_FORMAT = re.compile(r"\b(?:FORMAT_NAME\s*=|FILE_FORMAT\s*=>?)\s*(?:'([^']+)'|([A-Za-z_\"][\w.$\"]*))", re.IGNORECASE)
_LOCATION = re.compile(r"\bLOCATION\s*=>\s*'(@[^']+)'", re.IGNORECASE)
_QUERIES = frozenset({"SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "(", "EXPLAIN", "VALUES"})


@lru_cache(maxsize=8192)
def uses(text: str) -> tuple[Use, ...]:
    """Everything a statement (or block, or query) names, as it is written; each once, in order."""
    if is_block(text):
        return _once(_of_block(text))
    parts = flow(text)
    if len(parts) > 1:
        return _once(replace(use, at=use.at + at) for at, part in parts for use in uses(part))
    return _once(_of_statement(text))


def _once(found: Iterator[Use] | list[Use]) -> tuple[Use, ...]:
    seen: dict[tuple[str, ObjectName, str], Use] = {}
    for use in found:
        seen.setdefault((use.kind, use.name, use.access), use)
    return tuple(seen.values())


def flow(text: str) -> list[tuple[int, str]]:
    """The statements of `a ->> b ->> c` with their offsets; one where there is no flow operator."""
    if "->>" not in text:
        return [(0, text)]
    tokens, parts, first = code(text), [], 0
    for i, token in enumerate(tokens):
        if token.text == "->>" and i > first:
            parts.append((tokens[first].start, text[tokens[first].start : token.start]))
            first = i + 1
    if first < len(tokens):
        parts.append((tokens[first].start, text[tokens[first].start :]))
    return parts


# -- blocks ----------------------------------------------------------------------------------------------------------


def node_texts(node: Node) -> tuple[str, ...]:
    """The SQL texts that a node holds itself: statements, queries, expressions that may have queries in them."""
    match node:
        case Sql() | Job():
            return (node.text,) if node.text else ()
        case Let() | Assign():
            return (node.query or node.expression,)
        case CursorFor():
            return (node.query,)
        case Return():
            return (node.table or node.expression,)
        case ForEach():
            return (node.source,)
        case ForCount():
            return (node.first, node.last)
        case While():
            return (node.condition,)
        case If():
            return tuple(condition for condition, _ in node.branches)
        case _:
            return ()


def block_texts(block: Block, text: str) -> Iterator[tuple[Node, Place, int, str]]:
    """The texts of all nodes with their offsets in the block's text."""
    starts = line_starts(text)
    for node, place in walk(block):
        at = starts[node.at.line - 1] + node.at.column
        for part in node_texts(node):
            if part and part.strip():
                found = text.find(part, at)
                yield node, place, found if found >= 0 else at, part


def _of_block(text: str) -> Iterator[Use]:
    try:
        block = parse_block(text)
    except ReadError:
        return
    for node, _, at, part in block_texts(block, text):
        if isinstance(node, CursorFor | ForEach) and part.strip().isidentifier():
            continue
        for use in uses(part):
            yield replace(use, at=use.at + at)


# -- statements ------------------------------------------------------------------------------------------------------


def _of_statement(text: str) -> list[Use]:
    tokens = code(text)
    if not tokens:
        return []
    streams = [
        Use("STREAM", name, "reads", m.start(1))
        for m in _STREAM.finditer(text)
        if (name := _name(m[1])) is not None
    ]  # fmt: skip
    first = tokens[0].upper
    try:
        if [t.upper for t in tokens[2:4]] == ["AS", "PROCEDURE"]:
            return [*_of_one_call(tokens), *streams]
        if first == "(" and len(tokens) > 2 and tokens[1].upper in _BY_VERB:
            at, end = tokens[1].start, _closed(tokens, 0)
            return [*(replace(use, at=use.at + at) for use in uses(text[at:end])), *streams]
        if first in _QUERIES or first not in _BY_VERB:
            return [*query_uses(text), *_of_files(text), *streams]
        return [*_BY_VERB[first](text, tokens), *streams]
    except (ReadError, ValueError, IndexError):
        return streams


def _of_one_call(tokens: tuple[Token, ...]) -> list[Use]:
    """WITH p AS PROCEDURE … AS $$ … $$ CALL p(): what its body names, where it is SQL."""
    words = [t.upper for t in tokens]
    foreign = "LANGUAGE" in words[:-1] and words[words.index("LANGUAGE") + 1] != "SQL"
    body = next((t for t in tokens if t.kind == "dollar"), None)
    return [] if body is None or foreign else [replace(use, at=use.at + body.start + 2) for use in uses(body.value)]


def _name(text: str) -> ObjectName | None:
    try:
        return ObjectName.parse(text)
    except ValueError:
        return None


def _of_files(text: str) -> list[Use]:
    """The file formats that a text names, and the stage of `LOCATION => '@s'`."""
    found = [
        Use("FILE FORMAT", name, "reads", match.start())
        for match in _FORMAT.finditer(text)
        if (name := _name(match[1] or match[2])) is not None
    ]
    stages = [(stage_name(match[1]), match.start(1)) for match in _LOCATION.finditer(text)]
    return [*found, *(Use("STAGE", stage, "reads", at) for stage, at in stages if stage is not None)]


def _relation(_: str, tokens: tuple[Token, ...]) -> list[Use]:
    """TABLE t, short for SELECT * FROM t."""
    name, _behind = name_at(tokens, 1)
    return [Use("relation", name, "reads", tokens[1].start)] if name else []


def _copy(text: str, tokens: tuple[Token, ...]) -> list[Use]:
    """COPY INTO a table or a location, COPY FILES; the target first."""
    found: list[Use] = []
    into = next((i for i, t in enumerate(tokens) if t.upper == "INTO"), 1)
    target, behind = _location(tokens, into + 1, "writes")
    found += target
    opened = next((i for i in range(behind, len(tokens)) if tokens[i].upper == "FROM"), len(tokens))
    if opened + 1 < len(tokens):
        if tokens[opened + 1].text == "(":
            inside = tokens[opened + 1].end
            end = _closed(tokens, opened + 1)
            part = text[inside:end]
            found += [replace(use, at=use.at + inside) for use in query_uses(part)]
            found += _quoted_stages(code(part), inside)
        else:
            source, _ = _location(tokens, opened + 1, "reads")
            found += source
    return [*found, *_of_files(text)]


def _closed(tokens: tuple[Token, ...], opening: int) -> int:
    depth = 0
    for token in tokens[opening:]:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0:
            return token.start
    return tokens[-1].end


def _location(tokens: tuple[Token, ...], index: int, access: str) -> tuple[list[Use], int]:
    """A stage, the stage of a table, a quoted stage, or a relation."""
    token = tokens[index]
    text = token.value if token.kind == "string" else token.text
    if (name := table_stage(text)) is not None:
        return ([Use("relation", name, "reads", token.start)] if name and access == "reads" else []), index + 1
    if text.startswith("@"):
        stage = stage_name(text)
        return ([Use("STAGE", stage, access, token.start)] if stage else []), index + 1
    if token.kind in {"word", "quoted"}:
        found, behind = name_at(tokens, index)
        return ([Use("relation", found, access, token.start)] if found else []), behind
    return [], index + 1


def _quoted_stages(tokens: tuple[Token, ...], at: int) -> list[Use]:
    """FROM '@stage/a path with blanks'."""
    return [
        Use("STAGE", stage, "reads", at + token.start)
        for before, token in pairwise(tokens)
        if before.upper == "FROM" and token.kind == "string" and token.value.startswith("@") and (stage := stage_name(token.value))
    ]  # fmt: skip


def _call(text: str, tokens: tuple[Token, ...]) -> list[Use]:
    name, _ = name_at(tokens, 1)
    system = name is not None and (name.last.startswith("SYSTEM$") or name.parts[0] == "SNOWFLAKE")
    called = [] if name is None or system else [Use("PROCEDURE", name, "calls", tokens[1].start)]
    return [*called, *query_uses(text)]


def _truncate(_: str, tokens: tuple[Token, ...]) -> list[Use]:
    index = 1 + (tokens[1].upper == "TABLE")
    if tokens[index].upper == "IF":
        index += 2
    name, _behind = name_at(tokens, index)
    return [Use("relation", name, "writes", tokens[index].start)] if name else []


def _execute(_: str, tokens: tuple[Token, ...]) -> list[Use]:
    """EXECUTE TASK, EXECUTE IMMEDIATE of a literal or of a file on a stage."""
    if tokens[1].upper in {"TASK", "ALERT"}:
        name, _behind = name_at(tokens, 2)
        return [Use(tokens[1].upper, name, "calls", tokens[2].start)] if name else []
    literal = tokens[2]
    if literal.upper == "FROM" and len(tokens) > 3:
        found, _at = _location(tokens, 3, "reads")
        return found
    if literal.kind in {"string", "dollar"} and (len(tokens) < 4 or tokens[3].text != "||"):
        shift = literal.start + (2 if literal.kind == "dollar" else 1)
        return [replace(use, at=use.at + shift) for use in uses(literal.value)]
    at, sql = composed(tokens[2:])
    return [replace(use, at=use.at + at) for use in uses(sql) if is_known(use.name)] if sql else []


def _named(access: str) -> Callable[[str, tuple[Token, ...]], list[Use]]:
    """VERB KIND [IF [NOT] EXISTS] name."""

    def read(text: str, tokens: tuple[Token, ...]) -> list[Use]:
        cursor = Cursor(text, 1)
        cursor.accept("IF", "EXISTS")
        cursor.accept("ON")
        kind = accept_kind(cursor)
        cursor.accept_any("IF EXISTS", "IF NOT EXISTS")
        if not kind or kind in {"SESSION", "ACCOUNT"} or cursor.peek().kind not in {"word", "quoted"}:
            return []
        if cursor.sees("REFERENCE", "("):
            return []
        at = cursor.peek().start
        name, behind = name_at(tokens, cursor.at)
        found = [Use(_space(kind), name, access, at)] if name is not None else []
        if access == "writes" and tokens[0].upper == "ALTER":
            found += _altered(text, tokens, behind)
        return found

    return read


def _altered(text: str, tokens: tuple[Token, ...], index: int) -> list[Use]:
    """What ALTER names beside its object: tasks after ADD AFTER, the other side of SWAP WITH, the body after MODIFY AS."""
    words = [t.upper for t in tokens[index : index + 3]]
    if words[:2] in (["ADD", "AFTER"], ["REMOVE", "AFTER"]):
        found, at = [], index + 2
        while at < len(tokens):
            name, behind = name_at(tokens, at)
            if name is None or behind == at:
                break
            found.append(Use("TASK", name, "reads", tokens[at].start))
            at = behind + 1
        return found
    if words[:2] == ["SWAP", "WITH"]:
        name, _ = name_at(tokens, index + 2)
        return [Use("relation", name, "writes", tokens[index + 2].start)] if name else []
    if words[:2] == ["MODIFY", "AS"] and index + 2 < len(tokens):
        at = tokens[index + 2].start
        return [replace(use, at=use.at + at) for use in uses(text[at:])]
    return []


def _space(kind: str) -> str:
    return "relation" if kind in RELATIONS and kind != "STREAM" else kind


RELATIONS = frozenset({
    "TABLE", "VIEW", "DYNAMIC TABLE", "MATERIALIZED VIEW", "EXTERNAL TABLE", "ICEBERG TABLE", "HYBRID TABLE", "EVENT TABLE",
    "SEMANTIC VIEW", "DYNAMIC ICEBERG TABLE",
})  # fmt: skip


def _files(_: str, tokens: tuple[Token, ...]) -> list[Use]:
    """PUT, GET, LIST, REMOVE: the stage; PUT and REMOVE write to it."""
    access = "writes" if tokens[0].upper in {"PUT", "REMOVE", "RM"} else "reads"
    for token in tokens[1:]:
        text = token.value if token.kind == "string" else token.text
        if text.startswith("@") and (stage := stage_name(text)):
            return [Use("STAGE", stage, access, token.start)]
    return []


def _create(text: str, _: tuple[Token, ...]) -> list[Use]:
    """CREATE inside a body: what it makes is written, what its clauses and its query name is read."""
    head = reading(text)
    if head.name is None or not head.kind:
        return []
    made = Use(_space(head.kind), head.name, "writes", head.name_at)
    plain = head.body if head.body and head.kind in RELATIONS else ""
    return [made, *clause_uses(head), *(replace(use, at=use.at + head.body_at) for use in query_uses(plain or ""))]


def _grant(text: str, tokens: tuple[Token, ...]) -> list[Use]:
    on = next((i for i, t in enumerate(tokens) if t.upper == "ON"), len(tokens))
    cursor = Cursor(text, on + 1)
    if cursor.sees("ALL") or cursor.sees("FUTURE"):
        return []
    kind = accept_kind(cursor)
    if not kind or cursor.peek().kind not in {"word", "quoted"}:
        return []
    at = cursor.peek().start
    name, _ = name_at(tokens, cursor.at)
    return [Use(_space(kind), name, "grants", at)] if name else []


_BY_VERB: dict[str, Callable[[str, tuple[Token, ...]], list[Use]]] = {
    "COPY": _copy, "CALL": _call, "TRUNCATE": _truncate, "TABLE": _relation, "EXECUTE": _execute, "ALTER": _named("writes"),
    "DROP": _named("writes"), "COMMENT": _named("writes"), "DESCRIBE": _named("reads"), "DESC": _named("reads"),
    "UNDROP": _named("writes"), "PUT": _files, "GET": _files, "LIST": _files, "LS": _files, "REMOVE": _files, "RM": _files,
    "GRANT": _grant, "REVOKE": _grant, "CREATE": _create, "DEFINE": _create,
    "SHOW": lambda _text, _tokens: [], "USE": lambda _text, _tokens: [],
}  # fmt: skip


def clause_uses(head: Head) -> Iterator[Use]:
    """What the clauses of a CREATE name: sources, predecessors, warehouses, file formats, the condition of a task."""
    for clause in (*TABLES.get(head.kind, ()), *ALSO.get(head.kind, ())):
        value = head.clauses.get(clause.word)
        if not clause.refers or value is None:
            continue
        if clause.refers == "FILE FORMAT":
            if (name := format_name(str(value)) or _name(str(value))) is not None:
                yield Use("FILE FORMAT", name, "reads", _offset(head, name.last))
            continue
        names = value if isinstance(value, tuple) else (value,)
        kind = clause.refers
        if head.kind == "STREAM" and clause.word == "ON":
            kind, names = ("STAGE" if names[0] == "STAGE" else "relation"), names[1:]
        for text in names:
            try:
                name = ObjectName.parse(str(text))
            except ValueError:
                continue
            yield Use("relation" if kind in RELATIONS else kind, name, "reads", _offset(head, name.last))
    if "WHEN" in head.clauses:
        at = head.text.find(str(head.clauses["WHEN"]), head.name_end)
        for use in uses(str(head.clauses["WHEN"])):
            yield replace(use, at=use.at + max(at, 0))
    if head.kind == "TABLE" and head.arguments:
        yield from _column_uses(head)
    if "USING TEMPLATE" in head.clauses:
        yield from _template_uses(head)
    for match in (
        re.finditer(r"\bLOCATION\s*=\s*@([\w.$\"]+)", head.text, re.IGNORECASE) if head.kind == "EXTERNAL TABLE" else ()
    ):
        yield Use("STAGE", ObjectName.parse(match[1]), "reads", match.start(1))


def _template_uses(head: Head) -> Iterator[Use]:
    """What the query of USING TEMPLATE names: the stage and the format whose columns the table gets."""
    tokens = code(head.text)
    opening = next((i + 1 for i, t in enumerate(tokens) if t.upper == "TEMPLATE" and t.start >= head.name_end), 0)
    if 0 < opening < len(tokens) and tokens[opening].text == "(":
        at = tokens[opening].end
        yield from (replace(use, at=use.at + at) for use in uses(head.text[at : _closed(tokens, opening)]))


def _column_uses(head: Head) -> Iterator[Use]:
    """Tables behind REFERENCES and the sequences of defaults."""
    tokens = code(head.text)
    for i, token in enumerate(tokens[:-1]):
        if token.upper == "REFERENCES":
            name, _ = name_at(tokens, i + 1)
            if name is not None:
                yield Use("relation", name, "reads", tokens[i + 1].start)
        elif token.upper == "NEXTVAL" and i > 1 and tokens[i - 1].text == ".":
            begin = i - 2
            while begin > 1 and tokens[begin - 1].text == "." and tokens[begin - 2].kind in {"word", "quoted"}:
                begin -= 2
            parts = [t for t in tokens[begin:i] if t.text != "."]
            try:
                yield Use("SEQUENCE", ObjectName.parse(".".join(t.text for t in parts)), "reads", tokens[begin].start)
            except ValueError:
                continue


def _offset(head: Head, word: str) -> int:
    """Where a name stands behind the object's own name."""
    for token in code(head.text):
        if token.start >= head.name_end and word in {
            token.upper,
            token.text.strip('"'),
            token.value.upper().rpartition(".")[2],
        }:
            return token.start
    return 0


def format_name(options: str) -> ObjectName | None:
    """The file format that a FILE_FORMAT clause names."""
    match = _FORMAT.search(options)
    return _name(match[1] or match[2]) if match else None


def references(body: str, schema: str | None, *, needs: bool) -> tuple[Reference, ...]:
    """The uses of a body and the functions that it may call, unqualified names completed with the schema they resolve in."""
    named = [(use.kind, use.name, use.access) for use in uses(body)]
    named += [("FUNCTION", name, "calls") for name in sorted(names_called(body))]
    return tuple(
        Reference(
            kind, name if len(name.parts) > 1 or schema is None else ObjectName((schema, *name.parts)), access, needs
        )
        for kind, name, access in dict.fromkeys(named)
    )
