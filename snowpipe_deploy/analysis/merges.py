"""The parts of MERGE statements: target, source, condition and branches."""

from dataclasses import dataclass
from functools import lru_cache

from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.sqltext.lexer import Token, code
from snowpipe_deploy.sqltext.query import closing, name_at


@dataclass(frozen=True)
class Branch:
    """`WHEN [NOT] MATCHED [AND condition] THEN action`; offsets are in the text of the MERGE."""

    matched: bool
    condition: str
    condition_at: int
    action: str  # UPDATE, DELETE or INSERT
    text: str
    at: int


@dataclass(frozen=True)
class Merge:
    """`source_text` is the query of USING without its parentheses, empty where the source is a plain name."""

    target: ObjectName
    target_alias: str
    source: ObjectName | None
    source_text: str
    source_at: int
    source_alias: str
    on: str
    on_at: int
    branches: tuple[Branch, ...]

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Pairs (target column, source column) of the plain equalities of ON that AND connects."""
        found = []
        for part in conjuncts(self.on):
            tokens = code(part)
            equal = [i for i, t in enumerate(tokens) if t.text == "="]
            if len(equal) != 1:
                continue
            sides = [_column(tokens[: equal[0]]), _column(tokens[equal[0] + 1 :])]
            if None in sides:
                continue
            (left_table, left), (right_table, right) = sides  # type: ignore[misc]  # None was ruled out above
            if self.is_target(left_table):
                found.append((left, right))
            elif self.is_target(right_table):
                found.append((right, left))
        return tuple(found)

    def is_target(self, qualifier: str) -> bool:
        return qualifier == (self.target_alias or self.target.last) or (
            not self.target_alias and qualifier == self.target.last
        )

    def is_source(self, qualifier: str) -> bool:
        return qualifier == self.source_alias or (
            self.source is not None and not self.source_alias and qualifier == self.source.last
        )


def conjuncts(text: str) -> list[str]:
    """The parts of a condition between the ANDs outside parentheses; that of BETWEEN does not count."""
    tokens, parts, start, depth, between = code(text), [], 0, 0, False
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        between = between or (depth == 0 and token.upper == "BETWEEN")
        if depth == 0 and token.upper == "AND":
            if between:
                between = False
                continue
            parts.append(text[start : token.start])
            start = token.end
    return [*parts, text[start:]]


def _column(tokens: tuple[Token, ...]) -> tuple[str, str] | None:
    """`a.b` as (A, B); `b` as ("", B); None for anything else."""
    kinds = [t.kind for t in tokens]
    if len(tokens) == 3 and tokens[1].text == "." and kinds[0] in {"word", "quoted"} and kinds[2] in {"word", "quoted"}:
        return fold(tokens[0].text), fold(tokens[2].text)
    if len(tokens) == 1 and kinds[0] in {"word", "quoted"}:
        return "", fold(tokens[0].text)
    return None


@lru_cache(maxsize=2048)
def read_merge(text: str) -> Merge | None:
    """The parts of a MERGE; None where the text is none or cannot be read."""
    tokens = code(text)
    if len(tokens) < 8 or [t.upper for t in tokens[:2]] != ["MERGE", "INTO"]:
        return None
    target, at = name_at(tokens, 2)
    if target is None:
        return None
    target_alias, at = _alias(tokens, at, {"USING"})
    if at >= len(tokens) - 1 or tokens[at].upper != "USING":
        return None
    at += 1
    source, source_text, source_at = None, "", tokens[at].start
    if tokens[at].text == "(":
        end = closing(tokens, at)
        source_at, source_text = tokens[at].end, text[tokens[at].end : tokens[end].start]
        at = end + 1
    else:
        source, at = name_at(tokens, at)
        if at < len(tokens) and tokens[at].text == "(":
            at = closing(tokens, at) + 1
    source_alias, at = _alias(tokens, at, {"ON"})
    if at < len(tokens) and tokens[at].text == "(":
        at = closing(tokens, at) + 1
    if at >= len(tokens) - 1 or tokens[at].upper != "ON":
        return None
    whens = [
        i
        for i in _tops(tokens, at)
        if tokens[i].upper == "WHEN" and i + 1 < len(tokens) and tokens[i + 1].upper in {"MATCHED", "NOT"}
    ]
    first = tokens[whens[0]].start if whens else len(text)
    branches = tuple(
        branch
        for i, j in zip(whens, [*whens[1:], len(tokens)], strict=False)
        if (branch := _branch(text, tokens, i, j))
    )
    on_at = tokens[at].end
    return Merge(target, target_alias, source, source_text, source_at, source_alias, text[on_at:first], on_at, branches)


def _alias(tokens: tuple[Token, ...], at: int, stops: set[str]) -> tuple[str, int]:
    if at < len(tokens) and tokens[at].upper == "AS":
        at += 1
    if at < len(tokens) and tokens[at].kind in {"word", "quoted"} and tokens[at].upper not in stops:
        return fold(tokens[at].text), at + 1
    return "", at


def _tops(tokens: tuple[Token, ...], begin: int) -> list[int]:
    """Indices of the tokens outside parentheses and CASE … END."""
    depth, found = 0, []
    for i in range(begin, len(tokens)):
        word = tokens[i].upper
        if word in {"(", "CASE"}:
            depth += 1
        elif word in {")", "END"}:
            depth -= 1
        elif depth == 0:
            found.append(i)
    return found


def _branch(text: str, tokens: tuple[Token, ...], begin: int, end: int) -> Branch | None:
    then = next((i for i in _tops(tokens[:end], begin) if tokens[i].upper == "THEN"), -1)
    if then < 0 or then + 1 >= end:
        return None
    matched = tokens[begin + 1].upper == "MATCHED"
    start = begin + (2 if matched else 3)
    start += tokens[start].upper == "AND"
    last = tokens[end - 1].end
    return Branch(
        matched, text[tokens[start].start : tokens[then].start] if start < then else "", tokens[start].start,
        tokens[then + 1].upper, text[tokens[then + 1].start : last], tokens[begin].start,
    )  # fmt: skip
