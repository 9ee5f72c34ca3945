"""VARIANT, OBJECT and ARRAY, held as JSON."""

import re

from sqlglot import exp

from snowpipe_deploy.local.errors import raised, unsupported
from snowpipe_deploy.local.query.function import Function, Special, either, of
from snowpipe_deploy.local.query.kinds import kind
from snowpipe_deploy.local.query.template import bound, text
from snowpipe_deploy.local.query.translation import Rule, Rules, Translation
from snowpipe_deploy.local.query.values import as_json, as_text

VARIANT, OBJECT, ARRAY, NUMBER, TEXT, BOOLEAN = "VARIANT", "OBJECT", "ARRAY", "DECIMAL(38, 0)", "VARCHAR", "BOOLEAN"


def path(node: exp.Expression, _: Translation) -> exp.Expression:
    """`v:a.b[0]`: the VARIANT at a path."""
    if kind(node.this) not in {"JSON", "UNKNOWN"}:
        raise unsupported(f"a path into {kind(node.this).lower()}: {node.sql('snowflake')!r}")
    if "*" in node.expression.sql("snowflake"):
        raise unsupported(f"the path {node.sql('snowflake')!r}: a star is every key to the engine")
    return node


def element(node: exp.Expression, _: Translation) -> exp.Expression:
    """`v[0]`, `v['key']`, `v[i]`"""
    if len(node.expressions) != 1 or kind(node.this) not in {"JSON", "UNKNOWN"}:
        raise unsupported(f"an element of {kind(node.this).lower()}: {node.sql('snowflake')!r}")
    return got(node.this, node.expressions[0])


def _quoted(key: str) -> str:
    if "*" in key:
        raise unsupported(f"the key {key!r}: a star is every key to the engine")
    return '"' + key.replace('"', '\\"') + '"'


def got(value: exp.Expression, key: exp.Expression) -> exp.Expression:
    """GET(v, 0) and GET(v, 'key'); NULL for what is not there."""
    if kind(key) == "NUMBER":
        key = bound("CAST({0} AS BIGINT)", key)
        return bound("CASE WHEN {1} >= 0 THEN json_extract({0}, '$[' || {1} || ']') END", value, key)
    if kind(key) != "TEXT":
        raise unsupported(f"an element by a key that is {kind(key).lower()}")
    if isinstance(key, exp.Literal):
        return bound("json_extract({0}, {1})", value, text(f"$.{_quoted(key.name)}"))
    return bound("""json_extract({0}, '$."' || replace({1}, '"', '\\"') || '"')""", value, key)


_STEP = re.compile(r"""\.?([A-Za-z_][\w$]*)|\.?"([^"]*)"|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]""")


def _place(path: str) -> str:
    """Snowflake's path as the engine's."""
    out, at = ["$"], 0
    while at < len(path):
        match = _STEP.match(path, at)
        if match is None:
            raise unsupported(f"the path {path!r}")
        plain, quoted, index, *brackets = match.groups()
        key = next((each for each in (plain, quoted, *brackets) if each is not None), "")
        out.append(f"[{index}]" if index is not None else f".{_quoted(key)}")
        at = match.end()
    return "".join(out)


def at_path(value: exp.Expression, given: exp.Expression) -> exp.Expression:
    return bound("json_extract({0}, {1})", value, text(_place(given.name)))


def text_at_path(value: exp.Expression, given: exp.Expression) -> exp.Expression:
    """JSON_EXTRACT_PATH_TEXT(json text, path)"""
    found = at_path(_parsed(value, safe=False), given)
    found.type = exp.DataType.build("variant", dialect="snowflake")
    return as_text(found)


# -- objects -----------------------------------------------------------------------------------------------------------

_MAP = """from_json({0}, '"MAP(VARCHAR, JSON)"')"""
_ENTRIES = f"map_entries({_MAP})"
_IS_OBJECT = "json_type({0}) = 'OBJECT'"


def _object(entries: str) -> str:
    """An object of its entries; Snowflake shows them in the order of their keys."""
    return f"CAST(to_json(map_from_entries(list_sort({entries}))) AS JSON)"


def _wrong(function: str, wanted: str) -> str:
    return raised("unsupported", f"'{function} of what is no {wanted}'")


