"""The clauses of SELECTs, read from the tokens alone: items, FROM, WHERE, GROUP BY, QUALIFY; and the relations of a FROM.

Everything works on slices of the tokens of one text, so offsets stay those of that text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.sqltext.lexer import Token
from snowpipe_deploy.sqltext.query import closing, name_at

Tokens = tuple[Token, ...]
_CLAUSES = (
    "FROM",
    "WHERE",
    "GROUP",
    "HAVING",
    "QUALIFY",
    "ORDER",
    "LIMIT",
    "FETCH",
    "OFFSET",
    "WINDOW",
    "CONNECT",
    "START",
)
_SETS = frozenset({"UNION", "EXCEPT", "MINUS", "INTERSECT"})
_JOIN_WORDS = frozenset({"JOIN", "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "NATURAL", "ASOF", "DIRECTED"})
_NAMING = frozenset({"word", "quoted"})
_AGGREGATES = frozenset({
    "COUNT", "SUM", "MIN", "MAX", "AVG", "LISTAGG", "ARRAY_AGG", "OBJECT_AGG", "ANY_VALUE", "MEDIAN", "COUNT_IF", "MAX_BY", "MIN_BY",
    "STDDEV", "VARIANCE", "APPROX_COUNT_DISTINCT",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """One item of a FROM. `join` is how it is joined to those before it: empty for the first, `,`, INNER, LEFT, RIGHT, FULL,
    CROSS, NATURAL, ASOF; `inside` is the subquery, empty for a name; `on` the condition behind ON."""

    name: ObjectName | None
    alias: str
    join: str
    at: int
    inside: Tokens = ()
    on: Tokens = ()
    lateral: bool = False

    @property
    def called(self) -> str:
        """The name by which columns refer to it."""
        return self.alias or (self.name.last if self.name is not None else "")


@dataclass(frozen=True, slots=True)
class Select:
    """One SELECT … ; `clauses` holds the tokens behind each clause's word."""

    at: int
    distinct: bool
    items: tuple[Tokens, ...]
    clauses: Mapping[str, Tokens]

    def clause(self, word: str) -> Tokens:
        return self.clauses.get(word, ())

    @property
    def relations(self) -> tuple[Relation, ...]:
        return tuple(_relations(self.clause("FROM")))

    @property
    def aggregates(self) -> bool:
        """Does it give one row without a GROUP BY: an aggregate among its items that is no window function?"""
        return any(_has_aggregate(item) for item in self.items)


@dataclass(frozen=True, slots=True)
class Query:
    """The SELECTs that a set operator joins (one, mostly), and the bodies of the CTEs above them."""

    selects: tuple[Select, ...]
    common: Mapping[str, Tokens] = field(default_factory=dict)


def read_query(tokens: Tokens) -> Query:
    """Reads `[WITH …] SELECT … [UNION …]`; a query in parentheses is that query. No SELECTs where it is none."""
    while tokens and tokens[0].text == "(" and closing(tokens, 0) == len(tokens) - 1:
        tokens = tokens[1:-1]
    common, at = _common(tokens) if tokens and tokens[0].upper == "WITH" else ({}, 0)
    found: list[Select] = []
    for part in split_at(tokens[at:], _SETS):
        inner = part[1:] if part and part[0].upper in {"ALL", "DISTINCT"} else part
        while inner and inner[0].text == "(" and closing(inner, 0) == len(inner) - 1:
            inner = inner[1:-1]
        if inner and inner[0].upper == "SELECT":
            found.append(_select(inner))
        elif inner and inner[0].upper in {"WITH", "SELECT"}:
            found += read_query(inner).selects
    return Query(tuple(found), common)


def split_at(tokens: Tokens, words: frozenset[str]) -> list[Tokens]:
    """The parts between words that stand outside parentheses."""
    parts, depth, first = [], 0, 0
    for i, token in enumerate(tokens):
        depth += _DEPTH.get(token.text, 0)
        if depth == 0 and token.upper in words:
            parts.append(tokens[first:i])
            first = i + 1
    return [*parts, tokens[first:]]


_DEPTH = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


