"""How the engine holds a table: its rows with their hidden ids, and the view by which it is read."""

from snowpipe_deploy.local import changes
from snowpipe_deploy.local.catalog import Entry, quoted
from snowpipe_deploy.local.engine import engine_type
from snowpipe_deploy.local.runner import Runner


def make_storage(runner: Runner, entry: Entry) -> None:
    """The DuckDB table with the hidden row id, and the view by which it is read."""
    make_base(runner, entry)
    make_view(runner, entry)


def make_base(runner: Runner, entry: Entry) -> None:
    spelled = ", ".join(
        f"{quoted(c.name)} {engine_type(c.type)}{'' if c.nullable else ' NOT NULL'}" for c in entry.columns
    )
    runner.engine.run(f"CREATE TABLE {entry.base} (__row BIGINT DEFAULT nextval('_data.rows'), {spelled})")
    for column in entry.columns:
        if column.identity:
            start, step = column.identity.split()
            runner.engine.make_sequence(entry.identity(column), start, step)


def make_view(runner: Runner, entry: Entry) -> None:
    runner.engine.run(
        f"CREATE OR REPLACE VIEW {entry.engine_name} AS SELECT {changes.column_list(entry)} FROM {entry.base}"
    )
