"""`$2` and `t.$2`: a column by its place in what stands in FROM."""

from sqlglot import exp

from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.forms import folded
from snowpipe_deploy.local.query.translation import Translation


def mark(node: exp.Parameter) -> None:
    """`$2` becomes a column that waits for its name."""
    column = node.parent if isinstance(node.parent, exp.Column) else exp.Column()
    if column is not node.parent:
        node.replace(column)
    column.set("this", exp.to_identifier(f"${node.name}", quoted=True))
    column.meta["position"] = int(node.name)


def resolve(tree: exp.Expression, t: Translation) -> None:
    """Gives the marked columns their names; the tables are already those of `t`."""
    for column in list(tree.find_all(exp.Column)):
        place = column.meta.pop("position", None)
        if place is not None:
            names = names_of(_source(column), t)
            if not 0 < place <= len(names):
                raise sql_error("invalid_identifier", column.name)
            column.set("this", exp.to_identifier(names[place - 1], quoted=True))


def _source(column: exp.Column) -> exp.Expression:
    select = column.parent_select
    from_ = select.args.get("from_") if select is not None else None
    sources = (
        [from_.this, *(join.this for join in select.args.get("joins") or [])] if select is not None and from_ else []
    )
    if column.args.get("table") is not None:
        alias = folded(column.args["table"])
        sources = [source for source in sources if alias_of(source) == alias]
    if not sources:
        raise sql_error("invalid_identifier", column.name)
    if len(sources) > 1:
        raise unsupported(f"{column.name} without a table beside a join")
    return sources[0]


def alias_of(source: exp.Expression) -> str:
    held = source.args["alias"].this if source.args.get("alias") else source.this
    return folded(held) if isinstance(held, exp.Identifier) else ""


def names_of(source: exp.Expression, t: Translation) -> list[str]:
    """The columns of a source in their order."""
    alias = source.args.get("alias")
    if alias is not None and alias.columns:
        return [folded(name) for name in alias.columns]
    if isinstance(source, exp.Table) and source.name in t.sources:
        return [name for name, _ in t.sources[source.name].columns]
    if isinstance(source, exp.Table) and (cte := _cte(source)) is not None:
        return [folded(name) for name in cte.args["alias"].columns] or [_output(item) for item in cte.this.selects]
    query = source.this.unnest() if isinstance(source, exp.Subquery | exp.Lateral) else None
    if isinstance(query, exp.Query) and not query.is_star:
        return [_output(item) for item in query.selects]
    raise unsupported(f"a column by its place in {source.sql('snowflake')[:60]!r}")


def _cte(table: exp.Table) -> exp.CTE | None:
    """The WITH query that a table names."""
    at = table.parent
    while at is not None:
        with_ = at.args.get("with_")
        for cte in with_.expressions if with_ is not None else ():
            if folded(cte.args["alias"].this) == folded(table.this) and not cte.this.is_star:
                return cte
        at = at.parent
    return None


def _output(item: exp.Expression) -> str:
    held = item.args.get("alias") if isinstance(item, exp.Alias) else item.this
    return folded(held) if isinstance(held, exp.Identifier) else ""
