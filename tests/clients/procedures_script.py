"""Run by a Python that has Snowpark: `procedures_script.py FOLDER`; procedures in Python on a local account of its own."""

import sys
from pathlib import Path

import snowflake.snowpark

from snowpipe_deploy.local.account import LocalAccount
from snowpipe_deploy.local.session import LocalSession
from snowpipe_deploy.session import SqlError


def make(session: LocalSession, name: str, returns: str, body: str, more: str = "") -> None:
    session.execute(
        f"CREATE PROCEDURE {name} RETURNS {returns} LANGUAGE PYTHON RUNTIME_VERSION = '3.11' "
        f"PACKAGES = ('snowflake-snowpark-python') HANDLER = 'main' {more} AS $$\n{body}\n$$"
    )


def rows(session: LocalSession, sql: str) -> tuple[tuple[object, ...], ...]:
    return session.execute(sql).rows


def failure(session: LocalSession, sql: str) -> str:
    try:
        session.execute(sql)
    except SqlError as error:
        return str(error)
    return ""


account = LocalAccount(Path(sys.argv[1]) / "account", asleep=True)
session = account.session()
for statement in (
    "CREATE DATABASE D", "CREATE SCHEMA D.S", "CREATE WAREHOUSE W", "CREATE TABLE T (ID INT, V VARCHAR)",
    "INSERT INTO T VALUES (1, 'a'), (2, 'b')",
):  # fmt: skip
    session.execute(statement)

# arguments and the value as Python has them; statements run in the session of the caller
make(session, "ADDED(N INT, NAMES ARRAY)", "VARCHAR", """
def main(session, n, names):
    session.sql(f"INSERT INTO T SELECT {n}, 'python'").collect()
    found = session.table("T").filter("ID > 1").count()
    return f"{found} {names} {session.get_current_schema()}"
""")  # fmt: skip
assert rows(session, "CALL ADDED(5, ARRAY_CONSTRUCT('x', 1))") == (("2 ['x', 1] \"S\"",),)
session.execute("BEGIN")
assert rows(session, "CALL ADDED(6, NULL)") == (('3 None "S"',),)
session.execute("ROLLBACK")
assert rows(session, "SELECT COUNT(*) FROM T") == ((3,),)
make(session, "LOOKED(V VARIANT)", "VARIANT", """
def main(session, v):
    session.sql("CREATE OR REPLACE TEMPORARY TABLE HELD AS SELECT 4 AS A").collect()
    return {"got": v, "held": session.table("HELD").collect()[0]["A"]}
""", "EXECUTE AS CALLER")  # fmt: skip
block = """BEGIN
    LET R VARIANT;
    CALL LOOKED(PARSE_JSON('{"k": [1, 2.5]}')) INTO :R;
    RETURN R:got.k[1]::VARCHAR || '/' || R:held::VARCHAR;
END"""
assert rows(session, block) == (("2.5/4",),)
assert rows(session, "SELECT A FROM HELD") == ((4,),)  # it is the caller's
make(session, "SAVED()", "NUMBER(5,1)", """
def main(session):
    made = session.create_dataframe([[1, "x"], [2, "y"]], schema=["A", "B"])
    made.write.mode("overwrite").save_as_table("SAVED_ROWS")
    return session.table("SAVED_ROWS").count()
""")  # fmt: skip
assert str(rows(session, "CALL SAVED()")[0][0]) == "2.0"
assert rows(session, "SELECT * FROM SAVED_ROWS ORDER BY A") == ((1, "x"), (2, "y"))

# a DataFrame is what RETURNS TABLE gives
make(session, "SORTED()", "TABLE (ID INT, V VARCHAR)", 'def main(session):\n    return session.table("T").sort("ID")')
assert rows(session, "CALL SORTED()") == ((1, "a"), (2, "b"), (5, "python"))
make(session, "OTHER()", "TABLE (ID VARCHAR)", 'def main(session):\n    return session.table("T").select("ID")')
assert "TABLE" in failure(session, "CALL OTHER()")
make(session, "NONE()", "TABLE (ID INT)", "def main(session):\n    return 1")
assert "a value" in failure(session, "CALL NONE()")

# what it raises is an error with the lines of its text, and the session goes on
make(session, "FAILS()", "INT", 'def main(session):\n    return session.table("NOWHERE").count()')
said = failure(session, "CALL FAILS()")
assert said.startswith("100357 (P0000)"), said
assert 'line 3, in main\n    return session.table("NOWHERE").count()' in said, said
assert "does not exist or not authorized" in said, said
make(session, "WRONG()", "INT", "def main(session):\n    return 'x'")
assert "a value of class str" in failure(session, "CALL WRONG()")
assert rows(session, "SELECT 1") == ((1,),)

# in a task, too
session.execute("CREATE TASK K WAREHOUSE = W SCHEDULE = '60 minutes' AS CALL ADDED(9, NULL)")
session.execute("EXECUTE TASK K")
account.settle()
assert rows(session, "SELECT ID FROM T WHERE V = 'python' ORDER BY ID") == ((5,), (9,))
assert rows(session, "SELECT STATE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY())") == (("SUCCEEDED",),)
account.close()
sys.stdout.write(f"ok {snowflake.snowpark.__version__}\n")
