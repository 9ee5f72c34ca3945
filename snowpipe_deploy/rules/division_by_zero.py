"""A division whose denominator may be 0."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.queries import Tokens
from snowpipe_deploy.analysis.tables import statements
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.query import closing

_KINDS = frozenset({"VIEW", "MATERIALIZED VIEW", "DYNAMIC TABLE", "TASK", "PROCEDURE", "TABLE"})
_SAFE = frozenset(
    {
        "NULLIF",
        "GREATEST",
        "POWER",
        "POW",
        "EXP",
        "SQRT",
        "PI",
        "COUNT_OVER",
        "ROW_NUMBER",
        "RANK",
        "NTILE",
        "DATE_PART",
    }
)
_COMPARES = frozenset({">", "<", "=", "<>", "!=", ">=", "<="})
_NAMING = frozenset({"word", "quoted"})


def check(program: Program) -> Iterator[Hit]:
    for step, inner in statements(program):
        if not step.creates or step.kind not in _KINDS or "/" not in inner.text:
            continue
        lines = set()
        for at, shown in _divisions(inner):
            where = step.at(inner.at + at)
            if where.line not in lines:
                lines.add(where.line)
                yield Hit(f"{step.label}: {shown} may be 0", where, f"/ NULLIF({shown}, 0), or DIV0NULL(…)", step.label)


def _divisions(inner: Inner) -> Iterator[tuple[int, str]]:
    tokens = code(inner.text)
    for i, token in enumerate(tokens[:-1]):
        if token.text == "/" and i:
            below = _operand(tokens, i + 1)
            if below and not _never_zero(tokens, i, below):
                yield below[0].start, inner.text[below[0].start : below[-1].end]


def _operand(tokens: Tokens, at: int) -> Tokens:
    """What stands behind the `/`: a literal, a name, a call, something in parentheses; casts are left out."""
    first = at
    if tokens[at].text == "(":
        return tokens[first : closing(tokens, at) + 1]
    if tokens[at].kind not in _NAMING:
        return ()
    while at + 2 < len(tokens) and tokens[at + 1].text in {".", ":"} and tokens[at + 2].kind in _NAMING:
        at += 2
    if at + 1 < len(tokens) and tokens[at + 1].text == "(":
        at = closing(tokens, at + 1)
    return tokens[first : at + 1]


def _never_zero(tokens: Tokens, slash: int, below: Tokens) -> bool:
    names = [t for t in below if t.kind in _NAMING]
    words = {t.upper for t in below}
    if not names or words & _SAFE or "__" in "".join(t.text for t in below):
        return True
    if below[0].upper == "COUNT" and below[2:3] and below[2].text in {"*", "1"}:
        after = tokens[slash + 1 + len(below)].upper if slash + 1 + len(below) < len(tokens) else ""
        return after == "OVER" or any(t.upper == "GROUP" for t in tokens) or _sums(tokens, slash)
    if below[0].upper == "COUNT" and _sums(tokens, slash):
        return True
    return _compared(tokens, below)


def _sums(tokens: Tokens, slash: int) -> bool:
    """Is it SUM(…) above the line, which is NULL where there is no row?"""
    depth, at = 0, slash - 1
    while at > 1 and tokens[at].kind == "number" and tokens[at - 1].text == "*":
        at -= 2
    while at > 0:
        depth += {")": 1, "(": -1}.get(tokens[at].text, 0)
        if depth == 0:
            break
        at -= 1
    return tokens[at].text == "(" and tokens[at - 1].upper in {"SUM", "AVG", "MAX", "MIN"}


def _compared(tokens: Tokens, below: Tokens) -> bool:
    """Is the denominator, or the last column in it, compared with something elsewhere in the statement: a guard?"""
    last = next((t for t in reversed(below) if t.kind in _NAMING), below[-1])
    for i, token in enumerate(tokens[:-1]):
        if token.upper == last.upper and token.text.upper() == last.text.upper():
            j = i + 1
            while j < len(tokens) and tokens[j].text in {")", "*"}:
                j += 1
            if j < len(tokens) and (tokens[j].text in _COMPARES or tokens[j].upper in {"BETWEEN", "IS"}):
                return True
    return False


RULE = Rule(
    "SD609", "division-by-zero", "warning",
    "One row with 0 below the line makes the whole statement fail (100051): the view, the task, the refresh. NULLIF(x, 0) or"
    " DIV0NULL give NULL instead.",
    check,
    bad="""
CREATE VIEW MART.PRICES (ID, PRICE) AS
SELECT ID, AMOUNT / QUANTITY -- !
FROM DWH.ITEMS;
""",
    good="""
CREATE VIEW MART.PRICES (ID, PRICE) AS
SELECT ID, AMOUNT / NULLIF(QUANTITY, 0)
FROM DWH.ITEMS;
""",
    source="issue 4",
)  # fmt: skip
