"""What a query's result says of itself: the names of its columns, and their types where the engine's say less than Snowflake's."""

from dataclasses import replace

from sqlglot import exp

from snowpipe_deploy.local.errors import sql_error
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.translation import Source
from snowpipe_deploy.sqltext.lexer import code
from snowpipe_deploy.types import DataType, parse_type

T = exp.DataType.Type
_ENDS = frozenset(
    ["FROM", "WHERE", "GROUP", "HAVING", "QUALIFY", "ORDER", "LIMIT", "OFFSET", "FETCH", "UNION", "EXCEPT", "MINUS", "INTERSECT",
     "START", "CONNECT", ";"]
)  # fmt: skip
# words of _ENDS that are a part of an expression behind these
_WITHIN = frozenset({("DISTINCT", "FROM"), ("WITHIN", "GROUP")})


def name(tree: exp.Expression, text: str) -> exp.Expression:
    """Result columns without a name are called by their text as it was typed, in upper case."""
    select = tree
    while isinstance(select, exp.SetOperation | exp.Subquery):
        select = select.this
    if isinstance(select, exp.Select):
        typed = _items(text)
        if len(typed) != len(select.expressions):
            typed = [item.sql("snowflake") for item in select.expressions]
        for item, said in zip(list(select.expressions), typed, strict=True):
            if isinstance(item, exp.Column) and isinstance(item.this, exp.Parameter):
                _call(item, f"${item.this.name}")
            elif not isinstance(item, exp.Alias | exp.Column | exp.Star) and not item.is_star:
                _call(item, said.upper())
    for inner in tree.find_all(exp.Select):
        _name_inner(inner)
    return tree


_CALLED = (
    exp.Alias,
    exp.Column,
    exp.Star,
    exp.Cast,
    exp.TryCast,
    exp.JSONExtract,
    exp.Bracket,
    exp.Dot,
    exp.Parameter,
    exp.Placeholder,
)


def require_names(tree: exp.Expression) -> None:
    """What a table or view is made of has names for all its columns. What Snowflake calls a cast or a path is not confirmed: let pass."""
    while isinstance(tree, exp.SetOperation | exp.Subquery):
        tree = tree.this
    for item in tree.expressions if isinstance(tree, exp.Select) else ():
        if not isinstance(item, _CALLED) and not item.is_star:
            raise sql_error("no_name")


def _name_inner(select: exp.Select) -> None:
    """The same for what stands in FROM and WITH, by the parser's spelling."""
    held = select.parent
    if isinstance(held, exp.Subquery | exp.CTE) and not (held.args.get("alias") and held.args["alias"].columns):
        for item in list(select.expressions):
            if not isinstance(item, exp.Alias | exp.Column | exp.Star) and not item.is_star:
                _call(item, item.sql("snowflake").upper())


def _call(item: exp.Expression, said: str) -> None:
    item.replace(exp.Alias(this=item.copy(), alias=exp.to_identifier(said, quoted=True)))


def _items(text: str) -> list[str]:
    """The texts between the commas of the first SELECT; none where it cannot be found."""
    tokens = code(text)
    at = base = next((i for i, token in enumerate(tokens) if token.text != "("), len(tokens))
    depth = base
    while at < len(tokens) and not (depth == base and tokens[at].upper == "SELECT"):
        depth += {"(": 1, ")": -1}.get(tokens[at].text, 0)
        at += 1
    at += 1
    while at < len(tokens) and tokens[at].upper in {"DISTINCT", "ALL", "TOP"}:
        at += 2 if tokens[at].upper == "TOP" else 1
    found, start, depth = [], at, 0
    for i in range(at, len(tokens) + 1):
        token = tokens[i] if i < len(tokens) else None
        ends = token is None or (
            depth == 0
            and (token.text == ")" or (token.upper in _ENDS and (tokens[i - 1].upper, token.upper) not in _WITHIN))
        )
        if ends or (depth == 0 and token is not None and token.text == ","):
            if i > start:
                found.append(text[tokens[start].start : tokens[i - 1].end])
            start = i + 1
        if ends:
            break
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(token.text if token else "", 0)
    return found


# -- types -----------------------------------------------------------------------------------------------------------


def types(tree: exp.Expression, sources: dict[str, Source]) -> tuple[DataType | None, ...]:
    """The types of the result's columns; None where the engine knows better. The tree is qualified and annotated."""
    if isinstance(tree, exp.Subquery):
        return types(tree.this, sources)
    if isinstance(tree, exp.SetOperation):
        left, right = types(tree.this, sources), types(tree.expression, sources)
        if len(left) != len(right) or tree.args.get("by_name"):
            return (None,) * len(left)
        return tuple(_common(a, b) for a, b in zip(left, right, strict=True))
    return tuple(_type(item, sources) for item in tree.selects) if isinstance(tree, exp.Select) else ()


