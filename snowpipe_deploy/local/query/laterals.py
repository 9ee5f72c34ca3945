"""Table functions that work on each row before them: FLATTEN, SPLIT_TO_TABLE, STRTOK_SPLIT_TO_TABLE.

While names and types are found out, a call is a lateral subquery that computes its arguments and has its columns as NULLs of
their type; at the end the text of its rows takes that place. That is `unnest` of a list, which is a column of the row before it, or of
a row that is joined to that: then the engine puts the elements behind their row, in their order. Of any other lateral query it makes
a join, which gives them backwards.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
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
class _List:
    """The engine's texts of a list of structs, of the list that stands for an empty one (empty: none does), and of each column of an element `e`."""

    items: str
    kept: str
    shown: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Call:
    """The columns of a function, and its rows: from the columns that are asked for, the text of SEQ and those of the arguments."""

    columns: tuple[tuple[str, str], ...]
    arguments: tuple[exp.Expression, ...]
    listed: Callable[..., _List]


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
            join.set(*(("on", exp.true()) if join.side == "LEFT" else ("kind", "CROSS")))


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

    prefix = "'" + within.replace("'", "''") + "'"

    def inner(value: str) -> str:
        return f"json_extract({value}, {_engine_path(within)})" if within else value

    def listed(wanted: Collection[str], seq: str, value: str) -> _List:
        root = inner(value)
        besides = "".join(f", '{word}': {text}" for word, text in (("SEQ", seq), ("THIS", root)) if word in wanted)
        at = ", 'p': ''" if deep else ""
        kept = f"[{{'k': NULL::VARCHAR, 'i': NULL::BIGINT, 'v': NULL::JSON{at}{besides}}}]" if outer else ""
        items = _tree(root, mode, seq, wanted) if deep else _elements(root, mode, besides)
        path = _path(prefix, "e.p" if deep else _PLACE)
        shown = {"SEQ": "e.SEQ", "KEY": "e.k", "PATH": path, "INDEX": "e.i", "VALUE": "e.v", "THIS": "e.THIS"}
        return _List(items, kept, shown)

    return _Call(_FLATTENED, (found["INPUT"],), listed)


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


def _path(prefix: str, place: str) -> str:
    """PATH of a row: what stands before, and the place in DuckDB's spelling without its `$`. A key that is no plain word is refused."""
    plain = f"CASE WHEN {prefix} = '' THEN ltrim({place}, '.') ELSE {prefix} || {place} END"
    refused = f"error('[[unsupported|PATH of FLATTEN with the key ' || {place} || ']]')"
    return f"CASE WHEN contains({place}, '\"') THEN {refused} ELSE {plain} END"


# a key as json_tree spells it in a path
_KEY = """CASE WHEN regexp_full_match(e.k, '[A-Za-z0-9_$]+') THEN '.' || e.k ELSE '."' || e.k || '"' END"""


# where an element of an array or object is, as json_tree spells it
_PLACE = f"(CASE WHEN e.i IS NULL AND e.k IS NULL THEN '' WHEN e.i IS NULL THEN {_KEY} ELSE '[' || e.i || ']' END)"


def _elements(value: str, mode: str, besides: str) -> str:
    """The elements of one array or object: k, i and v are key, index and value; what is `besides` stands in each."""
    of_array = (
        f"WHEN 'ARRAY' THEN list_transform(from_json({value}, '[\"JSON\"]'), lambda __each, __at: "
        f"{{'k': NULL::VARCHAR, 'i': __at - 1, 'v': coalesce(__each, CAST('null' AS JSON)){besides}}})"
    )
    of_object = (
        f"WHEN 'OBJECT' THEN list_transform(list_sort(map_entries(from_json({value}, '\"MAP(VARCHAR, JSON)\"'))), lambda __each: "
        f"{{'k': __each.key, 'i': NULL::BIGINT, 'v': coalesce(__each.value, CAST('null' AS JSON)){besides}}})"
    )
    whens = {"ARRAY": of_array, "OBJECT": of_object, "BOTH": f"{of_array} {of_object}"}[mode]
    return f"CASE json_type({value}) {whens} END"


