"""Calls of functions that a schema holds: those in SQL become a part of the query, those in Python are called by the engine."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from sqlglot import exp

from snowpipe_deploy.local import python
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.forms import folded
from snowpipe_deploy.local.query.kinds import kind, sqlglot_type
from snowpipe_deploy.local.query.reads import is_cte
from snowpipe_deploy.local.query.sources import FUNCTIONS
from snowpipe_deploy.local.query.template import duck
from snowpipe_deploy.local.query.translation import Translation
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.sqltext.clauses.procedure import Argument, arguments
from snowpipe_deploy.sqltext.scripting import is_block
from snowpipe_deploy.types import DataType, parse_type

Parse = Callable[[str], exp.Expression]
_T = TypeVar("_T")
_DEEPEST = 50  # calls in the bodies of functions that are called
_PYTHON = "python"  # the mark of a call that the engine makes, of a function that
_NEW, _IMMUTABLE = "new", "immutable"  # may answer anew each time, or does not
_ANEW = frozenset({"RANDOM", "UNIFORM", "UUID_STRING"})  # answer anew each time they stand somewhere


def fit(
    wanted: Sequence[Argument], positional: Sequence[_T], named: Mapping[str, _T], default: Callable[[str], _T]
) -> dict[str, _T] | None:
    """What each argument gets, if a call with these fits."""
    if len(positional) > len(wanted):
        return None
    chosen = {argument.name: given for argument, given in zip(wanted, positional, strict=False)}
    if chosen.keys() & named.keys():
        return None
    chosen |= named
    for argument in wanted:
        if argument.name not in chosen:
            if argument.default is None:
                return None
            chosen[argument.name] = default(argument.default)
    return chosen if len(chosen) == len(wanted) else None


# -- functions of one value --------------------------------------------------------------------------------------------------


def expand(tree: exp.Expression, t: Translation, parse: Parse, known: Callable[[str], bool]) -> exp.Expression:
    """The query with the calls of functions that a schema holds; a built-in one (`known`) goes first, unless a schema is named."""
    for _ in range(_DEEPEST):
        calls = [node for node in tree.find_all(exp.Anonymous) if _is_call(node, t.runner, known)]
        if not calls:
            return tree
        t.calls = True
        for call in reversed(calls):  # inner ones first
            outer, name = named(call)
            entry, values = chosen(t.runner, name, call.expressions, parse)
            made = _called(entry, values, parse, t.runner)
            if outer is tree:
                tree = made
            else:
                outer.replace(made)
    raise unsupported(f"functions that call each other more than {_DEEPEST} deep")


def _is_call(node: exp.Anonymous, runner: Runner, known: Callable[[str], bool]) -> bool:
    if is_python(node) or not isinstance(node.this, str):
        return False
    outer, name = named(node)
    around = outer.parent.parent if isinstance(outer.parent, exp.Window) else outer.parent
    if isinstance(around, exp.Table | exp.TableFromRows):
        return False
    return len(name.parts) > 1 or (not known(name.last) and bool(overloads(runner, name)))


def overloads(runner: Runner, name: ObjectName) -> list[Entry]:
    """The functions of this name; none where the session has no schema to look in."""
    if len(name.parts) < 3 and (runner.database is None or (len(name.parts) == 1 and runner.schema is None)):
        return []
    return runner.catalog.overloads("FUNCTION", runner.full(name))


def named(call: exp.Anonymous) -> tuple[exp.Expression, ObjectName]:
    """The whole of `db.schema.f(…)`, and its name."""
    outer: exp.Expression = call
    while isinstance(outer.parent, exp.Dot) and outer.parent.expression is outer:
        outer = outer.parent
    above = outer.this.find_all(exp.Identifier, bfs=False) if isinstance(outer, exp.Dot) else ()
    return outer, ObjectName((*(folded(part) for part in above), call.name.upper()))


def chosen(
    runner: Runner, name: ObjectName, given: Sequence[exp.Expression], parse: Parse
) -> tuple[Entry, dict[str, exp.Expression]]:
    """The overload that takes these arguments, and what each of them gets."""
    known = overloads(runner, name)
    if not known:
        raise sql_error("unknown_function", name)
    by_name = {part.this.name.upper(): part.expression for part in given if isinstance(part, exp.Kwarg)}
    positional = [part for part in given if not isinstance(part, exp.Kwarg)]
    fitting = []
    for entry in known:
        taken = fit(
            arguments(entry.properties["arguments"]), positional, by_name, lambda text: _expression(text, parse)
        )
        if taken is not None:
            fitting.append((entry, taken))
    if not fitting:
        raise sql_error("argument_types", f"Invalid argument types for function '{name.last}': {len(given)} arguments")
    if len(fitting) > 1:
        raise unsupported(f"choosing between the overloads of {name}")
    runner.require(fitting[0][0], "USAGE")
    return fitting[0]


@lru_cache(maxsize=500)
def _parsed(text: str, parse: Parse) -> exp.Expression:
    return parse(text)


def _expression(text: str, parse: Parse) -> exp.Expression:
    return _parsed(f"SELECT ({text})", parse).expressions[0].copy()


def _called(entry: Entry, values: Mapping[str, exp.Expression], parse: Parse, runner: Runner) -> exp.Expression:
    if str(entry.properties["returns"]).startswith("TABLE"):
        raise sql_error("argument_types", f"{entry.name.last} is a table function: it stands in TABLE(…)")
    if entry.properties.get("aggregate"):
        raise unsupported(f"an aggregate function, {entry.name}")
    given = typed_arguments(entry, values)
    language = entry.properties["language"]
    made = _in_sql(entry, given, parse, runner) if language == "SQL" else _in_python(entry, given, runner)
    if not entry.properties.get("strict") or not given:
        return made
    for value in given:
        _refuse_new_each_time(entry, value)
    nulls = exp.or_(*(exp.Is(this=value.copy(), expression=exp.Null()) for value in given))
    return exp.Case(ifs=[exp.If(this=nulls, true=exp.Null())], default=made)


def typed_arguments(entry: Entry, values: Mapping[str, exp.Expression]) -> list[exp.Expression]:
    """What each argument gets, as a value of its type."""
    return [_typed(values[argument.name], argument.type) for argument in arguments(entry.properties["arguments"])]


def _typed(value: exp.Expression, of: DataType) -> exp.Expression:
    return exp.Cast(this=exp.Paren(this=value.copy()), to=sqlglot_type(of))


def returned(entry: Entry) -> DataType:
    return parse_type(str(entry.properties["returns"]).removesuffix(" NOT NULL"))


def _in_sql(entry: Entry, given: Sequence[exp.Expression], parse: Parse, runner: Runner) -> exp.Expression:
    query = _body(entry, given, parse, runner)
    plain = isinstance(query, exp.Select) and not query.args.get("from_") and len(query.expressions) == 1
    value: exp.Expression = exp.Paren(this=query.expressions[0].unalias()) if plain else exp.Subquery(this=query)
    return exp.Cast(this=value, to=sqlglot_type(returned(entry)))


def _body(entry: Entry, given: Sequence[exp.Expression], parse: Parse, runner: Runner) -> exp.Query:
    """The query of a function in SQL with the arguments in their places, and its tables by their full names."""
    query = _query(str(entry.properties["body"]), parse).copy()
    values = dict(zip((a.name for a in arguments(entry.properties["arguments"])), given, strict=True))
    tables = [
        table for table in query.find_all(exp.Table) if isinstance(table.this, exp.Identifier) and not is_cte(table)
    ]
    for table in tables:
        read = ObjectName(tuple(folded(part) for part in table.parts)).within(*entry.name.parts[:2])
        for word, part in zip(("catalog", "db", "this"), read.parts, strict=True):
            table.set(word, exp.to_identifier(part, quoted=True))
        source = runner.catalog.find("TABLE", read)
        if source is not None and (both := values.keys() & {column.name for column in source.columns}):
            raise unsupported(f"an argument of {entry.name} with the name of a column that it reads: {min(both)}")
    places = [column for column in query.find_all(exp.Column) if not column.table and folded(column.this) in values]
    reads = query.find(exp.From) is not None
    if not reads and (others := [column for column in query.find_all(exp.Column) if column not in places]):
        raise sql_error("invalid_identifier", others[0].sql("snowflake"))
    for word, value in values.items():
        uses = [column for column in places if folded(column.this) == word]
        if len(uses) > 1:
            _refuse_new_each_time(entry, value)
        if reads:
            _refuse_capture(entry, query, value)
        for column in uses:
            column.replace(value.copy())
    return query


def _refuse_new_each_time(entry: Entry, value: exp.Expression) -> None:
    """A value that stands in two places is computed in both: it must be the same."""
    called = any(node.meta.get(_PYTHON) == _NEW or node.name.upper() in _ANEW for node in value.find_all(exp.Anonymous))
    if called or any(column.table and column.name.upper() == "NEXTVAL" for column in value.find_all(exp.Column)):
        raise unsupported(f"an argument of {entry.name} that is new each time it is asked for")


def _refuse_capture(entry: Entry, query: exp.Query, value: exp.Expression) -> None:
    """A column that is handed over must not mean one of the function's own query."""
    own = {table.alias_or_name.upper() for table in query.find_all(exp.Table, exp.Subquery, exp.CTE)}
    for column in value.find_all(exp.Column):
        if not column.table or column.table.upper() in own:
            raise unsupported(
                f"{column.sql('snowflake')} as an argument of {entry.name}, which reads tables: write it with an alias of its own"
            )


