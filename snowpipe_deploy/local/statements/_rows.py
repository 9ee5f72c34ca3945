"""What the statements that write rows have in common."""

import sqlglot
from sqlglot import exp

from snowpipe_deploy.local.assignment import identity_value
from snowpipe_deploy.local.catalog import Entry
from snowpipe_deploy.local.errors import sql_error, unsupported
from snowpipe_deploy.local.query.sources import table_name
from snowpipe_deploy.local.query.template import raw
from snowpipe_deploy.local.query.translation import Translation
from snowpipe_deploy.local.runner import Answer, listing
from snowpipe_deploy.sqltext.clauses.table import Column


def counted(*pairs: tuple[str, int]) -> Answer:
    """DML's answer: one row of counts."""
    answer = listing([name for name, _ in pairs], [[count for _, count in pairs]])
    return Answer(answer.rows, sum(count for _, count in pairs))


def folded(item: exp.Expression) -> str:
    """A column's name as Snowflake keeps it."""
    node = item.this if isinstance(item, exp.Column) else item
    return str(node.this) if node.args.get("quoted") else str(node.this).upper()


def is_default(value: exp.Expression) -> bool:
    """The word DEFAULT among values."""
    held = value.this if isinstance(value, exp.Column) and not value.table else value
    return (
        isinstance(held, exp.Var | exp.Identifier)
        and str(held.this).upper() == "DEFAULT"
        and not held.args.get("quoted")
    )


def default_node(table: Entry, column: Column) -> exp.Expression:
    """What DEFAULT stands for."""
    if column.identity:
        drawn = exp.Cast(
            this=raw(identity_value(table, column)), to=exp.DataType.build("DECIMAL(38, 0)", dialect="snowflake")
        )
        drawn.meta["flattened"] = True
        return drawn
    if not column.default:
        return exp.Null()
    return sqlglot.parse_one(f"SELECT {column.default}", read="snowflake").expressions[0]


def written(t: Translation, node: exp.Expression, *, alias: bool = True) -> Entry:
    """The table that is changed. Nothing but an alias stands beside its name: what other databases join there is not read over."""
    known = {"this", "db", "catalog", *(["alias"] if alias else [])}
    if not isinstance(node, exp.Table) or any(value and word not in known for word, value in node.args.items()):
        raise sql_error("syntax", f"syntax error: unexpected {node.sql('snowflake')[:60]!r} where a table is changed")
    return t.runner.target(table_name(node))


def changed_table(t: Translation, node: exp.Expression) -> Entry:
    """The table whose rows UPDATE, DELETE or MERGE looks at: a policy would hide some of them, or change what their columns say."""
    table = written(t, node)
    if table.properties.get("ROW ACCESS POLICY") or any(column.policy for column in table.columns):
        raise unsupported(f"changing rows of {table.name}, which a policy guards")
    return table


def assigned_name(node: exp.Expression) -> str:
    """The column on the left of SET."""
    if not isinstance(node, exp.Column) or not isinstance(node.this, exp.Identifier):
        raise sql_error("syntax", f"syntax error: SET {node.sql('snowflake')[:60]!r}: a column is expected")
    return folded(node)
