"""An expression has the same value, as text, wherever it stands: in a CTE, a view, COALESCE, an aggregate … or the place is refused.

A type that gets lost on the way shows here: the engine's spelling of a time, of bytes or of JSON comes out.
"""

from collections.abc import Iterator

import pytest

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.errors import is_refusal
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.session import SqlError

EXPRESSIONS = (
    "1 / 3", "10::NUMBER(10, 2) / 4", "ROUND(2.567, 1)", "1.10 * 1.10", "'a' || 1.50", "TRUE", "-1.50", "MOD(7.50, 2)", "DIV0(1, 3)",
    "'12.345'::NUMBER(10, 2)", "TO_NUMBER('12.345', 10, 2)", "COALESCE(1, 2.50)", "IFF(TRUE, 1, 2.50)", "DECODE(1, 1, 1, 2.50)",
    "'2024-01-05'::DATE", "'2024-01-05'::DATE + 1", "DATEADD(hour, 1, '2024-01-31'::DATE)", "DATE_TRUNC('month', '2024-01-05 10:11:12'::TIMESTAMP)",
    "'2024-01-05 10:11:12'::TIMESTAMP_NTZ", "'10:11:12'::TIME", "TIMESTAMP_FROM_PARTS(2024, 1, 1, 10, 0, 0)", "LAST_DAY('2024-01-05'::DATE)",
    "'2024-01-05 10:11:12 +02:00'::TIMESTAMP_TZ", "TO_BINARY('616263', 'HEX')", "MD5_BINARY('a')", "'2024-01-05'::DATE - '2024-01-01'::DATE",
    """PARSE_JSON('{"a": [1, "x"], "s": "t"}')""", """PARSE_JSON('"x"')""", "PARSE_JSON('1.5')", "PARSE_JSON('null')", """PARSE_JSON('{"s": "t"}'):s""",
    """PARSE_JSON('["t"]')[0]""", """PARSE_JSON('{"s": "t"}')['s']""", """GET(PARSE_JSON('{"s": "t"}'), 's')""", "OBJECT_CONSTRUCT('k', 'v')",
    "ARRAY_CONSTRUCT(1, 'x')", "SPLIT('a,b', ',')", "TO_VARIANT('x')", "'x'::VARIANT", "TO_ARRAY('x')", "OBJECT_KEYS(OBJECT_CONSTRUCT('k', 'v'))",
    "TRY_PARSE_JSON('\"x\"')", "MONTHS_BETWEEN('2024-03-31'::DATE, '2024-02-29'::DATE)",
    "CONVERT_TIMEZONE('UTC', 'America/New_York', '2024-07-01 12:00:00'::TIMESTAMP_NTZ)",
)  # fmt: skip
AROUND = (
    "WITH c AS (SELECT {e} AS x) SELECT x::VARCHAR FROM c", "SELECT y::VARCHAR FROM (SELECT x AS y FROM (SELECT {e} AS x))",
    "SELECT x::VARCHAR FROM (SELECT {e} AS x UNION ALL SELECT {e}) LIMIT 1", "SELECT COALESCE({e}, NULL)::VARCHAR", "SELECT NVL({e}, {e})::VARCHAR",
    "SELECT IFF(TRUE, {e}, NULL)::VARCHAR", "SELECT (CASE WHEN TRUE THEN {e} END)::VARCHAR", "SELECT DECODE(1, 1, {e})::VARCHAR",
    "SELECT NVL2(1, {e}, NULL)::VARCHAR", "SELECT (({e}))::VARCHAR", "SELECT (SELECT {e})::VARCHAR", "SELECT ANY_VALUE(x)::VARCHAR FROM (SELECT {e} AS x)",
    "SELECT MAX(x)::VARCHAR FROM (SELECT {e} AS x)", "SELECT MAX_BY(x, 1)::VARCHAR FROM (SELECT {e} AS x)",
    "SELECT LEAD(x, 0) OVER (ORDER BY 1)::VARCHAR FROM (SELECT {e} AS x)", "SELECT FIRST_VALUE(x) OVER (ORDER BY 1)::VARCHAR FROM (SELECT {e} AS x)",
    "SELECT {e} AS x, x::VARCHAR AS y", "SELECT x || '' FROM (SELECT {e} AS x)", "SELECT NULLIF(LISTAGG(x), '') FROM (SELECT {e} AS x)",
    "SELECT l.x::VARCHAR FROM (SELECT 1 AS one) o, LATERAL (SELECT {e} AS x) l",
    "SELECT b.x::VARCHAR FROM (SELECT 1 AS one) a JOIN (SELECT {e} AS x) b ON TRUE", "SELECT x::VARCHAR FROM (SELECT {e} AS x) GROUP BY x",
    "SELECT DISTINCT x::VARCHAR FROM (SELECT {e} AS x)", "SELECT x::VARCHAR FROM a_view", "SELECT x::VARCHAR FROM a_table",
)  # fmt: skip


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSession]:
    account = LocalAccount(tmp_path_factory.mktemp("account"))
    opened = account.session()
    opened.execute("CREATE DATABASE d")
    yield opened
    account.close()


def value(session: LocalSession, sql: str) -> object:
    """The last column of the one row; None beside a refusal, which is right wherever it stands."""
    try:
        return session.execute(sql).rows[0][-1]
    except SqlError as error:
        if is_refusal(error) and error.errno == 2:
            return Ellipsis
        raise


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_what_is_around_changes_no_value(session: LocalSession, expression: str) -> None:
    plain = value(session, f"SELECT ({expression})::VARCHAR")
    session.execute(f"CREATE OR REPLACE VIEW a_view AS SELECT {expression} AS x")
    session.execute(f"CREATE OR REPLACE TABLE a_table AS SELECT {expression} AS x")
    found = {around: value(session, around.format(e=expression)) for around in AROUND}
    assert {around: got for around, got in found.items() if got not in (plain, Ellipsis)} == {}
    assert sum(got is not Ellipsis for got in found.values()) > len(AROUND) / 2
