"""Text that is nested without end is refused by name: neither a traceback nor the end of the process."""

import pytest

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.session import SqlError
from snowpipe_deploy.sqltext.query import problem

SHAPES = {
    "parentheses": ("(", "1", ")"), "calls": ("ABS(", "1", ")"), "cases": ("CASE WHEN 1 = 1 THEN ", "1", " END"),
    "queries": ("(SELECT ", "1", ")"), "signs": ("- ", "1", ""), "arrays": ("[", "1", "]"), "types": ("NULL::ARRAY(", "INT", ")"),
}  # fmt: skip


@pytest.mark.parametrize("depth", [3_000, 30_000])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_query_without_end_is_refused(shape: str, depth: int, account: LocalAccount) -> None:
    opening, inmost, closing = SHAPES[shape]
    text = f"SELECT {opening * depth}{inmost}{closing * depth}"
    with pytest.raises(SqlError, match=r"a statement that is nested as deeply|syntax error"):
        account.session().execute(text)
    assert problem(text)


def test_a_query_may_be_nested_a_hundred_times(account: LocalAccount) -> None:
    assert account.session().execute(f"SELECT {'(' * 100}1{')' * 100}").scalar() == 1
