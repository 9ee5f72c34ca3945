"""Rows of the record are cut into statements that Snowflake takes, whatever letters they are written in."""

import pytest

from snowpipe_deploy.model import Scope
from snowpipe_deploy.names import literal
from snowpipe_deploy.record import schema

MEGABYTE = 1_048_576


@pytest.mark.parametrize("letter", ["a", "ж", "数", "🐟"])
def test_three_statements_of_rows_go_along_in_one(letter: str) -> None:
    rows = [(literal(letter * 20_000 + str(number)), str(number)) for number in range(60)]
    statements = schema.inserts(Scope("D"), "RECORD", rows)
    assert len(schema.block(statements[:3]).encode()) < MEGABYTE
    assert all(any(cells[0] in sql for sql in statements) for cells in rows)
