"""VARIANT, OBJECT and ARRAY, held as JSON."""

from sqlglot import exp

from snowpipe_deploy.local.errors import unsupported
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.template import duck, text
from snowpipe_deploy.local.query.translation import Rules, Translation, same


def as_json(node: exp.Expression) -> exp.Expression:
    """Any value as a VARIANT; SQL NULL stays NULL."""
    if kind(node) == "JSON":
        return node
    match kind(node):
        case "DATE" | "TIME":
            node = duck("CAST({0} AS VARCHAR)", node)
        case "TIMESTAMP":
            node = duck("strftime({0}, '%Y-%m-%d %H:%M:%S.%g')", node)
        case "INSTANT":
            raise unsupported("TIMESTAMP_LTZ in a VARIANT: use TO_VARCHAR(x, '<format>')")
    return duck("CASE WHEN {0} IS NULL THEN NULL ELSE CAST(to_json({0}) AS JSON) END", node)


def path(node: exp.Expression, _: Translation) -> exp.Expression:
    """`v:a.b[0]`: the VARIANT at a path."""
    if kind(node.this) not in {"JSON", "UNKNOWN"}:
        raise unsupported(f"a path into {kind(node.this).lower()}: {node.sql('snowflake')!r}")
    return node


def element(node: exp.Expression, _: Translation) -> exp.Expression:
    """`v[0]` and `v['key']`."""
    key = node.expressions[0]
    if not isinstance(key, exp.Literal):
        raise unsupported("an element by a computed key")
    # the parser has already made a 0-based index of what was written
    place = f"$.{_quoted(key.name)}" if key.is_string else f"$[{int(key.name)}]"
    return duck("json_extract({0}, {1})", node.this, text(place))


def got(node: exp.Expression, _: Translation) -> exp.Expression:
    """GET(v, 0) and GET(v, 'key')."""
    key = node.expression
    if not isinstance(key, exp.Literal):
        raise unsupported("GET with a computed key")
    place = f"$.{_quoted(key.name)}" if key.is_string else f"$[{key.name}]"
    return duck("json_extract({0}, {1})", node.this, text(place))


def _quoted(key: str) -> str:
    return '"' + key.replace('"', '\\"') + '"'


def constructed(node: exp.Expression, _: Translation) -> exp.Expression:
    """OBJECT_CONSTRUCT: pairs with a NULL value are left out, keys come in order."""
    pairs = []
    for pair in node.expressions:
        key, value = pair.this, pair.expression
        if not isinstance(key, exp.Literal):
            raise unsupported("OBJECT_CONSTRUCT with a computed key, or an object written {…}")
        pairs.append((key.name, as_json(value)))
    pairs.sort(key=lambda pair: pair[0])
    if not pairs:
        return duck("CAST('{{}}' AS JSON)")
    entries = ", ".join(f"struct_pack(k := {{{2 * i}}}, v := {{{2 * i + 1}}})" for i in range(len(pairs)))
    nodes = [item for key, value in pairs for item in (text(key), value)]
    return duck(f"CAST(to_json(map_from_entries(list_filter([{entries}], lambda e: e.v IS NOT NULL))) AS JSON)", *nodes)


def array(node: exp.Expression, _: Translation) -> exp.Expression:
    """ARRAY_CONSTRUCT; a NULL would be an undefined element, which JSON does not have."""
    undefined = "CASE WHEN {0} IS NULL THEN error('[[unsupported|NULL as an element of an array]]') ELSE {0} END"
    items = [duck(undefined, as_json(item)) for item in node.expressions]
    holes = ", ".join(f"{{{i}}}" for i in range(len(items)))
    return duck(f"CAST(json_array({holes}) AS JSON)", *items)


def size(node: exp.Expression, _: Translation) -> exp.Expression:
    """ARRAY_SIZE: NULL for what is no array."""
    return duck("CASE WHEN json_type({0}) = 'ARRAY' THEN CAST(json_array_length({0}) AS BIGINT) END", node.this)


def split(node: exp.Expression, _: Translation) -> exp.Expression:
    return duck(
        "CASE WHEN {0} IS NULL THEN NULL WHEN {1} = '' THEN CAST(json_array({0}) AS JSON) "
        "ELSE CAST(to_json(str_split({0}, {1})) AS JSON) END",
        node.this, node.expression,
    )  # fmt: skip


def repeats_a_key(json: str) -> str:
    """DuckDB SQL: has an object anywhere in this JSON text one key twice? Snowflake refuses that by default."""
    return f"(SELECT count(*) <> count(DISTINCT fullkey) FROM json_tree({json}))"


def parsed(node: exp.Expression, _: Translation) -> exp.Expression:
    """PARSE_JSON fails with 100069; TRY_PARSE_JSON is NULL."""
    if (mode := node.expression) and mode.name != "s":
        raise unsupported(f"PARSE_JSON with {mode.sql('snowflake')}")
    bad = "NULL" if node.args.get("safe") else "error('[[json|' || left({0}, 60) || ']]')"
    valid = "CASE WHEN json_valid({0}) THEN {0} END"
    return duck(
        f"CASE WHEN {{0}} IS NULL OR trim({{0}}) = '' THEN NULL "
        f"WHEN json_valid({{0}}) AND NOT {repeats_a_key(valid)} THEN CAST({{0}} AS JSON) ELSE {bad} END",
        node.this,
    )


def type_of(node: exp.Expression, _: Translation) -> exp.Expression:
    return duck(
        "CASE json_type({0}) WHEN 'VARCHAR' THEN 'VARCHAR' WHEN 'BIGINT' THEN 'INTEGER' WHEN 'UBIGINT' THEN 'INTEGER' "
        "WHEN 'DOUBLE' THEN 'DECIMAL' WHEN 'NULL' THEN 'NULL_VALUE' ELSE json_type({0}) END",
        node.this,
    )


RULES: Rules = {
    exp.JSONExtract: path,
    exp.Bracket: element,
    exp.GetExtract: got,
    exp.Struct: constructed,
    exp.Array: array,
    exp.ArraySize: size,
    exp.Split: split,
    exp.ParseJSON: parsed,
    exp.Typeof: type_of,
    exp.JSONFormat: lambda node, _: duck("CAST(json({0}) AS VARCHAR)", node.this),
    exp.IsNullValue: same,
    "TO_VARIANT": lambda node, _: as_json(node.expressions[0]),
}
