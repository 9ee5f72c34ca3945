"""Numbers that count: SEQ1 … SEQ8 over GENERATOR, `s.NEXTVAL`, and TABLE(GETNEXTVAL(s))."""

import sqlglot
from sqlglot import exp

from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.forms import folded
from snowpipe_deploy.local.query.template import raw
from snowpipe_deploy.local.query.translation import Translation
from snowpipe_deploy.names import ObjectName

COUNTER = "__SEQ"  # the column of GENERATOR's rows, which no star shows
_BYTES = {exp.Seq1: 1, exp.Seq2: 2, exp.Seq4: 4, exp.Seq8: 8}


def count(tree: exp.Expression) -> None:
    """SEQ4() … over the rows of GENERATOR: from 0 on, begun anew behind the greatest number of its width."""
    for node in list(tree.find_all(*_BYTES)):
        select = node.parent_select
        if select is None or select.args.get("joins") or not _generates(select.args.get("from_")):
            raise unsupported(f"{node.key.upper()} of other rows than those of TABLE(GENERATOR(…)) alone")
        half = 1 << (8 * _BYTES[type(node)] - 1)
        sign = node.this
        if sign is not None and not (isinstance(sign, exp.Literal) and sign.name in {"0", "1"}):
            raise sql_error("argument_types", f"Invalid argument of {node.key.upper()}: {sign.sql('snowflake')}")
        text = (
            f'"{COUNTER}" % {half}'
            if sign is None or sign.name == "0"
            else f'("{COUNTER}" + {half}) % {2 * half} - {half}'
        )
        node.replace(exp.Paren(this=sqlglot.parse_one(text, read="snowflake")))
    for star in tree.find_all(exp.Star):
        _hide(star)


def _generates(from_: exp.Expression | None) -> bool:
    return (
        from_ is not None and isinstance(from_.this, exp.TableFromRows) and isinstance(from_.this.this, exp.Generator)
    )


def _hide(star: exp.Star) -> None:
    """Stars do not show the counter; of GENERATOR alone they show nothing."""
    select = star.parent_select
    if (
        select is None
        or isinstance(star.parent, exp.Count)
        or (isinstance(star.parent, exp.Column) and star.parent.args.get("table"))
    ):
        return
    joins = [join.this for join in select.args.get("joins") or []]
    if not _generates(select.args.get("from_")) and not any(isinstance(one.this, exp.Generator) for one in joins):
        return
    if not joins:
        raise sql_error("syntax", "SELECT with no columns")
    star.set("except_", [*(star.args.get("except_") or []), exp.column(exp.to_identifier(COUNTER, quoted=True))])


def draw(tree: exp.Expression, t: Translation) -> None:
    """`s.NEXTVAL` where `s` is a sequence and no relation of the query, and TABLE(GETNEXTVAL(s)) beside other relations."""
    for table in list(tree.find_all(exp.TableFromRows)):
        if isinstance(table.this, exp.Anonymous) and table.this.name.upper() == "GETNEXTVAL":
            _draw_rows(table, t)
    for column in list(tree.find_all(exp.Column)):
        if (
            column.name.upper() == "NEXTVAL"
            and not column.this.args.get("quoted")
            and column.table
            and not _is_source(column)
        ):
            parts = [column.args[part] for part in ("catalog", "db", "table") if column.args.get(part)]
            _put(column, _sequence(t, ObjectName(tuple(folded(part) for part in parts))))


def _is_source(column: exp.Column) -> bool:
    alias, select = folded(column.args["table"]), column.parent_select
    while select is not None:
        from_ = select.args.get("from_")
        for held in [from_, *(select.args.get("joins") or [])] if from_ is not None else []:
            named = held.this.args.get("alias")
            name = named.this if named is not None else held.this.this
            if isinstance(name, exp.Identifier) and folded(name) == alias:
                return True
        select = select.parent_select
    return False


def _sequence(t: Translation, name: ObjectName) -> Entry:
    entry = t.runner.catalog.get("SEQUENCE", t.runner.full(name))
    t.runner.require(entry, "USAGE")
    return entry


def _put(node: exp.Expression, sequence: Entry) -> None:
    """The next number in the place of a node; each place draws its own, for each row."""
    number = exp.Cast(this=raw(next_value(sequence)), to=exp.DataType.build("DECIMAL(38, 0)", dialect="snowflake"))
    number.meta["flattened"] = True  # the annotation shall see the type; the engine needs no cast
    shown = exp.Alias(this=number, alias=exp.to_identifier("NEXTVAL", quoted=True))
    node.replace(shown if isinstance(node.parent, exp.Select) else number)


def next_value(sequence: Entry) -> str:
    """The engine's expression of the next number."""
    return f"nextval('_data.s{sequence.id}')"


def _draw_rows(table: exp.TableFromRows, t: Translation) -> None:
    """Beside other relations, one number for each of their rows: drawn where its only use stands."""
    given = table.this.expressions
    if len(given) != 1 or not isinstance(given[0], exp.Column):
        raise sql_error("argument_types", "GETNEXTVAL takes the name of a sequence")
    sequence = _sequence(t, ObjectName(tuple(folded(part) for part in given[0].parts)))
    select, join = table.parent_select, table.parent
    if not isinstance(join, exp.Join) or select is None:
        drawn = sqlglot.parse_one("SELECT 1 AS NEXTVAL", read="snowflake")
        _put(drawn.expressions[0], sequence)
        table.replace(exp.Subquery(this=drawn, alias=table.args.get("alias")))
        return
    alias = table.args["alias"].this if table.args.get("alias") else None
    uses = [
        c
        for c in select.find_all(exp.Column)
        if c.name.upper() == "NEXTVAL" and (not c.table or (alias and folded(c.args["table"]) == folded(alias)))
    ]
    if len(uses) != 1:
        raise unsupported(f"GETNEXTVAL whose number is used {len(uses)} times in a row")
    _put(uses[0], sequence)
    join.pop()