def _of_object(function: str, sql: str) -> str:
    return f"CASE WHEN {{0}} IS NULL THEN NULL WHEN NOT {_IS_OBJECT} THEN {_wrong(function, 'object')} ELSE {sql} END"


def _constructed(*, keep: bool) -> Rule:
    """OBJECT_CONSTRUCT leaves out pairs with a NULL value, OBJECT_CONSTRUCT_KEEP_NULL only those with a NULL key."""
    kept = "__each.key IS NOT NULL" if keep else "__each.key IS NOT NULL AND __each.value IS NOT NULL"

    def rule(node: exp.Expression, _: Translation) -> exp.Expression:
        given, name = node.expressions, node.name.upper()
        if len(given) % 2:
            raise unsupported(f"{name} of {'*' if isinstance(given[0], exp.Star) else 'an odd number of arguments'}")
        if not given:
            return bound("CAST('{{}}' AS JSON)")
        keys, values = given[::2], [as_json(value) for value in given[1::2]]
        if any(kind(key) not in {"TEXT", "NULL"} for key in keys):
            raise unsupported(f"{name} with a key that is no text")
        literal = [key.name for key in keys if isinstance(key, exp.Literal)]
        if len(set(literal)) < len(literal):
            raise unsupported(f"{name} with the same key twice")
        pairs = ", ".join(f"struct_pack(key := {{{2 * i}}}, value := {{{2 * i + 1}}})" for i in range(len(keys)))
        entries = f"list_filter([{pairs}], lambda __each: {kept})"
        return bound(_object(entries), *(part for pair in zip(keys, values, strict=True) for part in pair))

    return rule


def _struct(node: exp.Expression, _: Translation) -> exp.Expression:
    raise unsupported(f"an object written {{…}} ({node.sql('snowflake')[:60]!r}): use OBJECT_CONSTRUCT")


def inserted(
    value: exp.Expression, key: exp.Expression, held: exp.Expression, *update: exp.Expression
) -> exp.Expression:
    """OBJECT_INSERT: a key that is there is an error unless the fourth argument is TRUE; a NULL changes nothing."""
    rest = f"list_filter({_ENTRIES}, lambda __each: __each.key <> {{1}})"
    twice = raised("values", "'Duplicate field key ''' || {1} || ''''")
    entries = f"list_concat({rest}, [struct_pack(key := {{1}}, value := {{2}})])"
    changed = (
        f"CASE WHEN {{1}} IS NULL THEN NULL WHEN {{2}} IS NULL THEN {{0}} "
        f"WHEN NOT coalesce({{3}}, FALSE) AND list_contains(map_keys({_MAP}), {{1}}) THEN {twice} ELSE {_object(entries)} END"
    )
    return bound(_of_object("OBJECT_INSERT", changed), value, key, held, update[0] if update else exp.false())


def _kept(name: str, *, inside: bool) -> Function:
    """OBJECT_DELETE and OBJECT_PICK"""

    def made(value: exp.Expression, *keys: exp.Expression) -> exp.Expression:
        listed = ", ".join(f"{{{i + 1}}}" for i in range(len(keys)))
        test = f"coalesce(list_contains([{listed}], __each.key), FALSE)"
        entries = f"list_filter({_ENTRIES}, lambda __each: {'' if inside else 'NOT '}{test})"
        return bound(_of_object(name, _object(entries)), value, *keys)

    return of("js+", OBJECT, made)


# -- arrays ------------------------------------------------------------------------------------------------------------


def _list(hole: str) -> str:
    """The elements of an array; a null among them is NULL."""
    return f"""from_json({hole}, '["JSON"]')"""


def _array(listed: str) -> str:
    return f"CAST(to_json({listed}) AS JSON)"


def _of_arrays(name: str, sql: str, holes: int = 1) -> str:
    """The answer if the first arguments are arrays; NULL if one is NULL."""
    given = [f"{{{i}}}" for i in range(holes)]
    null = " OR ".join(f"{hole} IS NULL" for hole in given)
    other = " OR ".join(f"json_type({hole}) <> 'ARRAY'" for hole in given)
    return f"CASE WHEN {null} THEN NULL WHEN {other} THEN {_wrong(name, 'array')} ELSE {sql} END"


_COMPARABLE = raised("unsupported", "'the comparison of an object or array in an array'")


