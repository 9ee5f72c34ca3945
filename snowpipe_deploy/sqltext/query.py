"""Queries and DML, by sqlglot, which is imported only when a query is read: it costs a good part of start-up."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def tables_of(text: str) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """The relations that a query or DML names: folded parts, and whether it writes to it. CTEs are left out.

    Raises ValueError where the text cannot be parsed.
    """
    import sqlglot
    from sqlglot import exp

    try:
        tree = sqlglot.parse_one(text, read="snowflake")
    except sqlglot.errors.SqlglotError as error:
        raise ValueError(str(error).splitlines()[0]) from error
    common = {cte.alias.upper() for cte in tree.find_all(exp.CTE)}
    target = tree.this if isinstance(tree, exp.Insert | exp.Update | exp.Delete | exp.Merge) else None
    if isinstance(target, exp.Schema):
        target = target.this
    found = []
    for table in tree.find_all(exp.Table):
        parts = [p for p in (table.args.get("catalog"), table.args.get("db"), table.this) if p is not None]
        if not all(isinstance(part, exp.Identifier) for part in parts):
            continue
        names = tuple(str(p.this) if p.quoted else str(p.this).upper() for p in parts)
        if len(names) == 1 and names[0] in common:
            continue
        if len(names) > 1 and names[-2] == "INFORMATION_SCHEMA":
            continue
        found.append((names, table is target))
    return tuple(dict.fromkeys(found))


def problem(text: str) -> str:
    """Why a query cannot be parsed, or an empty string."""
    try:
        tables_of(text)
    except ValueError as error:
        return str(error)
    return ""
