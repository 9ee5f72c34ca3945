"""Streams as they are read: DuckDB views over the change logs (`changes`), and for streams on views over what the view gave and gives.

A stream on a view shows each row of the view that came, went or changed since the offset. A row of the view is told by the hidden ids
of the rows that it was made of, so the view may only do what keeps those: projections, filters, inner joins, UNION ALL (reference B.8).
"""

from collections.abc import Callable

from sqlglot import exp

from snowpipe_deploy.local import changes
from snowpipe_deploy.local.catalog import Entry, quoted
from snowpipe_deploy.local.engine import Engine
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query import outputs
from snowpipe_deploy.local.query.reads import read_by, relations_below
from snowpipe_deploy.local.query.translate import parse, target_source, translate_tree
from snowpipe_deploy.local.query.translation import Translation
from snowpipe_deploy.local.runner import Runner
from snowpipe_deploy.names import ObjectName
from snowpipe_deploy.session import SqlError

_ROW = "__row"
_PARTS = frozenset({"expressions", "from_", "joins", "where", "kind"})
Rows = Callable[[Entry], str]  # a table to the DuckDB text of its rows with their hidden ids


def define(runner: Runner, stream: Entry) -> None:
    """Makes (again) the DuckDB view that a stream is read by, if its source is there."""
    source = runner.catalog.by_id(stream.properties["source"])
    if source is None:
        return
    if source.kind != "VIEW":
        changes.stream_view(runner.engine, stream, source)
        return
    query = _delta(runner, stream, source)
    runner.engine.run(f"CREATE OR REPLACE VIEW {stream.engine_name} AS {query}")


def renew(runner: Runner, table: Entry) -> None:
    """After the columns of a table changed: the streams on it and on views over it show what there is now.

    A view that reads a column which is gone is broken, and so is the stream on it; the table is altered all the same.
    """
    for stream in changes.streams_on(runner, table):
        try:
            define(runner, stream)
        except SqlError:
            if stream.properties["source"] == table.id:
                raise
            forget(runner.engine, [stream])


def forget(engine: Engine, streams: list[Entry]) -> None:
    """Takes the views of streams out of the way of a change of their table."""
    for stream in streams:
        engine.run(f"DROP VIEW IF EXISTS {stream.engine_name}")


def bases(runner: Runner, view: Entry) -> list[Entry]:
    """The tables below a view on which a stream may be made; raises what is in the way."""
    if view.properties.get("inlined"):
        raise unsupported(f"a stream on view {view.name}, which calls functions or reads files")
    _rowed(runner, view, lambda table: table.base)
    found = read_by(runner.catalog, view)
    for relation in (view, *found, *relations_below(runner.catalog, view)):
        if relation.properties.get("ROW ACCESS POLICY") or any(c.policy for c in relation.columns):
            raise unsupported(f"a stream on view {view.name}, as {relation.name} has a policy")
    return found


def _delta(runner: Runner, stream: Entry, view: Entry) -> str:
    offset = f"(SELECT version FROM _account.offsets WHERE stream = {stream.id})"
    before = _state(runner, view, lambda table: changes.as_of(table, offset))
    after = _state(runner, view, changes.at_start)
    columns = [quoted(c.name) for c in view.columns]
    listed = ", ".join(columns)
    differ = " OR ".join(f"o.{c} IS DISTINCT FROM n.{c}" for c in columns)
    row_id = f"substr(sha256('{view.id}/' || {_ROW}), 1, 40) AS \"METADATA$ROW_ID\""

    def half(action: str, side: str, other: str) -> str:
        shown = ", ".join(f"{side}.{c}" for c in columns)
        return (
            f'SELECT {shown}, \'{action}\' AS "METADATA$ACTION", {other}.{_ROW} IS NOT NULL AS "METADATA$ISUPDATE", '
            f"{row_id.replace(_ROW, f'{side}.{_ROW}')} FROM __{side} AS {side} LEFT JOIN __{other} AS {other} USING ({_ROW}) "
            f"WHERE {other}.{_ROW} IS NULL OR {differ}"
        )

    return (
        f"WITH __o AS (SELECT * FROM ({before}) AS v({listed}, {_ROW})), __n AS (SELECT * FROM ({after}) AS v({listed}, {_ROW})) "
        f"{half('INSERT', 'n', 'o')} UNION ALL {half('DELETE', 'o', 'n')}"
    )


def _state(runner: Runner, view: Entry, rows: Rows) -> str:
    """DuckDB text of the view's rows, each with the ids of those it is made of."""
    return translate_tree(_rowed(runner, view, rows), Translation(runner, {}))


def _rowed(runner: Runner, view: Entry, rows: Rows) -> exp.Expression:
    text = str(view.properties["query"])
    return _with_rows(runner, outputs.name(parse(text), text), view, rows, "")