def _sign(hole: str) -> str:
    """What two elements have in common if they are equal."""
    number = f"TRY_CAST({hole} AS DOUBLE)"  # TRY_: the engine casts a literal before it looks at the condition
    return (
        f"CASE json_type({hole}) WHEN 'VARCHAR' THEN 's' || ({hole} ->> '$') WHEN 'BOOLEAN' THEN 'b' || {hole} "
        f"WHEN 'BIGINT' THEN 'n' || {hole} WHEN 'UBIGINT' THEN 'n' || {hole} "
        f"WHEN 'DOUBLE' THEN CASE WHEN {number} = floor({number}) AND abs({number}) < 1e15 "
        f"THEN 'n' || CAST({number} AS BIGINT) ELSE 'n' || {number} END "
        f"WHEN 'NULL' THEN 'z' ELSE CASE WHEN {hole} IS NULL THEN 'z' ELSE {_COMPARABLE} END END"
    )


def _signs(hole: str) -> str:
    return f"list_transform({_list(hole)}, lambda __each: {_sign('__each')})"


_UNDEFINED = raised("unsupported", "'NULL as an element of an array'")


def _defined(hole: str) -> str:
    """A value about to be an element; a NULL would be an undefined element, which JSON does not have."""
    return f"CASE WHEN {hole} IS NULL THEN {_UNDEFINED} ELSE {hole} END"


def array(*items: exp.Expression) -> exp.Expression:
    holes = ", ".join(_defined(f"{{{i}}}") for i in range(len(items)))
    return bound(f"CAST(json_array({holes}) AS JSON)", *items)


def _written(node: exp.Expression, _: Translation) -> exp.Expression:
    """An array written […]."""
    return array(*(as_json(item) for item in node.expressions))


def compact(*items: exp.Expression) -> exp.Expression:
    holes = ", ".join(f"{{{i}}}" for i in range(len(items)))
    return bound(_array(f"list_filter([{holes}], lambda __each: __each IS NOT NULL)"), *items)


def _searched(sql: str) -> str:
    """A search for {0} in the array {1}."""
    no_null = raised("unsupported", "'the search for NULL in an array'")
    return (
        "CASE WHEN {1} IS NULL THEN NULL WHEN json_type({1}) <> 'ARRAY' THEN " + _wrong("a search", "array")
        + f" WHEN {{0}} IS NULL THEN {no_null} ELSE {sql} END"
    )  # fmt: skip


_PLACED = f"list_position({_signs('{1}')}, {_sign('{0}')})"
_FROM = "CASE WHEN {1} < 0 THEN greatest(json_array_length({0}) + {1}, 0) ELSE {1} END"
_TO = "CASE WHEN {2} < 0 THEN json_array_length({0}) + {2} ELSE {2} END"
_SLICED = (
    f"CASE WHEN {{1}} IS NULL OR {{2}} IS NULL THEN NULL WHEN {_TO} <= {_FROM} THEN CAST('[]' AS JSON) ELSE "
    + _array(f"list_slice({_list('{0}')}, {_FROM} + 1, {_TO})")
    + " END"
)
_SHOWN = "CASE WHEN __each IS NULL THEN '' WHEN json_type(__each) = 'VARCHAR' THEN __each ->> '$' ELSE CAST(json(__each) AS VARCHAR) END"
_JOINED = f"CASE WHEN {{1}} IS NOT NULL THEN coalesce(array_to_string(list_transform({_list('{0}')}, lambda __each: {_SHOWN}), {{1}}), '') END"
_OUTSIDE = raised("unsupported", "'a place outside of the array'")
_INDEX = f"CASE WHEN {{1}} < 0 OR {{1}} > json_array_length({{0}}) THEN {_OUTSIDE} ELSE {{1}} END"
_INSERTED = f"list_concat(list_slice({_list('{0}')}, 1, {_INDEX}), [{_defined('{2}')}], list_slice({_list('{0}')}, {_INDEX} + 1, 2147483647))"
_PLACE = "CASE WHEN {1} < 0 THEN json_array_length({0}) + {1} ELSE {1} END"
_INSIDE = f"CASE WHEN {_PLACE} < 0 OR {_PLACE} >= json_array_length({{0}}) THEN {_OUTSIDE} ELSE {_PLACE} END"
_REMOVED = (
    f"list_concat(list_slice({_list('{0}')}, 1, {_INSIDE}), list_slice({_list('{0}')}, {_INSIDE} + 2, 2147483647))"
)
_FLAT = (
    f"CASE WHEN len(list_filter({_list('{0}')}, lambda __each: __each IS NULL OR json_type(__each) <> 'ARRAY')) > 0 "
    f"THEN {_wrong('ARRAY_FLATTEN', 'array of arrays')} "
    f"ELSE {_array('flatten(list_transform(' + _list('{0}') + ', lambda __each: ' + _list('__each') + '))')} END"
)
_OTHERS = f"list_filter({_list('{0}')}, lambda __each: {_sign('__each')} <> {_sign('{1}')})"
_WITHOUT = f"CASE WHEN {{1}} IS NOT NULL THEN {_array(_OTHERS)} END"
_SEEN = f"list_contains(list_transform(__left, lambda __each: {_sign('__each')}), {_sign('__right[1]')})"
_DISTINCT = (
    "CASE WHEN json_array_length({0}) = 0 THEN {0} ELSE "
    + _array(
        f"list_reduce(list_transform({_list('{0}')}, lambda __each: [__each]), lambda __left, __right: "
        f"CASE WHEN {_SEEN} THEN __left ELSE list_concat(__left, __right) END)"
    )
    + " END"
)
_RANGE = (
    "CASE WHEN {2} = 0 THEN "
    + raised("unsupported", "'a range with a step of 0'")
    + f" ELSE {_array('range({0}, {1}, {2})')} END"
)


