"""Queries and DML: the relations, stages and routines that they name, read from the tokens alone; and their tree, by sqlglot,
which is imported only when a tree is wanted: it costs a good part of start-up."""

import logging
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.sqltext.lexer import Token, code, nesting

if TYPE_CHECKING:
    from sqlglot import exp

# words after which a FROM belongs to a function: EXTRACT(YEAR FROM D), TRIM(BOTH 'x' FROM C)
_FROM_IN_CALL = frozenset({"EXTRACT", "TRIM", "SUBSTRING", "SUBSTR", "POSITION", "OVERLAY", "LTRIM", "RTRIM"})
_ENDS_FROM = frozenset({
    "WHERE", "GROUP", "ORDER", "HAVING", "QUALIFY", "SELECT", "SET", "WHEN", "LIMIT", "UNION", "EXCEPT", "MINUS",
    "INTERSECT", "VALUES", "WINDOW", "FETCH", "OFFSET", "CONNECT", "START",
})  # fmt: skip
_NO_NAME = frozenset({"SELECT", "WITH", "VALUES", "LATERAL", "WHERE", "ON", "TABLE", "UNPIVOT", "PIVOT"})
_QUERY_WORDS = frozenset({"SELECT", "WITH", "VALUES"})
# table functions of Snowflake: none of them is an object of a project
_TABLE_FUNCTIONS = frozenset({
    "FLATTEN", "GENERATOR", "RESULT_SCAN", "SPLIT_TO_TABLE", "STRTOK_SPLIT_TO_TABLE", "INFER_SCHEMA", "VALIDATE",
    "TO_QUERY", "DIRECTORY", "EXTERNAL_TABLE_FILES", "VALIDATE_PIPE_LOAD", "GET_OBJECT_REFERENCES", "POLICY_REFERENCES",
    "SEMANTIC_VIEW", "XMLGET", "CHANGES", "REFERENCE",
})  # fmt: skip
_NAMING = frozenset({"word", "quoted"})
DEEPEST = 1000  # parentheses; the compiled parser does not survive some 10,000, where Python would say RecursionError


@dataclass(frozen=True, slots=True)
class Use:
    """Something that a text names. `kind` is "relation" where the text does not say which sort of table, view or stream it
    is; `access` is reads, writes or calls; `at` is the offset of the name in the text."""

    kind: str
    name: ObjectName
    access: str = "reads"
    at: int = 0


@dataclass(slots=True)
class _Level:
    """One pair of parentheses: is a list of relations open in it, and does it belong to a function?"""

    lists: bool = False
    in_call: bool = False
    item: bool = False  # the parenthesis stands where a relation may stand


@dataclass(slots=True)
class _Reader:
    tokens: tuple[Token, ...]
    at: int = 0
    found: list[Use] = field(default_factory=list)
    common: dict[str, tuple[int, int]] = field(default_factory=dict)

    def word(self, ahead: int = 0) -> str:
        index = self.at + ahead
        return self.tokens[index].upper if 0 <= index < len(self.tokens) else ""

    def token(self, ahead: int = 0) -> Token | None:
        index = self.at + ahead
        return self.tokens[index] if index < len(self.tokens) else None


def name_at(tokens: tuple[Token, ...], index: int) -> tuple[ObjectName | None, int]:
    """A dotted name that begins at this token, and the index behind it; `db..t` lies in PUBLIC.

    IDENTIFIER('…') is the name in it; IDENTIFIER of a variable is no name that can be known.
    """
    if tokens[index].upper == "IDENTIFIER" and index + 3 < len(tokens) and tokens[index + 1].text == "(":
        literal = tokens[index + 2]
        return (_parsed(literal.value) if literal.kind == "string" else None), index + 4
    parts: list[str] = []
    while index < len(tokens) and tokens[index].kind in _NAMING:
        parts.append(fold(tokens[index].text))
        index += 1
        if index < len(tokens) and tokens[index].text == ".":
            index += 1
            if index < len(tokens) and tokens[index].text == "." and len(parts) == 1:
                parts.append("PUBLIC")
                index += 1
            continue
        break
    return (ObjectName(tuple(parts)) if 0 < len(parts) <= 3 else None), index


def _parsed(text: str) -> ObjectName | None:
    try:
        return ObjectName.parse(text)
    except ValueError:
        return None


def stage_name(text: str) -> ObjectName | None:
    """The named stage of `@db.schema.stage/path`; none for `@~`, `@%table` and what is no name."""
    name = text.removeprefix("@").partition("/")[0]
    return None if not name or name[0] in "~%" else _parsed(name)


