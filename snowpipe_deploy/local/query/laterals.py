"""Table functions that work on each row before them: FLATTEN, SPLIT_TO_TABLE, STRTOK_SPLIT_TO_TABLE.

While names and types are found out, a call is a lateral subquery that computes its arguments and has its columns as NULLs of
their type; at the end the text of its rows takes that place.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from snowpipe_deploy.local.catalog import quoted
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.template import raw

_FLATTENED = (("SEQ", "NUMBER"), ("KEY", "VARCHAR"), ("PATH", "VARCHAR"), ("INDEX", "NUMBER"), ("VALUE", "VARIANT"),
              ("THIS", "VARIANT"))  # fmt: skip
_SPLIT = (("SEQ", "NUMBER"), ("INDEX", "NUMBER"), ("VALUE", "VARCHAR"))
_NUMBER = "__N"  # of a row before the function, where SEQ is asked for


@dataclass(frozen=True, slots=True)
class _Call:
    """The columns of a function, and the engine's text of its rows from those of SEQ and of its arguments."""

    columns: tuple[tuple[str, str], ...]
    arguments: tuple[exp.Expression, ...]
    rows: Callable[..., str]


def expand(tree: exp.Expression) -> None:
    """Calls become lateral subqueries."""
    for node in list(tree.find_all(exp.Lateral, exp.TableFromRows)):
        call = _call(node)
        if call is None:
            continue
        alias = node.args.get("alias")
        name = alias.this if alias is not None and alias.this is not None else None
        folded = (name.name if name.quoted else name.name.upper()) if name is not None else f"_LATERAL{id(node)}"
        if alias is not None and alias.columns and _differs(alias.columns, call):
            raise unsupported(f"other names for the columns of {node.this.sql('snowflake')[:60]!r}")
        columns = ", ".join(f'CAST(NULL AS {of}) AS "{column}"' for column, of in call.columns)
        select = sqlglot.parse_one(f"SELECT {columns}", read="snowflake")
        # a condition, because a column would be one of `f.*`
        select.set("where", exp.Where(this=exp.Tuple(expressions=[argument.copy() for argument in call.arguments])))
        lateral = exp.Lateral(
            this=exp.Subquery(this=select), alias=exp.TableAlias(this=exp.to_identifier(folded, quoted=True))
        )
        lateral.meta["call"] = call
        lateral.meta["correlated"] = any(argument.find(exp.Column) for argument in call.arguments)
        node.replace(lateral)
        join = lateral.parent
        if isinstance(join, exp.Join) and not join.args.get("on"):
            join.set("kind", "CROSS")


def _differs(columns: list[exp.Identifier], call: _Call) -> bool:
    return [column.name.upper() for column in columns] != [name for name, _ in call.columns]


def _call(node: exp.Expression) -> _Call | None:
    """What is called, None where it is no function of this family."""
    match node.this:
        case exp.Explode():
            return _flatten([node.this.this, *node.this.expressions])
        case exp.SplitToTable():
            return _Call(_SPLIT, (node.this.this, node.this.expression), _split_rows)
        case exp.Anonymous() if node.this.name.upper() == "STRTOK_SPLIT_TO_TABLE":
            given = node.this.expressions
            if not 1 <= len(given) <= 2:
                raise sql_error("argument_types", "Invalid number of arguments for function STRTOK_SPLIT_TO_TABLE")
            return _Call(_SPLIT, (given[0], given[1] if given[1:] else exp.Literal.string(" ")), _token_rows)
        case exp.Subquery():
            return None
        case _ if isinstance(node, exp.Lateral):
            raise unsupported(f"LATERAL {node.this.sql('snowflake')[:60]}")
    return None


# -- FLATTEN ---------------------------------------------------------------------------------------------------------


