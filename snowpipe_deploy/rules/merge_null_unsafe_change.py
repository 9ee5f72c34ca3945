"""Changes that are looked for by `!=`, which never sees a NULL."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.consumption import source_query
from snowpipe_deploy.analysis.merges import Merge, read_merge
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.queries import Tokens, item_name
from snowpipe_deploy.analysis.streams import streams_of
from snowpipe_deploy.analysis.tables import Table, statements, tables_of
from snowpipe_deploy.model import Severity
from snowpipe_deploy.names import ObjectName, fold
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import Token
from snowpipe_deploy.sqltext.query import closing, name_at

_NEVER_NULL = re.compile(r"HASH|MD5|SHA\d|CHECKSUM|DIGEST|_HK$|^HK_", re.IGNORECASE)
_WORDS = frozenset({"word", "quoted"})


@dataclass(frozen=True, slots=True)
class _Compared:
    """`left.column <> right.other`, and where the operator stands; `denied` where it is the = of NOT ( … )."""

    left: str
    column: str
    right: str
    other: str
    at: int
    denied: bool = False

    @property
    def cure(self) -> str:
        left, right = f"{self.left}.{self.column}", f"{self.right}.{self.other}"
        return f"EQUAL_NULL({left}, {right})" if self.denied else f"{left} IS DISTINCT FROM {right}"


def _turned(c: _Compared) -> _Compared:
    return _Compared(c.right, c.other, c.left, c.column, c.at, c.denied)


def check(program: Program) -> Iterator[Hit]:
    for step, inner in statements(program):
        if inner.verb == "MERGE" and (merge := read_merge(inner.text)) is not None:
            yield from _in_merge(program, step, inner, merge)
        elif inner.verb in {"UPDATE", "INSERT"}:
            yield from _in_history(program, step, inner)


def _in_merge(program: Program, step: Step, inner: Inner, merge: Merge) -> Iterator[Hit]:
    for branch in merge.branches:
        first, last = branch.condition_at, branch.condition_at + len(branch.condition)
        tokens = tuple(t for t in inner.tokens if first <= t.start < last) if branch.matched else ()
        found = [c for c in _comparisons(tokens) if merge.is_target(c.left) or merge.is_target(c.right)]
        shown = [c if merge.is_target(c.left) else _turned(c) for c in found]
        open_ones = [c for c in shown if _is_open(tokens, c)]
        target, source = _tables(program, step, merge.target, merge.source)
        if (hit := _hit(step, inner, open_ones, target, source)) is not None:
            yield hit
        yield from _digests(step, inner, merge, {c.other for c in shown})


def _digests(step: Step, inner: Inner, merge: Merge, compared: set[str]) -> Iterator[Hit]:
    """Compared digests of texts that are joined: they are NULL as soon as one of the texts is."""
    for select in source_query(inner).selects if merge.source_text else ():
        for item in select.items:
            found = {t.upper for t in item}
            if item_name(item) in compared and found & _DIGESTS and found & _JOINED and not found & _FILLED:
                yield Hit(
                    f"{item_name(item)} is NULL when one of its columns is, and then no change is seen",
                    step.at(inner.at + item[0].start),
                    "COALESCE each column, or HASH(a, b, …), which takes NULL",
                    step.label,
                    "warning",
                )


_DIGESTS = frozenset(
    {"MD5", "MD5_HEX", "MD5_BINARY", "SHA1", "SHA1_HEX", "SHA2", "SHA2_HEX", "SHA2_BINARY", "SHA1_BINARY"}
)
_JOINED = frozenset({"||", "CONCAT", "CONCAT_WS"})
_FILLED = frozenset(
    {
        "COALESCE",
        "NVL",
        "IFNULL",
        "NVL2",
        "ZEROIFNULL",
        "IFF",
        "TO_JSON",
        "OBJECT_CONSTRUCT",
        "ARRAY_CONSTRUCT",
        "CASE",
        "HASH",
    }
)


def _in_history(program: Program, step: Step, inner: Inner) -> Iterator[Hit]:
    """UPDATE … FROM and INSERT … SELECT that compare the target with the rows that come in."""
    aliases = _aliases(inner)
    target = next((u.name for u in inner.uses if u.access == "writes"), None)
    if target is None or len(aliases) < 2:
        return
    found = []
    for found_one in _comparisons(inner.tokens):
        c = found_one if _means(aliases, found_one.left, target) else _turned(found_one)
        if (
            c.column == c.other
            and _means(aliases, c.left, target)
            and not _means(aliases, c.right, target)
            and _joined(inner.tokens, c)
        ):
            found.append(c)
    open_ones = [c for c in found if _is_open(inner.tokens, c)]
    source = aliases.get(open_ones[0].right) if open_ones else None
    tables = _tables(program, step, target, source)
    if (hit := _hit(step, inner, open_ones, *tables)) is not None:
        yield hit


def _comparisons(tokens: Tokens) -> Iterator[_Compared]:
    """All `a.b <> c.d`, no function around either side; also `a.b = c.d` inside NOT ( … AND … )."""
    denied = _denied(tokens)
    for i, token in enumerate(tokens):
        unequal = token.text in {"<>", "!="} or (token.text == "=" and i in denied)
        if not unequal or i < 3 or i + 3 >= len(tokens):
            continue
        left, right = tokens[i - 3 : i], tokens[i + 1 : i + 4]
        computed = i + 4 < len(tokens) and tokens[i + 4].text in {"(", ".", "::", ":", "["}
        if _is_column(left) and _is_column(right) and not computed and (i < 4 or tokens[i - 4].text not in {".", ":"}):
            names = [fold(t.text) for t in (left[0], left[2], right[0], right[2])]
            yield _Compared(names[0], names[1], names[2], names[3], token.start, token.text == "=")


def _denied(tokens: Tokens) -> set[int]:
    """The tokens inside the parentheses of NOT ( … ), where nothing but AND joins what is in them."""
    found: set[int] = set()
    for i, token in enumerate(tokens[:-1]):
        if token.upper == "NOT" and tokens[i + 1].text == "(":
            end = closing(tokens, i + 1)
            inside = range(i + 2, end)
            if not any(tokens[j].upper in {"OR", "SELECT", "NULL", "NOT"} for j in inside):
                found.update(inside)
    return found


def _is_column(tokens: Tokens) -> bool:
    return tokens[0].kind in _WORDS and tokens[1].text == "." and tokens[2].kind in _WORDS


def _is_open(tokens: Tokens, c: _Compared) -> bool:
    """Is the column not asked for NULL beside the comparison, and no digest?"""
    if _NEVER_NULL.search(c.column) or _NEVER_NULL.search(c.other) or c.other.startswith("METADATA$"):
        return False
    for i, token in enumerate(tokens[:-2]):
        if (
            token.kind in _WORDS
            and fold(token.text) in {c.column, c.other}
            and tokens[i + 1].upper == "IS"
            and tokens[i + 2].upper in {"NULL", "NOT"}
        ):
            return False
    return True


def _tables(
    program: Program, step: Step, target: ObjectName, source: ObjectName | None
) -> tuple[Table | None, Table | None]:
    tables = tables_of(program)
    left = tables.of(program.within(step, target), step)
    if source is None:
        return left, None
    name = program.within(step, source)
    for made in program.find("STREAM", name, step):
        stream = next((s for s in streams_of(program).streams if s.step is made.step), None)
        if stream is not None:
            return left, tables.of(stream.source, stream.step)
    return left, tables.of(name, step)


def _hit(step: Step, inner: Inner, found: list[_Compared], target: Table | None, source: Table | None) -> Hit | None:
    risky = [(c, s) for c in found if (s := _severity(c, target, source)) is not None]
    if not risky:
        return None
    first = risky[0][0]
    names = ", ".join(dict.fromkeys(c.column for c, _ in risky))
    return Hit(
        f"a change of {names} from or to NULL is not seen: NULL <> 1 is not true",
        step.at(inner.at + first.at),
        first.cure,
        step.label,
        "error" if any(s == "error" for _, s in risky) else "warning",
    )


def _severity(c: _Compared, target: Table | None, source: Table | None) -> Severity | None:
    """None where both sides are NOT NULL, an error where both are known to take NULL."""
    left = target.columns.get(c.column) if target is not None else None
    right = source.columns.get(c.other) if source is not None else None
    if left is not None and right is not None and left.not_null and right.not_null:
        return None
    return "error" if left is not None and right is not None and not left.not_null and not right.not_null else "warning"


def _aliases(inner: Inner) -> dict[str, ObjectName]:
    """The names by which columns refer to the relations of a statement."""
    by_start = {t.start: i for i, t in enumerate(inner.tokens)}
    found: dict[str, ObjectName] = {}
    for use in inner.uses:
        if use.kind != "relation" or use.at not in by_start:
            continue
        _, behind = name_at(inner.tokens, by_start[use.at])
        found[_alias(inner.tokens, behind) or use.name.last] = use.name
    return found


_NO_ALIAS = frozenset({
    "SET", "WHERE", "ON", "JOIN", "LEFT", "INNER", "FROM", "SELECT", "WITH", "USING", "GROUP", "ORDER", "UNION", "RIGHT", "FULL",
    "CROSS", "QUALIFY", "VALUES", "NATURAL", "LIMIT",
})  # fmt: skip


def _alias(tokens: Tokens, at: int) -> str:
    at += at < len(tokens) and tokens[at].upper == "AS"
    token = tokens[at] if at < len(tokens) else Token("end", "", 0)
    return fold(token.text) if token.kind in _WORDS and token.upper not in _NO_ALIAS else ""


def _means(aliases: dict[str, ObjectName], alias: str, name: ObjectName) -> bool:
    return alias in aliases and aliases[alias].last == name.last


def _joined(tokens: Tokens, c: _Compared) -> bool:
    """Are both compared for equality too, by their key?"""
    return any(
        tokens[i].text == "="
        and _is_column(tokens[i - 3 : i])
        and _is_column(tokens[i + 1 : i + 4])
        and {fold(tokens[i - 3].text), fold(tokens[i + 1].text)} == {c.left, c.right}
        for i in range(3, len(tokens) - 3)
    )


RULE = Rule(
    "SD302", "merge-null-unsafe-change", "error",
    "`a <> b` is neither true nor false when one of them is NULL, so a value that becomes NULL, or was, is never updated. "
    "Use IS DISTINCT FROM.",
    check,
    bad="""
CREATE TABLE RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
CREATE TABLE RAW.SALES (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
MERGE INTO RAW.SALES AS D USING RAW.ORDERS AS S ON D.ID = S.ID
WHEN MATCHED AND D.AMOUNT <> S.AMOUNT -- !
  THEN UPDATE SET AMOUNT = S.AMOUNT
WHEN NOT MATCHED THEN INSERT (ID, AMOUNT) VALUES (S.ID, S.AMOUNT);
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.ORDERS (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
CREATE TABLE IF NOT EXISTS RAW.SALES (ID NUMBER NOT NULL PRIMARY KEY, AMOUNT NUMBER);
MERGE INTO RAW.SALES AS D USING RAW.ORDERS AS S ON D.ID = S.ID
WHEN MATCHED AND D.AMOUNT IS DISTINCT FROM S.AMOUNT THEN UPDATE SET AMOUNT = S.AMOUNT
WHEN NOT MATCHED THEN INSERT (ID, AMOUNT) VALUES (S.ID, S.AMOUNT);
""",
    source="H14",
)  # fmt: skip