def table_stage(text: str) -> ObjectName | None:
    """The table whose own stage `@%t` or `@db.schema.%t/path` is; None for any other stage."""
    scope, percent, rest = text.removeprefix("@").partition("%")
    return _parsed(scope + rest.partition("/")[0]) if percent and "/" not in scope else None


@lru_cache(maxsize=8192)
def query_uses(text: str) -> tuple[Use, ...]:
    """What a query or DML names, in order: relations, stages, table functions and sequences. CTEs are left out."""
    tokens = code(text)
    reader = _Reader(tokens)
    reader.common = common_tables(tokens)
    levels = [_Level()]
    while reader.at < len(tokens):
        _step(reader, levels)
    return tuple(dict.fromkeys(reader.found))


def _step(reader: _Reader, levels: list[_Level]) -> None:
    token, word, level = reader.tokens[reader.at], reader.word(), levels[-1]
    before = reader.word(-1)
    reader.at += 1
    if token.text == "(":
        called = reader.tokens[reader.at - 2] if reader.at > 1 else None
        levels.append(_Level(in_call=called is not None and called.upper in _FROM_IN_CALL))
    elif token.text == ")":
        if len(levels) > 1:
            levels.pop()
    elif token.kind == "stage" and before == "@":
        pass  # @@ROWCOUNT and the like, of other databases
    elif token.kind == "stage":
        if table := table_stage(token.text):
            reader.found.append(Use("relation", table, "reads", token.start))
        elif token.text.startswith("@") and (stage := stage_name(token.text)):
            reader.found.append(Use("STAGE", stage, "reads", token.start))
    elif word == "FROM" and not level.in_call and not (before == "DISTINCT" and _is_distinct(reader)):
        level.lists = True
        deletes = before == "DELETE" and reader.at == 2
        _item(reader, levels, "writes" if deletes else "reads")
    elif word == "JOIN" or (
        word == "USING" and len(levels) == 1 and reader.tokens[0].upper in {"MERGE", "DELETE"} and not _on_list(reader)
    ):
        level.lists = True
        _item(reader, levels, "reads")
    elif word == "INTO" and reader.tokens[0].upper in {"INSERT", "MERGE"} and before != "":
        level.lists = False
        _item(reader, levels, "writes")
    elif word == "UPDATE" and reader.at == 1:
        _item(reader, levels, "writes")
    elif word == "," and level.lists:
        _item(reader, levels, "reads")
    elif word in _ENDS_FROM:
        level.lists = False
    elif word == "TABLE" and reader.word() == "(" and before not in {"RETURNS", "CREATE", "FROM", "JOIN", ","}:
        _table_function(reader, levels)
    elif word == "NEXTVAL" and before == ".":
        _sequence(reader)


def _is_distinct(reader: _Reader) -> bool:
    """The FROM of IS [NOT] DISTINCT FROM; that of SELECT DISTINCT FROM does not exist."""
    return reader.word(-3) in {"IS", "NOT"}


def _on_list(reader: _Reader) -> bool:
    """The USING of a join: `USING (A, B)`."""
    after = reader.token(1)
    return (
        reader.word() == "("
        and (after is None or after.upper not in _QUERY_WORDS | {"("})
        and reader.tokens[0].upper != "MERGE"
    )


def _item(reader: _Reader, levels: list[_Level], access: str) -> None:
    """One relation of a list; what is nested in it is left to the caller's loop."""
    while reader.word() in {"LATERAL", "ONLY", "OVERWRITE", "INTO"}:
        reader.at += 1
    if reader.word() == "TABLE" and reader.word(1) == "(":
        reader.at += 1
        _table_function(reader, levels)
        return
    if reader.word() == "TABLE" and access == "writes":
        reader.at += 1
    token = reader.token()
    if token is None:
        return
    if token.text == "(":
        reader.at += 1
        levels.append(_Level(lists=True))
        if reader.word() not in _QUERY_WORDS:
            _item(reader, levels, access)
        return
    if token.kind == "stage" and token.text.startswith("@"):
        if stage := stage_name(token.text):
            reader.found.append(Use("STAGE", stage, "writes" if access == "writes" else "reads", token.start))
        reader.at += 1
        return
    if token.kind not in _NAMING or token.upper in _NO_NAME:
        return
    _named(reader, token, access)


def _named(reader: _Reader, token: Token, access: str) -> None:
    name, behind = name_at(reader.tokens, reader.at)
    reader.at = behind
    if name is None or (access == "reads" and _is_common(reader, name, behind)):
        return
    if len(name.parts) > 1 and name.parts[-2] == "INFORMATION_SCHEMA":
        return
    if name.parts[0] == "SNOWFLAKE" and len(name.parts) == 3:
        return
    if reader.word() == "(" and access == "reads":
        if name.last not in _TABLE_FUNCTIONS:
            reader.found.append(Use("FUNCTION", name, "calls", token.start))
        return
    reader.found.append(Use("relation", name, access, token.start))