def _flatten(given: list[exp.Expression]) -> _Call:
    """FLATTEN(INPUT => …, PATH => '…', OUTER => …, RECURSIVE => …, MODE => '…'), the names optional."""
    words = ("INPUT", "PATH", "OUTER", "RECURSIVE", "MODE")
    found: dict[str, exp.Expression] = {}
    for i, argument in enumerate(given):
        name = argument.this.name.upper() if isinstance(argument, exp.Kwarg) else words[min(i, len(words) - 1)]
        if name not in words or name in found:
            raise sql_error("argument_types", f"Invalid argument {name} for function FLATTEN")
        found[name] = argument.expression if isinstance(argument, exp.Kwarg) else argument
    if "INPUT" not in found:
        raise sql_error("argument_types", "Missing argument INPUT for function FLATTEN")
    within = _text(found, "PATH", "")
    mode = _text(found, "MODE", "BOTH").upper()
    if mode not in {"OBJECT", "ARRAY", "BOTH"}:
        raise sql_error("argument_types", f"Invalid value {mode!r} of MODE for function FLATTEN")
    outer, deep = _truth(found, "OUTER"), _truth(found, "RECURSIVE")

    def rows(seq: str, value: str) -> str:
        inner = f"json_extract({value}, {_engine_path(within)})" if within else value
        source = f"(SELECT {inner} AS j, {seq} AS s)"
        body = (_tree_rows if deep else _element_rows)(source, mode)
        kept = f" UNION ALL {_kept_row(source, mode)}" if outer else ""
        prefix = "'" + within.replace("'", "''") + "'"
        return (
            f'(SELECT s AS "SEQ", k AS "KEY", {_path(prefix)} AS "PATH", i AS "INDEX", v AS "VALUE", t AS "THIS" '
            f"FROM ({body}{kept}))"
        )

    return _Call(_FLATTENED, (found["INPUT"],), rows)


def _text(found: dict[str, exp.Expression], name: str, default: str) -> str:
    value = found.get(name)
    if value is None:
        return default
    if not isinstance(value, exp.Literal):
        raise unsupported(f"FLATTEN with a computed {name}")
    return str(value.name)


def _truth(found: dict[str, exp.Expression], name: str) -> bool:
    value = found.get(name, exp.false())
    if not isinstance(value, exp.Boolean):
        raise unsupported(f"FLATTEN with a computed {name}")
    return bool(value.this)


def _engine_path(path: str) -> str:
    if not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*|\[\d+\])*|(\[\d+\])+(\.[A-Za-z_]\w*|\[\d+\])*", path):
        raise unsupported(f"PATH => {path!r} of FLATTEN")
    return f"'$.{path}'" if path[0] != "[" else f"'${path}'"


def _path(prefix: str) -> str:
    """PATH of a row: what stands before, and the place `p` in DuckDB's spelling without its `$`. A key that is no plain word is refused."""
    plain = f"CASE WHEN {prefix} = '' THEN ltrim(p, '.') ELSE {prefix} || p END"
    return f"CASE WHEN contains(p, '\"') THEN error('[[unsupported|PATH of FLATTEN with the key ' || p || ']]') ELSE {plain} END"


# a key as json_tree spells it in a path
_KEY = """CASE WHEN regexp_full_match(e.key, '[A-Za-z0-9_$]+') THEN '.' || e.key ELSE '."' || e.key || '"' END"""


def _element_rows(source: str, mode: str) -> str:
    """s, k, p, i, v, t: SEQ, key, place, index, value and container of each element of one array or object."""
    array = (
        f"SELECT s, NULL::VARCHAR AS k, '[' || (i - 1) || ']' AS p, i - 1 AS i, coalesce(v, CAST('null' AS JSON)) AS v, j AS t "
        f"FROM (SELECT unnest(l) AS v, generate_subscripts(l, 1) AS i, j, s FROM (SELECT from_json(j, '[\"JSON\"]') AS l, j, s "
        f"FROM {source} WHERE json_type(j) = 'ARRAY'))"
    )
    object_ = (
        f"SELECT s, e.key AS k, {_KEY} AS p, NULL AS i, coalesce(e.value, CAST('null' AS JSON)) AS v, j AS t "
        f"FROM (SELECT unnest(list_sort(map_entries(from_json(j, '\"MAP(VARCHAR, JSON)\"')))) AS e, j, s "
        f"FROM {source} WHERE json_type(j) = 'OBJECT')"
    )
    return {"ARRAY": array, "OBJECT": object_, "BOTH": f"{array} UNION ALL {object_}"}[mode]


def _tree_rows(source: str, mode: str) -> str:
    """The same of everything inside, however deep; with a mode, as deep as containers of that kind alone lead."""
    bare = """regexp_replace(fullkey, '"[^"]*"', 'k', 'g')"""
    test = {"ARRAY": f"NOT contains({bare}, '.')", "OBJECT": f"NOT contains({bare}, '[')", "BOTH": "TRUE"}[mode]
    of_array = f"ends_with({bare}, ']')"
    return (
        f"SELECT s, CASE WHEN NOT {of_array} THEN key END AS k, substr(fullkey, 2) AS p, "
        f"CASE WHEN {of_array} THEN CAST(key AS BIGINT) END AS i, value AS v, json_extract(j, path) AS t "
        f"FROM {source}, json_tree(j) WHERE parent IS NOT NULL AND {test}"
    )