def _common(tokens: Tokens) -> tuple[dict[str, Tokens], int]:
    """The CTEs, and the index of what follows them."""
    found: dict[str, Tokens] = {}
    at = 1 + (len(tokens) > 1 and tokens[1].upper == "RECURSIVE")
    while at + 2 < len(tokens):
        name = fold(tokens[at].text)
        at += 1
        if tokens[at].text == "(":
            at = closing(tokens, at) + 1
        if at + 1 >= len(tokens) or tokens[at].upper != "AS" or tokens[at + 1].text != "(":
            break
        end = closing(tokens, at + 1)
        found[name] = tokens[at + 2 : end]
        at = end + 1
        if at >= len(tokens) or tokens[at].text != ",":
            break
        at += 1
    return found, at


def _select(tokens: Tokens) -> Select:
    at = 1
    distinct = False
    while at < len(tokens) and tokens[at].upper in {"DISTINCT", "ALL"}:
        distinct = distinct or tokens[at].upper == "DISTINCT"
        at += 1
    clauses: dict[str, Tokens] = {}
    if at < len(tokens) and tokens[at].upper == "TOP":
        clauses["LIMIT"] = tokens[at + 1 : at + 2]
        at += 2
    marks = list(_marks(tokens, at))
    ends = [*(i for _, i in marks[1:]), len(tokens)]
    for (word, i), end in zip(marks, ends, strict=False):
        first = i + 1 + (word in {"GROUP", "ORDER"} and i + 1 < len(tokens) and tokens[i + 1].upper == "BY")
        clauses.setdefault(word, tokens[first:end])
    items = tokens[at : marks[0][1] if marks else len(tokens)]
    return Select(tokens[0].start, distinct, tuple(p for p in split_at(items, frozenset({","})) if p), clauses)


def _marks(tokens: Tokens, at: int) -> Iterator[tuple[str, int]]:
    """Where the clauses begin; the FROM of IS DISTINCT FROM is none."""
    depth = 0
    for i in range(at, len(tokens)):
        depth += _DEPTH.get(tokens[i].text, 0)
        word = tokens[i].upper
        if depth or word not in _CLAUSES or tokens[i - 1].text == ".":
            continue
        if word == "FROM" and tokens[i - 1].upper == "DISTINCT" and i > 1 and tokens[i - 2].upper in {"IS", "NOT"}:
            continue
        if word in {"GROUP", "ORDER"} and not (i + 1 < len(tokens) and tokens[i + 1].upper in {"BY", "ALL"}):
            continue
        yield word, i


def _relations(tokens: Tokens) -> Iterator[Relation]:
    at, join = 0, ""
    while at < len(tokens):
        lateral = False
        while at < len(tokens) and tokens[at].upper in {"LATERAL", "TABLE", "ONLY"}:
            lateral = True
            at += 1
        if at >= len(tokens):
            return
        relation, at = _relation(tokens, at, join, lateral)
        yield relation
        join, at = _next_join(tokens, at)


def _relation(tokens: Tokens, at: int, join: str, lateral: bool) -> tuple[Relation, int]:
    first = tokens[at].start
    name: ObjectName | None = None
    inside: Tokens = ()
    if tokens[at].text == "(":
        end = closing(tokens, at)
        inside, at = tokens[at + 1 : end], end + 1
    elif tokens[at].kind in _NAMING:
        name, at = name_at(tokens, at)
        if at < len(tokens) and tokens[at].text == "(":
            name, lateral, at = None, True, closing(tokens, at) + 1
    else:
        lateral = True
        at += 1
    alias, at = _relation_alias(tokens, at)
    on, at = _condition(tokens, at)
    return Relation(name, alias, join, first, inside, on, lateral), at


_NO_ALIAS = _JOIN_WORDS | {
    "ON",
    "USING",
    ",",
    "WHERE",
    "AT",
    "BEFORE",
    "CHANGES",
    "SAMPLE",
    "TABLESAMPLE",
    "PIVOT",
    "UNPIVOT",
    "MATCH_CONDITION",
    "SET",
}


def _relation_alias(tokens: Tokens, at: int) -> tuple[str, int]:
    if at < len(tokens) and tokens[at].upper == "AS":
        at += 1
    if at < len(tokens) and tokens[at].kind in _NAMING and tokens[at].upper not in _NO_ALIAS:
        return fold(tokens[at].text), at + 1
    return "", at


def _condition(tokens: Tokens, at: int) -> tuple[Tokens, int]:
    """What stands up to the next join; the part behind ON is the condition."""
    depth, first, end = 0, -1, at
    while end < len(tokens):
        depth += _DEPTH.get(tokens[end].text, 0)
        word = tokens[end].upper
        joins = word in _JOIN_WORDS and not (end + 1 < len(tokens) and tokens[end + 1].text == "(")
        if depth == 0 and (joins or word == ","):
            break
        if depth == 0 and word == "ON" and first < 0:
            first = end + 1
        end += 1
    return (tokens[first:end] if first >= 0 else ()), end


