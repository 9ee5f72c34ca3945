"""INSERT, UPDATE, DELETE and TRUNCATE."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from snowpipe_deploy.local import changes
from snowpipe_deploy.local.assignment import assigned, insert_text, pick
from snowpipe_deploy.local.catalog import Entry, quoted
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.constants import lifted
from snowpipe_deploy.local.query.translate import Query, compiled, parse, target_source, translated
from snowpipe_deploy.local.query.translation import Translation
from snowpipe_deploy.local.runner import Answer, Runner, listing
from snowpipe_deploy.local.statements._insert_all import insert_all
from snowpipe_deploy.local.statements._rows import (
    assigned_name,
    changed_table,
    counted,
    default_node,
    folded,
    is_default,
    written,
)
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.sqltext.head import Cursor, Head


def refuse_extras(tree: exp.Expression, *known: str) -> None:
    """What the parser read beyond the parts that a handler looks at (LIMIT of DELETE, RETURNING …) must not be lost."""
    if extra := [word for word, value in tree.args.items() if value and word not in known]:
        raise unsupported(f"{', '.join(word.strip('_').upper() for word in extra)} of {tree.key.upper()}")


@dataclass(frozen=True, slots=True)
class _Insert:
    """An INSERT as the engine runs it."""

    table: Entry
    query: Query
    text: str
    overwrites: bool


def insert(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    if cursor.accept("INSERT") and cursor.accept_any("ALL", "FIRST", "OVERWRITE ALL", "OVERWRITE FIRST"):
        return _into_several(runner, head)
    constants = lifted(head.text)
    text = constants.text if constants else head.text
    if constants:
        runner.binds = constants.values
    made = compiled(runner, text, lambda t: _insert(t, text))
    if made.query.only_streams and not made.overwrites and changes.nothing_new(runner, made.query.streams):
        with runner.changes():
            runner.pass_over(made.text, made.query.bound(runner.binds).values, made.table)
            runner.consume(made.query.streams)
        return counted(("number of rows inserted", 0))
    single = not (made.overwrites or made.query.streams or made.table.properties.get("tracked"))
    with runner.changes(single=single):
        if made.overwrites:  # the old rows go last: the query may read them
            runner.write(f"CREATE OR REPLACE TEMP TABLE _overwritten AS SELECT __row FROM {made.table.base}")
        count = runner.write(made.text, made.query.bound(runner.binds).values, made.table)
        if made.overwrites:
            runner.write(
                f"DELETE FROM {made.table.base} WHERE __row IN (SELECT __row FROM _overwritten)", table=made.table
            )
        runner.consume(made.query.streams)
    return counted(("number of rows inserted", count))


def _into_several(runner: Runner, head: Head) -> Answer:
    tree = parse(head.text)
    if not isinstance(tree, exp.MultitableInserts) or Cursor(head.text).sees("INSERT", "OVERWRITE"):
        raise unsupported("INSERT OVERWRITE ALL and FIRST")
    refuse_extras(tree, "kind", "expressions", "source")
    return insert_all(runner, head.text, tree)


def _insert(t: Translation, text: str) -> _Insert:
    tree = parse(text)
    if not isinstance(tree, exp.Insert):
        raise unsupported("this form of INSERT")
    refuse_extras(tree, "this", "expression", "overwrite")
    if tree.expression is None or not _INTO.match(text):
        raise sql_error("syntax", "syntax error: INSERT INTO a table, and then VALUES or a query")
    schema = tree.this
    table = written(t, schema.this if isinstance(schema, exp.Schema) else schema, alias=False)
    names = [folded(item) for item in schema.expressions] if isinstance(schema, exp.Schema) else []
    columns = pick(table, names)
    query = translated(_rows(tree.expression, table, columns), t)
    if tree.args.get("overwrite"):
        t.reads.add(table.id)
    source = [kind for _, kind in query.exactly(t.runner.engine.describe(query.sql, query.values))]
    return _Insert(table, query, insert_text(t, table, columns, query.sql, source), bool(tree.args.get("overwrite")))


_INTO = re.compile(
    r"(\s|--[^\n]*\n|/\*.*?\*/)*INSERT\s+(OVERWRITE\s+)?INTO\b(?!\s+\S+\s+SET\b)", re.IGNORECASE | re.DOTALL
)
_NOT_IN_VALUES = frozenset({
    "ARRAY_CONSTRUCT", "OBJECT_CONSTRUCT", "PARSE_JSON", "TO_ARRAY", "TO_OBJECT", "TO_VARIANT", "TRY_PARSE_JSON",
})  # fmt: skip


def _rows(source: exp.Expression, table: Entry, columns: Sequence[Column]) -> exp.Expression:
    """The query of the rows; in VALUES, DEFAULT is what its column says."""
    if not isinstance(source, exp.Values):
        return source
    for row in source.expressions:
        for place, item in enumerate(row.expressions if isinstance(row, exp.Tuple) else [row]):
            if is_default(item) and place < len(columns):
                item.replace(default_node(table, columns[place]))
    for value in source.find_all(exp.Anonymous, exp.Struct, exp.Array, exp.Subquery):
        if isinstance(value, exp.Anonymous) and value.name.upper() not in _NOT_IN_VALUES:
            continue
        raise sql_error("in_values", value.sql("snowflake"))
    return exp.select("*").from_(source.copy())


def target_query(t: Translation, table: Entry, node: exp.Table, select: exp.Select) -> Query:
    """A SELECT in which the target of UPDATE, DELETE or MERGE gives its hidden row id, `__row`."""
    alias = node.alias or node.name
    held = node.args["alias"].this if node.args.get("alias") else node.this
    key = alias if held.args.get("quoted") else alias.upper()
    t.reads.add(table.id)
    t.targets[key] = target_source(table.base, tuple((c.name, c.type) for c in table.columns))
    return translated(select, t)


def row_id(node: exp.Table) -> exp.Column:
    held = node.args["alias"].this if node.args.get("alias") else node.this
    return exp.Column(this=exp.to_identifier("__row", quoted=True), table=held.copy())


def source_tables(select: exp.Select, target: exp.Table) -> None:
    """Marks tables that have the target's name but are read, not changed."""
    for table in select.find_all(exp.Table):
        if table is not target:
            table.meta["source"] = True