def _tree(value: str, mode: str, seq: str, wanted: Collection[str]) -> str:
    """The same of everything inside, however deep, each with its place p; with a mode, as deep as containers of that kind alone lead.

    THIS is what an element stands in.
    """
    bare = """regexp_replace(fullkey, '"[^"]*"', 'k', 'g')"""
    test = {"ARRAY": f"NOT contains({bare}, '.')", "OBJECT": f"NOT contains({bare}, '[')", "BOTH": "TRUE"}[mode]
    of_array = f"ends_with({bare}, ']')"
    fields = {
        "k": f"CASE WHEN NOT {of_array} THEN key END",
        "i": f"CASE WHEN {of_array} THEN CAST(key AS BIGINT) END",
        "v": "value",
        "p": "substr(fullkey, 2)",
        "SEQ": seq,
        "THIS": f"json_extract({value}, path)",
    }
    kept = ", ".join(f"'{name}': {text}" for name, text in fields.items() if name.islower() or name in wanted)
    return f"(SELECT list({{{kept}}} ORDER BY id) FROM json_tree({value}) WHERE parent IS NOT NULL AND {test})"


# -- SPLIT_TO_TABLE --------------------------------------------------------------------------------------------------


def _split_rows(_: Collection[str], seq: str, value: str, separator: str) -> _List:
    """INDEX counts from 1; an empty separator leaves the text whole."""
    return _pieces(seq, f"CASE WHEN {separator} = '' THEN [{value}] ELSE str_split({value}, {separator}) END")


def _token_rows(_: Collection[str], seq: str, value: str, characters: str) -> _List:
    """Each character separates; empty tokens do not count."""
    pieces = f"regexp_split_to_array({value}, '[' || regexp_escape({characters}) || ']')"
    whole = f"CASE WHEN {characters} = '' THEN [{value}] ELSE {pieces} END"
    return _pieces(seq, f"list_filter({whole}, lambda __each: __each <> '')")


def _pieces(seq: str, items: str) -> _List:
    numbered = f"list_transform({items}, lambda __each, __at: {{'i': __at, 'v': __each, 's': {seq}}})"
    return _List(numbered, "", {"SEQ": "e.s", "INDEX": "e.i", "VALUE": "e.v"})


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
        source.meta.setdefault("wanted", set()).add(column.name)
        of = dict(call.columns)[column.name]
        cast = exp.Cast(this=column.copy(), to=exp.DataType.build(of, dialect="snowflake"))
        cast.meta["flattened"] = True
        column.replace(cast)


def type_subqueries(tree: exp.Expression) -> bool:
    """The same of `LATERAL (SELECT …)`, once the types inside are known; were there columns that did not say theirs?"""
    found = False
    for column in list(tree.find_all(exp.Column)):
        source = _source(column)
        if (
            not isinstance(source, exp.Lateral)
            or "call" in source.meta
            or (isinstance(column.parent, exp.Cast) and column.parent.meta.get("flattened"))
        ):
            continue
        inside = source.this.this.find(exp.Select) if isinstance(source.this, exp.Subquery) else None
        made = (
            next((item for item in inside.selects if item.alias_or_name == column.name), None)
            if inside is not None
            else None
        )
        if made is None or made.type is None or made.is_type("unknown"):
            continue
        cast = exp.Cast(this=column.copy(), to=made.type.copy())
        cast.meta["flattened"] = True
        column.replace(cast)
        found = True
    return found


def place(tree: exp.Expression) -> None:
    """Puts the rows in the place of the lateral subqueries."""
    for number, lateral in enumerate(list(tree.find_all(exp.Lateral))):
        call: _Call | None = lateral.meta.get("call")
        if call is None:
            continue
        wanted: set[str] = lateral.meta.get("wanted", set())
        seq = f"CAST({_numbered(lateral) if 'SEQ' in wanted else '1'} AS DECIMAL(38,0))"
        lateral.set("this", raw(_rows(lateral, call, f"{number}", seq, wanted)))


