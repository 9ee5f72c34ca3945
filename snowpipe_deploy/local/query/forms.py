"""Forms of clauses that say the same as others, rewritten to those before names are resolved; and names that mean two things."""

from collections import Counter
from collections.abc import Callable, Iterator

from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope

from snowpipe_deploy.local.errors import sql_error, unsupported


def folded(identifier: exp.Expression) -> str:
    """A name as Snowflake keeps it: upper case unless it is quoted."""
    return str(identifier.this) if identifier.args.get("quoted") else str(identifier.this).upper()


def unwrap(tree: exp.Expression) -> None:
    """FROM (a JOIN b ON …) is FROM a JOIN b ON …: what is joined first needs no parentheses."""
    for from_ in tree.find_all(exp.From):
        _unwrap(from_)


def normalize(tree: exp.Expression) -> None:
    """FETCH becomes LIMIT, a WITH that reads itself is recursive, ORDER BY ALL waits for the columns to be known."""
    for fetch in list(tree.find_all(exp.Fetch)):
        fetch.replace(exp.Limit(expression=fetch.args.get("count") or exp.Literal.number(1)))
    for with_ in tree.find_all(exp.With):
        _recurse(with_)
    for order in tree.find_all(exp.Order):
        _order_by_all(order)
    for node in list(tree.find_all(exp.Anonymous, exp.Cast)):
        _wall_time(node)
        _cast_to_container(node)


def _unwrap(from_: exp.From) -> None:
    query = from_.parent
    while isinstance(from_.this, exp.Subquery) and not from_.this.alias and not from_.this.args.get("pivots"):
        inner = from_.this.this
        is_query = isinstance(inner, exp.Query) and not (inner.alias or inner.args.get("joins"))
        if is_query or isinstance(inner, exp.Select | exp.SetOperation) or not isinstance(query, exp.Select):
            return
        joins = [
            *(inner.args.get("joins") or ()),
            *(from_.this.args.get("joins") or ()),
            *(query.args.get("joins") or ()),
        ]
        inner.set("joins", None)
        from_.set("this", inner)
        query.set("joins", joins)


def _wall_time(node: exp.Expression) -> None:
    """CONVERT_TIMEZONE(zone, x) gives a TIMESTAMP_TZ. What takes no more than its wall time (a cast to TIMESTAMP_NTZ or DATE) can have
    it without one: the time of x in UTC, which is the zone of every session here, seen in the other zone."""
    if isinstance(node, exp.Cast):
        inner = node.this if node.to.this in {exp.DataType.Type.TIMESTAMPNTZ, exp.DataType.Type.DATE} else None
    else:
        takes = node.name.upper() in {"TO_TIMESTAMP_NTZ", "TO_DATE"} and len(node.expressions) == 1
        inner = node.expressions[0] if takes else None
    if isinstance(inner, exp.Anonymous) and inner.name.upper() == "CONVERT_TIMEZONE" and len(inner.expressions) == 2:
        zone, moment = inner.expressions
        for kind in ("TIMESTAMP_LTZ", "TIMESTAMP_NTZ"):
            moment = exp.cast(moment, exp.DataType.build(kind, dialect="snowflake"), copy=False)
        inner.set("expressions", [exp.Literal.string("UTC"), zone, moment])


def name_formats(tree: exp.Expression) -> None:
    """`FROM @stage (FILE_FORMAT => db.schema.f)`: the name of a format is no relation."""
    for table in list(tree.find_all(exp.Table)):
        if isinstance(form := table.args.get("format"), exp.Table):
            table.set("format", exp.Literal.string(form.sql("snowflake")))


def _cast_to_container(node: exp.Expression) -> None:
    """x::ARRAY is TO_ARRAY(x), x::OBJECT is TO_OBJECT(x)."""
    if not isinstance(node, exp.Cast) or isinstance(node, exp.TryCast) or node.to.expressions:
        return
    name = {exp.DataType.Type.ARRAY: "TO_ARRAY", exp.DataType.Type.OBJECT: "TO_OBJECT"}.get(node.to.this)
    if name is not None and not node.meta.get("flattened") and not isinstance(node.this, exp.Null | exp.Placeholder):
        node.replace(exp.Anonymous(this=name, expressions=[node.this]))