# -- reading JSON --------------------------------------------------------------------------------------------------------


TOO_EXACT = "a JSON number with a fraction and more digits than a DOUBLE holds"


def repeats_a_key(json: str) -> str:
    """DuckDB SQL: has an object anywhere in this JSON text one key twice? Snowflake refuses that by default."""
    return f"(SELECT count(*) <> count(DISTINCT fullkey) FROM json_tree({json}))"


_TEXTS = r"""'"(\\.|[^"\\])*"'"""  # those inside, of which nothing is to be taken for a number or the end of a list
_LONG = "'" + "[0-9.]" * 17 + "'"  # no braces: it stands in templates
_INSIDE_OF = r"'^\s*[\[\x7b]'"  # a number that stands alone is never taken out of anything
_EXACT = (
    "len(trim(replace(__each, '.', ''), '0')) <= 15 OR contains(lower(__each), 'e') OR len(trim(replace(__each, '.', ''), '0')) <= 17 "
    "AND TRY_CAST(CAST(TRY_CAST(__each AS DOUBLE) AS VARCHAR) AS DECIMAL(38, 20)) = TRY_CAST(__each AS DECIMAL(38, 20))"
)


def loses_digits(json: str) -> str:
    """DuckDB SQL: is a number in this JSON text more exact than the engine takes it out again, as a DOUBLE? Snowflake keeps 38 digits."""
    found = f"regexp_extract_all(regexp_replace({json}, {_TEXTS}, '0', 'g'), '[0-9]+[.][0-9]+[eE]?')"
    suspected = f"regexp_matches({json}, {_LONG}) AND regexp_matches({json}, {_INSIDE_OF})"
    return f"{suspected} AND len(list_filter({found}, lambda __each: NOT ({_EXACT}))) > 0"


# a comma before the end of an array or object, outside of texts: in Snowflake an undefined element stands behind it
_ENDS = r"',\s*[\]\x7d]'"
_BARE = f"regexp_replace({{0}}, {_TEXTS}, '0', 'g')"
_TRAILING = f"regexp_matches({{0}}, {_ENDS}) AND regexp_matches({_BARE}, {_ENDS})"


def _parsed(value: exp.Expression, *, safe: bool) -> exp.Expression:
    """PARSE_JSON fails with 100069; TRY_PARSE_JSON is NULL."""
    bad = "NULL" if safe else "error('[[json|' || left({0}, 60) || ']]')"
    valid = "CASE WHEN json_valid({0}) THEN {0} END"
    undefined = raised("unsupported", "'JSON with a trailing comma'")
    exact = raised("unsupported", "'" + TOO_EXACT + "'")
    return bound(
        f"CASE WHEN {{0}} IS NULL OR trim({{0}}) = '' THEN NULL WHEN {_TRAILING} THEN {undefined} "
        f"WHEN {loses_digits('{0}')} THEN {exact} "
        f"WHEN json_valid({{0}}) AND NOT {repeats_a_key(valid)} THEN CAST({{0}} AS JSON) ELSE {bad} END",
        value,
    )


