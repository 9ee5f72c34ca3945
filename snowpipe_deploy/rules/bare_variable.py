"""A variable in SQL without its colon: Snowflake takes it for a column."""

from collections.abc import Iterator
from itertools import pairwise

from snowpipe_deploy.analysis.blocks import Scripted, blocks_of
from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.columns import columns_of
from snowpipe_deploy.analysis.program import Program
from snowpipe_deploy.analysis.queries import Tokens, split_at
from snowpipe_deploy.model import Severity
from snowpipe_deploy.names import fold
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.query import closing

_DML = frozenset({"INSERT", "UPDATE", "DELETE", "SELECT", "MERGE"})
_BEFORE_VALUE = frozenset(
    {"(", ",", "+", "-", "*", "/", "||", "SELECT", "AND", "OR", "WHEN", "THEN", "ELSE", "WHERE", "NOT"}
)
_LIKE_VARIABLES = ("P_", "V_", "L_", "ARG_", "VAR_", "IN_", "PARAM_")
_PARTS = frozenset({"DAY", "DAYS", "MONTH", "YEAR", "WEEK", "HOUR", "MINUTE", "SECOND", "QUARTER", "DATE", "TIME"})
_COMPARES = frozenset({"=", "<>", "!=", ">", "<", ">=", "<=", "LIKE", "ILIKE", "BETWEEN"})


def check(program: Program) -> Iterator[Hit]:
    for scripted in blocks_of(program):
        names = scripted.names
        for inner in scripted.sql:
            yield from _of_handlers(scripted, inner)
            if not names:
                continue
            for name, at, message, severity in list(_found(program, scripted, inner, names))[:1]:
                yield Hit(
                    f"{scripted.step.label}: {message}", scripted.step.at(inner.at + at),
                    f"write :{name.lower()}", scripted.step.label, severity,
                )  # fmt: skip


def _of_handlers(scripted: Scripted, inner: Inner) -> Iterator[Hit]:
    """SQLERRM and its like as a value of a statement: variables that a block has by itself."""
    if inner.verb not in _DML:
        return
    for before, token in pairwise(inner.tokens):
        if token.upper in _BUILT_IN and (before.text in {"(", ",", "=", "||"} or before.upper == "SELECT"):
            label = scripted.step.label
            message = f"{label}: {token.text} is taken for a column: a variable in SQL needs a colon"
            yield Hit(message, scripted.step.at(inner.at + token.start), f"write :{token.text}", label, "warning")
            return


_BUILT_IN = frozenset({"SQLERRM", "SQLCODE", "SQLSTATE", "SQLROWCOUNT"})


def _found(
    program: Program, scripted: Scripted, inner: Inner, names: frozenset[str]
) -> Iterator[tuple[str, int, str, Severity | None]]:
    if inner.verb not in _DML:
        return
    for name, at in _with_itself(inner, names):
        yield name, at, f"{name} = {name} compares the column with itself, not with the variable", None
    for name, at in _in_values(inner.tokens, names):
        yield name, at, f"{name} in VALUES is taken for a column: a variable needs a colon", None
    yield from _no_column(program, scripted, inner, names)


def _with_itself(inner: Inner, names: frozenset[str]) -> Iterator[tuple[str, int]]:
    """`x = x`, and `t.x = x` in UPDATE and DELETE of one table, where x is a variable."""
    tokens = inner.tokens
    begin = next((i for i, t in enumerate(tokens) if t.upper == "WHERE"), len(tokens))
    single = inner.verb in {"UPDATE", "DELETE"} and not inner.has(
        "USING", "JOIN", "SELECT", "FROM" if inner.verb == "UPDATE" else "JOIN"
    )
    for i in range(begin + 1, len(tokens) - 2):
        left, right = tokens[i], tokens[i + 2]
        if (
            left.kind != "word"
            or right.kind != "word"
            or tokens[i + 1].text != "="
            or left.upper != right.upper
            or left.upper not in names
        ):
            continue
        after = tokens[i + 3].text if i + 3 < len(tokens) else ""
        qualified = tokens[i - 1].text == "."
        if after not in {".", "("} and tokens[i - 1].text != ":" and (single or not qualified):
            yield left.upper, right.start