def _recurse(with_: exp.With) -> None:
    """RECURSIVE may be left out (Snowflake's reference of WITH); only UNION ALL recurses."""
    for cte in with_.expressions:
        name = folded(cte.args["alias"].this)
        own = [
            t
            for t in cte.this.find_all(exp.Table)
            if not t.db and isinstance(t.this, exp.Identifier) and folded(t.this) == name
        ]
        if not own:
            continue
        if not isinstance(cte.this, exp.Union) or cte.this.args.get("distinct"):
            raise unsupported(f"a WITH query {name} that reads {name} other than by UNION ALL")
        with_.set("recursive", True)


def _order_by_all(order: exp.Order) -> None:
    said = [item.this for item in order.expressions]
    if len(said) != 1 or not isinstance(said[0], exp.Column) or said[0].table or said[0].this.quoted:
        return
    query = order.parent
    if said[0].name.upper() == "ALL" and isinstance(query, exp.Query):
        query.meta["order by all"] = order.expressions[0].copy()
        query.set("order", None)


def order_by_all(tree: exp.Expression) -> None:
    """Once stars are expanded: ORDER BY ALL is by each column of the result."""
    for query in tree.find_all(exp.Query):
        wanted = query.meta.pop("order by all", None)
        if wanted is not None:
            places = [wanted.copy() for _ in query.selects]
            for i, item in enumerate(places):
                item.set("this", exp.Literal.number(i + 1))
            query.set("order", exp.Order(expressions=places))


# -- names that mean two things --------------------------------------------------------------------------------------


def note_aliases(tree: exp.Expression) -> None:
    """Remembers the aliases that HAVING and QUALIFY name, before the names are replaced by what they stand for."""
    for select in tree.find_all(exp.Select):
        clauses = [select.args[part] for part in ("having", "qualify") if select.args.get(part)]
        if not clauses:
            continue
        aliases = {folded(item.args["alias"]) for item in select.expressions if isinstance(item, exp.Alias)}
        own = {folded(item.args["alias"]) for item in select.expressions
               if isinstance(item, exp.Alias) and isinstance(item.this, exp.Column)
               and folded(item.this.this) == folded(item.args["alias"])}  # fmt: skip
        named = {folded(c.this) for clause in clauses for c in clause.find_all(exp.Column) if not c.table}
        if found := (aliases - own) & named:
            select.meta["aliases"] = found


def refuse_double_names(tree: exp.Expression, columns_of: Callable[[str], set[str]]) -> None:
    """Raises for a column of a subquery that has two of that name, and for an alias in HAVING or QUALIFY that is also a column.

    Names of the engine have no case, so names of one subquery that differ by case alone count as one.
    """
    for select in tree.find_all(exp.Select):
        if names := select.meta.pop("aliases", None):
            _refuse_shadows(tree, select, names, columns_of)
    for source in tree.find_all(exp.Subquery, exp.CTE):
        query = source.this
        if isinstance(query, exp.Query):
            counted = Counter(name.upper() for name in query.named_selects)
            if twice := {name for name, count in counted.items() if count > 1}:
                if any(item.is_star for select in tree.find_all(exp.Select) for item in select.expressions):
                    raise unsupported("* over a subquery with two columns of one name")  # such a star is not expanded
                _refuse_uses(tree, source.alias, twice)


def _refuse_uses(tree: exp.Expression, alias: str, twice: set[str]) -> None:
    for column in tree.find_all(exp.Column):
        if column.table == alias and column.name.upper() in twice:
            raise sql_error("ambiguous", column.name)


def _refuse_shadows(
    tree: exp.Expression, select: exp.Select, names: set[str], columns_of: Callable[[str], set[str]]
) -> None:
    scope = next(scope for scope in traverse_scope(tree) if scope.expression is select)
    for source in _columns(scope, columns_of):
        if both := names & source:
            raise unsupported(
                f"{min(both)} in HAVING or QUALIFY, which is an alias and also a column: write <table>.{min(both)}"
            )


def _columns(scope: Scope, columns_of: Callable[[str], set[str]]) -> Iterator[set[str]]:
    """The names of the columns of each source of a scope."""
    for source in scope.sources.values():
        yield columns_of(source.name) if isinstance(source, exp.Table) else set(source.expression.named_selects)