def _parser(*, safe: bool) -> Function:
    def made(value: exp.Expression, *mode: exp.Expression) -> exp.Expression:
        if mode and mode[0].name != "s":
            raise unsupported(f"PARSE_JSON with {mode[0].sql('snowflake')}")
        return _parsed(value, safe=safe)

    return either(of("s", VARIANT, made), of("sL", VARIANT, made), of("j", VARIANT, lambda value: made(as_text(value))))


# -- types of values -----------------------------------------------------------------------------------------------------

_EXPONENT = "contains(lower(CAST({0} AS VARCHAR)), 'e')"
_HELD = f"CASE WHEN json_type({{0}}) = 'DOUBLE' AND NOT {_EXPONENT} THEN 'DECIMAL' ELSE json_type({{0}}) END"
_TYPEOF = f"CASE {_HELD} WHEN 'BIGINT' THEN 'INTEGER' WHEN 'UBIGINT' THEN 'INTEGER' WHEN 'NULL' THEN 'NULL_VALUE' ELSE {_HELD} END"
_KINDS = {
    "ARRAY": "'ARRAY'", "OBJECT": "'OBJECT'", "BOOLEAN": "'BOOLEAN'", "VARCHAR": "'VARCHAR'", "CHAR": "'VARCHAR'",
    "INTEGER": "'BIGINT', 'UBIGINT'", "DECIMAL": "'BIGINT', 'UBIGINT', 'DECIMAL'",
    "DOUBLE": "'BIGINT', 'UBIGINT', 'DECIMAL', 'DOUBLE'", "REAL": "'BIGINT', 'UBIGINT', 'DECIMAL', 'DOUBLE'",
    "NULL_VALUE": "'NULL'",
}  # fmt: skip


def _is(word: str) -> str:
    return f"CASE WHEN {{0}} IS NOT NULL THEN {_HELD} IN ({_KINDS[word]}) END"


def _as(word: str, sql: str) -> str:
    return f"CASE WHEN {_HELD} IN ({_KINDS[word]}) THEN {sql} END"


def _object_of(value: exp.Expression) -> exp.Expression:
    return bound(_of_object("TO_OBJECT", "{0}"), value)


_TO_ARRAY = (
    "CASE WHEN {0} IS NULL OR json_type({0}) = 'NULL' THEN NULL WHEN json_type({0}) = 'ARRAY' THEN {0} "
    "ELSE CAST(json_array({0}) AS JSON) END"
)

