"""Statements of a script that somebody else wrote: what is no SQL is cut out and named, and the reading goes on behind it.

`split` is what Snowflake would see; this is what the author meant, so nothing that runs statements may use it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from snowpipe_deploy.sqltext.head import KINDS
from snowpipe_deploy.sqltext.lexer import Token, code, line_of, line_starts
from snowpipe_deploy.sqltext.scripting import is_block
from snowpipe_deploy.sqltext.split import Piece, scan

_VERBS = frozenset({
    "SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "PUT", "GET", "LIST", "LS", "REMOVE", "RM", "CREATE",
    "ALTER", "DROP", "UNDROP", "TRUNCATE", "GRANT", "REVOKE", "USE", "SET", "UNSET", "SHOW", "DESCRIBE", "DESC", "CALL",
    "EXECUTE", "BEGIN", "START", "COMMIT", "ROLLBACK", "DECLARE", "COMMENT", "EXPLAIN", "DEFINE", "VALUES", "(", "LET",
    "RETURN", "IF", "ASYNC", "AWAIT", "FROM", "ATTACH", "END", "EXCEPTION", "FOR", "WHILE", "LOOP", "REPEAT", "CASE", "RAISE",
    "TABLE", "NULL", "BREAK", "CONTINUE", "OPEN", "FETCH", "CLOSE", "ANALYZE", "LOCK",
})  # fmt: skip
_KIND_FIRST = {kind.split()[0] for kind in KINDS}
_MODIFIERS = frozenset(
    {
        "OR",
        "TRANSIENT",
        "TEMPORARY",
        "TEMP",
        "VOLATILE",
        "SECURE",
        "RECURSIVE",
        "LOCAL",
        "GLOBAL",
        "AGGREGATE",
        "VERSIONED",
    }
)
_AFTER_VERB = {
    "CREATE": _KIND_FIRST | _MODIFIERS, "ALTER": _KIND_FIRST, "DROP": _KIND_FIRST, "DEFINE": _KIND_FIRST | _MODIFIERS,
    "UNDROP": _KIND_FIRST, "INSERT": {"INTO", "OVERWRITE", "ALL", "FIRST"}, "MERGE": {"INTO"}, "COPY": {"INTO", "FILES"},
    "DELETE": {"FROM"}, "TRUNCATE": {"TABLE", "IF"}, "USE": {"ROLE", "WAREHOUSE", "DATABASE", "SCHEMA", "SECONDARY", "APPLICATION"},
    "EXECUTE": {"TASK", "IMMEDIATE", "ALERT"}, "SHOW": _KIND_FIRST | {f"{w}S" for w in _KIND_FIRST} | {"TERSE", "GRANTS", "PARAMETERS"},
    "COMMENT": {"ON", "IF"}, "DESC": _KIND_FIRST | {"RESULT"}, "DESCRIBE": _KIND_FIRST | {"RESULT"},
}  # fmt: skip
# what a statement may not follow directly: it stands in something that has opened before
_INSIDE = frozenset({
    "AS", "THEN", "GRANT", "REVOKE", ",", "(", "->>", "EXPLAIN", "ELSE", "BEGIN", "DO", "LOOP", "UNION", "ALL", "EXCEPT", "MINUS",
    "INTERSECT", "WITH", "=", "IN", "ON", "FOR", "TO", "FROM", ".", "->", "=>", "DISTINCT", "USING", "IMMEDIATE", "REPEAT", "TEXT",
    "TABULAR", "JSON", "OR", "AND", "NOT", "||", ":=", "RETURN", "DECLARE",
})  # fmt: skip
_SETS = frozenset({"UNION", "ALL", "EXCEPT", "MINUS", "INTERSECT", "DISTINCT"})
_HOLDS_QUERY = frozenset({"SELECT", "WITH", "INSERT", "(", "EXPLAIN", "VALUES"})
_LINE = re.compile(
    r"^[ \t]*(?:CREATE\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:\w+\s+)?(?:TABLE|VIEW|TASK|STREAM|STAGE|PIPE|SCHEMA|DATABASE|WAREHOUSE|ROLE"
    r"|PROCEDURE|FUNCTION|FILE|SEQUENCE|DYNAMIC|ALERT|USER|TAG)\b|ALTER\s+[A-Z]+\s+\S+\s+\w|DROP\s+[A-Z]+\s+\S+\s*;|INSERT\s+INTO\b|MERGE\s+INTO\b|COPY\s+INTO\b"
    r"|SELECT\b.*(?:\bFROM\b|;|,\s*$|\*\s*$)|SELECT\s*$|WITH\s+\w+\s+AS\s*\(|USE\s+(?:ROLE|WAREHOUSE|DATABASE|SCHEMA)\b|GRANT\s+.*\bTO\b"
    r"|SHOW\s+\w+.*;|DESC(?:RIBE)?\s+\w+\s+\w+\s*;|EXECUTE\s+(?:TASK|IMMEDIATE)\b|TRUNCATE\s+TABLE\b|CALL\s+[\w.]+\s*\(|LIST\s+@|PUT\s+file:"
    r"|UPDATE\s+\S+\s+SET\b|DELETE\s+FROM\b|SET\s+\w+\s*=|!\w+|--)",
    re.IGNORECASE | re.MULTILINE,
)
_MORE_READ = 200_000  # characters that may be read again behind what is no SQL, beside three times the text


@dataclass(frozen=True, slots=True)
class Part:
    """A statement, or what is none: `fault` is "" for a statement, else prose, client, unended (a `;` is missing behind it) or
    unclosed (a quote, comment or parenthesis that never ends)."""

    piece: Piece
    fault: str = ""


@lru_cache(maxsize=1024)
def parts(text: str) -> tuple[Part, ...]:
    """All statements of a script with what stands between them. Loses nothing that is not a blank, a comment or a `;`."""
    found: list[Part] = []
    starts = line_starts(text)
    begin, left = 0, _MORE_READ + 3 * len(text)
    while begin < len(text):
        restart = -1
        for piece in scan(text, begin, starts):
            part = _no_sql(text, piece) if left > 0 else None
            if part is None and left > 0 and (end := _open_end(piece)) >= 0:
                part = Part(_cut(piece, piece.start + end))
            if part is None:
                found += _ended(piece, starts)
                begin = piece.start + len(piece.text)
                continue
            found.append(part)
            restart = part.piece.start + len(part.piece.text)
            left -= piece.start + len(piece.text) - begin
            break
        if restart < 0:
            break
        begin = restart
    return tuple(found)


def _no_sql(text: str, piece: Piece) -> Part | None:
    """What begins here and is no statement, cut before the next line that reads like one."""
    if (end := _client_end(text, piece)) >= 0 or (end := _filled_in(piece)) >= 0:
        return Part(replace(piece, text=text[piece.start : end].rstrip()), "client")
    if _is_prose(piece):
        return Part(_cut(piece, _next_statement(text, piece)), "prose")
    if (open_at := _unclosed(piece)) >= 0 and (end := _next_line(text, open_at, piece)) >= 0:
        return Part(_cut(piece, end), "unclosed")
    return None


def _open_end(piece: Piece) -> int:
    """Where a statement was meant to end whose parenthesis never closes, so that others went into it; -1 for any other."""
    if ";" not in piece.text or piece.text.count("(") <= piece.text.count(")"):
        return -1
    tokens = code(piece.text)
    depth = sum({"(": 1, ")": -1}.get(token.text, 0) for token in tokens)
    if depth <= 0 or any(t.upper in {"BEGIN", "DECLARE"} for t in tokens):
        return -1
    return next((token.start for token in tokens if token.text == ";"), -1)


def _cut(piece: Piece, end: int) -> Piece:
    return replace(piece, text=piece.text[: max(1, end - piece.start)].rstrip() or piece.text[:1])


def _client_end(text: str, piece: Piece) -> int:
    """The end of the line of `!set …`, which is for SnowSQL; -1 for anything else."""
    if not re.match(r"![A-Za-z]", piece.text):
        return -1
    end = text.find("\n", piece.start)
    return len(text) if end < 0 else end


def _filled_in(piece: Piece) -> int:
    """The end of a line that a template fills in, above a statement that begins on the next; -1 for anything else."""
    line, newline, below = piece.text.partition("\n")
    if not newline or "__" not in line or not re.match(r"__?\w+\s*$", line):
        return -1
    found = _LINE.search(below)
    return piece.start + len(line) if found is not None and not below[: found.start()].strip() else -1


def _is_prose(piece: Piece) -> bool:
    tokens = code(piece.text)
    word = tokens[0].upper
    if tokens[0].kind == "bad":
        return False
    if "__" in tokens[0].text and tokens[0].kind in {"word", "stage"}:
        return False  # a template fills it in: it may be anything
    if tokens[0].kind in {"stage", "variable"}:
        return True
    if word not in _VERBS:
        return not (word == "TABLES" and len(tokens) > 1 and tokens[1].text == "(")  # a semantic view of dbt
    looks_right = _LOOKS.get(word)
    if looks_right is not None:
        return len(tokens) > 1 and not looks_right(tokens)
    expected = _AFTER_VERB.get(word)
    if expected is None or len(tokens) < 2 or tokens[1].upper in expected:
        return False
    words = 4 if word in {"USE", "DESCRIBE", "SHOW", "TRUNCATE", "COMMENT"} else 3
    return len(tokens) >= words and all(t.kind == "word" for t in tokens[:words])


_Looks = Callable[[tuple[Token, ...]], bool]


def _second(*texts: str) -> _Looks:
    return lambda tokens: tokens[1].upper in texts


def _early(*texts: str) -> _Looks:
    """One of the words stands near the beginning."""
    return lambda tokens: any(t.upper in texts for t in tokens[1:14])


def _anywhere(*texts: str) -> _Looks:
    """The word stands in it: privileges and the types of a routine may be many."""
    return lambda tokens: any(t.upper in texts for t in tokens[1:])


def _stage(tokens: tuple[Token, ...]) -> bool:
    return any(t.kind in {"stage", "string"} for t in tokens[1:3])


def _moves_files(tokens: tuple[Token, ...]) -> bool:
    """PUT and GET: a stage, also behind a path without quotes."""
    return any(t.kind == "stage" or t.text.startswith("'@") for t in tokens[1:40])


# what statements of these verbs look like: prose often begins with one of them
_LOOKS: dict[str, _Looks] = {
    "LET": _early(":=", "DEFAULT", "CURSOR", "RESULTSET"), "IF": _second("("), "WHILE": _second("("), "FOR": _early("IN"),
    "RETURN": lambda tokens: len(tokens) < 4 or any(t.kind == "symbol" for t in tokens), "LOOP": lambda _: True,
    "GET": _moves_files, "PUT": _moves_files, "LIST": _stage, "LS": _stage, "REMOVE": _stage, "RM": _stage,
    "SET": lambda tokens: tokens[1].text == "(" or (len(tokens) > 2 and tokens[2].text == "="),
    "WITH": _early("AS"), "UPDATE": _early("SET"), "CALL": _early("("), "VALUES": _second("("), "START": _second("TRANSACTION"),
    "GRANT": _anywhere("TO"), "REVOKE": _anywhere("FROM"), "FROM": _early("SELECT"),
    "OPEN": lambda tokens: len(tokens) < 3 or tokens[2].upper == "USING",
    "CLOSE": lambda tokens: len(tokens) < 3, "FETCH": _early("INTO"), "CASE": _early("WHEN"),
    "TABLE": lambda tokens: len(tokens) in {2, 4, 6}, "NULL": lambda _: False,
    "CONTINUE": lambda tokens: len(tokens) < 3, "BREAK": lambda tokens: len(tokens) < 3, "RAISE": lambda tokens: len(tokens) < 3,
    "COMMIT": _second("WORK"), "ROLLBACK": _early("WORK", "TO"), "ATTACH": lambda _: False, "LOCK": _second("TABLE"),
    "EXCEPTION": _second("WHEN"), "REPEAT": lambda _: True, "ASYNC": _second("("), "AWAIT": lambda tokens: len(tokens) < 3,
    "UNSET": lambda tokens: len(tokens) < 3 or tokens[1].text == "(",
    "EXPLAIN": _early("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE"),
}  # fmt: skip


def _next_statement(text: str, piece: Piece) -> int:
    """Where the next line begins that reads like SQL; else where the piece ends."""
    line_end = text.find("\n", piece.start)
    found = _LINE.search(text, line_end + 1) if line_end >= 0 else None
    end = piece.start + len(piece.text)
    return min(found.start(), end) if found and found.start() < end else end


def _unclosed(piece: Piece) -> int:
    """Where a quote or a comment opens that never closes; -1 where all are closed."""
    bad = next((t for t in code(piece.text) if t.kind == "bad"), None)
    return -1 if bad is None else piece.start + bad.start


def _next_line(text: str, open_at: int, piece: Piece) -> int:
    """The next line that reads like SQL behind an opened quote, if there is one."""
    line_end = text.find("\n", open_at)
    found = _LINE.search(text, line_end + 1) if line_end >= 0 else None
    return found.start() if found and found.start() < piece.start + len(piece.text) else -1


# -- missing semicolons ----------------------------------------------------------------------------------------------


def _ended(piece: Piece, starts: list[int]) -> Iterator[Part]:
    """A piece that holds several statements, cut where a `;` is missing; any other piece as it is."""
    tokens = code(piece.text)
    if is_block(piece.text):
        yield Part(piece)
        return
    at, first = 0, 0
    for cut in _cuts(piece.text, tokens):
        yield Part(_slice(piece, at, tokens[cut - 1].end, starts), "unended")
        at, first = tokens[cut].start, cut
    yield Part(piece if not first else _slice(piece, at, len(piece.text), starts))


def _slice(piece: Piece, begin: int, end: int, starts: list[int]) -> Piece:
    line, column = line_of(starts, piece.start + begin)
    return Piece(piece.text[begin:end], line, column, piece.comments if begin == 0 else (), piece.start + begin)


def _cuts(text: str, tokens: tuple[Token, ...]) -> list[int]:
    """The indices of tokens that begin another statement on a line of their own, outside parentheses and bodies."""
    found: list[int] = []
    depth, first, selects = 0, 0, _starts_query(tokens, 0)
    for i, token in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        word = token.upper
        if i == first or depth > 0 or word not in _VERBS:
            continue
        before = tokens[i - 1]
        if before.upper in _INSIDE or "\n" not in text[before.end : token.start]:
            selects += word == "SELECT"
            continue
        if _begins(tokens, first, i, selects) or (word == "SELECT" and _has_no_body(tokens, first, i)):
            if _opens_block(tokens, first, i):
                return found
            found.append(i)
            first, selects = i, _starts_query(tokens, i)
        selects += word == "SELECT"
    return found


def _opens_block(tokens: tuple[Token, ...], first: int, end: int) -> bool:
    """A body in a block: its statements are its own."""
    return any(
        t.upper == "BEGIN" and tokens[first + i - 1].upper in {"AS", "THEN"}
        for i, t in enumerate(tokens[first:end])
        if i
    ) or any(t.upper == "DECLARE" for t in tokens[first:end])


def _starts_query(tokens: tuple[Token, ...], index: int) -> int:
    return int(tokens[index].upper == "SELECT")


def _has_no_body(tokens: tuple[Token, ...], first: int, end: int) -> bool:
    """A CREATE or ALTER that has had no AS (nor THEN, of an alert) yet: no query can belong to it."""
    return tokens[first].upper in {"CREATE", "ALTER"} and not any(
        t.upper in {"AS", "THEN", "TEMPLATE"} for t in tokens[first:end]
    )


def _has_grantee(tokens: tuple[Token, ...], first: int, end: int) -> bool:
    """Behind its TO or FROM a GRANT names no more privileges: CREATE or INSERT is a statement there."""
    return any(t.upper in {"TO", "FROM"} for t in tokens[first : end - 1])


def _begins(tokens: tuple[Token, ...], first: int, i: int, selects: int) -> bool:
    verb = tokens[first].upper
    word, after = tokens[i].upper, tokens[i + 1].upper if i + 1 < len(tokens) else ""
    if word == "SELECT":
        by_name = tokens[i - 1].upper == "NAME" and tokens[i - 2].upper == "BY"
        again = selects > 0 and tokens[i - 1].upper not in _SETS and not by_name and verb in _ONE_QUERY
        return again or verb in _NO_QUERY
    if word == "WITH":
        return False
    if word == "UPDATE":
        return verb not in {"MERGE", "CREATE"} and any(t.upper == "SET" for t in tokens[i + 1 : i + 7])
    if word == "CALL":
        if verb == "WITH" and any(t.upper == "PROCEDURE" for t in tokens[max(0, i - 400) : i]):
            return False
        return verb not in {"CREATE", "EXECUTE"} and i + 2 < len(tokens) and tokens[i + 1].kind == "word"
    if word in {"GRANT", "REVOKE"}:
        return any(t.upper in {"TO", "FROM"} for t in tokens[i + 1 : i + 40])
    if (verb in {"GRANT", "REVOKE"} and not _has_grantee(tokens, first, i)) or (
        verb == "MERGE" and word in {"INSERT", "DELETE"} and after not in {"INTO", "FROM"}
    ):
        return False
    if word in _OF_FILES:
        return i + 1 < len(tokens) and tokens[i + 1].kind == "stage"
    if word in {"COMMIT", "ROLLBACK"}:
        return (
            after in {"", ";"} and i + 1 >= len(tokens) and verb in {"INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE"}
        )
    return word in _AFTER_VERB and word != "COMMENT" and after in _AFTER_VERB[word]


_OF_FILES = frozenset({"LIST", "LS", "REMOVE", "RM", "PUT", "GET"})
_ONE_QUERY = frozenset({"SELECT", "WITH", "CREATE", "INSERT", "EXPLAIN"})
_NO_QUERY = frozenset(
    {
        "USE",
        "SET",
        "GRANT",
        "REVOKE",
        "DROP",
        "TRUNCATE",
        "SHOW",
        "DESCRIBE",
        "DESC",
        "UNDROP",
        "CALL",
        "EXECUTE",
        "LIST",
        "LS",
        "REMOVE",
        "RM",
        "PUT",
        "GET",
    }
)
