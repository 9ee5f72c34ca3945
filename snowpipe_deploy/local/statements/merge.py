"""MERGE: candidates with their values first, then deletes, updates and inserts of what they say."""

from dataclasses import dataclass

from sqlglot import exp

from snowpipe_deploy.local import changes
from snowpipe_deploy.local.assignment import assigned, insert_text, pick
from snowpipe_deploy.local.catalog import Entry, quoted
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.translate import Query, compiled, parse
from snowpipe_deploy.local.query.translation import Translation
from snowpipe_deploy.local.runner import Answer, Runner
from snowpipe_deploy.local.statements._rows import assigned_name, changed_table, counted, folded
from snowpipe_deploy.local.statements.dml import refuse_extras, row_id, source_tables, target_query
from snowpipe_deploy.sqltext.clauses.table import Column
from snowpipe_deploy.sqltext.head import Head
from snowpipe_deploy.types import DataType


@dataclass(frozen=True, slots=True)
class _Merge:
    """A MERGE as the engine runs it: the candidates, the branches that need a single candidate a row, what each does."""

    table: Entry
    candidates: Query
    matched: str
    branches: tuple[tuple[str, str], ...]


def merge(runner: Runner, head: Head) -> Answer:
    made = compiled(runner, head.text, lambda t: _merge(t, head))
    with runner.changes():
        runner.lock(made.table)  # also where it will insert alone
        counts, applied = _apply(runner, made)
        if runner.shared.watch is not None:
            for number in sorted(applied):
                runner.shared.watch(runner.task_run.task if runner.task_run else "", head.text, number, -1, "")
        runner.consume(made.candidates.streams)
    words = {"INSERT": "inserted", "UPDATE": "updated", "DELETE": "deleted"}
    return counted(*((f"number of rows {word}", counts[act]) for act, word in words.items() if act in counts))


def _merge(t: Translation, head: Head) -> _Merge:
    tree = parse(head.text)
    if not isinstance(tree, exp.Merge):
        raise unsupported("this form of MERGE")
    refuse_extras(tree, "this", "using", "on", "whens")
    table = changed_table(t, tree.this)
    whens = list(tree.args["whens"].expressions)
    _check(whens)
    for when in whens:
        if not when.args["matched"]:
            _of_source(when, tree.args["using"], tree.this)
    target = tree.this.copy()
    select, places = _candidates(tree, target, whens, table)
    query = target_query(t, table, target, select)
    kinds = dict(query.exactly(t.runner.engine.describe(query.sql, query.values)))
    matched = ", ".join(str(i) for i, when in enumerate(whens) if _acts(when) != "INSERT")
    branches = [(_acts(when), _branch(t, table, n, when, places, kinds)) for n, when in enumerate(whens)]
    return _Merge(table, query, matched, tuple(branches))


_OF_THEN = {"INSERT": {"this", "expression"}, "UPDATE": {"expressions"}, "DELETE": set[str]()}


def _check(whens: list[exp.When]) -> None:
    """Each branch does what Snowflake lets it do, and can be reached."""
    closed = set[bool]()
    for when in whens:
        matched, then = bool(when.args["matched"]), when.args["then"]
        acts = _acts(when)
        if when.args.get("source"):
            raise unsupported("WHEN NOT MATCHED BY SOURCE")
        if (acts == "INSERT") == matched or (acts == "DELETE" and then.name.upper() != "DELETE"):
            raise sql_error(
                "syntax", f"syntax error: WHEN {'' if matched else 'NOT '}MATCHED THEN {then.sql('snowflake')[:40]}"
            )
        if not isinstance(then, exp.Var) and (
            extra := [w for w, v in then.args.items() if v and w not in _OF_THEN[acts]]
        ):
            raise sql_error("syntax", f"syntax error: {', '.join(word.upper() for word in extra)} of {acts} in MERGE")
        if matched in closed:
            raise sql_error("syntax", "a branch behind one of its kind without a condition cannot be reached")
        if when.args.get("condition") is None:
            closed.add(matched)


def _of_source(when: exp.When, source: exp.Expression, target: exp.Table) -> None:
    """Where there is no row of the target, a name without a table is one of the source, and one of the target is not known."""
    name = source.args["alias"].this if source.args.get("alias") else source.this
    other = target.args["alias"].this if target.args.get("alias") else target.this
    then = when.args["then"]
    places = (when.args.get("condition"), then.expression if isinstance(then, exp.Insert) else None)
    for column in [found for place in places if place is not None for found in place.find_all(exp.Column)]:
        if column.find_ancestor(exp.Select) is not None:
            continue
        if column.table and isinstance(other, exp.Identifier) and folded(column.args["table"]) == folded(other):
            raise sql_error("invalid_identifier", column.sql("snowflake"))
        if not column.table and isinstance(name, exp.Identifier):
            column.set("table", name.copy())


def _acts(when: exp.When) -> str:
    then = when.args["then"]
    if isinstance(then, exp.Insert):
        return "INSERT"
    return "UPDATE" if isinstance(then, exp.Update) else "DELETE"