def _kept_row(source: str, mode: str) -> str:
    """OUTER: the row of an input that has none."""
    array = "coalesce(json_type(j) = 'ARRAY' AND json_array_length(j) > 0, FALSE)"
    object_ = "coalesce(json_type(j) = 'OBJECT' AND len(json_keys(j)) > 0, FALSE)"
    test = {"ARRAY": array, "OBJECT": object_, "BOTH": f"({array} OR {object_})"}[mode]
    return f"SELECT s, NULL, '', NULL, NULL, j FROM {source} WHERE NOT {test}"


# -- SPLIT_TO_TABLE --------------------------------------------------------------------------------------------------


def _split_rows(seq: str, value: str, separator: str) -> str:
    """INDEX counts from 1; an empty separator leaves the text whole."""
    return _listed(seq, f"CASE WHEN {separator} = '' THEN [{value}] ELSE str_split({value}, {separator}) END")


def _token_rows(seq: str, value: str, characters: str) -> str:
    """Each character separates; empty tokens do not count."""
    pieces = f"regexp_split_to_array({value}, '[' || regexp_escape({characters}) || ']')"
    whole = f"CASE WHEN {characters} = '' THEN [{value}] ELSE {pieces} END"
    return _listed(seq, f"list_filter({whole}, lambda token: token <> '')")


def _listed(seq: str, items: str) -> str:
    return (
        f'(SELECT {seq} AS "SEQ", i AS "INDEX", v AS "VALUE" FROM '
        f"(SELECT unnest(l) AS v, generate_subscripts(l, 1) AS i FROM (SELECT {items} AS l)))"
    )


# -- afterwards ------------------------------------------------------------------------------------------------------


def _source(column: exp.Column) -> exp.Expression | None:
    """What stands in FROM under the name by which the column is qualified, here or around."""
    select = column.parent_select
    while select is not None:
        for source in _sources(select):
            if source.alias_or_name == column.table:
                return source
        select = select.parent_select
    return None


def _sources(select: exp.Expression) -> Iterator[exp.Expression]:
    if (from_ := select.args.get("from_")) is not None:
        yield from_.this
    for join in select.args.get("joins") or []:
        yield join.this


def type_columns(tree: exp.Expression) -> None:
    """The annotation does not look into lateral subqueries: their columns say their type by a cast, until they are rewritten."""
    if not any("call" in lateral.meta for lateral in tree.find_all(exp.Lateral)):
        return
    for column in list(tree.find_all(exp.Column)):
        source = _source(column)
        call = source.meta.get("call") if isinstance(source, exp.Lateral) else None
        if call is None or source is None:
            continue
        if column.name == "SEQ":
            source.meta["seq"] = True
        of = dict(call.columns)[column.name]
        cast = exp.Cast(this=column.copy(), to=exp.DataType.build(of, dialect="snowflake"))
        cast.meta["flattened"] = True
        column.replace(cast)


def place(tree: exp.Expression) -> None:
    """Puts the rows in the place of the lateral subqueries."""
    for lateral in list(tree.find_all(exp.Lateral)):
        call: _Call | None = lateral.meta.get("call")
        if call is None:
            continue
        arguments = [argument.sql("duckdb") for argument in _arguments(lateral)]
        seq = f"CAST({_numbered(lateral) if lateral.meta.get('seq') else '1'} AS DECIMAL(38,0))"
        lateral.set("this", raw(call.rows(seq, *arguments)))


def _arguments(lateral: exp.Lateral) -> list[exp.Expression]:
    return list(lateral.this.this.args["where"].this.expressions)


def _numbered(lateral: exp.Lateral) -> str:
    """SEQ: the number of the row that the function works on. Refused where that is a row of several relations."""
    if not lateral.meta["correlated"]:
        return "1"
    select = lateral.parent_select
    sources = list(_sources(select)) if select is not None else []
    at = next((i for i, source in enumerate(sources) if source is lateral), 0)
    before = sources[0]
    if at != 1 or not isinstance(before, exp.Table | exp.Subquery):
        raise unsupported("column SEQ of a table function behind more than one relation")
    alias = before.args["alias"].copy()
    bare = before.copy()
    bare.set("alias", None)
    numbered = f"(SELECT *, row_number() OVER () AS {_NUMBER} FROM {bare.sql('duckdb')} AS s)"
    before.replace(exp.Table(this=raw(numbered), alias=alias))
    return f"{quoted(alias.name)}.{_NUMBER}"
