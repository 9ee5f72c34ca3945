"""Lists that must fit what they stand beside: names of columns, EXCLUDE of a star, ORDER BY of DISTINCT. The parser takes any."""

from sqlglot import exp

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.forms import folded
from snowpipe_deploy.local.query.positions import alias_of, names_of
from snowpipe_deploy.local.query.translation import Translation
from snowpipe_deploy.session import SqlError

_MOST_DIGITS = 38


def check(tree: exp.Expression, t: Translation) -> None:
    """Before names are resolved; the tables are already those of `t`."""
    for literal in tree.find_all(exp.Literal):
        if (
            not literal.is_string
            and sum(c.isdigit() for c in literal.name.lower().split("e")[0].lstrip("0")) > _MOST_DIGITS
        ):
            raise unsupported(f"the number {literal.name}: it has more than {_MOST_DIGITS} digits")
    for held in tree.find_all(exp.CTE, exp.Subquery, exp.Values):
        _check_columns(held)
    for select in tree.find_all(exp.Select):
        for item in select.expressions:
            star = item.this if isinstance(item, exp.Column) else item
            if isinstance(star, exp.Star):
                _check_star(select, item, star, t)


def _check_columns(held: exp.Expression) -> None:
    """`x(a, b)` over two columns."""
    alias = held.args.get("alias")
    if not isinstance(alias, exp.TableAlias) or not alias.columns:
        return
    if isinstance(held, exp.Values):
        first = held.expressions[0]
        width = len(first.expressions) if isinstance(first, exp.Tuple) else 1
    elif isinstance(held.this, exp.Query) and not held.this.is_star:
        width = len(held.this.selects)
    else:
        return
    if width != len(alias.columns):
        raise sql_error("syntax", f"{alias.name} has {len(alias.columns)} names for {width} columns")


def _check_star(select: exp.Select, item: exp.Expression, star: exp.Star, t: Translation) -> None:
    """What EXCLUDE, REPLACE and RENAME name is there."""
    wanted = [folded(name) for name in star.args.get("except_") or [] if isinstance(name, exp.Identifier)]
    wanted += [folded(name.this) for name in star.args.get("except_") or [] if isinstance(name, exp.Column)]
    wanted += [folded(name.args["alias"]) for name in star.args.get("replace") or [] if isinstance(name, exp.Alias)]
    wanted += [folded(name.this.this) for name in star.args.get("rename") or [] if isinstance(name.this, exp.Column)]
    from_ = select.args.get("from_")
    if not wanted or from_ is None:
        return
    sources = [from_.this, *(join.this for join in select.args.get("joins") or [])]
    if isinstance(item, exp.Column) and item.args.get("table") is not None:
        sources = [source for source in sources if alias_of(source) == folded(item.args["table"])]
    there = [_names(source, t) for source in sources]
    if all(names is not None for names in there):
        known = {name for names in there for name in names or ()}
        for name in wanted:
            if name not in known:
                raise sql_error("invalid_identifier", name)


def _names(source: exp.Expression, t: Translation) -> list[str] | None:
    """The columns of a source, where they can be told before names are resolved."""
    try:
        names = names_of(source, t)
    except SqlError:
        return None
    return None if "*" in names else names


def check_order(tree: exp.Expression) -> None:
    """SELECT DISTINCT is ordered by what it selects, and a UNION by the columns of its result. After names are resolved."""
    for union in tree.find_all(exp.SetOperation):
        for column in union.args["order"].find_all(exp.Column) if union.args.get("order") else ():
            if column.table and column.find_ancestor(exp.Query) is union:
                raise sql_error("invalid_identifier", f"{column.table}.{column.name}")
    for select in tree.find_all(exp.Select):
        order = select.args.get("order")
        if order is None or select.args.get("distinct") is None:
            continue
        named = {item.alias_or_name for item in select.selects}
        columns = [column for item in select.selects for column in item.find_all(exp.Column)]
        for column in order.find_all(exp.Column):
            if column not in columns and not (not column.table and column.name in named):
                raise sql_error("syntax", f"[{column.sql('snowflake')}] is not a valid order by expression")
