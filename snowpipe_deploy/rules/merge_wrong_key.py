"""A MERGE whose ON is not the key of its target."""

from collections.abc import Iterator

from snowpipe_deploy.analysis.bodies import Inner
from snowpipe_deploy.analysis.duplicates import Condition, condition_of, unwrapped
from snowpipe_deploy.analysis.merges import Branch, Merge
from snowpipe_deploy.analysis.program import Program, Step
from snowpipe_deploy.analysis.queries import Tokens, column, split_at
from snowpipe_deploy.analysis.tables import Table, merges, tables_of
from snowpipe_deploy.names import fold
from snowpipe_deploy.rule import Hit, Rule
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.sqltext.query import closing

_COMMA = frozenset({","})


def check(program: Program) -> Iterator[Hit]:
    for step, inner, merge in merges(program):
        on = condition_of(merge)
        if not on.pairs:
            continue
        target = tables_of(program).of(program.within(step, merge.target), step)
        source = tables_of(program).of(program.within(step, merge.source), step) if merge.source is not None else None
        if (reason := _crossed(on, target, source) or _not_the_key(on, target, merge)) is not None:
            yield _hit(step, inner, merge, *reason)


def _hit(step: Step, inner: Inner, merge: Merge, reason: str, hint: str) -> Hit:
    return Hit(f"the MERGE into {merge.target} {reason}", step.at(inner.at + merge.on_at), hint, step.label)


def _crossed(on: Condition, target: Table | None, source: Table | None) -> tuple[str, str] | None:
    """`T.ID = S.CUSTOMER_ID` where both tables have both columns."""
    if target is None or source is None:
        return None
    for left, right in on.pairs:
        if left != right and right in target.columns and left in source.columns:
            own = right if left in {"ID", "KEY"} or right not in target.primary else left
            return f"compares {left} with {right}, though both sides have both", f"compare {own} with {own}"
    return None


def _not_the_key(on: Condition, target: Table | None, merge: Merge) -> tuple[str, str] | None:
    """Another key than the declared one, which the source brings too."""
    if target is None or not target.primary or on.others or target.is_unique(on.target):
        return None
    if any(target.columns[name].generated for name in target.primary if name in target.columns):
        return None
    given = _inserted(merge)
    set_again = _set(merge) & target.primary - on.target
    if not set_again and not (given and target.primary <= given and on.target <= target.columns.keys()):
        return None
    if not set_again and on.target < target.primary and _has_versions(target.primary - on.target):
        return None
    key = ", ".join(sorted(target.primary))
    what = f"sets the key {', '.join(sorted(set_again))} and" if set_again else ""
    shown = f"{what} compares {', '.join(sorted(on.target))}, but the key of the table is {key}".strip()
    return shown, f"compare {key}"


def _has_versions(columns: frozenset[str]) -> bool:
    """Columns that number the versions of a row in a history."""
    return any(
        word in name
        for name in columns
        for word in ("VALID", "FROM", "START", "EFFECTIVE", "VERSION", "BEGIN", "DATE", "_AT", "_TS", "TIME")
    )


def _inserted(merge: Merge) -> frozenset[str]:
    """The columns that INSERT fills with a plain column of the source."""
    for branch in merge.branches:
        if branch.action == "INSERT":
            return _plain_values(branch)
    return frozenset()


def _plain_values(branch: Branch) -> frozenset[str]:
    tokens = code(branch.text)
    if len(tokens) < 2 or tokens[1].text != "(":
        return frozenset()
    end = closing(tokens, 1)
    names = [fold(part[0].text) for part in split_at(tokens[2:end], _COMMA) if part]
    values = (
        split_at(unwrapped(tokens[end + 2 :]), _COMMA)
        if end + 2 < len(tokens) and tokens[end + 1].upper == "VALUES"
        else []
    )
    if len(values) != len(names):
        return frozenset()
    return frozenset(name for name, value in zip(names, values, strict=True) if column(value) is not None)


def _set(merge: Merge) -> frozenset[str]:
    """The columns that an UPDATE branch sets to a plain column of the source."""
    found: set[str] = set()
    for branch in merge.branches:
        tokens: Tokens = code(branch.text)
        if branch.action == "UPDATE" and len(tokens) > 2 and tokens[1].upper == "SET":
            for part in split_at(tokens[2:], _COMMA):
                at = next((i for i, t in enumerate(part) if t.text == "="), 0)
                left = column(part[:at]) if at else None
                if left is not None and column(part[at + 1 :]) is not None:
                    found.add(left[1])
    return frozenset(found)


RULE = Rule(
    "SD304", "merge-wrong-key", "warning",
    "A MERGE that compares something else than the key of its target changes rows that are not meant, or inserts a key again: "
    "Snowflake does not enforce PRIMARY KEY. Compare the columns of the key.",
    check,
    bad="""
CREATE TABLE RAW.CUSTOMERS (ID NUMBER NOT NULL, EMAIL VARCHAR UNIQUE, NAME VARCHAR);
CREATE TABLE RAW.CLIENTS (ID NUMBER NOT NULL PRIMARY KEY, EMAIL VARCHAR, NAME VARCHAR);
MERGE INTO RAW.CLIENTS AS D USING RAW.CUSTOMERS AS S
ON D.EMAIL = S.EMAIL -- !
WHEN MATCHED THEN UPDATE SET ID = S.ID, NAME = S.NAME
WHEN NOT MATCHED THEN INSERT (ID, EMAIL, NAME) VALUES (S.ID, S.EMAIL, S.NAME);
""",
    good="""
CREATE TABLE IF NOT EXISTS RAW.CUSTOMERS (ID NUMBER NOT NULL PRIMARY KEY, EMAIL VARCHAR, NAME VARCHAR);
CREATE TABLE IF NOT EXISTS RAW.CLIENTS (ID NUMBER NOT NULL PRIMARY KEY, EMAIL VARCHAR, NAME VARCHAR);
MERGE INTO RAW.CLIENTS AS D USING RAW.CUSTOMERS AS S
ON D.ID = S.ID
WHEN MATCHED THEN UPDATE SET EMAIL = S.EMAIL, NAME = S.NAME
WHEN NOT MATCHED THEN INSERT (ID, EMAIL, NAME) VALUES (S.ID, S.EMAIL, S.NAME);
""",
)  # fmt: skip