def delete(runner: Runner, head: Head) -> Answer:
    table, query = compiled(runner, head.text, lambda t: _delete(t, head))
    with runner.changes():
        text = f"DELETE FROM {table.base} WHERE __row IN ({query.sql})"
        count = runner.write(text, query.bound(runner.binds).values, table)
        runner.consume(query.streams)
    return counted(("number of rows deleted", count))


def _delete(t: Translation, head: Head) -> tuple[Entry, Query]:
    """The table, and the query of the rows to delete."""
    tree = parse(head.text)
    if not isinstance(tree, exp.Delete):
        raise unsupported("this form of DELETE")
    refuse_extras(tree, "this", "using", "where")
    node = tree.this
    table = changed_table(t, node)
    target = node.copy()
    select = exp.select(exp.alias_(row_id(target), "R", quoted=True)).from_(target, copy=False)
    for using in tree.args.get("using") or []:
        _join(select, using)
    if tree.args.get("where"):
        select.set("where", tree.args["where"].copy())
    source_tables(select, target)
    return table, target_query(t, table, target, select)


def _join(select: exp.Select, source: exp.Expression) -> None:
    """What stands behind FROM of UPDATE or USING of DELETE, beside the target."""
    bare = source.copy()
    bare.set("joins", None)
    select.append("joins", exp.Join(this=bare, kind="CROSS"))
    for join in source.args.get("joins") or []:
        select.append("joins", join.copy())