def _assignments(when: exp.When, table: Entry) -> tuple[tuple[Column, ...], list[exp.Expression]]:
    """The columns a branch writes, and the expressions it writes to them."""
    then = when.args["then"]
    if isinstance(then, exp.Insert):
        if not isinstance(then.this, exp.Tuple) and not isinstance(then.expression, exp.Tuple):
            raise unsupported("INSERT * in MERGE")
        names = [folded(item) for item in then.this.expressions] if isinstance(then.this, exp.Tuple) else []
        columns, values = pick(table, names), list(then.expression.expressions)
        if len(columns) != len(values):
            raise sql_error("syntax", "the values of INSERT do not match its columns")
        return columns, values
    if isinstance(then, exp.Update):
        if any(not isinstance(item, exp.EQ) for item in then.expressions) or not then.expressions:
            raise unsupported("UPDATE * and UPDATE ALL BY NAME in MERGE")
        return pick(table, [assigned_name(item.this) for item in then.expressions]), [
            e.expression for e in then.expressions
        ]
    return (), []


Places = dict[tuple[int, int], str]  # (branch, position) to the candidate column that holds the value


def _candidates(tree: exp.Merge, target: exp.Table, whens: list[exp.When], table: Entry) -> tuple[exp.Select, Places]:
    """Source LEFT JOIN target: the row id, the number of the branch that applies, and the values that branches write."""
    row = row_id(target)
    branch = exp.Case()
    columns: dict[str, str] = {}
    values: list[exp.Expression] = []
    places: Places = {}
    for number, when in enumerate(whens):
        applies: exp.Expression = exp.Is(this=row.copy(), expression=exp.Null())
        if when.args["matched"]:
            applies = exp.Not(this=applies)
        if when.args.get("condition") is not None:
            applies = exp.and_(applies, exp.Paren(this=when.args["condition"].copy()))
        branch = branch.when(applies, exp.Literal.number(number))
        for i, expression in enumerate(_assignments(when, table)[1]):
            plain = isinstance(expression, exp.Column | exp.Literal | exp.Placeholder | exp.Null | exp.Boolean)
            # what may fail is computed only where its branch applies
            value = expression.copy() if plain else exp.Case().when(applies.copy(), expression.copy())
            key = value.sql("snowflake")
            if key not in columns:
                columns[key] = f"C{len(columns)}"
                values.append(exp.alias_(value, columns[key], quoted=True))
            places[number, i] = columns[key]
    select = exp.select(exp.alias_(row.copy(), "R", quoted=True), exp.alias_(branch, "B", quoted=True), *values)
    select = select.from_(tree.args["using"].copy(), copy=False)
    select.append("joins", exp.Join(this=target, side="LEFT", on=tree.args["on"].copy()))
    source_tables(select, target)
    return select, places


def _branch(
    t: Translation, table: Entry, number: int, when: exp.When, places: Places, kinds: dict[str, DataType]
) -> str:
    """The engine's statement of one branch, over the candidates in `_merge`."""
    columns, _ = _assignments(when, table)
    held = [places[number, i] for i in range(len(columns))]
    match _acts(when):
        case "DELETE":
            return f"DELETE FROM {table.base} WHERE __row IN (SELECT R FROM _merge WHERE B = {number})"
        case "UPDATE":
            sets = ", ".join(
                f"{quoted(c.name)} = {assigned(c, f'm.{name}', kinds[name])}"
                for c, name in zip(columns, held, strict=True)
            )
            return f"UPDATE {table.base} SET {sets} FROM _merge AS m WHERE {table.base}.__row = m.R AND m.B = {number}"
        case _:
            rows = f"SELECT {', '.join(held)} FROM _merge WHERE B = {number}"
            return insert_text(t, table, columns, rows, [kinds[name] for name in held])


def _apply(runner: Runner, made: _Merge) -> tuple[dict[str, int], set[int]]:
    """Does what the branches say; the numbers of rows, by what was done to them, and the branches that applied."""
    candidates, found = made.candidates.bound(runner.binds), 0
    text = f"CREATE OR REPLACE TEMP TABLE _merge AS SELECT * FROM ({candidates.sql}) WHERE B IS NOT NULL"
    if candidates.only_streams and changes.nothing_new(runner, candidates.streams):
        runner.pass_over(text, candidates.values)
    else:
        found = runner.write(text, candidates.values)
    present = _branches_of_candidates(runner, made) if found else set()
    counts: dict[str, int] = {}
    for number, (act, text) in enumerate(made.branches):
        counts.setdefault(act, 0)
        if number in present:
            counts[act] += runner.write(text, table=made.table)
        else:
            runner.pass_over(text, table=made.table)
    return counts, present


def _branches_of_candidates(runner: Runner, made: _Merge) -> set[int]:
    """The branches that have candidates; error 100090 where a row of the target has two, and not all of them delete it."""
    matched = f"FILTER (B IN ({made.matched or 'NULL'}))"
    branches, rows, different = runner.engine.all(
        f"SELECT list(DISTINCT B), count(R) {matched}, count(DISTINCT R) {matched} FROM _merge"
    )[0]
    if rows != different:
        deletes = ", ".join(str(number) for number, (act, _) in enumerate(made.branches) if act == "DELETE") or "-1"
        twice = f"SELECT 1 FROM _merge WHERE B IN ({made.matched}) GROUP BY R HAVING count(*) > 1 AND NOT bool_and(B IN ({deletes}))"
        if runner.engine.all(f"{twice} LIMIT 1"):
            raise sql_error("duplicate_match")
    return {int(branch) for branch in branches}  # type: ignore[attr-defined]  # a list of numbers


HANDLERS = {("MERGE",): merge}