def _rows(lateral: exp.Lateral, call: _Call, mark: str, seq: str, wanted: Collection[str]) -> str:
    """The rows of the call. What its list is computed from are columns, because a lambda takes no subquery, and PARSE_JSON is one."""
    arguments = {f"__A{mark}_{place}": argument.sql("duckdb") for place, argument in enumerate(_arguments(lateral))}
    held = [_beside(lateral, text, name) for name, text in arguments.items()]
    made = call.listed(wanted, seq, *(held if all(held) else arguments))
    instead = made.kept or _instead(lateral)
    if all(held):
        return _unnested(_beside(lateral, made.items, f"__L{mark}"), "", made, instead, wanted)
    row = ", ".join(f"{text} AS {name}" for name, text in arguments.items())
    if isinstance(lateral.parent, exp.Join):
        _before(lateral, f"(SELECT {row})", f"__R{mark}")
        _before(lateral, f"(SELECT {made.items} AS __L{mark})", f"__M{mark}")
        return _unnested(f"__M{mark}.__L{mark}", "", made, instead, wanted)
    return _unnested(made.items, f" FROM (SELECT {row})", made, instead, wanted)


def _before(lateral: exp.Lateral, rows: str, name: str) -> None:
    """Joins one row more to what the function works on: of that the engine keeps the order."""
    join = exp.Join(this=exp.Lateral(this=raw(rows), alias=exp.TableAlias(this=exp.to_identifier(name))), kind="CROSS")
    own = lateral.parent
    joins = own.parent.args["joins"]
    joins.insert(joins.index(own), join)
    own.parent.set("joins", joins)


def _unnested(items: str, source: str, made: _List, instead: str, wanted: Collection[str]) -> str:
    """The rows of a list, with those of the columns that are asked for."""
    if instead:
        items = f"CASE WHEN coalesce(len({items}), 0) = 0 THEN {instead} ELSE {items} END"
    columns = {name: text for name, text in made.shown.items() if name in wanted} or {"VALUE": "1"}
    spelled = ", ".join(f'{text} AS "{name}"' for name, text in columns.items())
    return f"(SELECT {spelled} FROM (SELECT unnest({items}) AS e{source}))"


def _beside(lateral: exp.Lateral, value: str, name: str) -> str:
    """Puts a value beside the rows of the one relation from whose columns the arguments are computed, and names it; empty where there is
    none, or more than one."""
    select = lateral.parent_select
    names = {column.table for argument in _arguments(lateral) for column in argument.find_all(exp.Column)}
    found = [source for source in (_sources(select) if select is not None else ()) if source.alias_or_name in names]
    if len(names) != 1 or len(found) != 1 or not isinstance(found[0], exp.Table | exp.Subquery):
        return ""
    if _may_be_absent(found[0], lateral) and not all(
        isinstance(a, exp.Column | exp.Literal) for a in _arguments(lateral)
    ):
        return ""  # what an expression makes of NULL is not NULL, as that column would be
    return f"{_with_column(found[0], value, name)}.{name}"


def _may_be_absent(source: exp.Expression, lateral: exp.Lateral) -> bool:
    """Does an outer join before the function give rows without one of this relation?"""
    select = lateral.parent_select
    joins = list(select.args.get("joins") or []) if select is not None else []
    before = joins[: next((i for i, join in enumerate(joins) if join.this is lateral), len(joins))]
    at = next((i for i, join in enumerate(before) if join.this is source), -1)
    own = at >= 0 and before[at].side in {"LEFT", "FULL"}
    return own or any(join.side in {"RIGHT", "FULL"} for join in before[at + 1 :])


def _with_column(source: exp.Expression, value: str, name: str) -> str:
    """Gives a relation in FROM one more column, which may be computed from its others; its alias, as the engine spells it."""
    alias = source.args["alias"].copy()
    bare = source.copy()
    bare.set("alias", None)
    spelled = quoted(alias.name)
    held = f"(SELECT *, {value} AS {name} FROM {bare.sql('duckdb')} AS {spelled})"
    source.replace(exp.Table(this=raw(held), alias=alias))
    return spelled


def _instead(lateral: exp.Lateral) -> str:
    """LEFT JOIN … ON TRUE becomes a CROSS JOIN in which an input without rows has one of NULLs."""
    join = lateral.parent
    if not isinstance(join, exp.Join) or join.side != "LEFT" or not _is_true(join.args.get("on")):
        return ""
    for word in ("on", "side"):
        join.set(word, None)
    join.set("kind", "CROSS")
    return "[NULL]"


def _is_true(condition: exp.Expression | None) -> bool:
    return isinstance(condition, exp.Boolean) and bool(condition.this)


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
    return f"{_with_column(before, 'row_number() OVER ()', _NUMBER)}.{_NUMBER}"