def reads_tables(entry: Entry, parse: Parse) -> bool:
    """Is it a function in SQL with a query of its own?"""
    return (
        entry.properties["language"] == "SQL"
        and _query(str(entry.properties["body"]), parse).find(exp.From) is not None
    )


def _query(body: str, parse: Parse) -> exp.Query:
    """The body of a function in SQL: a query, or an expression."""
    text = body.strip().rstrip(";")
    if is_block(text):
        raise unsupported("a function whose body is a block")
    tree = _parsed(text if _is_query(text) else f"SELECT ({text})", parse)
    if not isinstance(tree, exp.Query):
        raise unsupported(f"a function whose body is {type(tree).__name__.upper()}")
    return tree


def _is_query(text: str) -> bool:
    return text[:7].upper().split(None, 1)[:1] in (["SELECT"], ["WITH"])


def check(
    t: Translation, entry: Entry, parse: Parse, translate: Callable[[exp.Expression, Translation], object]
) -> None:
    """Raises what is wrong with the body of a function in SQL, as far as it is understood here."""
    given = [_typed(exp.Null(), argument.type) for argument in arguments(entry.properties["arguments"])]
    translate(_body(entry, given, parse, t.runner), t)


# -- in Python ---------------------------------------------------------------------------------------------------------------


def _engine_name(entry: Entry) -> str:
    return f"python_{entry.id}"