def _is_common(reader: _Reader, name: ObjectName, at: int) -> bool:
    """A CTE; but inside its own definition its name is the table's, unless it is recursive."""
    if len(name.parts) > 1 or name.last not in reader.common:
        return False
    begin, end = reader.common[name.last]
    return not begin < at < end


def _table_function(reader: _Reader, levels: list[_Level]) -> None:
    """TABLE(f(…)), TABLE('name'), TABLE(:variable); the parenthesis opens here."""
    reader.at += 1
    levels.append(_Level())
    token = reader.token()
    if token is None:
        return
    if token.kind == "string" and (name := _parsed(token.value)):
        reader.found.append(Use("relation", name, "reads", token.start))
    elif token.kind in _NAMING:
        name, behind = name_at(reader.tokens, reader.at)
        if (
            name is not None
            and behind < len(reader.tokens)
            and reader.tokens[behind].text == ")"
            and reader.word(-3) == "=>"
        ):
            reader.found.append(Use("relation", name, "reads", token.start))  # INPUT_DATA => TABLE(v)
        if name is None or behind >= len(reader.tokens) or reader.tokens[behind].text != "(":
            return
        known = name.last in _TABLE_FUNCTIONS or name.last.startswith("SYSTEM$")
        if not known and not (len(name.parts) > 1 and name.parts[-2] in {"INFORMATION_SCHEMA", "CORE", "LOCAL"}):
            reader.found.append(Use("FUNCTION", name, "calls", token.start))
        reader.at = behind


def _sequence(reader: _Reader) -> None:
    index = reader.at - 2
    while index >= 2 and reader.tokens[index].text == "." and reader.tokens[index - 1].kind in _NAMING:
        index -= 2
    first = index + 1
    parts = [fold(t.text) for t in reader.tokens[first : reader.at - 2] if t.kind in _NAMING]
    if parts:
        reader.found.append(Use("SEQUENCE", ObjectName(tuple(parts[-3:])), "reads", reader.tokens[first].start))


def names_called(text: str) -> frozenset[ObjectName]:
    """The names before a parenthesis, as they are written: functions of Snowflake and of others, which a text does not tell
    apart; and a few words that are none (IN, VALUES)."""
    tokens, found = code(text), set()
    for i, token in enumerate(tokens[1:], 1):
        if token.text != "(" or tokens[i - 1].kind not in _NAMING:
            continue
        begin = i - 1
        while begin > 1 and tokens[begin - 1].text == "." and tokens[begin - 2].kind in _NAMING:
            begin -= 2
        name, behind = name_at(tokens, begin)
        if name is not None and behind == i:
            found.add(name)
    return frozenset(found)


def common_tables(tokens: tuple[Token, ...]) -> dict[str, tuple[int, int]]:
    """All CTEs of `WITH a AS (…), b (x, y) AS (…)`, each with the token indices between which its name is not its own."""
    found: dict[str, tuple[int, int]] = {}
    words = {t.upper for t in tokens}
    if "WITH" not in words:
        return found
    for i, token in enumerate(tokens[:-2]):
        before = tokens[i - 1].upper if i else ""
        if token.kind not in _NAMING or before not in {"WITH", "RECURSIVE", ","}:
            continue
        behind = closing(tokens, i + 1) + 1 if tokens[i + 1].text == "(" else i + 1
        if behind + 1 < len(tokens) and tokens[behind].upper == "AS" and tokens[behind + 1].text == "(":
            end = 0 if "RECURSIVE" in words else closing(tokens, behind + 1)
            found.setdefault(fold(token.text), (behind + 1, end))
    return found


def closing(tokens: tuple[Token, ...], opening: int) -> int:
    """The index of the parenthesis that closes the one at `opening`; the last index where none does."""
    depth = 0
    for index in range(opening, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[index].text, 0)
        if depth == 0:
            return index
    return len(tokens) - 1


@lru_cache(maxsize=4096)
def parse(text: str) -> "exp.Expr":
    """The tree of one query or DML statement; raises ValueError with the first line of what is wrong."""
    import sqlglot

    if nesting(text) > DEEPEST:
        raise ValueError("too deeply nested")
    logging.getLogger("sqlglot").setLevel(logging.ERROR)  # what it falls back on is not for those who read findings
    try:
        tree = sqlglot.parse_one(text, read="snowflake")
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise ValueError(str(error).splitlines()[0] if str(error) else "too deeply nested") from error
    return tree


def problem(text: str) -> str:
    """Why a query cannot be parsed, or an empty string."""
    try:
        parse(text)
    except ValueError as error:
        return str(error)
    return ""