def _next_join(tokens: Tokens, at: int) -> tuple[str, int]:
    join = "INNER"
    if at < len(tokens) and tokens[at].text == ",":
        return ",", at + 1
    while at < len(tokens) and tokens[at].upper in _JOIN_WORDS:
        word = tokens[at].upper
        join = word if word in {"LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "ASOF"} else join
        at += 1
    return join, at


def _has_aggregate(item: Tokens) -> bool:
    for i, token in enumerate(item[:-1]):
        if token.upper in _AGGREGATES and item[i + 1].text == "(" and (i == 0 or item[i - 1].text != "."):
            end = closing(item, i + 1)
            if not any(t.upper == "OVER" for t in item[end + 1 : end + 2]) and _depth(item, i) == 0:
                return True
    return False


def _depth(tokens: Tokens, at: int) -> int:
    """How many subqueries are open at a token."""
    stack = []
    for i, token in enumerate(tokens[:at]):
        if token.text == "(":
            stack.append(i + 1 < len(tokens) and tokens[i + 1].upper == "SELECT")
        elif token.text == ")" and stack:
            stack.pop()
    return sum(stack)


# -- what is in a statement ------------------------------------------------------------------------------------------


def query_tokens(tokens: Tokens) -> Tokens:
    """The query of INSERT … SELECT, CREATE TABLE … AS SELECT or of a bare query; empty where there is none."""
    depth = 0
    for i, token in enumerate(tokens):
        if (
            depth == 0
            and token.upper in {"SELECT", "WITH"}
            and not (token.upper == "WITH" and tokens[0].upper == "CREATE" and tokens[i - 1].upper != "AS")
        ):
            return tokens[i:]
        if depth == 0 and token.text == "(" and i + 1 < len(tokens) and tokens[i + 1].upper in {"SELECT", "WITH"}:
            return tokens[i:]
        depth += _DEPTH.get(token.text, 0)
    return ()


def conjuncts(tokens: Tokens) -> list[Tokens]:
    """The parts of a condition between the ANDs outside parentheses and CASE; that of BETWEEN does not count."""
    parts, depth, first, between = [], 0, 0, False
    for i, token in enumerate(tokens):
        depth += _DEPTH.get(token.text, 0) + {"CASE": 1, "END": -1}.get(token.upper, 0)
        between = between or (depth == 0 and token.upper == "BETWEEN")
        if depth == 0 and token.upper == "AND":
            if between:
                between = False
                continue
            parts.append(tokens[first:i])
            first = i + 1
    return [part for part in [*parts, tokens[first:]] if part]


def words(tokens: Tokens) -> frozenset[str]:
    """All unquoted words, in upper case."""
    return frozenset(token.upper for token in tokens if token.kind == "word")


def column(tokens: Tokens) -> tuple[str, str] | None:
    """`a.b` as (A, B); `b` as ("", B); None for anything else. Parentheses around it do not count."""
    while len(tokens) > 2 and tokens[0].text == "(" and closing(tokens, 0) == len(tokens) - 1:
        tokens = tokens[1:-1]
    if (
        not tokens
        or any(t.kind not in _NAMING for t in tokens[::2])
        or any(t.text != "." for t in tokens[1::2])
        or len(tokens) % 2 == 0
    ):
        return None
    return (fold(tokens[-3].text) if len(tokens) > 2 else ""), fold(tokens[-1].text)


def item_name(item: Tokens) -> str:
    """The name of a column of a SELECT: its alias, or the column itself; empty where it has none."""
    if len(item) > 1 and item[-2].upper == "AS":
        return fold(item[-1].text)
    plain = column(item)
    if plain is not None:
        return plain[1]
    if len(item) > 1 and item[-1].kind in _NAMING and item[-2].text != "." and item[-1].upper != "END":
        return fold(item[-1].text)
    return ""


def has_star(item: Tokens) -> bool:
    """`*` or `a.*` as a whole item, perhaps with EXCLUDE, RENAME, REPLACE behind it."""
    at = 2 if len(item) > 2 and item[1].text == "." else 0
    return len(item) > at and item[at].text == "*"