RULES: Rules = {
    exp.JSONExtract: path,
    exp.Bracket: element,
    exp.Struct: _struct,
    exp.Array: _written,
    "GET": either(of("jk", VARIANT, got), of("js", VARIANT, got)),
    "GET_PATH": of("jL", VARIANT, at_path),
    "JSON_EXTRACT_PATH_TEXT": of("sL", TEXT, text_at_path),
    "PARSE_JSON": _parser(safe=False),
    "TRY_PARSE_JSON": _parser(safe=True),
    "TO_JSON": of("v", TEXT, "CAST(json({0}) AS VARCHAR)"),
    "TO_OBJECT": of("j", OBJECT, _object_of),
    "TO_ARRAY": either(
        of("j", ARRAY, _TO_ARRAY), of("v", ARRAY, "CASE WHEN {0} IS NOT NULL THEN CAST(json_array({0}) AS JSON) END")
    ),
    "STRIP_NULL_VALUE": of("j", VARIANT, "CASE WHEN json_type({0}) <> 'NULL' THEN {0} END"),
    "OBJECT_CONSTRUCT": Special(_constructed(keep=False), OBJECT),
    "OBJECT_CONSTRUCT_KEEP_NULL": Special(_constructed(keep=True), OBJECT),
    "OBJECT_INSERT": either(of("jsv", OBJECT, inserted), of("jsvb", OBJECT, inserted)),
    "OBJECT_DELETE": _kept("OBJECT_DELETE", inside=False),
    "OBJECT_PICK": _kept("OBJECT_PICK", inside=True),
    "OBJECT_KEYS": of("j", ARRAY, _of_object("OBJECT_KEYS", _array("list_sort(json_keys({0}))"))),
    "ARRAY_CONSTRUCT": either(of("", ARRAY, "CAST('[]' AS JSON)"), of("v+", ARRAY, array)),
    "ARRAY_CONSTRUCT_COMPACT": either(of("", ARRAY, "CAST('[]' AS JSON)"), of("v+", ARRAY, compact)),
    "ARRAY_SIZE": of("j", NUMBER, "CASE WHEN json_type({0}) = 'ARRAY' THEN CAST(json_array_length({0}) AS BIGINT) END"),
    "ARRAY_CONTAINS": of("jj", BOOLEAN, _searched(f"{_PLACED} IS NOT NULL")),
    "ARRAY_POSITION": of("jj", NUMBER, _searched(f"{_PLACED} - 1")),
    "ARRAY_APPEND": of("jv", ARRAY, _of_arrays("ARRAY_APPEND", _array(f"list_append({_list('{0}')}, {_defined('{1}')})"))),
    "ARRAY_PREPEND": of("jv", ARRAY, _of_arrays("ARRAY_PREPEND", _array(f"list_prepend({_defined('{1}')}, {_list('{0}')})"))),
    "ARRAY_CAT": of("jj", ARRAY, _of_arrays("ARRAY_CAT", _array(f"list_concat({_list('{0}')}, {_list('{1}')})"), 2)),
    "ARRAY_COMPACT": of("j", ARRAY, _of_arrays("ARRAY_COMPACT", _array(f"list_filter({_list('{0}')}, lambda __each: __each IS NOT NULL)"))),
    "ARRAY_DISTINCT": of("j", ARRAY, _of_arrays("ARRAY_DISTINCT", _DISTINCT)),
    "ARRAY_FLATTEN": of("j", ARRAY, _of_arrays("ARRAY_FLATTEN", _FLAT)),
    "ARRAY_INSERT": of("jiv", ARRAY, _of_arrays("ARRAY_INSERT", f"CASE WHEN {{1}} IS NOT NULL THEN {_array(_INSERTED)} END")),
    "ARRAY_REMOVE": of("jj", ARRAY, _of_arrays("ARRAY_REMOVE", _WITHOUT)),
    "ARRAY_REMOVE_AT": of("ji", ARRAY, _of_arrays("ARRAY_REMOVE_AT", f"CASE WHEN {{1}} IS NOT NULL THEN {_array(_REMOVED)} END")),
    "ARRAY_REVERSE": of("j", ARRAY, _of_arrays("ARRAY_REVERSE", _array(f"list_reverse({_list('{0}')})"))),
    "ARRAY_SLICE": of("jii", ARRAY, _of_arrays("ARRAY_SLICE", _SLICED)),
    "ARRAY_TO_STRING": of("js", TEXT, _of_arrays("ARRAY_TO_STRING", _JOINED)),
    "ARRAY_GENERATE_RANGE": either(of("ii", ARRAY, _array("range({0}, {1})")), of("iii", ARRAY, _RANGE)),
    "ARRAYS_OVERLAP": of("jj", BOOLEAN, _of_arrays("ARRAYS_OVERLAP", f"list_has_any({_signs('{0}')}, {_signs('{1}')})", 2)),
    "TYPEOF": of("j", TEXT, _TYPEOF),
    **{f"IS_{word}": of("j", BOOLEAN, _is(word)) for word in _KINDS},
    "AS_VARCHAR": of("j", TEXT, _as("VARCHAR", "{0} ->> '$'")),
    "AS_CHAR": of("j", TEXT, _as("VARCHAR", "{0} ->> '$'")),
    "AS_INTEGER": of("j", NUMBER, _as("INTEGER", "CAST({0} ->> '$' AS DECIMAL(38,0))")),
    "AS_BOOLEAN": of("j", BOOLEAN, _as("BOOLEAN", "CAST({0} ->> '$' AS BOOLEAN)")),
    "AS_ARRAY": of("j", ARRAY, _as("ARRAY", "{0}")),
    "AS_OBJECT": of("j", OBJECT, _as("OBJECT", "{0}")),
}  # fmt: skip
