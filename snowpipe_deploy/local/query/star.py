"""`*`: a pair for each column of what stands in FROM in `OBJECT_CONSTRUCT(*)`; and what of it is refused."""

from collections.abc import Iterator, Mapping

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.translation import Source

_NAMES = frozenset({"OBJECT_CONSTRUCT", "OBJECT_CONSTRUCT_KEEP_NULL"})


def spread(tree: exp.Expression, sources: Mapping[str, Source]) -> None:
    """Writes the pairs out, once the tables are known; refused where the columns of a source are not."""
    for call in list(tree.find_all(exp.Anonymous)):
        if call.name.upper() in _NAMES and len(call.expressions) == 1 and call.expressions[0].is_star:
            star = call.expressions[0]
            pairs = [part for table, name in _columns(call, star, sources) for part in _pair(table, name)]
            call.set("expressions", pairs)


def check_merged(tree: exp.Expression) -> None:
    """Refuses stars whose meaning with the merged columns of USING and NATURAL the expansion would get wrong."""
    for select in tree.find_all(exp.Select):
        merging = [j for j in select.args.get("joins") or [] if j.args.get("using") or j.method == "NATURAL"]
        for item in select.expressions if merging else ():
            star = item if isinstance(item, exp.Star) else item.this
            if not isinstance(star, exp.Star):
                continue
            if star.args.get("replace") or star.args.get("rename"):
                raise unsupported("* REPLACE or RENAME beside USING or NATURAL: name the columns")
            of = item.table.upper() if isinstance(item, exp.Column) else ""
            for join in merging:
                mine = join.this.alias_or_name.upper() == of
                if of and (
                    join.side == "FULL" or (join.side == "LEFT" and mine) or (join.side == "RIGHT" and not mine)
                ):
                    raise unsupported(f"{of}.* beside an outer join with USING or NATURAL: name the columns")


def _pair(table: str, name: str) -> tuple[exp.Expression, exp.Expression]:
    column = exp.Column(this=exp.to_identifier(name, quoted=True), table=exp.to_identifier(table, quoted=True))
    return exp.Literal.string(name), column


def _columns(call: exp.Anonymous, star: exp.Expression, sources: Mapping[str, Source]) -> Iterator[tuple[str, str]]:
    select = call.find_ancestor(exp.Select)
    if select is None or select.args.get("laterals") or (isinstance(star, exp.Star) and any(star.args.values())):
        raise unsupported(f"{call.name.upper()}(*) with EXCLUDE, or beside a LATERAL")
    only = star.table.upper() if isinstance(star, exp.Column) else ""
    from_ = select.args.get("from_") or select.args.get("from")
    for held in [from_, *select.args.get("joins", [])]:
        if held is None:
            raise unsupported(f"{call.name.upper()}(*) without FROM")
        alias, names = _source(held.this, sources, call)
        if not only or alias.upper() == only:
            yield from ((alias, name) for name in names)


def _source(node: exp.Expression, sources: Mapping[str, Source], call: exp.Anonymous) -> tuple[str, list[str]]:
    if isinstance(node, exp.Table) and node.name in sources:
        return node.alias, [name for name, _ in sources[node.name].columns]
    if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Select) and not node.this.is_star:
        names = [_name(each) for each in node.this.selects]
        alias = node.args["alias"].this if node.args.get("alias") else None
        if isinstance(alias, exp.Identifier) and all(names):
            return alias.name if alias.quoted else alias.name.upper(), names
    raise unsupported(f"{call.name.upper()}(*) of what is no table: name its columns")


def _name(item: exp.Expression) -> str:
    held = (
        item.args.get("alias") if isinstance(item, exp.Alias) else item.this if isinstance(item, exp.Column) else None
    )
    return "" if not isinstance(held, exp.Identifier) else held.name if held.quoted else held.name.upper()