def _register(runner: Runner, entry: Entry) -> None:
    """Lets the engine call a function in Python; its text is looked at when it is called first."""
    if entry.id in runner.shared.functions:
        return
    takes = [argument.type for argument in arguments(entry.properties["arguments"])]
    # by the account's own connection: what a session's open transaction made would go with it
    anew = not entry.properties.get("immutable")
    runner.shared.engine.make_function(_engine_name(entry), python.scalar(entry), takes, returned(entry), anew=anew)
    runner.shared.functions.add(entry.id)


def _in_python(entry: Entry, given: Sequence[exp.Expression], runner: Runner) -> exp.Expression:
    python.require(entry)
    _register(runner, entry)
    call = exp.Anonymous(this=_engine_name(entry), expressions=list(given))
    call.meta[_PYTHON] = _IMMUTABLE if entry.properties.get("immutable") else _NEW
    typed = exp.Cast(this=call, to=sqlglot_type(returned(entry)))
    typed.meta["flattened"] = True  # tells the type, and is no cast for the engine
    return typed


def is_python(node: exp.Expression) -> bool:
    return bool(node.meta.get(_PYTHON))


def engine_call(node: exp.Expression, _: Translation) -> exp.Expression:
    """The call as the engine makes it."""
    holes = ", ".join(
        f"CAST({{{i}}} AS JSON)" if kind(value) == "JSON" else f"{{{i}}}" for i, value in enumerate(node.expressions)
    )
    return duck(f"{node.name}({holes})", *node.expressions)


# -- functions of rows -------------------------------------------------------------------------------------------------------


def table_function(runner: Runner, call: exp.Anonymous) -> ObjectName | None:
    """Its name, if what is called is a function that a schema holds, not one of the system's."""
    _, name = named(call)
    of_system = name.parts[-2:-1] == ("INFORMATION_SCHEMA",) or (len(name.parts) == 1 and name.last in FUNCTIONS)
    return name if not of_system and overloads(runner, name) else None


def rows_in_sql(entry: Entry, given: Sequence[exp.Expression], parse: Parse, runner: Runner) -> exp.Select:
    """The query of a table function in SQL with the arguments in their places, and the columns as it declares them."""
    columns = python.table_columns(entry)
    names = [exp.to_identifier(f"C{i}", quoted=True) for i in range(len(columns))]
    alias = exp.TableAlias(this=exp.to_identifier("R", quoted=True), columns=names)
    items = [
        exp.alias_(exp.Cast(this=exp.column(at.copy()), to=sqlglot_type(kind)), name, quoted=True)
        for at, (name, kind) in zip(names, columns, strict=True)
    ]
    return exp.select(*items).from_(exp.Subquery(this=_body(entry, given, parse, runner), alias=alias))