def _in_values(tokens: Tokens, names: frozenset[str]) -> Iterator[tuple[str, int]]:
    """A bare variable as a whole value of INSERT INTO … VALUES (…)."""
    words = [t.upper for t in tokens]
    if words[:1] != ["INSERT"] or "SELECT" in words or "VALUES" not in words:
        return
    at = words.index("VALUES") + 1
    while at < len(tokens) and tokens[at].text == "(":
        end = closing(tokens, at)
        for item in split_at(tokens[at + 1 : end], frozenset({","})):
            if len(item) == 1 and item[0].kind == "word" and item[0].upper in names:
                yield item[0].upper, item[0].start
        at = end + 2


def _no_column(
    program: Program, scripted: Scripted, inner: Inner, names: frozenset[str]
) -> Iterator[tuple[str, int, str, Severity | None]]:
    """A bare variable that is compared with something, where all tables are known and none has such a column; a warning where a
    table is not known, but the name speaks for a variable."""
    relations = [use.name for use in inner.uses if use.kind in {"relation", "STREAM"}]
    known = [columns_of(program).named(program.within(scripted.step, name), scripted.step) for name in relations]
    columns = frozenset(name for relation in known if relation is not None for name in relation.names)
    certain = bool(known) and all(relation is not None for relation in known) and not _makes_columns(inner)
    with_colon = {
        t.upper for b, t in pairwise(inner.tokens) if b.text == ":"
    }  # who writes :x there means a column by x
    skipped = {name.last for name in relations} | _PARTS | with_colon
    for i, token in enumerate(inner.tokens[2:], 2):
        before = inner.tokens[i - 1].upper
        after = inner.tokens[i + 1].text if i + 1 < len(inner.tokens) else ""
        if token.kind != "word" or token.upper not in names or after in {".", "(", "=>", ":"} or token.upper in skipped:
            continue
        if fold(token.text) in columns or _named_here(inner.tokens, token.upper):
            continue
        if certain and before in _COMPARES | _BEFORE_VALUE:
            yield token.upper, token.start, f"{token.text} is taken for a column, and no table here has it", None
        elif before in _COMPARES and token.upper.startswith(_LIKE_VARIABLES):
            yield (
                token.upper,
                token.start,
                f"{token.text} is taken for a column: a variable in SQL needs a colon",
                "warning",
            )


def _makes_columns(inner: Inner) -> bool:
    """Has the statement columns that no table has: of subqueries, FLATTEN, VALUES, PIVOT?"""
    return inner.text.upper().count("SELECT") > 1 or inner.has(
        "FLATTEN", "LATERAL", "TABLE", "PIVOT", "UNPIVOT", "VALUES", "MATCH_RECOGNIZE", "USING"
    )


def _named_here(tokens: Tokens, name: str) -> bool:
    return any(t.upper == name and tokens[i - 1].upper == "AS" for i, t in enumerate(tokens) if i)


RULE = Rule(
    "SD601", "bare-variable", "error",
    "In the SQL of a block a name without a colon is a column, also where a variable has that name: `WHERE id = id` is true for"
    " every row. Write `:id`, and give arguments names that no column has.",
    check,
    bad="""
CREATE PROCEDURE DWH.FORGET(ID NUMBER) RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    DELETE FROM DWH.CUSTOMERS WHERE ID = ID; -- !
    INSERT INTO DWH.FORGOTTEN (ID) VALUES (ID); -- !
    RETURN 'done';
END;
$$;
""",
    good="""
CREATE PROCEDURE DWH.FORGET(P_ID NUMBER) RETURNS VARCHAR LANGUAGE SQL AS
$$
BEGIN
    DELETE FROM DWH.CUSTOMERS WHERE ID = :P_ID;
    INSERT INTO DWH.FORGOTTEN (ID) VALUES (:P_ID);
    RETURN 'done ' || P_ID;
END;
$$;
""",
    source="H50",
)  # fmt: skip