def update(runner: Runner, head: Head) -> Answer:
    made = compiled(runner, head.text, lambda t: _update(t, head))
    base, query, multiple = made.table.base, made.query.bound(runner.binds), 0
    # all is read before anything is changed, as the temporary tables of a join see to it
    rows, values = f"(WITH r AS MATERIALIZED ({query.sql}) SELECT * FROM r)", query.values
    with runner.changes():
        if made.joins:  # a row may have found more than one
            multiple = _joined(runner, query)
            rows, values = "_update", {}
        text = f"UPDATE {base} SET {made.sets} FROM {rows} AS u WHERE {base}.__row = u.R"
        count = runner.write(text, values or None, made.table)
        runner.consume(query.streams)
    answer = listing(("number of rows updated", "number of multi-joined rows updated"), [[count, multiple]])
    return Answer(answer.rows, count)


def _joined(runner: Runner, query: Query) -> int:
    """Makes `_update` with one row for each row to update; how many had more."""
    runner.write(f"CREATE OR REPLACE TEMP TABLE _joined AS {query.sql}", query.values)
    runner.write("CREATE OR REPLACE TEMP TABLE _update AS SELECT DISTINCT ON (R) * FROM _joined")
    found = runner.engine.all("SELECT count(*) FROM (SELECT R FROM _joined GROUP BY R HAVING count(*) > 1)")
    return int(str(found[0][0]))


@dataclass(frozen=True, slots=True)
class _Update:
    """An UPDATE as the engine runs it: the query gives the row ids `R` with their new values, `sets` what SET says of them."""

    table: Entry
    query: Query
    sets: str
    joins: bool


def _update(t: Translation, head: Head) -> _Update:
    tree = parse(head.text)
    if not isinstance(tree, exp.Update):
        raise unsupported("this form of UPDATE")
    refuse_extras(tree, "this", "expressions", "from_", "where")
    node = tree.this
    table = changed_table(t, node)
    target = node.copy()
    sets = [(assigned_name(item.this), item.expression) for item in tree.expressions]
    columns = pick(table, [name for name, _ in sets])
    select = exp.select(exp.alias_(row_id(target), "R", quoted=True)).from_(target, copy=False)
    for i, (_, value) in enumerate(sets):
        select.append("expressions", exp.alias_(value.copy(), f"C{i}", quoted=True))
    if tree.args.get("from_"):
        _join(select, tree.args["from_"].this)
    if tree.args.get("where"):
        select.set("where", tree.args["where"].copy())
    source_tables(select, target)
    query = target_query(t, table, target, select)
    kinds = [kind for _, kind in query.exactly(t.runner.engine.describe(query.sql, query.values))][1:]
    text = ", ".join(
        f"{quoted(column.name)} = {assigned(column, f'u.C{i}', kind)}"
        for i, (column, kind) in enumerate(zip(columns, kinds, strict=True))
    )
    return _Update(table, query, text, joins=bool(tree.args.get("from_")))


def truncate(runner: Runner, head: Head) -> Answer:
    cursor = Cursor(head.text)
    cursor.take()
    cursor.accept("TABLE")
    skip = bool(cursor.accept_any("IF EXISTS"))
    name = runner.full(cursor.name())
    if skip and runner.catalog.find("TABLE", name) is None:
        return listing(["status"], [["Statement executed successfully."]])
    table = runner.target(name)
    if not cursor.done:
        raise sql_error("syntax", f"syntax error: unexpected {cursor.rest[:20]!r}")
    runner.look_at([table.id], [])
    with runner.changes():
        runner.write(f"DELETE FROM {table.base}", table=table)
        # TRUNCATE forgets which files were loaded (reference D.4)
        runner.write("DELETE FROM _account.loads WHERE table_id = ?", [table.id])
        runner.write("UPDATE _account.pipe_loads SET table_id = NULL WHERE table_id = ?", [table.id])
    return listing(["status"], [["Statement executed successfully."]])


HANDLERS = {
    ("INSERT",): insert,
    ("UPDATE",): update,
    ("DELETE",): delete,
    ("TRUNCATE",): truncate,
}