def _with_rows(runner: Runner, tree: exp.Expression, view: Entry, rows: Rows, branch: str) -> exp.Expression:
    """The query with one more column: which rows of which tables the row is made of."""
    if isinstance(tree, exp.Union):
        if tree.args.get("distinct") is not False or tree.args.get("with_") or tree.args.get("limit"):
            raise _not_in_view(view, "UNION")
        tree.set("this", _with_rows(runner, tree.this, view, rows, f"{branch}l"))
        tree.set("expression", _with_rows(runner, tree.expression, view, rows, f"{branch}r"))
        return tree
    if isinstance(tree, exp.Subquery | exp.Paren) and isinstance(tree.this, exp.Query):
        return _with_rows(runner, tree.this, view, rows, branch)
    if not isinstance(tree, exp.Select):
        raise _not_in_view(view, type(tree).__name__.upper())
    _check(view, tree)
    for star in [item for item in tree.expressions if item.is_star]:
        held = star.this if isinstance(star, exp.Column) else star
        held.set("except_", [*(held.args.get("except_") or []), exp.to_identifier(_ROW, quoted=True)])
    ids: list[exp.Expression] = [exp.Literal.string(branch)]
    for source in [tree.args["from_"].this, *(join.this for join in tree.args.get("joins") or [])]:
        ids += [exp.Literal.string("/"), exp.cast(_row_of(runner, source, view, rows), "VARCHAR")]
    together = ids[0]
    for part in ids[1:]:
        together = exp.DPipe(this=together, expression=part, safe=True)
    tree.append("expressions", exp.alias_(together, _ROW, quoted=True))
    return tree


def _row_of(runner: Runner, source: exp.Expression, view: Entry, rows: Rows) -> exp.Column:
    """The hidden id that a source in FROM gives from now on."""
    if isinstance(source, exp.Subquery):
        if not source.alias:
            source.set("alias", exp.TableAlias(this=exp.to_identifier(f"__Q{id(source)}", quoted=True)))
        source.set("this", _with_rows(runner, source.this, view, rows, ""))
        return _column(source.args["alias"].this)
    if not isinstance(source, exp.Table) or not isinstance(source.this, exp.Identifier) or source.args.get("when"):
        raise _not_in_view(view, source.sql("snowflake")[:40])
    if (
        source.args.get("joins")
        or source.args.get("laterals")
        or source.args.get("sample")
        or source.args.get("pivots")
    ):
        raise _not_in_view(view, source.sql("snowflake")[:40])
    name = ObjectName(tuple(p.this if p.quoted else p.this.upper() for p in source.parts))
    full = name.within(*view.name.parts[:2])
    entry = runner.catalog.find("TABLE", full) or runner.catalog.find("STREAM", full)
    if entry is None:
        raise sql_error("missing_relation", full)
    alias = source.args["alias"].this if source.args.get("alias") else source.this
    if entry.kind == "VIEW":
        inner = exp.Subquery(this=_rowed(runner, entry, rows), alias=exp.TableAlias(this=alias.copy()))
        source.replace(_renamed(inner, entry))
    elif entry.kind in {"TABLE", "DYNAMIC TABLE"}:
        source.meta["given"] = target_source(f"({rows(entry)})", tuple((c.name, c.type) for c in entry.columns))
    else:
        raise _not_in_view(view, f"{entry.kind.lower()} {entry.name}")
    return _column(alias)


def _renamed(inner: exp.Subquery, view: Entry) -> exp.Subquery:
    """The view's own column names, which its query need not have."""
    names = [exp.to_identifier(c.name, quoted=True) for c in view.columns]
    inner.args["alias"].set("columns", [*names, exp.to_identifier(_ROW, quoted=True)])
    return inner


def _column(alias: exp.Expression) -> exp.Column:
    return exp.Column(this=exp.to_identifier(_ROW, quoted=True), table=alias.copy())


def _check(view: Entry, tree: exp.Select) -> None:
    """Only what keeps the rows of the view apart (reference B.8)."""
    for word, value in tree.args.items():
        if value and word not in _PARTS:
            raise _not_in_view(view, word.strip("_").upper())
    if tree.args.get("from_") is None:
        raise _not_in_view(view, "a query without FROM")
    for join in tree.args.get("joins") or []:
        if join.side or join.args.get("method") or join.kind not in {"", "INNER", "CROSS"}:
            raise _not_in_view(view, " ".join(filter(None, [join.side, join.method, join.kind, "JOIN"])))
    for part in (*tree.expressions, *filter(None, [tree.args.get("where")])):
        if forbidden := part.find(exp.AggFunc, exp.Window, exp.Query, exp.Subquery):
            raise _not_in_view(view, forbidden.sql("snowflake")[:40])


def _not_in_view(view: Entry, what: str) -> Exception:
    return sql_error("view_stream", view.name, what)