def _common(left: DataType | None, right: DataType | None) -> DataType | None:
    """Of two branches: the one type, or the NUMBER or VARCHAR that holds both."""
    if left is None or right is None or left.base != right.base:
        return None
    if left.base == "NUMBER":
        return _number(max(_lead(left), _lead(right)), max(left.sizes[1], right.sizes[1]))
    return max(left, right, key=lambda one: one.sizes)


def _number(lead: int, scale: int) -> DataType:
    return DataType("NUMBER", (min(38, lead + scale), scale))


def _lead(of: DataType) -> int:
    return of.sizes[0] - of.sizes[1]


def _type(node: exp.Expression | None, sources: dict[str, Source]) -> DataType | None:
    match node:
        case exp.Alias() | exp.Paren():
            return _type(node.this, sources)
        case exp.Literal():
            return _literal(node)
        case exp.Neg():
            return _type(node.this, sources)
        case exp.Column():
            return _column(node, sources)
        case exp.Cast() if node.meta.get("flattened"):
            return _fixed(node.args["to"])
        case exp.Cast():
            return _fixed(node.args["to"]) if not node.meta.get("bound") else None
        case exp.Add() | exp.Sub() | exp.Mul() | exp.Div():
            return _computed(node, _type(node.this, sources), _type(node.expression, sources))
        case exp.Count():
            return DataType("NUMBER", (18, 0))
        case exp.AnonymousAggFunc() if node.name == "COUNT_IF":
            return DataType("NUMBER", (18, 0))
        case None:
            return None
    if kind(node) == "JSON":
        return DataType(_semi(node))
    return None


def _literal(node: exp.Literal) -> DataType | None:
    if node.is_string:
        return DataType("VARCHAR", (max(1, len(node.name)),))
    if "e" in node.name.lower():
        return None
    whole, _, fraction = node.name.partition(".")
    return DataType("NUMBER", (min(38, max(1, len(whole) + len(fraction))), len(fraction)))


def _fixed(target: exp.DataType) -> DataType | None:
    try:
        return parse_type(target.sql("snowflake"))
    except ValueError:
        return None


def _computed(node: exp.Expression, left: DataType | None, right: DataType | None) -> DataType | None:
    """After Snowflake's reference of arithmetic operators: digits before the point, and scale."""
    if left is None or right is None or {left.base, right.base} != {"NUMBER"}:
        return None
    (p, s), (_, u), lead = left.sizes, right.sizes, max(_lead(left), _lead(right))
    match node:
        case exp.Add() | exp.Sub():
            return _number(lead + 1, max(s, u))
        case exp.Mul():
            return _number(_lead(left) + _lead(right), min(s + u, max(s, u, 12)))
        case _:
            return _number(p - s + u, max(s, min(s + 6, 12)))


_SEMI = {T.OBJECT: "OBJECT", T.STRUCT: "OBJECT", T.MAP: "OBJECT", T.ARRAY: "ARRAY", T.LIST: "ARRAY"}


def _semi(node: exp.Expression) -> str:
    match node:
        case exp.Struct() | exp.StarMap():
            return "OBJECT"
        case exp.Array() | exp.Split() | exp.ArrayAgg() | exp.JSONKeys() | exp.ArrayConcat():
            return "ARRAY"
        case exp.JSONExtract() | exp.GetExtract() | exp.Bracket() | exp.ParseJSON():
            return "VARIANT"
        case exp.WithinGroup() | exp.Window() | exp.Filter():
            return _semi(node.this)
    return _SEMI.get(node.type.this, "VARIANT") if node.type is not None else "VARIANT"


def _column(column: exp.Column, sources: dict[str, Source]) -> DataType | None:
    """What the source of the column says: a table by its definition, a subquery by its own columns."""
    select = column.parent_select
    from_ = select.args.get("from_") if select is not None else None
    around = [from_, *(select.args.get("joins") or [])] if select is not None and from_ is not None else []
    for held in around:
        source = held.this
        if source.alias_or_name != column.table:
            continue
        if isinstance(source, exp.Table) and source.name in sources:
            return dict(sources[source.name].columns).get(column.name)
        query = source.this if isinstance(source, exp.Subquery) else None
        if isinstance(query, exp.Select):
            item = next((one for one in query.selects if one.alias_or_name == column.name), None)
            return _type(item, sources)
    return DataType("VARIANT") if kind(column) == "JSON" else None


def exact(engine: DataType, said: DataType | None) -> DataType:
    """The engine's type, or what is known of it beyond the engine's."""
    semi = {"VARIANT", "OBJECT", "ARRAY"}
    if said is None or (said.base != engine.base and not {said.base, engine.base} <= semi):
        return engine
    if said.base == "NUMBER" and said.sizes[1:] != engine.sizes[1:]:
        return engine
    return replace(engine, base=said.base, sizes=said.sizes)
